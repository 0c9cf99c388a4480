# SPDX-License-Identifier: Apache-2.0
"""Work handed out by fork, as process pools do, while a film is being made: nobody hangs, everybody is told."""
import os
import signal
import time
import warnings

import support
import vidgen

pytestmark = support.real
FORKS = int(os.environ.get("FORKS", "60"))


def in_the_child(parent, job, folder):
    """What a worker does: the parent's pipeline is refused, one of its own plans."""
    signal.alarm(60)
    for call in (lambda: parent.plan(support.PROMPT), lambda: job.wait(5)):
        try:
            call()
            return 1
        except vidgen.ForkedError:
            pass
    with vidgen.Pipeline(folder, language_model="rules") as own:
        return 0 if own.plan(support.PROMPT, backend="local").clip_count > 0 else 2


def fork(parent, job, folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 3
        try:
            code = in_the_child(parent, job, folder)
        finally:
            os._exit(code)
    return child


def test_many_tasks_through_fork(tmp_path):
    with vidgen.Pipeline(tmp_path / "parent", language_model="rules") as p:
        job = p.submit(support.PROMPT, duration=60, size=(640, 360), quality="draft", backend="local")
        while job.status == "queued":
            time.sleep(0.01)
        for n in range(0, FORKS, 4):
            children = [fork(p, job, tmp_path / "child") for _ in range(min(4, FORKS - n))]
            assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * len(children)
            if job.status in ("complete", "failed"):
                job = p.submit(support.PROMPT, duration=60, size=(640, 360), quality="draft", backend="local", seed=n)
        job.interrupt()

# SPDX-License-Identifier: Apache-2.0
"""What a process may do to the library, and the library to a process: signals, forks, exits."""
import gc
import os
import signal
import subprocess
import sys
import time
import warnings

import pytest
import support
import vidgen

pytestmark = support.real
LONG = 'dict(duration=30, size=(640, 360), quality="draft", backend="local")'

RENDERS = f"""
import sys, vidgen
with vidgen.Pipeline(sys.argv[1], language_model="rules") as p:
    p.render("{support.PROMPT}", id="mine", progress=lambda event: print(event, flush=True), **{LONG})
"""
WAITS = f"""
import sys, vidgen
with vidgen.Pipeline(sys.argv[1], language_model="rules") as p:
    job = p.submit("{support.PROMPT}", "mine", **{LONG})
    print("begun", flush=True)
    try:
        job.wait()
    except KeyboardInterrupt:
        print(job.status, flush=True)
"""
FORGETS = f"""
import sys, vidgen
p = vidgen.Pipeline(sys.argv[1], language_model="rules", log=lambda level, line: None, log_level="debug")
job = p.submit("{support.PROMPT}", "mine", **{LONG})
next(iter(job))
"""
QUIET = """
import os, sys, threading, vidgen
before = set(os.listdir("/proc/self/task"))
p = vidgen.Pipeline(sys.argv[1], 2.00)
import vidgen.aio
q = vidgen.aio.Pipeline(sys.argv[1])
assert set(os.listdir("/proc/self/task")) == before and threading.active_count() == 1
assert not [fd for fd in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{fd}")
            and os.readlink(f"/proc/self/fd/{fd}").startswith("socket:")]
assert not os.path.exists(sys.argv[1])
p.close()
import asyncio
asyncio.run(q.close())
"""


CLOSES = f"""
import sys, threading, time, vidgen
for round in range(8):
    p = vidgen.Pipeline(sys.argv[1], language_model="rules")
    seen = set()
    def plans():
        try:
            while True:
                p.plan("{support.PROMPT}", duration=3)
        except vidgen.Error as error:
            seen.add(type(error).__name__)
    threads = [threading.Thread(target=plans) for _ in range(4)]
    for thread in threads: thread.start()
    time.sleep(0.02 * round)
    p.close()
    for thread in threads: thread.join(30)
    assert seen == {{"ClosedError"}}, seen
"""


# Who runs the tests in the background has Ctrl-C ignored, and that is inherited.
ARMED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"


def started(code, folder):
    return subprocess.Popen([sys.executable, "-c", ARMED + code, str(folder)], env=support.variables(), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_ctrl_c_saves_the_film_and_says_how_to_go_on(tmp_path):
    child = started(RENDERS, tmp_path / "films")
    assert child.stdout.readline()
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert "KeyboardInterrupt" in said and 'pipeline.attach("mine")' in said, said
    with vidgen.Pipeline(tmp_path / "films") as p:
        assert p.job("mine").status == "interrupted"


def test_ctrl_c_ends_a_wait_at_once_and_leaves_the_job_alone(tmp_path):
    child = started(WAITS, tmp_path / "films")
    assert child.stdout.readline() == "begun\n"
    time.sleep(0.2)  # it waits by now; if not, the test proves less, but does not fail
    child.send_signal(signal.SIGINT)
    # The wait ended before the film did, and the film goes on.
    assert child.stdout.readline().strip() not in ("", "complete", "interrupted", "cancelled", "failed")
    child.communicate(timeout=60)


def test_a_child_is_told_to_make_its_own(tmp_path):
    p = vidgen.Pipeline(tmp_path, language_model="rules")
    job = p.submit(support.PROMPT, **support.SHORT)
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.write(writing, in_the_child(p, job, tmp_path).encode())
        os._exit(0)
    os.close(writing)
    signal.alarm(60)
    try:
        with os.fdopen(reading) as said:
            assert said.read() == "ForkedError ForkedError 90"
        os.waitpid(child, 0)
    finally:
        signal.alarm(0)
    assert job.wait().frame_count == 90
    p.close()


def in_the_child(p, job, folder):
    said = []
    for call in (lambda: p.plan(support.PROMPT), lambda: job.wait(5)):
        try:
            call()
            said.append("nothing")
        except vidgen.Error as error:
            said.append(type(error).__name__)
    p.close()
    with vidgen.Pipeline(folder / "child", language_model="rules") as own:
        said.append(str(own.render(support.PROMPT, **support.SHORT).frame_count))
    return " ".join(said)


def test_one_that_was_forgotten_warns_and_saves(tmp_path):
    p = vidgen.Pipeline(tmp_path, language_model="rules")
    p.submit(support.PROMPT, "mine", **support.SHORT)
    with pytest.warns(ResourceWarning, match="unclosed"):
        del p
        gc.collect()
    with vidgen.Pipeline(tmp_path) as p:
        assert p.job("mine").status in ("interrupted", "complete")


def test_leaving_with_a_film_under_way_is_clean(tmp_path):
    done = subprocess.run([sys.executable, "-W", "default", "-c", FORGETS, str(tmp_path / "films")], text=True,
                          env=support.variables(), capture_output=True, timeout=60, check=False)
    assert done.returncode == 0 and "ResourceWarning: unclosed" in done.stderr, done.stderr
    with vidgen.Pipeline(tmp_path / "films") as p:
        assert p.job("mine").status == "interrupted"


def test_a_pipeline_starts_nothing_before_the_first_call(tmp_path):
    done = support.python(QUIET, tmp_path / "films")
    assert done.returncode == 0, done.stderr


def test_closing_while_others_call_is_an_error_for_them(tmp_path):
    done = support.python(CLOSES, tmp_path / "films")
    assert done.returncode == 0, done.stderr


def test_many_threads_may_use_one(films):
    from concurrent.futures import ThreadPoolExecutor

    with vidgen.Pipeline(films, language_model="rules") as p, ThreadPoolExecutor(8) as pool:
        plans = list(pool.map(lambda n: p.plan(support.PROMPT, **support.SHORT), range(32)))
        made = list(pool.map(lambda n: p.render(support.PROMPT, **support.SHORT).sha256, range(8)))
    assert len({plan.to_json() for plan in plans}) == 1 and len(set(made)) == 1


def test_a_journal_elsewhere_is_tried_and_its_password_kept(tmp_path):
    with vidgen.Pipeline(tmp_path, journal_url="postgresql://me:Sesam@/films?host=/nowhere") as p:
        with pytest.raises((vidgen.JournalError, vidgen.UnsupportedError)) as failed:
            p.jobs()
    assert "Sesam" not in str(failed.value)
    assert not (tmp_path / "vidgen.db").exists()

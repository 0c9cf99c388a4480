# SPDX-License-Identifier: Apache-2.0
"""What several tests share."""
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import vidgen

built = hasattr(sys.modules["vidgen._vidgen"], "Pipeline")
real = pytest.mark.skipif(not built, reason="the native module is not built")
TESTS = str(Path(__file__).resolve().parent)
PROMPT = "a ceramic mug on a walnut desk"
# A film that is made at once: three seconds, offline.
SHORT = {"duration": 3, "size": (320, 180), "quality": "draft", "backend": "local"}


def python(code, *arguments, folder=None, **environment):
    """Runs code in a process of its own that finds the same package."""
    return subprocess.run([sys.executable, "-X", "faulthandler", "-c", code, *map(str, arguments)], cwd=folder,
                          env=variables(**environment), text=True, capture_output=True, timeout=120, check=False)


def variables(**more):
    home = str(Path(vidgen.__file__).absolute().parents[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIDGEN_")}
    return kept | {"PYTHONPATH": os.pathsep.join([home, TESTS, *filter(None, [kept.get("PYTHONPATH")])])} | more


def event(seq=1, kind="progress", fraction=0.42, status="refining", message="clip 3 of 6", cost=300000, eta="21/2"):
    return json.dumps({"type": "event", "seq": seq, "time_ms": 1700000000000 + seq, "job": "j1", "kind": kind,
                       "status": status, "phase": 5, "fraction": fraction, "cost_micros": cost, "eta": eta,
                       "message": message})


def film(path="films/videos/j1/final.mp4", **more):
    row = {"type": "result", "job": "j1", "path": path, "folder": "films/videos/j1", "report": "report.json",
           "poster": "poster.png", "frames": 900, "samples": 1440000, "fps": 30, "size": "1920x1080",
           "cost_micros": 450000, "cost_usd": 0.45, "backend": "local", "model": "local-animatic", "sha256": "ab" * 32,
           "stems": [], "missing": [], "notes": ["a note"], "reused": False}
    return json.dumps(row | more)


class NativeJob:
    """A native job that tells a script of events and then ends; `error` instead of a film."""

    id, status = "j1", "refining"

    def __init__(self, events=(), error=None, holds=False):
        self.script, self.error, self.holds = list(events), error, holds
        self.calls, self.stopped, self.pending = [], threading.Event(), []

    def wait(self, timeout):
        self.calls.append("wait")
        if self.stopped.is_set():
            raise vidgen.JobInterrupted("job j1 was stopped and saved")
        if self.holds and timeout is not None:
            return None
        if self.error:
            raise self.error
        return film()

    def next_event(self, timeout):
        if self.script:
            return self.script.pop(0)
        if self.holds and not self.stopped.is_set():
            raise KeyboardInterrupt  # as the native module does when a signal comes
        return None

    def interrupt(self):
        self.calls.append("interrupt")
        self.stopped.set()
        for done in self.pending:
            done(None, vidgen.JobInterrupted("job j1 was stopped and saved"))

    def cancel(self):
        self.calls.append("cancel")

    def _answer(self, done, *answer):
        threading.Thread(target=done, args=answer).start()

    def next_event_async(self, done):
        self.calls.append("next_event")
        if self.script:
            self._answer(done, self.script.pop(0), None)
        elif not self.holds:
            self._answer(done, None, None)

    def wait_async(self, done):
        self.calls.append("wait")
        if self.holds and not self.stopped.is_set():
            self.pending.append(done)
        elif self.stopped.is_set():
            self._answer(done, None, vidgen.JobInterrupted("stopped"))
        elif self.error:
            self._answer(done, None, self.error)
        else:
            self._answer(done, film(), None)

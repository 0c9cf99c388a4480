# SPDX-License-Identifier: Apache-2.0
"""Backends written in Python, called as the native module does: JSON in, JSON out, told once."""
import asyncio
import json
import os
import threading
from fractions import Fraction
from pathlib import Path

import pytest
import support
import vidgen
from vidgen import _loop
from vidgen._backend import Bridge

CREATE = {
    "request": {"kind": "video", "model": "mine", "role": "clip", "prompt": "a mug", "size": "1280x720",
                "seconds": "9/2", "seed": 18446744073709551615, "beat_count": 3},
    "attempt": {"job": "j1", "key": "abc", "number": 2, "seed": 77, "attempt_key": "j1-abc-2",
                "deadline_seconds": 1800},
    "inputs": {"first_frame": "/store/a.png", "last_frame": None, "references": ["/store/b.png"]},
}


class Blocking(vidgen.Backend):
    name, reconcile = "mine", "client_id"

    def __init__(self):
        self.seen = []

    def create(self, request, attempt):
        self.seen.append((request, attempt, threading.get_ident()))
        return vidgen.RemoteJob(attempt.attempt_key, "running", 0.25)

    def get(self, id):
        return vidgen.RemoteJob(id, "succeeded", 1.0, cost="0.05")

    def fetch(self, id):
        return ["a.mp4", Path("b.png"), vidgen.Output("c.bin", "video/webm")]

    def find(self, attempt):
        return None


class Async(Blocking):
    async def create(self, request, attempt):
        await asyncio.sleep(0)
        self.seen.append(asyncio.get_running_loop())
        return super().create(request, attempt)

    async def get(self, id):
        raise vidgen.AmbiguousError("lost")


def ask(bridge, method, payload):
    """The answer, as the native module waits for it."""
    told, arrived = [], threading.Event()

    def done(answer, error):
        told.append((answer, error))
        arrived.set()

    bridge.call(method, json.dumps(payload), done)
    assert arrived.wait(10) and len(told) == 1
    answer, error = told[0]
    if error is not None:
        raise error
    return json.loads(answer)


@pytest.fixture
def calls():
    made = _loop.Calls()
    yield made
    made.stop()


def test_what_is_to_be_made_arrives_as_values(calls):
    backend = Blocking()
    answer = ask(Bridge(backend, calls), "create", CREATE)
    assert answer == {"id": "j1-abc-2", "state": "running", "fraction": 0.25, "cost_micros": None, "error": ""}
    request, attempt, thread = backend.seen[0]
    assert (request.kind, request.prompt, request.size) == ("video", "a mug", (1280, 720))
    assert request.seconds == Fraction(9, 2)
    assert (request.fps, request.seed, request.raw["beat_count"]) == (30, 2**64 - 1, 3)
    assert (request.first_frame, request.last_frame, request.references) == ("/store/a.png", None, ("/store/b.png",))
    assert (attempt.number, attempt.seed, attempt.deadline_seconds) == (2, 77, 1800.0)
    assert thread == threading.get_ident()  # a `def` is called right there


def test_all_other_calls(calls):
    bridge = Bridge(Blocking(), calls)
    assert (bridge.name, bridge.reconcile, bridge.ends_with_process) == ("mine", "client_id", False)
    assert bridge.unavailable() == ""
    assert ask(bridge, "get", {"id": "x"})["cost_micros"] == 50000
    assert ask(bridge, "fetch", {"id": "x"}) == {"files": [
        {"path": os.path.abspath("a.mp4"), "mime": "video/mp4"},
        {"path": os.path.abspath("b.png"), "mime": "image/png"},
        {"path": os.path.abspath("c.bin"), "mime": "video/webm"}]}
    assert ask(bridge, "cancel", {"id": "x"}) is None
    assert ask(bridge, "find", {"attempt": CREATE["attempt"]}) is None


def test_coroutines_run_on_one_loop_in_a_thread_of_ours(calls):
    backend = Async()
    bridge = Bridge(backend, calls)
    ask(bridge, "create", CREATE)
    ask(bridge, "create", CREATE)
    assert backend.seen[0] is backend.seen[2] is _loop.BACKGROUND.loop()
    assert backend.seen[1][2] != threading.get_ident()


def test_errors_arrive_as_they_are(calls):
    class Broken(Blocking):
        def create(self, request, attempt):
            raise KeyError("mine")

        def get(self, id):
            return {"id": id}

        def fetch(self, id):
            return "a.mp4"

    with pytest.raises(vidgen.AmbiguousError):
        ask(Bridge(Async(), calls), "get", {"id": "x"})
    with pytest.raises(KeyError):
        ask(Bridge(Broken(), calls), "create", CREATE)
    with pytest.raises(TypeError, match="not a vidgen.RemoteJob"):
        ask(Bridge(Broken(), calls), "get", {"id": "x"})
    with pytest.raises(TypeError, match="a list of files"):
        ask(Bridge(Broken(), calls), "fetch", {"id": "x"})


def test_nobody_can_tell_unless_the_backend_says_how():
    class Plain(Blocking):
        reconcile = "none"
        find = vidgen.Backend.find

    class Here(Plain):
        ends_with_process = True

    with pytest.raises(vidgen.AmbiguousError):
        ask(Bridge(Plain(), None), "find", {"attempt": CREATE["attempt"]})
    assert ask(Bridge(Here(), None), "find", {"attempt": CREATE["attempt"]}) is None


def test_a_backend_must_have_what_is_asked_of_it():
    with pytest.raises(TypeError):
        type("Half", (vidgen.Backend,), {"name": "half"})()


def test_coroutines_run_on_the_loop_of_an_asyncio_pipeline():
    async def story():
        backend, calls = Async(), _loop.Calls()
        calls.adopt(asyncio.get_running_loop())
        await asyncio.to_thread(ask, Bridge(backend, calls), "create", CREATE)
        return backend.seen[0] is asyncio.get_running_loop()

    assert asyncio.run(story())


def test_a_loop_that_is_gone_is_an_error_and_no_wait():
    calls, loop = _loop.Calls(), asyncio.new_event_loop()
    calls.adopt(loop)
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        ask(Bridge(Async(), calls), "create", CREATE)


class Slow(Blocking):
    """Never ends by itself."""

    def __init__(self):
        super().__init__()
        self.begun, self.told = threading.Event(), threading.Event()

    async def get(self, id):
        self.begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.told.set()
            raise

    async def create(self, request, attempt):
        await self.get("")

    async def cancel(self, id):
        self.begun.set()
        await asyncio.sleep(0.05)


def under_way(calls, method, payload):
    backend, told, arrived = Slow(), [], threading.Event()
    Bridge(backend, calls).call(method, json.dumps(payload), lambda *answer: (told.append(answer), arrived.set()))
    return backend, told, arrived


@pytest.mark.parametrize("wait", [True, False])  # until it has begun; one that has not is answered as well
def test_stopping_the_loop_answers_what_is_under_way(wait, monkeypatch):
    background = _loop.Background()
    monkeypatch.setattr(_loop, "BACKGROUND", background)
    backend, told, arrived = under_way(_loop.Calls(), "get", {"id": "x"})
    assert not wait or backend.begun.wait(10)
    background.stop()
    assert arrived.wait(10) and len(told) == 1 and isinstance(told[0][1], vidgen.JobInterrupted)
    assert not background._thread.is_alive()


def test_closing_cancels_what_can_be_asked_again_at_once():
    calls = _loop.Calls()
    backend, told, arrived = under_way(calls, "get", {"id": "x"})
    assert backend.begun.wait(10)
    calls.stop()
    assert arrived.wait(10) and isinstance(told[0][1], vidgen.JobInterrupted)
    assert backend.told.wait(10)  # as a cancelled task is
    _, told, _ = under_way(calls, "get", {"id": "x"})  # nothing begins any more
    assert isinstance(told[0][1], vidgen.JobInterrupted)


def test_closing_lets_what_may_cost_money_end_for_a_while(monkeypatch):
    calls = _loop.Calls()
    backend, told, arrived = under_way(calls, "cancel", {"id": "x"})
    assert backend.begun.wait(10)
    calls.stop()
    assert arrived.wait(10) and told == [("null", None)]
    monkeypatch.setattr(_loop, "GRACE", 0.01)
    calls = _loop.Calls()
    backend, told, arrived = under_way(calls, "create", CREATE)
    assert backend.begun.wait(10)
    calls.stop()
    assert arrived.wait(10) and isinstance(told[0][1], vidgen.AmbiguousError)


def test_a_forked_child_has_a_loop_of_its_own():
    done = support.python(FORK)
    assert done.returncode == 0 and done.stdout.split() == ["child", "parent"], done.stderr


FORK = """
import conftest
import asyncio, os, sys, threading
from vidgen import _loop

def use(word):
    told = threading.Event()
    async def work(): return word
    _loop.Calls().run(work(), str, lambda answer, error: (print(answer, flush=True), told.set()))
    assert told.wait(10)

asyncio.run_coroutine_threadsafe(asyncio.sleep(0), _loop.BACKGROUND.loop()).result(10)
child = os.fork()
if child == 0:
    use("child")
    _loop.BACKGROUND.stop()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
use("parent")
_loop.BACKGROUND.stop()
"""

# SPDX-License-Identifier: Apache-2.0
"""Phases written in Python, called as the native module does."""
import asyncio
import json
import os
import threading

import pytest
import samples
import vidgen
from vidgen import _loop
from vidgen._phase import Bridge


def stamp(context):
    return vidgen.StepResult([context.inputs[0].paths[0]], {"mark": context.params["mark"]}, cost="0.01")


async def tell(context):
    await asyncio.sleep(0)
    return vidgen.StepResult(facts={"prompt": context.request.prompt, "folder": context.folder})


class Stamps(vidgen.Phase):
    number, name, status = 5, "stamps", "refining"
    kinds = {"stamp": stamp, "tell": tell}

    def extend(self, spec, plan):
        for clip in [step for step in plan.step_ids if step.startswith("clip_")]:
            plan.add(kind="stamp", id=f"stamp_{clip}", inputs=[clip], params={"mark": spec["prompt"]})


@pytest.fixture
def bridge():
    calls = _loop.Calls()
    yield Bridge(Stamps(), calls)
    calls.stop()


def run(bridge, kind, payload):
    told, arrived = [], threading.Event()
    bridge.run(kind, json.dumps(payload), lambda *answer: (told.append(answer), arrived.set()))
    assert arrived.wait(10) and len(told) == 1
    if told[0][1]:
        raise told[0][1]
    return json.loads(told[0][0])


PAYLOAD = {"job": "j1", "step": {"id": "stamp_clip_00", "kind": "stamp", "params": {"mark": "x"}},
           "inputs": [{"paths": ["/store/a.mp4"], "facts": {"frames": 90}}],
           "request": {"schema": "vidgen.request/1", "prompt": "a mug"}, "folder": "films/videos/j1"}


def test_a_phase_says_what_it_is(bridge):
    assert (bridge.number, bridge.name, bridge.status, bridge.kinds) == (5, "stamps", "refining", ["stamp", "tell"])


def test_it_adds_steps_to_a_plan(bridge):
    added = json.loads(bridge.extend('{"prompt": "a mug"}', json.dumps(samples.PLAN)))
    assert added[0] == {"id": "stamp_clip_00", "kind": "stamp", "params": {"mark": "a mug"}, "inputs": ["clip_00"],
                        "label": "stamp_clip_00"}
    assert [step["id"] for step in added] == ["stamp_clip_00", "stamp_clip_01"]


@pytest.mark.parametrize("step", [
    {"kind": "other", "id": "a"}, {"kind": "stamp", "id": "clip_00"}, {"kind": "stamp", "id": ""},
    {"kind": "stamp", "id": "a", "inputs": ["nobody"]},
])
def test_steps_that_cannot_be_are_refused(step):
    class Wrong(Stamps):
        def extend(self, spec, plan):
            plan.add(**step)

    with pytest.raises(vidgen.InvalidArgumentError):
        Bridge(Wrong(), None).extend("{}", json.dumps(samples.PLAN))


def test_steps_are_carried_out(bridge):
    path = os.path.abspath("/store/a.mp4")
    assert run(bridge, "stamp", PAYLOAD) == {"files": [{"path": path, "mime": "video/mp4"}], "facts": {"mark": "x"},
                                             "cost_micros": 10000}
    assert run(bridge, "tell", PAYLOAD)["facts"] == {"prompt": "a mug", "folder": "films/videos/j1"}


def test_facts_may_be_text_of_json(bridge):
    seen = []

    class Looks(Stamps):
        kinds = {"look": lambda context: seen.append(context.inputs[0].facts) or vidgen.StepResult()}

    run(Bridge(Looks(), None), "look", PAYLOAD | {"inputs": [{"paths": [], "facts": '{"frames": 90}'}]})
    assert seen == [{"frames": 90}]


def test_errors_fail_the_step(bridge):
    with pytest.raises(IndexError):
        run(bridge, "stamp", PAYLOAD | {"inputs": []})
    with pytest.raises(KeyError):
        run(bridge, "unknown", PAYLOAD)

# SPDX-License-Identifier: Apache-2.0
"""Documents in the library's shapes."""
import json

TIMELINE = {
    "schema": "vidgen.timeline/1", "fps": 30, "size": "1920x1080", "frames": 180, "fps_mode": "duplicate",
    "sources": [{"id": "c0", "path": "a.mp4"}, {"id": "c1", "path": "/clips/b.mp4"}, {"id": "music", "path": "m.wav"}],
    "video": [{"source": "c0", "start": 0, "length": 90, "source_in": 0, "label": "a <b> & c"},
              {"source": "c1", "start": 90, "length": 90, "source_in": "1/2", "speed": 2}],
    "transitions": [{"kind": "fade", "at": 90, "frames": 15}],
    "audio": [{"source": "c0", "start": 0, "length": 144000, "fade_out": 240},
              {"source": "c1", "start": 143760, "length": 144000, "fade_in": 240},
              {"source": "music", "start": 0, "fade_in": 2400, "fade_out": 96000}],
    "titles": [{"start": 10, "length": 60, "role": "caption", "text": "Morning\nlight"}],
    "contrast": 1, "saturation": 1, "finish": {"grain": 0, "bars": ""},
}


def step(name, kind, phase, likely, most, seconds=2):
    return {"id": name, "kind": kind, "version": 1, "phase": phase, "params": {"seconds": 5}, "inputs": [], "key": "00",
            "resource": "provider:replicate", "micro_usd": {"least": 0, "likely": likely, "most": most},
            "seconds": seconds, "on_failure": "fail", "label": name.replace("_", " ")}


def clip(name, start, length):
    return {"step": name, "chain": 0, "index": 0, "start": start, "length": length, "seconds": 5, "used": "9/2",
            "handle": "1/4", "overlap": 0, "waste": "1/4"}


PLAN = {
    "schema": "vidgen.plan/1", "revision": 0, "spec": "rules", "model": "wan", "image_model": "flux", "music_model": "",
    "continuity": "beat", "frames": 180, "fps": 30, "micro_usd": {"least": 100, "likely": 250000, "most": 500000},
    "eta": "45/2", "waste": "1/2", "critical_path": ["clip_00"], "notes": ["a note"],
    "replaced_transitions": ["whip went straight through"], "chains": [],
    "clips": [clip("clip_00", 0, 90), clip("clip_01", 90, 90)],
    "steps": [step("keyframe", "image", 2, 50000, 100000), step("clip_00", "clip", 4, 100000, 200000, "45/2"),
              step("clip_01", "clip", 4, 100000, 200000)],
    "timeline": TIMELINE,
}
JOB = {
    "id": "j1", "created_ms": 1700000000000, "request": '{"schema":"vidgen.request/1","prompt":"a mug on a desk"}',
    "spec": '{"schema":"vidgen.spec/1"}', "plan": json.dumps(PLAN), "status": "needs_attention", "reason": "money",
    "film": "", "owner": 42,
}


def attempt(step_name, state, reserved, settled):
    return json.dumps({"job": "j1", "step": step_name, "key": "k", "attempt": 1, "state": state,
                       "provider": "replicate", "provider_id": "p", "seed": 7, "reserved_micros": reserved,
                       "settled_micros": settled, "time_ms": 5, "detail": ""})

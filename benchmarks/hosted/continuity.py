#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Wall time of a hosted film against its lower bound, for each way of continuity.

    benchmarks/hosted/continuity.py build/release/cli/vidgen [--speed 10] [--seconds 30,150] [--only beat,take] [--runs 1]
    benchmarks/hosted/continuity.py build/release/cli/vidgen --real      six clips as one take, real media, in real time

The emulator makes clips, and music, in 45 s ± 20 %, one in five with a cold start of 30 s. The bound is the longest path through the
plan's graph, a paid step weighing what the emulator's log says its prediction took, a local one nothing, plus what the
program did after the last prediction that the end waited for: the last segments, the export and its check, which cannot
begin before. `overhead` is what is left: asking late, waiting for turns, downloads, extracting frames.
"""
import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time

from emulator import Emulator, seconds

PROMPT = "a ceramic mug on a walnut desk, morning light"
WAYS = ("beat", "take", "hybrid", "batch:3", "none", "anchored")


SMALL = ["--quality", "draft", "--size", "320x180", "--no-captions"]


def scenario(speed, seed, media):
    return {"seed": seed, "speed": speed, "media": {"mode": media},
            "latency": {"queue": 0.5, "spread": 0.2, "cold": 30, "cold_chance": 0.2},
            "models": {"wan-video/wan-2.2-i2v-fast": {"latency": 45}, "meta/musicgen": {"latency": 45}}}


def read_job(workspace):
    db = sqlite3.connect(os.path.join(workspace, "vidgen.db"))
    job, plan = db.execute("SELECT id, plan FROM jobs").fetchone()
    attempts = db.execute("SELECT step, provider_id FROM attempts WHERE job=? AND provider_id<>''", (job,)).fetchall()
    events = [json.loads(row[0]) for row in db.execute("SELECT event FROM events WHERE job=? ORDER BY seq", (job,))]
    return json.loads(plan), dict(attempts), events


def bound(plan, took):
    """Seconds of the provider along the longest path of paid steps."""
    end = {}
    for step in plan["steps"]:
        end[step["id"]] = max((end[i] for i in step.get("inputs", [])), default=0.0) + took.get(step["id"], 0.0)
    return max(end.values())


def one(vidgen, way, length, speed, seed, real=False):
    with Emulator(scenario(speed, seed, "real" if real else "stub")) as emulator, tempfile.TemporaryDirectory(prefix="vidgen-bench-") as folder:
        argv = [vidgen, "make", PROMPT, "--duration", str(length), "--backend", "replicate", "--model", "wan", "--continuity", way,
                "--budget", "50", "--workspace", folder, "--quiet", "--json", *([] if real else SMALL)]
        began = time.time()
        run = subprocess.run(argv, env=emulator.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        ended = time.time()
        if run.returncode != 0:
            raise RuntimeError(f"{way}: exit {run.returncode}: {run.stderr[-800:]}\n{run.stdout[-800:]}")
        plan, attempts, events = read_job(folder)
        runs = {p["id"]: p for p in emulator.predictions()}
        requests = emulator.ask("/requests?limit=100000")
    took = {step: seconds(runs[i]["ended_at"]) - seconds(runs[i]["created_at"]) for step, i in attempts.items()}
    paid = {step: i for step, i in attempts.items()}
    done = [e for e in events if e["kind"] == "step" and e["message"].startswith("done:") and e.get("step") in paid]
    after = ended - max(e["time_ms"] for e in done) / 1000
    before = min(e["time_ms"] for e in events if e["kind"] == "step" and e["message"].startswith("started:")) / 1000 - began
    wall, least = ended - began, bound(plan, took) / speed
    clips = sum(1 for s in plan["steps"] if s["kind"] == "clip")
    return {"way": way, "clips": clips, "wall": wall, "bound": least, "before": before, "after": after,
            "ratio": wall / (least + before + after), "calls": len(requests.get("requests", requests.get("entries", [])))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vidgen")
    parser.add_argument("--speed", type=float, default=10)
    parser.add_argument("--seconds", default="30,150")
    parser.add_argument("--only", default=",".join(WAYS))
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="real media and real time; six clips as one take unless told otherwise")
    given = parser.parse_args()
    if given.real:
        given.speed, given.seconds = 1, "30" if given.seconds == "30,150" else given.seconds
        given.only = "take" if given.only == ",".join(WAYS) else given.only
    print("| way | clips | wall s | bound s | start s | after the last clip s | wall : bound + start + after | provider-time wall |")
    walls = {}
    for length in [int(x) for x in given.seconds.split(",")]:
        for way in given.only.split(","):
            for seed in range(1, given.runs + 1):
                r = one(given.vidgen, way, length, given.speed, seed, given.real)
                walls.setdefault((length, way), []).append(r["bound"] + (r["wall"] - r["before"] - r["after"] - r["bound"]))
                print(f"| {way} | {r['clips']} | {r['wall']:.2f} | {r['bound']:.2f} | {r['before']:.2f} | {r['after']:.2f} | {r['ratio']:.3f} "
                      f"| {(r['wall'] - r['before'] - r['after']) * given.speed:.0f} |", flush=True)
        if {"anchored", "take"} <= set(given.only.split(",")):
            ratio = statistics.median(walls[length, "anchored"]) / statistics.median(walls[length, "take"])
            print(f"{length} s: anchored : take, medians without start and end, {ratio:.3f}")


if __name__ == "__main__":
    main()

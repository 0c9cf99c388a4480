#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills `vidgen make` again and again, resumes each job, and compares the film with the undisturbed one.

    tests/kill/kill_make.py build/release/cli/vidgen [--kills 50] [--seed 1]

A kill is SIGKILL. Kills are spread over the phases in turn and, within a phase, over the time of its steps as the
undisturbed run showed it. The test fails when a film's SHA-256 differs, a resume fails, or a phase was hit fewer than --least times.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROMPT = "a ceramic mug in a quiet cafe, morning light"
PHASES = (1, 2, 3, 4, 5, 6)
# Phases overlap; a step tells by its name which one it belongs to.
PHASE_OF = {"spec": 1, "key": 2, "ref": 3, "clip": 4, "last": 4, "music": 5, "sound": 5, "seg": 5, "master": 5, "export": 6}


def command(vidgen, workspace):
    return [vidgen, "make", PROMPT, "--duration", "6", "--quality", "draft", "--backend", "local", "--seed", "5", "--json",
            "--workspace", workspace]


def result_of(argv):
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    return done.returncode, json.loads(lines[-1]) if lines else {}


def phase_of(event):
    """The phase of the step that an event is about; 0 when it is about none."""
    return PHASE_OF.get(event.get("step", "").split("_")[0], 0) if event.get("kind") == "step" else 0


def spans(vidgen, workspace):
    """When steps of each phase first start and last end in an undisturbed run, in seconds from the start."""
    seen = {}
    start = time.monotonic()
    child = subprocess.Popen(command(vidgen, workspace), stdout=subprocess.PIPE, text=True)
    for line in child.stdout:
        event = json.loads(line)
        if event["type"] == "result":
            return seen, event["sha256"]
        now = time.monotonic() - start
        first, _ = seen.get(phase_of(event), (now, now))
        seen[phase_of(event)] = (first, now)
    raise RuntimeError("the undisturbed run has no result")


def killed_in(vidgen, workspace, phase, wait):
    """Kills a run `wait` seconds after a step of a phase started. Whether one did, and the job."""
    child = subprocess.Popen(command(vidgen, workspace), stdout=subprocess.PIPE, text=True)
    job, reached = None, False
    for line in child.stdout:
        event = json.loads(line)
        job = event["job"]
        reached = phase_of(event) == phase
        if reached:
            time.sleep(wait)
        if reached or event["type"] == "result":
            break
    child.send_signal(signal.SIGKILL)
    child.wait()
    return reached, job


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("vidgen")
    p.add_argument("--kills", type=int, default=50)
    p.add_argument("--least", type=int, default=3)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    vidgen = os.path.abspath(a.vidgen)
    rng = random.Random(a.seed)
    root = tempfile.mkdtemp()
    hits, bad = {phase: 0 for phase in PHASES}, 0
    try:
        times, wanted = spans(vidgen, f"{root}/whole")
        for n in range(a.kills):
            phase = PHASES[n % len(PHASES)]
            first, last = times.get(phase, (0, 0))
            workspace = f"{root}/{n}"
            reached, job = killed_in(vidgen, workspace, phase, rng.uniform(0, max(0.0, (last - first) * 0.9)))
            hits[phase] += reached
            argv = [vidgen, "resume", job, "--json", "--workspace", workspace] if job else command(vidgen, workspace)
            code, film = result_of(argv)
            if code != 0 or film.get("sha256") != wanted:
                bad += 1
                print(f"kill {n} in phase {phase}: exit {code}, {film}", file=sys.stderr)
            shutil.rmtree(workspace)
    finally:
        shutil.rmtree(root)
    print(f"{a.kills} kills, {bad} films that differ; by phase: " + ", ".join(f"{k}: {v}" for k, v in sorted(hits.items()) if v))
    missed = [phase for phase in PHASES if hits[phase] < a.least]
    if missed:
        print(f"phases hit fewer than {a.least} times: {missed}", file=sys.stderr)
    return 1 if bad or missed else 0


if __name__ == "__main__":
    sys.exit(main())

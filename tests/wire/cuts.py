#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cuts the connection to a provider at every byte of its exchanges, and looks what becomes of the predictions.

    tests/wire/cuts.py build/release/tests/wire/wire_cuts [--every 10] [--lanes 2] [--only list]

Request and answer of create, get and list, and request and head of a download, over both transports, as a reset and as an
orderly end. Whatever is cut: one prediction is paid, not two; its outcome has a type or it succeeds; the books are equal.
"""
import argparse
import concurrent.futures
import fnmatch
import itertools
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "kill"))
from world import Emulator  # noqa: E402  (beside this folder)

PATTERNS = {"create": "*predictions.create", "get": "predictions.get", "list": "predictions.list", "download": "delivery*"}
# At this speed the hour after which a provider removes inputs would be 3.6 s: a busy machine sleeps for longer.
WORDS = {"speed": 1000, "media": {"mode": "stub"}, "limits": {"enforce": False}, "latency": {"spread": 0}, "retention": 10_000_000}
LIMIT = 1200  # seconds, for one run of the program: what hangs ends it


def program(given, emulator, *words):
    argv = [given.program, emulator.urls["control"], emulator.urls["replicate"], *map(str, words)]
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, timeout=LIMIT)
    out = json.loads(done.stdout) if done.stdout else {"cuts": 0, "wrong": [f"it died: {done.returncode}"], "errors": {}}
    if done.returncode and not out["wrong"]:
        out["wrong"].append(f"exit {done.returncode}")
    return out


def lengths(given, emulator, transport, operation):
    """Bytes of an undisturbed request and of its answer; of a download's answer only the head."""
    said = program(given, emulator, transport, operation, "request", "reset", 0, -1, 1)
    if said["wrong"]:
        raise RuntimeError(f"undisturbed, {transport}, {operation}: {said['wrong']}")
    rows = [r for r in emulator.ask("/requests?limit=100000")["requests"] if fnmatch.fnmatchcase(r["operation"], PATTERNS[operation])]
    body = int(rows[-1]["response_headers"].get("Content-Length", 0)) if operation == "download" else 0
    head = rows[-1]["bytes_out"] - body
    return rows[-1]["bytes_in"], head if operation == "download" and head > 0 else rows[-1]["bytes_out"]


def cut(given, transport, operation):
    """All cuts of one kind of exchange."""
    out = []
    with Emulator(WORDS) as emulator:
        size = dict(zip(("request", "response"), lengths(given, emulator, transport, operation)))
        for side, how in itertools.product(("request", "response"), ("reset", "close")):
            # Each transport meets every n-th byte: half of them as a reset, half as an end.
            step = 1 if given.every == 1 else 2 * given.every
            first = 0 if step == 1 else given.every * (how != "reset") + given.every // 2 * (transport != "beast")
            said = program(given, emulator, transport, operation, side, how, first, size[side], step)
            out.append(((transport, operation, side, how), said))
        flags = emulator.ask("/state")["flags"]
        missed = flags.pop("fault_missed", 0)  # an answer that was a little shorter than the measured one
        if flags or missed > 0.01 * sum(said["cuts"] for _, said in out):
            out.append(((transport, operation, "flags"), {"cuts": 0, "wrong": [f"{flags}, {missed} cuts missed"], "errors": {}}))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--lanes", type=int, default=2)
    parser.add_argument("--only", choices=PATTERNS)
    given = parser.parse_args()
    given.program = os.path.abspath(given.program)
    cuts = bad = 0
    with concurrent.futures.ThreadPoolExecutor(given.lanes) as pool:
        for rows in pool.map(lambda pair: cut(given, *pair), itertools.product(("beast", "curl"), [given.only] if given.only else PATTERNS)):
            for what, said in rows:
                cuts, bad = cuts + said["cuts"], bad + len(said["wrong"])
                print(f"{' '.join(what)}: {said['cuts']} cuts, found {said.get('found', 0)}, lost {said.get('lost', 0)}, {said['errors']}", flush=True)
                for text in said["wrong"][:5]:
                    print(f"  {text}", file=sys.stderr, flush=True)
    print(f"{cuts} cuts, {bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

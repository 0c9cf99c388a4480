#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Many predictions at once through one account, against the emulator's limits.

    benchmarks/hosted/load.py HOSTED_BENCH throttle                    100 jobs against three limits
    benchmarks/hosted/load.py HOSTED_BENCH flight [--count 10000]      as many in flight, with the SQLite journal
    benchmarks/hosted/load.py HOSTED_BENCH client --python PYTHON [--count 50]   CPU a prediction, beside the official client
    benchmarks/hosted/load.py HOSTED_BENCH cancel [--count 20]         how soon a cancel has reached the provider

PYTHON is an interpreter with replicate==1.0.7. Times of the provider are virtual; CPU, memory and the loop's lateness are
this machine's.
"""
import argparse
import heapq
import json
import os
import subprocess
import tempfile

from emulator import Emulator, seconds

MODEL = "wan-video/wan-2.2-t2v-fast"
# name, jobs, creates a job, virtual seconds a second, places we take, creates a minute, burst, the emulator's limits.
# 6 a minute is what an account with less than $5 gets, and is told in prose; the second row gets it without a word.
LIMITS = [("6 a minute, burst 1", 100, 1, 8, 50, 6, 1, {"credit_usd": 4.5}),
          ("6 a minute, not said", 100, 1, 8, 50, 6, 1, {"creates_per_minute": 6, "create_burst": 1}),
          ("600 a minute", 100, 6, 4, 1000, 600, 10, {}),
          ("50 concurrent", 100, 2, 8, 50, 600, 10, {"concurrency": 50, "concurrency_mode": "refuse"})]

CLIENT = """
import os, resource, sys, threading
import replicate
client = replicate.Client(api_token="r8_client", base_url=sys.argv[1])
def one(i):
    p = client.models.predictions.create("%s", input={"prompt": "a ceramic mug, take %%d" %% i, "seed": i})
    p.wait()
    assert p.status == "succeeded", p.status
use = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
before, threads = use(), []
todo = list(range(int(sys.argv[2])))
def work():
    while True:
        try: i = todo.pop()
        except IndexError: return
        one(i)
threads = [threading.Thread(target=work) for _ in range(50)]
[t.start() for t in threads]; [t.join() for t in threads]
print(use() - before)
""" % MODEL


def scenario(speed, latency=45, spread=0.2, **limits):
    return {"seed": 1, "speed": speed, "media": {"mode": "stub"}, "retention": 1000000, "run_timeout": 100000,
            "latency": {"queue": 0.5, "spread": spread}, "models": {MODEL: {"latency": latency, "price": {"kind": "per_clip", "usd": "0.001"}}},
            "limits": limits, "log": {"keep": 400000, "body_bytes": 0}}


def bench(program, emulator, *words):
    argv = [program, emulator.urls["replicate"], "--speed", str(emulator.words["speed"]), *map(str, words)]
    run = subprocess.run(argv, stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout.splitlines()[-1])


def counts(emulator):
    """Creates: asked, refused; and all other calls."""
    totals = emulator.ask("/state").get("requests") or {}
    create = {k: n for k, n in totals.items() if "create" in k}
    refused = sum(n for k, n in create.items() if k.endswith(" 429"))
    return sum(create.values()), refused, sum(totals.values()) - sum(create.values())


def ideal(runs, per_minute, burst, places):
    """Seconds until the last create, were each made as soon as a bucket and a number of places allow."""
    at, tokens, busy, then = 0.0, float(burst), [], 0.0
    for took in runs:
        if len(busy) >= places:
            at = max(at, heapq.heappop(busy))
        tokens = min(float(burst), tokens + (at - then) * per_minute / 60)
        if tokens < 1:
            at += (1 - tokens) * 60 / per_minute
            tokens = 1.0
        tokens, then = tokens - 1, at
        heapq.heappush(busy, at + took)
    return at


def throttle(given):
    print("| limit | jobs | creates | failed | creates refused | ideal : actual time of the last create | last job : first job |")
    for name, jobs, each, speed, places, rate, burst, limits in LIMITS:
        if not name.startswith(given.only):
            continue
        with Emulator(scenario(speed, **limits)) as emulator:
            r = bench(given.program, emulator, "--count", jobs * each, "--jobs", jobs, "--concurrent", places)
            runs = emulator.predictions()
            asked, refused, _ = counts(emulator)
        made = [seconds(p["created_at"]) for p in runs]
        took = [seconds(p["ended_at"]) - seconds(p["created_at"]) for p in runs]
        least = ideal(took, rate, burst, places)
        spread = f"{r['job_done_max'] / max(r['job_done_min'], 1e-9):.2f}" if each > 1 else "-"
        print(f"| {name} | {jobs} | {jobs * each} | {r['failed']} | {refused} of {asked} | {least / (max(made) - min(made)):.3f} | {spread} |", flush=True)


def flight(given):
    words = scenario(given.speed, given.latency, 0.02, concurrency=None)
    with Emulator(words) as emulator, tempfile.TemporaryDirectory(prefix="vidgen-bench-") as folder:
        r = bench(given.program, emulator, "--count", given.count, "--jobs", 100, "--concurrent", given.count, "--journal",
                  os.path.join(folder, "journal.db"))
        asked, refused, others = counts(emulator)
        limits = emulator.ask("/limits")
    r["cpu_ms_each"] = 1000 * r["cpu"] / given.count
    print(json.dumps({**r, "creates": asked, "refused": refused, "other_calls": others, "limits": limits}, indent=1))


def client(given):
    ours, theirs = [], []
    words = scenario(1, 45, 0.2, creates_per_minute=100000, create_burst=100000, others_per_minute=1000000, other_burst=1000000)
    with Emulator(words) as emulator, tempfile.TemporaryDirectory(prefix="vidgen-bench-") as folder:
        base = bench(given.program, emulator, "--count", 1, "--journal", os.path.join(folder, "one.db"))
        ours = bench(given.program, emulator, "--count", given.count, "--jobs", 50, "--concurrent", 50, "--journal", os.path.join(folder, "j.db"))
    with Emulator(words) as emulator:
        out = subprocess.run([given.python, "-c", CLIENT, emulator.urls["replicate_root"], str(given.count)], check=True,
                             stdout=subprocess.PIPE, text=True).stdout
        theirs = float(out)
    a, b = 1000 * (ours["cpu"] - base["cpu"]) / given.count, 1000 * theirs / given.count
    print(f"CPU a prediction: ours {a:.2f} ms (journal included), official client {b:.2f} ms: {b / a:.1f} x less")


def cancel(given):
    with Emulator(scenario(1, 600)) as emulator:
        r = bench(given.program, emulator, "--count", given.count, "--jobs", given.count, "--cancel")
        states = [p["state"] for p in emulator.predictions()]
    print(f"cancel to answer: median {r['cancel_p50_s']:.3f} s, worst {r['cancel_max_s']:.3f} s; "
          f"{sum(s in ('canceled', 'cancelled') for s in states)} of {len(states)} cancelled at the provider")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("what", choices=("throttle", "flight", "client", "cancel"))
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--only", default="", help="of throttle: the limit's name begins so")
    parser.add_argument("--speed", type=float, default=5)
    parser.add_argument("--latency", type=float, default=1500)
    parser.add_argument("--python", default="python3")
    given = parser.parse_args()
    given.count = given.count or {"throttle": 100, "flight": 10000, "client": 50, "cancel": 20}[given.what]
    {"throttle": throttle, "flight": flight, "client": client, "cancel": cancel}[given.what](given)


if __name__ == "__main__":
    main()

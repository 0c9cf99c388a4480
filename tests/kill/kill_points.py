#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills a film with hosted clips at every named point (src/base/points.def), lets it go on, and compares.

    tests/kill/kill_points.py build/release/tests/kill/kill_film [--times 3] [--random 6] [--deep 6] [--lanes 2] [--seed 1]

Each point is hit --times times, at its first, its last and other occurrences, in the scenario that reaches it; --random
kills come at any time, and --deep films are killed two or three times, so also while they recover. A film that went on has to be the same to the byte as
the undisturbed one, paid once a step, with books equal to the provider's, and nothing half-made left behind.
"""
import argparse
import collections
import concurrent.futures
import os
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time

import world

RETRY = "Prediction interrupted; please retry (code: PA)"
FILMS_A_PROVIDER = 100  # the emulator forgets nothing, so a new one takes over now and then
# What happens beside the kills. A word: faults, arguments of the program, whether a film comes of it.
SCENARIOS = {
    "plain": {"faults": []},
    "lost answers": {"faults": [{"operation": "create", "nth": [2, 5], "do": "drop_after_accept"},
                                {"operation": "create", "nth": 4, "do": "reset_before"}]},
    "no seeds": {"faults": [{"operation": "create", "model": "tests/unseeded", "nth": [1, 3], "do": "drop_after_accept"},
                            {"operation": "create", "model": "tests/unseeded", "nth": 2, "do": "reset_before"}],
                 "args": ["--model", "unseeded"]},
    "failing runs": {"faults": [{"operation": "create", "model": "tests/short", "nth": [1, 3], "do": "fail", "error": RETRY}]},
    "short clips": {"faults": [{"operation": "create", "model": "tests/short", "do": "media", "kind": "shorter", "factor": 0.5}]},
    "cancelled": {"faults": [{"operation": "create", "do": "latency", "queue": 0, "predict": 600}],
                  "args": ["--cancel", "accepted"], "film": False},
}


class Lane:
    """A thread with a provider of its own. One film at a time, so that faults count its requests alone."""

    def __init__(self, program, root):
        self.program, self.root, self.emulator, self.films = program, root, None, 0

    def provider(self):
        if self.films % FILMS_A_PROVIDER == 0:
            self.close()
            self.emulator = world.Emulator().__enter__()
        self.films += 1
        return self.emulator

    def close(self):
        if self.emulator:
            self.emulator.__exit__()

    def film(self, scenario, kills=()):
        """One film with these kills, and then a whole life. The lives, and what is wrong at the end."""
        about, emulator = SCENARIOS[scenario], self.provider()
        emulator.ask("/scenario", {"faults": about["faults"]})
        first = sum(emulator.ask("/state")["jobs"].values())
        token = f"token-{id(self)}-{self.films}"
        workspace, env, lives = os.path.join(self.root, token), emulator.environment(token), []
        for kill in [*kills, None]:
            args = [*about.get("args", []), *(["--at", kill[0], str(kill[1])] if isinstance(kill, tuple) else [])]
            lives.append(world.live(self.program, workspace, env, args, kill if isinstance(kill, float) else None))
            if not lives[-1].killed:
                break
        wrong = world.wrongs(workspace, *world.books(emulator, token, first), retried=(RETRY,))
        shutil.rmtree(workspace)
        return lives, wrong


class Report:
    """What all films came to."""

    def __init__(self):
        self.lock = threading.Lock()
        self.hits, self.wrong = collections.Counter(), []
        self.films = self.kills = self.missed = 0
        self.going = []

    def add(self, scenario, kills, lives, wrong):
        with self.lock:
            self.films += 1
            for kill, life in zip(kills, lives):
                self.kills += life.killed
                self.hits[kill[0] if isinstance(kill, tuple) else "any time"] += life.killed
                self.missed += not life.killed
            self.going += [life.going_ms for life in lives[1:] if life.going_ms is not None]
            if wrong:
                self.wrong.append((scenario, kills, wrong))
                print(f"{scenario}, {kills}: {wrong}\n{lives[-1]}", file=sys.stderr, flush=True)

    def show(self):
        print(f"{self.films} films, {self.kills} kills ({self.missed} came too late), {len(self.wrong)} films with something wrong")
        print("by point: " + ", ".join(f"{name} {count}" for name, count in sorted(self.hits.items())))
        if self.going:
            late = sum(ms > 2000 for ms in self.going)
            print(f"until a job goes on: median {statistics.median(self.going):.0f} ms, worst {max(self.going):.0f} ms, over 2 s {late} of {len(self.going)}")


class Tour:
    """The undisturbed films, and what is drawn from them."""

    def __init__(self, lane, rng):
        self.rng, self.points, self.seconds, self.films = rng, {}, {}, {}
        for scenario in SCENARIOS:
            began = time.monotonic()
            lives, wrong = lane.film(scenario)
            self.seconds[scenario] = time.monotonic() - began
            self.points[scenario] = lives[-1].last.get("points", {})
            self.films[scenario] = lives[-1].last.get("film", lives[-1].last.get("code"))
            if wrong or lives[-1].code != (0 if SCENARIOS[scenario].get("film", True) else 1):
                raise RuntimeError(f"undisturbed, {scenario}: {wrong} {lives[-1]}")

    def names(self):
        return list(self.points["plain"])

    def reached(self, name):
        return [scenario for scenario in SCENARIOS if self.points[scenario].get(name)]

    def at_point(self, name, number):
        """The number-th kill at a point: in each scenario in turn (the next point begins with the next one), at its first
        and last time, then at any."""
        there = self.reached(name)
        scenario = there[(self.names().index(name) + number) % len(there)]
        times = self.points[scenario][name]
        return scenario, [(name, (1, times)[number] if number < 2 else self.rng.randint(1, times))]

    def any_kill(self, scenario):
        if self.rng.random() < 0.5:
            return self.rng.uniform(0, self.seconds[scenario])
        there = [name for name, times in self.points[scenario].items() if times]
        name = self.rng.choice(there)
        return name, self.rng.randint(1, min(12, self.points[scenario][name]))

    def trials(self, given):
        for number in range(given.times):
            for name in self.names():
                if self.reached(name):
                    yield self.at_point(name, number)
        for number in range(given.random):
            scenario = list(SCENARIOS)[number % len(SCENARIOS)]
            yield scenario, [self.rng.uniform(0, self.seconds[scenario])]
        for number in range(given.deep):
            scenario = list(SCENARIOS)[number % len(SCENARIOS)]
            yield scenario, [self.any_kill(scenario) for _ in range(2 + number % 2)]


def run(lane, tour, trial, report):
    """A kill that comes too late is tried again, earlier: how often a point is reached differs a little from film to film."""
    scenario, kills = trial
    while True:
        lives, wrong = lane.film(scenario, kills)
        came = lives[-1].last.get("film", lives[-1].last.get("code"))
        if came != tour.films[scenario]:
            wrong.append(f"it came to {came}, not {tour.films[scenario]}")
        report.add(scenario, kills, lives, wrong)
        late = len(kills) == 1 and isinstance(kills[0], tuple) and not lives[0].killed
        if not late or kills[0][1] == 1:
            return
        kills = [(kills[0][0], kills[0][1] * 3 // 4)]


def work(lane, tour, trials, report):
    try:
        for trial in iter(lambda: trials.pop() if trials else None, None):
            run(lane, tour, trial, report)
    finally:
        lane.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--random", type=int, default=6)
    parser.add_argument("--deep", type=int, default=6)
    parser.add_argument("--lanes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    root, report = tempfile.mkdtemp(prefix="vidgen-kill-"), Report()
    try:
        lanes = [Lane(os.path.abspath(given.program), root) for _ in range(given.lanes)]
        tour = Tour(lanes[0], random.Random(given.seed))
        trials = collections.deque(tour.trials(given))
        with concurrent.futures.ThreadPoolExecutor(given.lanes) as pool:
            for done in [pool.submit(work, lane, tour, trials, report) for lane in lanes]:
                done.result()
    finally:
        shutil.rmtree(root)
    report.show()
    never = [name for name in tour.names() if not report.hits[name]]
    if never:
        print(f"never killed at: {', '.join(never)}", file=sys.stderr)
    return 1 if report.wrong or never else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The official clients and the library go through the same faults: what is paid for twice, and what is paid for and lost.

    benchmarks/peers/run.py build/release/benchmarks/peers/peers_clip [--trials 10] [--rounds 5] [--only SUBJECT,…] [--faults NAME,…] [--out FILE.json]

A trial is one clip that a caller wants once, an account of its own at the emulator, and one fault. The program is started;
when it fails or is killed, the same command is started again, five times at most, until it ends well: what a person does, or a
shell loop. Then the provider's books are read:

  paid twice   trials with more than one prediction charged for the one clip that was wanted
  by itself    those of them that were charged twice before anybody started the program again
  too many     predictions that were charged beyond that one
  lost clips   predictions that succeeded, were charged, and are not what the caller holds in the end
  no clip      trials that ended without one after five starts

Subjects: `run` and `create` of the official clients as their READMEs show them (clip.py, clip.cjs), with their defaults and
nothing of ours around; and the library (clip.cpp), whose program names its job, so that a start goes on with the last.
Exit status: 1 when the library paid twice, lost a clip, ended without one, or met no fault.
The clients are those that tests/emulator/witness pins. All talk to the emulator over TLS; its time runs 20 times as fast.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import itertools
import json
import math
import os
import random
import signal
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import wave

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SPEED, STARTS, MODEL = 20, 5, "wan-video/wan-2.2-t2v-fast"
WORDS = {"seed": 1, "speed": SPEED, "media": {"mode": "stub"}, "latency": {"queue": 0.5, "spread": 0.2}, "models": {MODEL: {"latency": 10}},
         "limits": {"enforce": False}}


def create(do, **words):
    return lambda token: [{"operation": "create", "token": token, "do": do, "nth": 1, **words}]


def read(do, **words):
    return lambda token: [{"operation": "predictions.get", "token": token, "nth": 1, "do": do, **words}]


def nothing(_token):
    return []


# Nothing brings that one back: it is shown, and left out of the sums.
LOST = "the result is deleted before it was fetched"
# name: the rules of a trial, the rules of all, when the process is killed.
FAULTS = {
    "the answer to the create is cut in its head": (create("cut_response", at=17), (), ""),
    "… in its body": (create("cut_response", at=400), (), ""),
    "… before its last byte": (create("cut_response", at=-1, how="close"), (), ""),
    "reset before the create was read": (create("reset_before"), (), ""),
    "reset after the create was accepted": (create("drop_after_accept"), (), ""),
    "the same ten times in a row": (create("drop_after_accept", nth=list(range(1, 11))), (), ""),
    "500 after it was accepted": (create("status", status=500, executed=True), (), ""),
    "502 after it was accepted": (create("status", status=502, body="<html>", executed=True), (), ""),
    "503 after it was accepted": (create("status", status=503, executed=True), (), ""),
    "503, not accepted": (create("status", status=503), (), ""),
    "silence after it was accepted, then a reset": (create("hang_after", seconds=60), (), ""),
    "429 to the create": (create("throttle", seconds=20), (), ""),
    "502 when asked how it goes": (read("status", status=502, body="<html>"), (), ""),
    "reset when asked how it goes": (read("drop_after_accept"), (), ""),
    "the download is cut": (nothing, ({"operation": "delivery*", "every": 2, "do": "cut_response", "at": 600},), ""),
    "502 to the download": (nothing, ({"operation": "delivery*", "every": 2, "do": "status", "status": 502},), ""),
    "kill -9 between the create and its answer": (create("hang_after", seconds=400), (), "made"),
    "kill -9 while the provider works": (nothing, (), "running"),
    "kill -9 when the provider is done": (nothing, (), "ended"),
    "kill -9 during the download": (nothing, ({"operation": "delivery*", "do": "slow", "rate": 100, "block": 64},), "fetching"),
    LOST: (create("data_removed"), (), ""),
}
SUBJECTS = ("vidgen", "python run", "python create", "javascript run", "javascript create")


class Emulator:
    def __init__(self, rules):
        self.folder = tempfile.TemporaryDirectory(prefix="vidgen-peers-")
        self.words = {**WORDS, "faults": rules}

    def __enter__(self):
        scenario = os.path.join(self.folder.name, "scenario.json")
        with open(scenario, "w", encoding="utf-8") as file:
            json.dump(self.words, file)
        argv = [sys.executable, "-m", "vidgen_emulator", "--tls-self", self.folder.name, "--scenario", scenario, "--models", os.path.join(ROOT, "models")]
        env = dict(os.environ, PYTHONPATH=os.path.join(ROOT, "tests", "emulator"), PYTHONDONTWRITEBYTECODE="1")
        self.child = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.urls = json.loads(self.child.stdout.readline())
        self.trust = ssl.create_default_context(cafile=self.urls["ca"])
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
        self.child.stdout.close()
        self.folder.cleanup()

    def ask(self, path):
        with urllib.request.urlopen(self.urls["control"] + path, timeout=60, context=self.trust) as answer:
            return json.load(answer)

    def predictions(self, account):
        return [p for p in self.ask("/predictions?limit=1000000")["predictions"] if p["account"] == account]


class Fork:
    """Processes of clip.py, copied from one that has loaded the client."""

    def __init__(self, python):
        self.child = subprocess.Popen([python, os.path.join(HERE, "clip.py"), "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lock, self.news, self.codes, self.pids = threading.Lock(), threading.Condition(), {}, collections.deque()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.child.stdout:
            words = [int(word) for word in line.split()]
            with self.news:
                if len(words) == 1:
                    self.codes.pop(words[0], None)          # of an earlier process with that number
                    self.pids.append(words[0])
                else:
                    self.codes[words[0]] = words[1]
                self.news.notify_all()

    def start(self, argv, env, log):
        with self.lock:
            self.child.stdin.write(json.dumps({"argv": argv, "env": env, "log": log}) + "\n")
            self.child.stdin.flush()
            with self.news:
                self.news.wait_for(lambda: self.pids)
                return Forked(self, self.pids.popleft())


class Forked:
    def __init__(self, fork, pid):
        self.fork, self.pid = fork, pid

    def wait(self):
        with self.fork.news:
            self.fork.news.wait_for(lambda: self.pid in self.fork.codes)
            return self.fork.codes[self.pid]

    def poll(self):
        return self.fork.codes.get(self.pid)


class Subject:
    """How one of them is started."""

    def __init__(self, name, given):
        self.name, self.given = name, given
        self.fork = Fork(os.path.join(given.witness, "venv", "bin", "python")) if name.startswith("python") else None

    def start(self, trial):
        urls, way = trial.emulator.urls, self.name.split()[-1]
        env = {"REPLICATE_API_TOKEN": trial.token, "SSL_CERT_FILE": urls["ca"], "NODE_EXTRA_CA_CERTS": urls["ca"], "NO_PROXY": "*",
               "REPLICATE_BASE_URL": urls["replicate_root" if self.fork else "replicate"]}
        if self.fork:
            return self.fork.start([way, trial.prompt, trial.path], env, trial.log)
        argv = ["node", os.path.join(HERE, "clip.cjs"), way, trial.prompt, trial.path]
        env["NODE_PATH"] = os.path.join(self.given.witness, "node", "node_modules")
        if self.name == "vidgen":
            argv = [self.given.program, trial.prompt, trial.path, self.given.music]
            env.update(VIDGEN_WORKSPACE=trial.folder, VIDGEN_TEMPLATES=os.path.join(HERE, "templates"), VIDGEN_ALLOW_PRIVATE_ADDRESSES="1", VIDGEN_PROVIDER_SPEED=str(SPEED),
                       VIDGEN_LANGUAGE_MODEL="rules")
        with open(trial.log, "ab") as log:
            return subprocess.Popen(argv, env={**os.environ, **env}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)


class Trial:
    def __init__(self, emulator, folder, number):
        self.emulator, self.token = emulator, token_of(number)
        self.folder = os.path.join(folder, str(number))
        os.mkdir(self.folder)
        self.prompt = f"a ceramic mug on a walnut desk, morning light, take {number}"
        self.path, self.log = os.path.join(self.folder, "clip.mp4"), os.path.join(self.folder, "log")
        self.account = account_of(self.token)
        self.random = random.Random(number)

    def due(self, when):
        """Whether the moment to kill has come."""
        states = [p["state"] for p in self.emulator.predictions(self.account)]
        if when == "made":
            return bool(states)
        if when == "running":
            return "running" in states
        return "succeeded" in states

    def kill(self, child, when):
        while child.poll() is None:
            if self.due(when):
                # The stub of a clip takes several seconds to fetch at that rate; every reader asks at least each half second.
                time.sleep({"running": self.random.uniform(0, 0.3), "fetching": self.random.uniform(1, 3)}.get(when, 0))
                if child.poll() is None:
                    os.kill(child.pid, signal.SIGKILL)
                    return child.wait(), True
                break
            time.sleep(0.02)
        return child.wait(), False

    def go(self, subject, when):
        killed = False
        for start in range(STARTS):
            child = subject.start(self)
            code, struck = self.kill(child, when) if when and start == 0 else (child.wait(), False)
            killed = killed or struck
            if start == 0:
                first = sum(p["state"] == "succeeded" or p["cost_micro"] > 0 or p["state"] in ("queued", "running")
                            for p in self.emulator.predictions(self.account))
            if code == 0:
                break
            time.sleep(0.2)
        return self.books(code == 0, first, start + 1, killed)

    def books(self, well, first, starts, killed):
        while any(p["state"] in ("queued", "running") for p in self.emulator.predictions(self.account)):
            time.sleep(0.1)
        paid = [p for p in self.emulator.predictions(self.account) if p["cost_micro"] > 0]
        holds = well and os.path.exists(self.path) and os.path.getsize(self.path) > 0
        lost = sum(p["state"] == "succeeded" for p in paid) - holds
        return {"paid": len(paid), "first": min(first, len(paid)), "lost": lost, "holds": holds, "starts": starts, "killed": killed}


def token_of(number):
    return f"r8_peer{number:05d}"


def account_of(token):
    return "account-" + hashlib.sha256(token.encode()).hexdigest()[:8]


def batch(subject, name, given, numbers):
    """All trials of one subject and one fault in a round."""
    of_trial, of_all, when = FAULTS[name]
    rules = [rule for number in numbers for rule in of_trial(token_of(number))] + list(of_all)
    with Emulator(rules) as emulator, tempfile.TemporaryDirectory(prefix="vidgen-peers-") as folder, \
            concurrent.futures.ThreadPoolExecutor(given.parallel) as pool:
        done = list(pool.map(lambda number: Trial(emulator, folder, number).go(subject, when), numbers))
        hits = sum(rule["hits"] for rule in emulator.ask("/faults")["rules"])
    faults = sum(one["killed"] for one in done) if when else hits
    return {"subject": subject.name, "fault": name, "trials": len(done), "faults": faults, "twice": sum(one["paid"] > 1 for one in done),
            "itself": sum(one["first"] > 1 for one in done), "extra": sum(max(0, one["paid"] - 1) for one in done),
            "most": max(one["paid"] for one in done), "lost": sum(one["lost"] for one in done), "none": sum(not one["holds"] for one in done)}


def add_up(rows):
    return {key: sum(row[key] for row in rows) for key in ("trials", "faults", "twice", "itself", "extra", "lost", "none")}


def tables(rounds):
    """By subject per 1,000 faults, and by fault."""
    rows = [{**one, **add_up([r for r in rounds if (r["subject"], r["fault"]) == (one["subject"], one["fault"])])} for one in rounds]
    rows = list({(row["subject"], row["fault"]): row for row in rows}.values())
    subjects = [name for name in SUBJECTS if any(row["subject"] == name for row in rows)]
    out = ["| | faults | paid twice | of them by itself | clips too many | lost clips | no clip | per 1,000 faults: too many, lost |", "|---" * 8 + "|"]
    for name in subjects:
        a = add_up([row for row in rows if row["subject"] == name and row["fault"] != LOST])
        per = 1000 / max(1, a["faults"])
        out.append(f"| {name} | {a['faults']} | {a['twice']} | {a['itself']} | {a['extra']} | {a['lost']} | {a['none']} | "
                   f"**{per * a['extra']:.0f}**, **{per * a['lost']:.0f}** |")
    out += ["", "| fault: clips too many / lost, of so many faults | " + " | ".join(subjects) + " |", "|---" * (len(subjects) + 1) + "|"]
    for fault in FAULTS:
        cells = []
        for name in subjects:
            row = next((r for r in rows if r["subject"] == name and r["fault"] == fault), None)
            cells.append("-" if row is None or not row["faults"] else f"{row['extra']} / {row['lost']} of {row['faults']}" +
                         (f", {row['none']} no clip" if row["none"] else ""))
        if any(cell != "-" for cell in cells):
            out.append(f"| {fault} | " + " | ".join(cells) + " |")
    return "\n".join(out)


def tone(path):
    """Four seconds of music, so that none is bought or composed; a silent file would be refused."""
    samples = (round(4000 * math.sin(2 * math.pi * 220 * n / 48000)) for n in range(4 * 48000))
    with wave.open(path, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(b"".join(struct.pack("<hh", s, s) for s in samples))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", help="peers_clip")
    parser.add_argument("--witness", default=os.path.expanduser("~/.cache/vidgen-witness"), help="what tests/emulator/witness/setup filled")
    parser.add_argument("--trials", type=int, default=10, help="of each fault, in each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parallel", type=int, default=4)
    parser.add_argument("--only", default=",".join(SUBJECTS))
    parser.add_argument("--faults", default="", help="parts of their names")
    parser.add_argument("--out", default="")
    given = parser.parse_args()
    given.program = os.path.abspath(given.program)
    rows = []
    with tempfile.TemporaryDirectory(prefix="vidgen-peers-") as folder:
        given.music = os.path.join(folder, "music.wav")
        tone(given.music)
        subjects = [Subject(name, given) for name in given.only.split(",")]
        chosen = [name for name in FAULTS if not given.faults or any(part in name for part in given.faults.split(","))]
        for number, fault, subject in itertools.product(range(given.rounds), chosen, subjects):
            rows.append(batch(subject, fault, given, range(number * given.trials, (number + 1) * given.trials)))
            print(json.dumps(rows[-1], ensure_ascii=False), file=sys.stderr, flush=True)
            if given.out:
                with open(given.out, "w", encoding="utf-8") as file:
                    json.dump(rows, file, indent=1, ensure_ascii=False)
        for subject in subjects:
            if subject.fork:
                subject.fork.child.stdin.close()
                subject.fork.child.wait()
    print(tables(rows))
    ours = [row for row in rows if row["subject"] == "vidgen" and row["fault"] != LOST]
    return int(any(row["twice"] or row["lost"] or row["none"] or not row["faults"] for row in ours))


if __name__ == "__main__":
    sys.exit(main())

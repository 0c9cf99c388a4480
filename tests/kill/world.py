# SPDX-License-Identifier: Apache-2.0
"""What the tests that kill share: an emulator, lives of the program that makes a film, and what must hold at its end.

The emulator is the oracle: it has books of its own, and they are compared with the journal, which is read here without
the library."""
import dataclasses
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
EMULATOR = os.path.join(HERE, "..", "emulator")
MODELS = os.path.join(HERE, "models")
SPEED = 300
# Which attempts have come to their end, and those whose money is still held.
OVER = ("lost", "failed", "cancelled", "stored", "verified", "succeeded")
WORDS = {"speed": SPEED, "media": {"mode": "stub", "seed": 7}, "latency": {"queue": 0.2, "spread": 0.1},
         "limits": {"enforce": False}, "models": {"meta/musicgen": {"latency": 2}, "tests/short": {"latency": 1}, "tests/unseeded": {"latency": 1}}}


class Emulator:
    """A provider in a process of its own; `with Emulator() as emulator:`."""

    def __init__(self, words=None):
        self.folder = tempfile.TemporaryDirectory(prefix="vidgen-kill-")
        self.words = {**WORDS, **(words or {})}

    def __enter__(self):
        scenario, ready = (os.path.join(self.folder.name, name) for name in ("scenario.json", "ready.json"))
        with open(scenario, "w", encoding="utf-8") as file:
            json.dump(self.words, file)
        argv = [sys.executable, "-m", "vidgen_emulator", "--port", "0", "--ready-file", ready, "--scenario", scenario, "--models", MODELS]
        self.child = subprocess.Popen(argv, cwd=EMULATOR, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        while not os.path.exists(ready):
            if self.child.poll() is not None:
                raise RuntimeError("the emulator did not start")
            time.sleep(0.02)
        with open(ready, encoding="utf-8") as file:
            self.urls = json.load(file)
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
        self.folder.cleanup()

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.urls["control"] + path, data), timeout=60) as answer:
            return json.load(answer)

    def environment(self, token, **more):
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") or k.endswith("SAN_OPTIONS")}
        return {**kept, "REPLICATE_BASE_URL": self.urls["replicate"], "REPLICATE_API_TOKEN": token, "VIDGEN_ALLOW_PRIVATE_ADDRESSES": "1",
                "VIDGEN_PROVIDER_SPEED": str(self.words["speed"]), "VIDGEN_SETTLE_SECONDS": "20", "VIDGEN_MODELS": MODELS,
                "VIDGEN_LANGUAGE_MODEL": "rules", "XDG_CONFIG_HOME": "/no/such/folder", **more}


@dataclasses.dataclass
class Life:
    """One process: how it ended, how long it took until the first step was under way (milliseconds), what it printed last."""
    code: int
    going_ms: float
    last: dict
    err: str

    @property
    def killed(self):
        return self.code == -signal.SIGKILL


def live(program, workspace, env, args=(), kill_after=None, limit=60):
    """Runs the program to its end; with `kill_after` it is killed after so many seconds, if it still runs."""
    began = time.time()
    child = subprocess.Popen([program, workspace, *args], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             text=True)
    try:
        out, err = child.communicate(timeout=limit if kill_after is None else kill_after)
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
        if kill_after is None:
            err = f"still there after {limit} s\n{err}"
    lines = [json.loads(line) for line in out.splitlines() if line.endswith("}")]
    going = next((line["going"] - began * 1000 for line in lines if "going" in line), None)
    return Life(child.returncode, going, lines[-1] if lines else {}, err)


def attempts_of(workspace):
    """All attempts, as the journal has them."""
    db = sqlite3.connect(f"file:{workspace}/vidgen.db?mode=ro", uri=True)
    try:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM attempts")]
    finally:
        db.close()


def leftovers(workspace):
    """Files that were not finished."""
    return [os.path.join(at, name) for at, _, names in os.walk(workspace) for name in names
            if name.endswith(".tmp") or at == os.path.join(workspace, "store", "tmp")]


def account_of(token):
    return "account-" + hashlib.sha256(token.encode()).hexdigest()[:8]


def books(emulator, token, first):
    """The provider's side of one film: what it was charged, and its predictions from the `first` on."""
    charged = emulator.ask("/ledger?account=" + account_of(token))["total_micro"]
    made = emulator.ask(f"/predictions?after={first}&limit=1000000")["predictions"]
    return charged, [p for p in made if p["account"] == account_of(token)]


def wrongs(workspace, charged, predictions, retried=()):
    """What does not hold at the end of a film. `retried`: errors after which a step may be made, and paid, once more."""
    out = []
    attempts = attempts_of(workspace)
    by_id = {a["provider_id"]: a for a in attempts if a["provider_id"]}
    settled = sum(a["settled"] for a in attempts)
    if settled != charged:
        out.append(f"the journal says {settled}, the provider {charged}")
    paid = {}
    for one in predictions:
        owner = by_id.get(one["id"])
        if owner is None:
            out.append(f"prediction {one['id']} belongs to no attempt")
        elif one["error"] not in retried:
            paid.setdefault(owner["step"], []).append(one["id"])
        if one["state"] not in ("succeeded", "failed", "canceled", "aborted"):
            out.append(f"prediction {one['id']} is still {one['state']}")
    out += [f"{step} was made {len(ids)} times" for step, ids in paid.items() if len(ids) > 1]
    out += [f"{a['step']} attempt {a['attempt']} is {a['state']}" for a in attempts if a["state"] not in OVER]
    out += [f"{path} was left" for path in leftovers(workspace)]
    return out

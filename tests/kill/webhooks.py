#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Webhooks that come before the create's answer, twice, out of order, forged, late or never, with and without kills.

    tests/kill/webhooks.py build/release/tests/kill/kill_film [--times 1] [--seed 1]

The emulator posts them to a receiver here, which hands each to whichever process of the film lives, and refuses them while none
does. Whatever comes: the film is the undisturbed one, paid once, with equal books.
"""
import argparse
import collections
import http.server
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading

import world

sys.path.insert(0, world.EMULATOR)
from vidgen_emulator import tls  # noqa: E402  (only its certificates)

WAYS = {
    "in time": {},
    "before the answer": {"before_answer": True},
    "each three times": {"duplicate": 2},
    "out of order, twice": {"reorder": True, "duplicate": 1},
    "half are lost": {"lose": 0.5},
    "all are lost": {"lose": 1.0},
    "late": {"delay": 1},
    "forged": {"forge": True},
}
POINTS = ("sending", "answered", "accepted", "succeeded", "stored", "result")


class Receiver:
    """An HTTPS server that passes webhooks on as lines of JSON."""

    def __init__(self, folder):
        _, leaf, key = tls.make(folder)
        self.lock, self.to, self.count = threading.Lock(), None, 0
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.send_response(200 if receiver.give(dict(self.headers), body) else 503)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = tls.context(leaf, key).wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def give(self, headers, body):
        with self.lock:
            self.count += 1
            try:
                self.to.write(json.dumps({"headers": headers, "body": body}) + "\n")
                self.to.flush()
                return True
            except (AttributeError, ValueError, OSError):  # nobody lives
                return False

    def life(self, argv, env):
        child = subprocess.Popen(argv, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with self.lock:
            self.to = child.stdin
        out, err = child.stdout.read(), child.stderr.read()
        child.wait()
        with self.lock:
            self.to = None
        lines = [json.loads(line) for line in out.splitlines() if line.endswith("}")]
        return child.returncode, lines[-1] if lines else {}, err


def film(program, emulator, receiver, root, number, kills):
    """One film: what its last life said, and what is wrong."""
    first = sum(emulator.ask("/state")["jobs"].values())
    token, workspace = f"token-{number}", os.path.join(root, str(number))
    env = emulator.environment(token, VIDGEN_WEBHOOK_URL=receiver.url, VIDGEN_WEBHOOK_SECRET=emulator.ask("/webhooks")["secret"])
    for kill in [*kills, None]:
        code, last, err = receiver.life([program, workspace, "--deliver", *(["--at", kill[0], str(kill[1])] if kill else [])], env)
        if code != -9:
            break
    wrong = world.wrongs(workspace, *world.books(emulator, token, first))
    shutil.rmtree(workspace)
    return last, wrong + ([] if code == 0 else [f"exit {code}: {last} {err[-500:]}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    root, rng = tempfile.mkdtemp(prefix="vidgen-kill-"), random.Random(given.seed)
    films = bad = number = 0
    wanted = None
    try:
        receiver = Receiver(os.path.join(root, "tls"))
        for way, words in WAYS.items():
            sent = collections.Counter()
            for times in range(1 + given.times):
                kills = [(rng.choice(POINTS), rng.randint(1, 6)) for _ in range(min(times, 2))]
                number += 1
                # Signatures are good for five minutes of either clock: a provider for each film, and not much faster than ours.
                with world.Emulator({"speed": 10, "webhooks": words}) as emulator:
                    last, wrong = film(os.path.abspath(given.program), emulator, receiver, root, number, kills)
                    sent.update(emulator.ask("/webhooks")["counts"])
                sha = last.get("film")
                wanted = wanted or sha
                sent.update({word: last.get(word, 0) for word in ("taken", "refused")})
                wrong += [] if sha == wanted else [f"it came to {sha}, not {wanted}"]
                films, bad = films + 1, bad + bool(wrong)
                if wrong:
                    print(f"{way}, {kills}: {wrong}", file=sys.stderr, flush=True)
            # Taken is only what somebody waits for at that moment.
            if (sent["refused"] > 0) != ("forge" in words) or (sent["taken"] > 0 and words.get("lose") == 1.0):
                bad += 1
                print(f"{way}: those that are forged, and only those, are refused", file=sys.stderr)
            print(f"{way}: {dict(sent)}", flush=True)
    finally:
        shutil.rmtree(root)
    print(f"{films} films, {receiver.count} webhooks received, {bad} films with something wrong")
    return 1 if bad or not receiver.count else 0


if __name__ == "__main__":
    sys.exit(main())

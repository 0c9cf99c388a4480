# SPDX-License-Identifier: Apache-2.0
"""Starts the emulator of providers with a scenario, and asks for its books."""
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Emulator:
    """`with Emulator(words) as emulator:`"""

    def __init__(self, words):
        self.folder = tempfile.TemporaryDirectory(prefix="vidgen-emulator-")
        self.words = words

    def __enter__(self):
        scenario, ready = (os.path.join(self.folder.name, name) for name in ("scenario.json", "ready.json"))
        with open(scenario, "w", encoding="utf-8") as file:
            json.dump(self.words, file)
        argv = [sys.executable, "-m", "vidgen_emulator", "--port", "0", "--scenario", scenario, "--ready-file", ready,
                "--models", os.path.join(ROOT, "models")]
        env = dict(os.environ, PYTHONPATH=os.path.join(ROOT, "tests", "emulator"), PYTHONDONTWRITEBYTECODE="1")
        self.child = subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL)
        while not os.path.exists(ready):
            if self.child.poll() is not None:
                raise RuntimeError("the emulator did not start")
            time.sleep(0.05)
        with open(ready, encoding="utf-8") as file:
            self.urls = json.load(file)
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait()
        self.folder.cleanup()

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.urls["control"] + path, data), timeout=600) as answer:
            return json.load(answer)

    def predictions(self):
        return self.ask("/predictions?limit=1000000")["predictions"]

    def environment(self, **more):
        return dict(os.environ, REPLICATE_BASE_URL=self.urls["replicate"], REPLICATE_API_TOKEN="r8_benchmark",
                    VIDGEN_ALLOW_PRIVATE_ADDRESSES="1", VIDGEN_PROVIDER_SPEED=str(self.words.get("speed", 1)), **more)


def seconds(iso):
    return datetime.datetime.fromisoformat(iso.replace("Z", "+00:00")).timestamp()

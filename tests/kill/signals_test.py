# SPDX-License-Identifier: Apache-2.0
"""SIGTERM and Ctrl-C while many hosted clips are under way, through the real command: it ends soon, buys nothing more, loses no
id, and the printed command goes on without paying twice.

Usage: signals_test.py PROGRAM [unittest arguments]. VIDGEN_KILLS: how often each is done (1)."""
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import world

PROGRAM = ""
ENDS_WITHIN = 10  # seconds
TIMES = int(os.environ.get("VIDGEN_KILLS", "1"))
CLIPS = 40
CLIP = {"operation": "create", "model": "tests/short"}
LONG = {**CLIP, "do": "latency", "queue": 0, "predict": 250}  # of the 300 seconds after which the provider would end it
MAKE = ["make", "a ceramic mug in a quiet cafe, morning light", "--model", "short", "--size", "128x72", "--fps", "8", "--quality", "draft",
        "--no-captions", "--seed", "1", "--budget", "100", "--workspace", "films"]
MANY = ["--continuity", "none", "--duration", "30"]


class Signals(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="vidgen-kill-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.emulator = world.Emulator({"speed": 60}).__enter__()
        self.addCleanup(self.emulator.__exit__)
        self.number = 0

    def start(self, *flags, faults=()):
        """A run in a workspace of its own."""
        self.number += 1
        self.home, self.token = os.path.join(self.folder, str(self.number)), f"token-{self.number}"
        os.mkdir(self.home)
        self.emulator.ask("/scenario", {"faults": list(faults)})
        self.before = sum(self.emulator.ask("/state")["jobs"].values())
        self.child = self.command(MAKE + list(flags))

    def command(self, words):
        child = subprocess.Popen([PROGRAM, *words], cwd=self.home, env=self.emulator.environment(self.token), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.bury, child)
        return child

    @staticmethod
    def bury(child):
        """Whatever a test came to, nothing of it stays."""
        child.kill()
        child.communicate()

    def clips(self):
        made = self.emulator.ask(f"/predictions?after={self.before}&limit=100000")["predictions"]
        return [p for p in made if p["model"] == "tests/short"]

    def wait_for(self, ready):
        for _ in range(3000):
            if ready():
                return
            self.assertIsNone(self.child.poll(), self.child.poll() is not None and self.child.communicate())
            time.sleep(0.02)
        self.fail("it never came so far")

    def ends(self, *signals):
        """The signals are there at once; what it printed on its way out."""
        self.child.send_signal(signal.SIGSTOP)
        for number in signals:
            self.child.send_signal(number)
        self.child.send_signal(signal.SIGCONT)
        try:
            out, err = self.child.communicate(timeout=ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.fail(f"it did not end: {self.child.communicate()}")
        self.assertEqual((self.child.returncode, out), (130, ""), err)
        return err

    def goes_on(self, words):
        """To a film whose every step was made and paid once."""
        self.emulator.ask("/scenario", {"faults": []})
        done = self.command([*words, "--json"])
        out, err = done.communicate(timeout=120)
        film = json.loads(out.splitlines()[-1])
        self.assertEqual(done.returncode, 0, (film, err))
        charged, made = world.books(self.emulator, self.token, self.before)
        self.assertEqual(world.wrongs(os.path.join(self.home, "films"), charged, made), [])
        self.assertEqual(film["cost_micros"], charged)

    def resume_words(self, err):
        return shlex.split(re.search(r"vidgen (resume .*)", err).group(1))

    def job_words(self):
        """After an end at once nothing was printed; the job is in the list."""
        out, _ = self.command(["jobs", "--json", "--workspace", "films"]).communicate()
        return ["resume", json.loads(out.splitlines()[-1])["jobs"][0]["job"], "--workspace", "films"]

    def ids(self):
        return {a["provider_id"] for a in world.attempts_of(os.path.join(self.home, "films"))}

    def test_sigterm_under_load(self):
        for _ in range(TIMES):
            self.start(*MANY, faults=[LONG])
            self.wait_for(lambda: len(self.clips()) >= CLIPS)
            err = self.ends(signal.SIGTERM)
            made = self.clips()
            self.assertEqual([p for p in made if p["state"] == "canceled"], [])
            self.assertLessEqual({p["id"] for p in made}, self.ids())
            self.goes_on(self.resume_words(err))

    def test_sigterm_while_answers_do_not_come(self):
        for _ in range(TIMES):
            self.start(*MANY, faults=[{**CLIP, "do": "hang_after", "after": 5}, LONG])
            self.wait_for(lambda: len(self.clips()) >= CLIPS)
            self.goes_on(self.resume_words(self.ends(signal.SIGTERM)))

    def test_sigterm_while_requests_hang(self):
        for _ in range(TIMES):
            self.start(*MANY, faults=[{**CLIP, "do": "hang_before", "after": 5}])
            self.wait_for(lambda: len(self.clips()) >= 5)
            self.goes_on(self.resume_words(self.ends(signal.SIGTERM)))

    def test_sigterm_while_nobody_tells_how_they_are(self):
        for _ in range(TIMES):
            self.start(*MANY, faults=[LONG])
            self.wait_for(lambda: len(self.clips()) >= 5)
            self.emulator.ask("/scenario", {"faults": [{"operation": ["predictions.get", "predictions.list"], "do": "hang_before"}, LONG]})
            self.wait_for(lambda: self.emulator.ask("/faults")["rules"][0]["hits"] >= 1)
            self.goes_on(self.resume_words(self.ends(signal.SIGTERM)))

    def test_sigterm_while_downloads_creep(self):
        for _ in range(TIMES):
            self.start(*MANY, faults=[{"operation": "delivery*", "after": 4, "do": "slow", "rate": 1}])
            self.wait_for(lambda: self.emulator.ask("/faults")["rules"][0]["hits"] >= 1)
            self.goes_on(self.resume_words(self.ends(signal.SIGTERM)))

    def test_ctrl_c_stops_new_spending_at_once(self):
        for _ in range(TIMES):
            self.start("--continuity", "take", "--duration", "4", faults=[{**CLIP, "do": "latency", "queue": 0, "predict": 60}])
            self.wait_for(lambda: len(self.clips()) >= 2)
            self.child.send_signal(signal.SIGSTOP)
            there = len(self.clips())
            err = self.ends(signal.SIGINT)
            self.assertLessEqual(len(self.clips()), there + 1)  # one may have been on its way
            self.goes_on(self.resume_words(err))

    def test_ctrl_c_twice_loses_no_id(self):
        for _ in range(TIMES):
            self.start(*MANY, faults=[LONG])
            self.wait_for(lambda: len(self.clips()) >= CLIPS)
            self.ends(signal.SIGINT, signal.SIGTERM)
            self.goes_on(self.job_words())

    def test_ctrl_c_twice_while_answers_do_not_come(self):
        for _ in range(TIMES):
            self.start(*MANY, faults=[{**CLIP, "do": "hang_after", "after": 5}, LONG])
            self.wait_for(lambda: len(self.clips()) >= CLIPS)
            self.ends(signal.SIGINT, signal.SIGTERM)
            self.goes_on(self.job_words())


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""The command, TLS, the clock, the scenario's words, and load."""
import http.client
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

from support import SCHNELL, WAN, Case, Running

from vidgen_emulator import clock, scenario

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


class Command(unittest.TestCase):
    def start(self, *arguments):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        ready = os.path.join(folder.name, "ready")
        environment = {**os.environ, "PYTHONPATH": PACKAGE, "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen([sys.executable, "-m", "vidgen_emulator", "--ready-file", ready, *arguments], stdout=subprocess.PIPE,
                                   env=environment, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        line = process.stdout.readline()
        with open(ready, encoding="utf-8") as file:
            self.assertEqual(file.read(), line)
        return process, json.loads(line), folder.name

    def test_one_line_with_urls_then_sigterm_ends_it(self):
        process, urls, _ = self.start("--port", "0", "--speed", "0", "--media", "stub", "--seed", "9")
        self.assertEqual(urls["pid"], process.pid)
        with urllib.request.urlopen(urls["control"] + "/scenario", timeout=10) as answer:
            words = json.load(answer)
        self.assertEqual((words["seed"], words["speed"], words["media"]["mode"]), (9, 0.0, "stub"))
        self.assertNotEqual(urls["delivery"], urls["control"].rsplit("/", 1)[0])
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(10), 0)

    @unittest.skipUnless(shutil.which("openssl"), "no openssl")
    def test_tls_with_a_ca_of_its_own(self):
        with tempfile.TemporaryDirectory() as keys:
            process, urls, _ = self.start("--tls-self", keys)
            self.assertTrue(urls["replicate"].startswith("https://") and urls["delivery"].startswith("https://"))
            trust = ssl.create_default_context(cafile=urls["ca"])
            request = urllib.request.Request(urls["replicate"] + "/account", headers={"Authorization": "Bearer x"})
            with urllib.request.urlopen(request, timeout=10, context=trust) as answer:
                self.assertEqual(answer.status, 200)
            with self.assertRaises(OSError):
                urllib.request.urlopen(request, timeout=10, context=ssl.create_default_context())
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(10), 0)

    def test_a_scenario_that_is_wrong_is_refused(self):
        for words, said in (({"fault": []}, "unknown word 'fault'"), ({"faults": [{"do": "explode"}]}, "faults[0].do"),
                            ({"limits": {"creates": 1}}, "limits.creates"), ({"faults": [{"do": "cut_request"}]}, "needs 'at'"),
                            ({"faults": [{"do": "empty", "nht": 1}]}, "unknown word 'nht'")):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                json.dump(words, file)
                file.flush()
                done = subprocess.run([sys.executable, "-m", "vidgen_emulator", "--scenario", file.name], capture_output=True, text=True,
                                      env={**os.environ, "PYTHONPATH": PACKAGE, "PYTHONDONTWRITEBYTECODE": "1"}, timeout=30)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr)


class Control(Case):
    def test_the_clock_jumps_and_runs(self):
        self.assertEqual(self.emulator.advance(90)["now"], "2026-11-21T00:01:30.000000Z")
        self.assertEqual(self.emulator.call("POST", "/_emulator/clock", {"to": "2027-01-01T00:00:00Z"}).json()["now"], "2027-01-01T00:00:00.000000Z")
        self.emulator.call("POST", "/_emulator/clock", {"speed": 1000})
        self.assertEqual(self.emulator.get("/_emulator/clock").json()["speed"], 1000)
        self.assertEqual(self.emulator.call("POST", "/_emulator/clock", {"advance": "soon"}).status, 400)

    def test_a_scenario_that_is_wrong_changes_nothing(self):
        before = self.emulator.get("/_emulator/scenario").json()
        self.assertEqual(self.emulator.call("POST", "/_emulator/scenario", {"speeed": 3}).status, 400)
        self.assertEqual(self.emulator.call("POST", "/_emulator/scenario", {"faults": [{"do": "none"}]}).status, 400)
        self.assertEqual(self.emulator.get("/_emulator/scenario").json(), before)

    def test_the_views(self):
        ident = self.emulator.create().json()["id"]
        self.emulator.advance(60)
        row = self.emulator.get("/_emulator/predictions").json()["predictions"][0]
        self.assertEqual((row["id"], row["state"], row["cost_micro"], row["model"]), (ident, "succeeded", 50000, WAN))
        self.assertEqual(self.emulator.get("/_emulator/predictions/" + ident).json()["object"]["status"], "succeeded")
        rows = self.emulator.get("/_emulator/requests?operation=predictions.create").json()
        self.assertEqual((len(rows["requests"]), rows["counts"]["predictions.create 201"]), (1, 1))
        self.assertEqual(self.emulator.get("/_emulator/requests?after=1").json()["requests"], [])
        self.assertEqual(self.emulator.get("/_emulator/state").json()["jobs"], {"succeeded": 1})
        self.assertIn("secret", self.emulator.get("/_emulator/webhooks").json())

    def test_calls_of_its_own_are_not_logged_and_not_faulted(self):
        self.emulator.change({"faults": [{"operation": "any", "do": "status"}]})
        self.assertEqual(self.emulator.get("/_emulator/state").status, 200)
        self.assertEqual(self.emulator.get("/_emulator/requests").json()["last"], 0)


class Clocks(unittest.TestCase):
    def test_timers_fire_in_order_and_know_their_time(self):
        ticking, seen = clock.Clock(0, 0), []
        for due in (30, 10, 20):
            ticking.at(due, lambda when: seen.append((when, ticking.now())))
        ticking.at(10, lambda when: ticking.at(when + 5, lambda w: seen.append((w, ticking.now()))))
        ticking.at(12, seen.append).cancel()
        ticking.jump(25)
        self.assertEqual(seen, [(10, 10), (15, 15), (20, 20)])
        ticking.jump(-1000)
        self.assertEqual(ticking.now(), -975)

    def test_times_as_text(self):
        self.assertEqual(clock.iso(clock.parse_iso("2026-11-21T01:02:03.000004Z")), "2026-11-21T01:02:03.000004Z")
        self.assertEqual(clock.parse_iso("2026-11-21T02:00:00+01:00"), clock.parse_iso("2026-11-21T01:00:00"))
        self.assertEqual(clock.parse_iso("2026-11-21T02:00:00 01:00"), clock.parse_iso("2026-11-21T01:00:00Z"))

    def test_words_are_merged_not_replaced(self):
        words = scenario.merge(scenario.DEFAULTS, {"limits": {"create_burst": 1}, "models": {"a/b": {"latency": 1}}})
        self.assertEqual((words["limits"]["create_burst"], words["limits"]["creates_per_minute"]), (1, 600))
        self.assertEqual(scenario.merge(words, {"models": {"a/c": {}}})["models"], {"a/b": {"latency": 1}, "a/c": {}})


class Load(unittest.TestCase):
    """Ten thousand runs in flight: all are accepted, all end, the books are exact."""

    def test_ten_thousand_in_flight(self):
        count = 10_000 if os.environ.get("VIDGEN_EMULATOR_LOAD") else 500
        with Running({"limits": {"enforce": False}, "log": {"keep": 10, "body_bytes": 0}}) as emulator:
            link = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=60)
            body = json.dumps({"version": WAN, "input": {"prompt": "x", "image": "https://example.com/a.png"}})
            headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
            for _ in range(count):
                link.request("POST", "/replicate/v1/predictions", body, headers)
                answer = link.getresponse()
                answer.read()
                self.assertEqual(answer.status, 201)
            emulator.advance(10)
            self.assertEqual(emulator.get("/_emulator/state").json()["jobs"], {"running": count})
            emulator.advance(60)
            self.assertEqual(emulator.get("/_emulator/state").json()["jobs"], {"succeeded": count})
            self.assertEqual(emulator.app.ledger.spent(emulator.app.jobs.order[0].account), 50000 * count)
            link.close()


class Origins(Case):
    def test_urls_point_back_here(self):
        made = self.emulator.create(SCHNELL, prompt="x").json()
        self.assertEqual(self.emulator.get(made["urls"]["get"]).json()["id"], made["id"])
        self.assertEqual(self.emulator.call("POST", made["urls"]["cancel"]).json()["status"], "canceled")


if __name__ == "__main__":
    unittest.main()

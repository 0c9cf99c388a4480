# SPDX-License-Identifier: Apache-2.0
"""The official clients live their normal lives against the emulator, over TLS. VIDGEN_WITNESS names the folder that
`setup` filled; what is not installed there is skipped."""
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.environ.get("VIDGEN_WITNESS", os.path.expanduser("~/.cache/vidgen-witness"))
PYTHON = os.path.join(FOLDER, "venv", "bin", "python")
NODE = shutil.which("node") if os.path.isdir(os.path.join(FOLDER, "node", "node_modules")) else None
SCENARIO = {"speed": 10, "media": {"mode": "stub"}, "latency": {"queue": 1, "spread": 0, "scale": 0.1},
            "models": {"black-forest-labs/flux-schnell": {"latency": 20}},
            "faults": [{"operation": "predictions.create", "nth": 2, "do": "never_end"}]}       # the one that is canceled


class Witness(unittest.TestCase):
    def setUp(self):
        if not shutil.which("openssl"):
            self.skipTest("no openssl")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        scenario = os.path.join(self.folder.name, "scenario.json")
        with open(scenario, "w", encoding="utf-8") as file:
            json.dump(SCENARIO, file)
        environment = {**os.environ, "PYTHONPATH": os.path.join(HERE, ".."), "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen([sys.executable, "-m", "vidgen_emulator", "--tls-self", self.folder.name, "--scenario", scenario],
                                        stdout=subprocess.PIPE, text=True, env=environment)
        self.addCleanup(self.stop)
        self.urls = json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()

    def change(self, words):
        self.control("/scenario", words)

    def control(self, path, words=None):
        data = json.dumps(words).encode() if words is not None else None
        trust = ssl.create_default_context(cafile=self.urls["ca"])
        with urllib.request.urlopen(self.urls["control"] + path, data, timeout=10, context=trust) as answer:
            return json.load(answer)

    def run_client(self, program, script):
        names = {"WITNESS_REPLICATE": "replicate", "WITNESS_REPLICATE_ROOT": "replicate_root", "WITNESS_OPENAI": "openai", "WITNESS_RUNWAY": "runway"}
        environment = {**os.environ, **{name: self.urls[key] for name, key in names.items()}, "SSL_CERT_FILE": self.urls["ca"],
                       "NODE_EXTRA_CA_CERTS": self.urls["ca"], "NODE_PATH": os.path.join(FOLDER, "node", "node_modules"), "NO_PROXY": "*"}
        done = subprocess.run([program, os.path.join(HERE, script)], env=environment, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    @unittest.skipUnless(os.path.exists(PYTHON), "the Python clients are not installed")
    def test_replicate_python(self):
        self.change({"faults": SCENARIO["faults"] + [{"operation": "models.predictions.create", "nth": 2, "do": "fail"}]})
        seen = self.run_client(PYTHON, "replicate_client.py")
        self.assertTrue(seen.pop("account").startswith("account-"))
        self.assertGreater(seen.pop("hardware"), 2)
        self.assertEqual(seen, {"model": "black-forest-labs/flux-schnell", "versions": 1, "created": "starting", "ended": ["succeeded", 1.0, True],
                                "webhook": "InvalidSignatureError", "canceled": "canceled", "listed": True, "file": ["a.txt", 5, {"a": 1}, 1],
                                "deleted": 404, "run": ["FileOutput", "89504e47"], "run_by_version": 1,
                                "error": [422, "Invalid version or not permitted"], "failed": "Prediction interrupted; please retry (code: PA)"})
        self.assertIn("token_sent_to_delivery", self.control("/requests?limit=0")["flags"])     # a known habit of this client

    @unittest.skipUnless(os.path.exists(PYTHON), "the Python clients are not installed")
    def test_openai_python(self):
        seen = self.run_client(PYTHON, "openai_client.py")
        self.assertEqual(seen, {"chat": [2, "stop", True], "responses": [2, "completed", True], "text": True, "length": "LengthFinishReasonError",
                                "stream": True, "models": True, "image": "89504e47", "speech": "RIFF", "unknown": "model_not_found",
                                "retired": "model_not_found", "schema": "invalid_json_schema", "auth": 401})

    @unittest.skipUnless(NODE, "the JavaScript clients are not installed")
    def test_replicate_javascript(self):
        seen = self.run_client(NODE, "replicate_client.cjs")
        self.assertEqual(seen, {"account": "user", "model": "flux-schnell", "created": "starting", "ended": ["succeeded", "string"],
                                "webhook": [True, False], "standard": True, "canceled": "canceled", "listed": True, "file": [5, 1],
                                "deleted": True, "run": ["FileOutput", "89504e47"], "error": 422})

    @unittest.skipUnless(NODE, "the JavaScript clients are not installed")
    def test_replicate_javascript_pays_twice_on_a_dropped_answer(self):
        """The damage that a client does which sends a create again: seen in the provider's books."""
        self.change({"faults": [{"operation": "predictions.create", "do": "drop_after_accept", "times": 1}]})
        self.run_client(NODE, "replicate_client.cjs")
        prompts = [p["input"]["prompt"] for p in self.control("/predictions")["predictions"]]
        self.assertEqual(prompts.count("x"), 2)

    @unittest.skipUnless(NODE, "the JavaScript clients are not installed")
    def test_openai_javascript(self):
        self.assertEqual(self.run_client(NODE, "openai_client.cjs"),
                         {"chat": [2, "stop"], "responses": [2, "completed"], "image": "89504e47", "models": True,
                          "unknown": ["NotFoundError", "model_not_found"]})

    @unittest.skipUnless(NODE, "the JavaScript clients are not installed")
    def test_runway_javascript(self):
        self.assertEqual(self.run_client(NODE, "runway_client.cjs"), {"last": "SUCCEEDED", "outputs": 1, "error": 400})


if __name__ == "__main__":
    unittest.main()

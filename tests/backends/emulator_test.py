# SPDX-License-Identifier: Apache-2.0
"""Films made by the built command against the emulated providers: faults on the wire, and books that must agree to the
micro-dollar. The emulator's time runs faster than ours; nothing here asserts how long anything took. With VIDGEN_SPECS (a
folder with the providers' OpenAPI documents) and jsonschema, every exchange is checked against them too.

Usage: emulator_test.py PROGRAM [unittest arguments]"""
import importlib.util
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
EMULATOR = os.path.join(HERE, "..", "emulator")
MODELS = os.path.abspath(os.path.join(HERE, "..", "..", "models"))
sys.path.insert(0, os.path.join(EMULATOR, "tests"))
import spec_check  # noqa: E402  (beside the emulator)

SPECS = os.environ.get("VIDGEN_SPECS", "") if importlib.util.find_spec("jsonschema") else ""
# The emulator's operations and the schemas of what is sent and answered.
OPENAI = {"chat.create": ("CreateChatCompletionRequest", "CreateChatCompletionResponse"),
          "responses.create": ("CreateResponse", "Response"), "images.generate": ("CreateImageRequest", "ImagesResponse")}
FUTURE = "pondering"  # a status that no document has
SPEED = 100
SECRET = "SECRETSECRETSECRET"
KEYS = {"REPLICATE_API_TOKEN": "r8_", "OPENAI_API_KEY": "sk-", "RUNWAYML_API_SECRET": "key_", "FAL_KEY": "fal_"}
BASES = {"REPLICATE_BASE_URL": "replicate", "OPENAI_BASE_URL": "openai", "RUNWAYML_BASE_URL": "runway", "FAL_BASE_URL": "fal",
         "COMFYUI_BASE_URL": "comfyui"}
PROMPT = "a ceramic mug in a quiet cafe, morning light"
FILM = ["make", PROMPT, "--duration", "3", "--quality", "draft", "--seed", "1", "--budget", "20", "--json"]
WAN = "wan-video/wan-2.2-i2v-fast"
PROGRAM = ""


class Emulator:
    """A process of its own, with faults from the start."""

    def __init__(self, folder, faults, words, tls=False):
        self.ready, scenario = os.path.join(folder, "ready.json"), os.path.join(folder, "scenario.json")
        with open(scenario, "w", encoding="utf-8") as file:
            json.dump({**words, "faults": faults}, file)
        self.child = subprocess.Popen(
            [sys.executable, "-m", "vidgen_emulator", "--port", "0", "--ready-file", self.ready, "--scenario", scenario, "--speed", str(SPEED),
             "--media", "stub", "--models", MODELS, *(["--tls-self", folder] if tls else [])], cwd=EMULATOR, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        while not os.path.exists(self.ready):
            if self.child.poll() is not None:
                raise RuntimeError("the emulator did not start")
            time.sleep(0.05)
        with open(self.ready, encoding="utf-8") as file:
            self.urls = json.load(file)

    def ask(self, path):
        with urllib.request.urlopen(self.urls["control"] + path, context=self.trust()) as answer:
            return json.load(answer)

    def trust(self):
        return ssl.create_default_context(cafile=self.urls["ca"]) if "ca" in self.urls else None

    def set(self, words):
        request = urllib.request.Request(self.urls["control"] + "/scenario", json.dumps(words).encode(), method="POST")
        urllib.request.urlopen(request, context=self.trust()).close()

    def stop(self):
        self.child.terminate()
        self.child.wait()


class Run:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err
        objects = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        self.result = objects[-1] if objects else {}

    def __repr__(self):
        return f"exit {self.code}\n{self.out[-3000:]}\n{self.err[-2000:]}"


@unittest.skipUnless(shutil.which("ffmpeg"), "the emulator makes its media with ffmpeg")
class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="vidgen-backends-")
        self.addCleanup(shutil.rmtree, self.folder, True)

    def emulator(self, faults=(), tls=False, **words):
        self.provider = Emulator(self.folder, list(faults), words, tls)
        self.addCleanup(self.provider.stop)
        return self.provider

    def command(self, *args, keys=("REPLICATE_API_TOKEN",), language_model="rules", **more):
        env = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") or k.endswith("SAN_OPTIONS")}
        env.update({name: self.provider.urls[key] for name, key in BASES.items()})
        env.update({name: KEYS[name] + SECRET for name in keys})
        env.update({"VIDGEN_ALLOW_PRIVATE_ADDRESSES": "1", "VIDGEN_PROVIDER_SPEED": str(SPEED), "XDG_CONFIG_HOME": "/no/such/folder",
                    "VIDGEN_WORKSPACE": os.path.join(self.folder, "films"), "VIDGEN_LANGUAGE_MODEL": language_model, "LC_ALL": "C.UTF-8"})
        env.update({"SSL_CERT_FILE": self.provider.urls["ca"]} if "ca" in self.provider.urls else {}, **more)
        done = subprocess.run([PROGRAM, *args], cwd=self.folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              encoding="utf-8", check=False)
        run = Run(done.returncode, done.stdout, done.stderr)
        self.assertNotIn(SECRET, run.out + run.err)
        self.no_secret_is_kept()
        self.no_client_mistakes()
        self.as_documented()
        return run

    def film(self, *args, backend="replicate", seconds=3, code=0, **more):
        run = self.command(*(str(seconds) if word == "3" else word for word in FILM), "--backend", backend, *args, **more)
        self.assertEqual(run.code, code, run)
        self.assertEqual(run.result["frames"], seconds * 30, run)
        self.assertTrue(os.path.getsize(os.path.join(self.folder, run.result["path"])) > 1000)
        return run

    def books_agree(self, run):
        self.assertEqual(run.result["cost_micros"], self.provider.ask("/ledger")["total_micro"], run)

    def no_secret_is_kept(self):
        for folder, _, names in os.walk(os.path.join(self.folder, "films")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(SECRET.encode(), file.read(), name)

    def no_client_mistakes(self):
        flags = {flag for row in self.exchanges() for flag in row["flags"]}
        self.assertFalse(flags & {"token_sent_to_delivery", "polled_too_often", "repeated_prompt_id", "malformed_request"}, flags)

    def as_documented(self):
        """Every exchange against the provider's own document; words of a future version are put in by a test."""
        if not SPECS:
            return
        entries = [row for row in self.exchanges() if not row["faults"]]
        count, _, wrong = spec_check.check([row for row in entries if row["provider"] == "replicate"],
                                           spec_check.with_exceptions(self.document("replicate/openapi.json")))
        self.assertEqual([text for text in wrong if FUTURE not in text], [])
        self.assertGreater(count, 0)
        self.assertEqual([text for row in entries if row["operation"] in OPENAI and row["status"] == 200 for text in self.openai_problems(row)], [])

    def openai_problems(self, row):
        import jsonschema
        document = self.document("openai/openapi.subset.json")
        return [text for schema, body in zip(OPENAI[row["operation"]], (row["request_body"], row["response_body"]))
                for text in spec_check.problems(jsonschema.Draft202012Validator, {"$ref": "#/components/schemas/" + schema}, document, body)]

    def document(self, name):
        with open(os.path.join(SPECS, name), encoding="utf-8") as file:
            return json.load(file)

    def exchanges(self):
        found = self.provider.ask("/requests?limit=20000")
        return found if isinstance(found, list) else found["requests"]

    def made(self, model):
        return [row for row in self.provider.ask("/ledger")["entries"] if row["model"] == model]


class Replicate(Case):
    def test_a_film_and_its_books(self):
        self.emulator()
        run = self.film()
        self.assertGreater(run.result["cost_micros"], 0)
        self.books_agree(run)
        again = self.film()
        self.assertTrue(again.result["reused"] or again.result["cost_micros"] in (0, run.result["cost_micros"]), again)
        self.assertEqual(self.provider.ask("/ledger")["total_micro"], run.result["cost_micros"])

    def test_a_redo_costs_what_it_says_and_the_books_are_the_bill(self):
        self.emulator()
        job = self.film().result["job"]
        bill = self.bill()
        plan = self.command("redo", job, "--shot", "2", "--dry-run", "--json")
        self.assertEqual(plan.code, 0, plan)
        price = plan.result["refresh"]["micro_usd"]
        self.assertGreater(price["likely"], 0)
        refused = self.command("redo", job, "--shot", "2")
        self.assertEqual(refused.code, 5, refused)
        self.assertIn("--budget", refused.err)
        self.assertEqual(self.bill(), bill)
        redone = self.command("redo", job, "--shot", "2", "--budget", "1", "--json")
        self.assertEqual(redone.code, 0, redone)
        self.books_agree(redone)
        self.assertLessEqual(price["least"], self.bill() - bill)
        self.assertLessEqual(self.bill() - bill, price["most"])
        back = self.command("redo", job, "--shot", "2", "--take", "1", "--json")
        self.assertEqual(back.code, 0, back)
        self.books_agree(back)
        self.cost_is_the_bill(job)

    def test_an_orphan_is_on_the_bill_and_on_the_books(self):
        """One that was accepted, and hidden for longer than anybody looks for it: another is made in its place."""
        self.emulator([{"operation": "create", "model": WAN, "nth": 1, "do": "drop_after_accept"},
                       {"operation": "create", "model": WAN, "nth": 1, "do": "hide_from_list", "seconds": 120}])
        job = self.film().result["job"]
        orphans = [row for row in self.command("cost", job, "--json").result["attempts"] if row["orphan"]]
        self.assertEqual(len(orphans), 1)
        self.assertGreater(self.cost_is_the_bill(job)["orphaned_usd"], 0)
        self.assertIn("orphan", self.command("cost", job).out)

    def bill(self):
        return self.provider.ask("/ledger")["total_micro"]

    def cost_is_the_bill(self, job):
        """The job's sum, its phases, its attempts and the workspace's: all the same money."""
        cost = self.command("cost", job, "--json").result
        micros = [round(sum(values) * 1e6) for values in (
            [cost["spent_usd"]], [part["spent_usd"] for part in cost["phases"].values()], [row["spent_usd"] for row in cost["attempts"]],
            [self.command("cost", "--json").result["spent_usd"]])]
        self.assertEqual(micros, [self.bill()] * 4, cost)
        clips = sum(part["spent_usd"] for part in cost["clips"].values())
        billed = sum(row["micro"] for row in self.made(WAN))
        self.assertEqual(round(clips * 1e6), billed, cost)
        self.assertTrue(all(row["price"]["usd"] for row in cost["attempts"] if row["spent_usd"]), cost)
        self.assertEqual((cost["reserved_usd"], cost["unclear_usd"]), (0, 0))
        self.assertAlmostEqual(cost["orphaned_usd"], sum(row["spent_usd"] for row in cost["attempts"] if row["orphan"]))
        return cost

    def test_throttles_of_every_form_strange_words_and_cut_downloads(self):
        forms = [{"operation": "create", "nth": n, "do": "throttle", "form": form, "seconds": 3}
                 for n, form in ((1, "header"), (3, "prose"), (5, "body"))]
        self.emulator([*forms, {"operation": "create", "model": WAN, "nth": 1, "do": "status_word", "word": FUTURE, "polls": 2},
                       {"operation": "delivery*", "nth": 2, "do": "cut_response", "at": 400}])
        self.books_agree(self.film())
        self.assertEqual(sum(row["status"] == 429 for row in self.exchanges()), 3)

    def test_lost_answers_are_found_again_and_charged_once(self):
        self.emulator([{"operation": "create", "model": WAN, "nth": 1, "do": "status", "status": 502, "body": "<html>", "executed": True},
                       {"operation": "create", "model": WAN, "nth": 2, "do": "drop_after_accept"}])
        run = self.film()
        self.books_agree(run)
        seeds = [row["input"]["seed"] for row in self.bodies() if "seed" in row.get("input", {})]
        self.assertEqual(len(seeds), len(set(seeds)))

    def bodies(self):
        return [json.loads(row["request_body"]) for row in self.exchanges() if row["method"] == "POST" and row["request_body"].startswith("{")]

    def test_a_connection_that_drops_before_anything_was_carried_out(self):
        self.emulator([{"operation": "create", "model": WAN, "nth": 1, "do": "reset_before"}])
        self.books_agree(self.film())

    def test_a_shorter_clip_than_promised(self):
        self.emulator([{"operation": "create", "model": WAN, "nth": 1, "do": "media", "kind": "shorter", "factor": 0.5}])
        self.books_agree(self.film())

    def test_whatever_comes_back_the_film_has_its_length(self):
        """Longer, at another rate, of another size, with sound that nobody asked for: a clip each."""
        odd = [{"kind": "shorter", "factor": 1.5}, {"kind": "wrong_fps"}, {"kind": "wrong_size"}, {"kind": "with_audio"}]
        self.emulator([{"operation": "create", "model": WAN, "nth": n, "do": "media", **kind} for n, kind in enumerate(odd, 1)])
        run = self.film(seconds=20)
        self.books_agree(run)
        self.assertEqual(run.result["samples"], 20 * 48000)
        self.assertGreaterEqual(len(self.made(WAN)), 4)
        seen = self.command("check", run.result["path"], "--json")
        self.assertEqual(seen.code, 0, seen)

    def test_music_that_fails_costs_the_music_only(self):
        self.emulator([{"operation": "create", "model": "meta/musicgen*", "do": "fail", "error": "the input is not accepted"}])
        run = self.film(code=3)  # a film, and something is missing from it
        self.books_agree(run)
        self.assertEqual(run.result["missing"], ["music"])

    def test_refused_content_is_told_and_paid_siblings_are_kept(self):
        self.emulator([{"operation": "create", "model": WAN, "nth": 2, "do": "nsfw"}])
        run = self.command(*FILM, "--backend", "replicate")
        self.assertEqual(run.code, 6, run)
        self.assertEqual(run.result["code"], "input_refused", run)
        paid = self.provider.ask("/ledger")["total_micro"]
        before = len([r for r in self.made(WAN) if r["outcome"] == "succeeded"])
        self.provider.set({"faults": []})
        second = self.film()
        after = len([r for r in self.made(WAN) if r["outcome"] == "succeeded"])
        self.assertGreater(before, 0)
        self.assertEqual(after, 3, second)
        self.assertGreater(self.provider.ask("/ledger")["total_micro"], paid)

    def test_a_result_that_was_deleted_is_said_to_be_lost(self):
        self.emulator([{"operation": "create", "model": WAN, "do": "data_removed"}])
        run = self.command(*FILM, "--backend", "replicate")
        self.assertEqual(run.code, 4, run)
        self.assertIn("deleted", run.out + run.err)

    def test_a_damaged_clip_never_becomes_a_film(self):
        self.emulator([{"operation": "create", "model": WAN, "do": "media", "kind": "corrupt"}])
        run = self.command(*FILM, "--backend", "replicate")
        self.assertNotEqual(run.code, 0, run)
        self.assertFalse(run.result.get("path"), run)


class ConnectProxy:
    """A company's proxy: carries bytes for CONNECT, and remembers for whom. It alone knows where `provider.example` is."""

    def __init__(self):
        self.asked = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            block = client.recv(4096)
            if not block:
                return
            head += block
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.asked.append((method, target))
        server = socket.create_connection(("127.0.0.1", int(target.rsplit(":", 1)[1])))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        back = threading.Thread(target=self.pump, args=(server, client), daemon=True)
        back.start()
        self.pump(client, server)
        back.join()
        server.close()
        client.close()

    @staticmethod
    def pump(source, to):
        try:
            while block := source.recv(65536):
                to.sendall(block)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self.listener.close()


@unittest.skipUnless(shutil.which("openssl"), "the emulator makes its certificates with openssl")
class Secure(Case):
    def test_a_film_over_tls_and_through_a_proxy(self):
        self.emulator(tls=True)
        proxy = ConnectProxy()
        self.addCleanup(proxy.close)
        base = self.provider.urls["replicate"].replace("127.0.0.1", "provider.example")
        self.books_agree(self.film(HTTPS_PROXY=proxy.url, REPLICATE_BASE_URL=base))
        self.assertEqual(set(proxy.asked), {("CONNECT", base.split("/")[2])})

    def test_no_proxy_leaves_it_out(self):
        self.emulator(tls=True)
        proxy = ConnectProxy()
        self.addCleanup(proxy.close)
        base = self.provider.urls["replicate"].replace("127.0.0.1", "provider.example")
        run = self.command(*FILM, "--backend", "replicate", HTTPS_PROXY=proxy.url, NO_PROXY=".example", REPLICATE_BASE_URL=base)
        self.assertNotEqual(run.code, 0, run)  # nobody else knows the name
        self.assertEqual(proxy.asked, [])

    def test_a_certificate_nobody_vouches_for_is_refused(self):
        self.emulator(tls=True)
        run = self.command(*FILM, "--backend", "replicate", SSL_CERT_FILE="")
        self.assertNotEqual(run.code, 0, run)
        self.assertIn("certificate", run.out + run.err)
        self.assertEqual(self.provider.ask("/ledger")["total_micro"], 0)


class LanguageModel(Case):
    KEYS = ("REPLICATE_API_TOKEN", "OPENAI_API_KEY")

    def test_it_reads_the_prompt_and_is_paid_from_the_same_budget(self):
        self.emulator()
        run = self.film(keys=self.KEYS, language_model="")
        self.books_agree(run)
        self.assertTrue([row for row in self.exchanges() if row["operation"] in OPENAI and row["status"] == 200])

    def test_rules_read_it_when_the_model_fails_and_the_report_says_so(self):
        self.emulator([{"provider": "openai", "operation": "create", "do": "refusal"}])
        run = self.film(keys=self.KEYS, language_model="")
        self.books_agree(run)
        self.assertIn("read by rules", run.out + run.err)


class Others(Case):
    def with_pictures(self, model, backend, *keys):
        """A film whose clips come from `backend`; its pictures are the emulated Replicate's."""
        run = self.film("--model", model, backend=backend, keys=("REPLICATE_API_TOKEN", *keys))
        self.books_agree(run)
        return run

    def test_runway_says_what_its_tasks_cost(self):
        self.emulator()
        self.with_pictures("runway-gen4-turbo", "runway", "RUNWAYML_API_SECRET")
        self.assertTrue(self.made("gen4_turbo"))

    def test_fal(self):
        self.emulator()
        self.with_pictures("fal-wan-2.2-5b", "fal", "FAL_KEY")
        self.assertTrue(self.made("fal-ai/wan/v2.2-5b/image-to-video"))

    def test_comfyui_finds_a_lost_prompt_by_its_own_id(self):
        self.emulator([{"operation": "comfy.prompt", "nth": 1, "do": "drop_after_accept"}])
        self.with_pictures("comfyui-wan-2.2-i2v", "comfyui")
        runs = [row for row in self.exchanges() if row["operation"] == "comfy.prompt" and row["executed"]]
        self.assertEqual(len({row["created"] for row in runs}), len(runs))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

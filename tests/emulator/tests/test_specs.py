# SPDX-License-Identifier: Apache-2.0
"""Every exchange against the providers' own OpenAPI documents. VIDGEN_SPECS names the folder that holds
replicate/openapi.json and openai/openapi.subset.json; without it, or without jsonschema, this is skipped."""
import importlib.util
import json
import os
import unittest

import spec_check
from support import PICTURE, SCHNELL, SDXL, WAN, Running, multipart
from test_openai import chat, respond

SPECS = os.environ.get("VIDGEN_SPECS", "")
READY = bool(SPECS) and importlib.util.find_spec("jsonschema") is not None


def document(name):
    with open(os.path.join(SPECS, name), encoding="utf-8") as file:
        return json.load(file)


def a_working_day(emulator):
    """Predictions in all six statuses, every operation at least once."""
    get = lambda path: emulator.get("/replicate/v1" + path)
    idents = [emulator.create(v, prompt="x").json()["id"] for v in (WAN, SCHNELL, SDXL)]
    idents.append(emulator.create(headers={"Cancel-After": "5s", "Prefer": "wait=1"}, token="Bearer r8_test").json()["id"])
    emulator.call("POST", f"/replicate/v1/models/{SCHNELL}/predictions", {"input": {"prompt": "x"}})
    emulator.call("POST", "/replicate/v1/deployments/stability-ai/sdxl/predictions", {"input": {"prompt": "x"}, "webhook_events_filter": ["start"]})
    emulator.change({"latency": {"queue": 50}})
    idents.append(emulator.create(headers={"Cancel-After": "20s"}).json()["id"])
    kind, body = multipart([("content", "a.png", "image/png", PICTURE)])
    file = emulator.call("POST", "/replicate/v1/files", body, {"Content-Type": kind}).json()["id"]
    for step in (0, 2, 10, 50, 4000):
        emulator.advance(step)
        for ident in idents:
            get("/predictions/" + ident)
        get("/predictions")
        if step == 2:
            emulator.call("POST", f"/replicate/v1/predictions/{idents[2]}/cancel")
            for path in ("/files", "/files/" + file, "/files/none", "/account", "/hardware", "/models", f"/models/{WAN}", f"/models/{WAN}/versions",
                         f"/models/{WAN}/examples", f"/models/{WAN}/readme", "/collections", "/collections/text-to-video", "/search?query=wan",
                         "/deployments/stability-ai/sdxl", "/webhooks/default/secret"):
                get(path)
            version = get("/models/stability-ai/sdxl/versions").json()["results"][0]["id"]
            get("/models/stability-ai/sdxl/versions/" + version)
            emulator.call("DELETE", "/replicate/v1/files/" + file)


@unittest.skipUnless(READY, "no VIDGEN_SPECS or no jsonschema")
class Replicate(unittest.TestCase):
    def entries(self):
        with Running({"speed": 5, "latency": {"queue": 1, "spread": 0}}) as emulator:
            a_working_day(emulator)
            return emulator.get("/_emulator/requests?limit=100000").json()["requests"], emulator.app.jobs.order

    def test_a_working_day(self):
        entries, jobs = self.entries()
        count, seen, wrong = spec_check.check(entries, spec_check.with_exceptions(document("replicate/openapi.json")))
        self.assertEqual(wrong, [])
        self.assertGreater(count, 50)
        self.assertEqual(len(seen), 23)
        self.assertEqual({job.state for job in jobs}, {"succeeded", "canceled", "aborted"})

    def test_each_exception_is_needed_and_the_check_bites(self):
        entries, _ = self.entries()
        _, _, wrong = spec_check.check(entries, document("replicate/openapi.json"))
        self.assertTrue(any("version" in text for text in wrong) and any("error" in text for text in wrong))
        made = next(e for e in entries if e["operation"] == "predictions.create")
        value = json.loads(made["response_body"])
        for change in ({"status": "warming"}, {"urls": {}}, {"input": None}, {"data_removed": "no"}):
            broken = {**made, "response_body": json.dumps({**value, **change})}
            self.assertNotEqual(spec_check.check([broken], spec_check.with_exceptions(document("replicate/openapi.json")))[2], [], change)


@unittest.skipUnless(READY, "no VIDGEN_SPECS or no jsonschema")
class OpenAI(unittest.TestCase):
    def check(self, schema, body):
        import jsonschema
        found = spec_check.problems(jsonschema.Draft202012Validator, {"$ref": "#/components/schemas/" + schema}, self.document, body)
        self.assertEqual(found, [], schema)

    def test_answers_fit_the_document(self):
        self.document = document("openai/openapi.subset.json")
        with Running() as emulator:
            for do in (None, "refusal", "length", "content_filter"):
                emulator.change({"faults": [{"operation": "create", "do": do}] if do else []})
                self.check("CreateChatCompletionResponse", chat(emulator).body)
                self.check("Response", respond(emulator).body)
            emulator.change({"faults": []})
            self.check("ErrorResponse", chat(emulator, "gpt-9").body)
            self.check("ErrorResponse", chat(emulator, token=None).body)
            self.check("ListModelsResponse", emulator.get("/openai/v1/models").body)
            body = {"model": "gpt-image-2.5", "prompt": "x", "size": "1024x1024"}
            self.check("ImagesResponse", emulator.call("POST", "/openai/v1/images/generations", body).body)


MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "models")


@unittest.skipUnless(SPECS and os.path.isdir(MODELS), "no VIDGEN_SPECS or no folder of models")
class Schemas(unittest.TestCase):
    """The providers' own input schemas, and the library's model files against them."""

    def rows(self):
        for name in sorted(os.listdir(MODELS)):
            if name.endswith(".json"):
                with open(os.path.join(MODELS, name), encoding="utf-8") as file:
                    yield from json.load(file)["models"]

    def test_what_the_files_always_send_is_accepted(self):
        checked = 0
        for folder in ("replicate-models", "replicate-models-2026"):
            with Running({"limits": {"enforce": False}, "community_by_name": True}, MODELS, os.path.join(SPECS, folder)) as emulator:
                for row in self.rows():
                    model = emulator.app.models.get("replicate", row["id"])
                    if model is None or "x-order" not in json.dumps(model.schema):
                        continue
                    given = {key[1:]: json.loads(value) for key, value in row["fields"].items() if key.startswith("=")}
                    given.update({name: "https://example.com/a.png" for name in model.schema.get("required", [])})
                    answer = emulator.create(row["id"], **given)
                    self.assertEqual(answer.status, 201, (row["id"], given, answer.body))
                    self.assertEqual([key for key in given if key not in model.schema["properties"]], [], row["id"])
                    checked += 1
        self.assertGreater(checked, 20)

    def test_they_are_enforced(self):
        with Running(schemas=os.path.join(SPECS, "replicate-models")) as emulator:
            answer = emulator.create(SCHNELL, prompt="x", output_format="bmp", num_outputs=9)
            self.assertEqual([(r["type"], r["field"]) for r in answer.json()["invalid_fields"]],
                             [("number_lte", "input.num_outputs"), ("enum", "input.output_format")])


if __name__ == "__main__":
    unittest.main()

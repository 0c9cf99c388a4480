# SPDX-License-Identifier: Apache-2.0
"""Chat, responses, pictures, speech, models; errors, limits, prices, dialects."""
import base64
import json
import random
import unittest

from support import Case, Running

from vidgen_emulator import pictures, schema

PLAN = {"type": "object", "additionalProperties": False, "required": ["title", "mood", "note", "shots"], "properties": {
    "title": {"type": "string"}, "mood": {"type": "string", "enum": ["calm", "bold"]}, "note": {"type": ["string", "null"]},
    "shots": {"type": "array", "items": {"$ref": "#/$defs/shot"}}},
    "$defs": {"shot": {"type": "object", "additionalProperties": False, "required": ["seconds", "text", "wide"], "properties": {
        "seconds": {"type": "number"}, "text": {"type": "string"}, "wide": {"type": "boolean"}}}}}


def chat(emulator, model="gpt-4o-mini", form=PLAN, token="Bearer sk-x", text="plan a film", **words):
    body = {"model": model, "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": text}], **words}
    if form is not None:
        body["response_format"] = {"type": "json_schema", "json_schema": {"name": "plan", "strict": True, "schema": form}}
    return emulator.call("POST", "/openai/v1/chat/completions", body, token=token)


def respond(emulator, model="gpt-4o-mini", form=PLAN, **words):
    body = {"model": model, "input": "plan a film", **words}
    if form is not None:
        body["text"] = {"format": {"type": "json_schema", "name": "plan", "strict": True, "schema": form}}
    return emulator.call("POST", "/openai/v1/responses", body, token="Bearer sk-x")


def fault(do, **words):
    return {"faults": [{"operation": "create", "do": do, "times": 1, **words}]}


class Chat(Case):
    def test_the_answer_fits_the_schema_and_is_paid_by_token(self):
        value = chat(self.emulator).json()
        self.assertEqual(schema.errors(PLAN, json.loads(value["choices"][0]["message"]["content"])), [])
        self.assertEqual((value["choices"][0]["finish_reason"], value["choices"][0]["message"]["refusal"]), ("stop", None))
        usage = value["usage"]
        want = (2 * (usage["prompt_tokens"] * 150000 + usage["completion_tokens"] * 600000) + 1_000_000) // 2_000_000
        self.assertEqual(self.emulator.ledger()["total_micro"], want)

    def test_cached_written_and_reasoning_tokens(self):
        self.emulator.change({"openai": {"usage": {"input_tokens": 1000, "output_tokens": 100, "cached_tokens": 400, "cache_write_tokens": 100,
                                                   "reasoning_tokens": 50}}})
        usage = chat(self.emulator, "gpt-6-sol").json()["usage"]
        self.assertEqual((usage["completion_tokens"], usage["completion_tokens_details"]["reasoning_tokens"]), (150, 50))
        self.assertEqual(self.emulator.ledger()["total_micro"], 500 * 2 + 400 // 5 + 250 + 1500)

    def test_scripted_contents(self):
        self.emulator.change({"openai": {"contents": [{"match": "kettle", "content": {"title": "K"}, "times": 2}, "first"]}})
        said = [chat(self.emulator, text=t, form=None).json()["choices"][0]["message"]["content"] for t in ("a kettle", "other", "my kettle")]
        self.assertEqual(said, ['{"title": "K"}', "first", '{"title": "K"}'])

    def test_refusal(self):
        self.emulator.change(fault("refusal"))
        message = chat(self.emulator).json()["choices"][0]["message"]
        self.assertEqual((message["content"], message["refusal"][:9]), (None, "I'm sorry"))

    def test_cut_off(self):
        self.emulator.change(fault("length"))
        choice = chat(self.emulator).json()["choices"][0]
        self.assertEqual(choice["finish_reason"], "length")
        with self.assertRaises(ValueError):
            json.loads(choice["message"]["content"])
        value = chat(self.emulator, max_completion_tokens=5).json()
        self.assertEqual((value["choices"][0]["finish_reason"], value["usage"]["completion_tokens"]), ("length", 5))

    def test_content_filter_and_violation_and_content(self):
        self.emulator.change(fault("content_filter"))
        self.assertEqual(chat(self.emulator).json()["choices"][0]["finish_reason"], "content_filter")
        self.emulator.change(fault("schema_violation"))
        self.assertNotEqual(schema.errors(PLAN, json.loads(chat(self.emulator).json()["choices"][0]["message"]["content"])), [])
        self.emulator.change(fault("content", content="{}"))
        self.assertEqual(chat(self.emulator).json()["choices"][0]["message"]["content"], "{}")

    def test_strict_schemas_are_checked(self):
        for bad in ({"type": "array", "items": {}}, {"type": "object", "properties": {}}, {**PLAN, "required": ["title"]},
                    {"type": "object", "additionalProperties": False, "required": ["a"], "properties": {"a": {"type": "string", "default": "x"}}}):
            answer = chat(self.emulator, form=bad)
            self.assertEqual((answer.status, answer.json()["error"]["code"]), (400, "invalid_json_schema"), bad)
        self.assertEqual(self.emulator.ledger()["entries"], [])

    def test_errors(self):
        self.assertEqual(chat(self.emulator, token=None).status, 401)
        self.assertEqual(chat(self.emulator, "gpt-9").json()["error"]["code"], "model_not_found")
        self.assertEqual(chat(self.emulator, "gpt-4-turbo").status, 404)        # shut down 2026-10-23
        self.emulator.change({"openai": {"retired_models": "serve"}})
        self.assertEqual(chat(self.emulator, "gpt-4-turbo").status, 200)
        self.assertEqual(set(chat(self.emulator, "").json()["error"]), {"message", "type", "param", "code"})

    def test_scripted_errors_keep_the_shape(self):
        self.emulator.change(fault("status", status=429, type="insufficient_quota", code="credit_balance_exhausted"))
        error = chat(self.emulator).json()["error"]
        self.assertEqual((error["type"], error["code"]), ("insufficient_quota", "credit_balance_exhausted"))
        self.emulator.change(fault("throttle", code="slow_down", form="header", seconds=2))
        answer = chat(self.emulator)
        self.assertEqual((answer.json()["error"]["code"], answer.headers["retry-after-ms"]), ("slow_down", "2000"))
        self.emulator.change(fault("status", status=503))
        self.assertEqual(chat(self.emulator).json()["error"]["code"], "server_is_overloaded")

    def test_limits_are_told_and_kept(self):
        self.emulator.change({"openai": {"requests_per_minute": 2}})
        answers = [chat(self.emulator) for _ in range(3)]
        self.assertEqual([a.status for a in answers], [200, 200, 429])
        self.assertEqual((answers[0].headers["x-ratelimit-limit-requests"], answers[0].headers["x-ratelimit-remaining-requests"]), ("2", "1"))
        self.assertEqual((answers[0].headers["x-ratelimit-reset-requests"], answers[2].headers["retry-after"]), ("30s", "30"))
        self.assertTrue(answers[0].headers["x-request-id"])

    def test_stream_and_json_object(self):
        self.assertTrue(chat(self.emulator, stream=True).body.endswith(b"data: [DONE]\n\n"))
        self.assertEqual(chat(self.emulator, form=None, response_format={"type": "json_object"}).status, 400)
        self.assertEqual(chat(self.emulator, form=None, text="as json", response_format={"type": "json_object"}).status, 200)

    def test_dropped_after_accept_is_paid(self):
        self.emulator.change(fault("drop_after_accept"))
        with self.assertRaises(OSError):
            chat(self.emulator)
        self.assertEqual(len(self.emulator.ledger()["entries"]), 1)


class Responses(Case):
    def test_the_answer_fits(self):
        value = respond(self.emulator).json()
        part = value["output"][0]["content"][0]
        self.assertEqual((value["status"], part["type"], schema.errors(PLAN, json.loads(part["text"]))), ("completed", "output_text", []))
        self.assertEqual(value["usage"]["total_tokens"], value["usage"]["input_tokens"] + value["usage"]["output_tokens"])

    def test_refusal_and_incomplete(self):
        self.emulator.change(fault("refusal"))
        self.assertEqual(respond(self.emulator).json()["output"][0]["content"][0]["type"], "refusal")
        value = respond(self.emulator, max_output_tokens=4).json()
        self.assertEqual((value["status"], value["incomplete_details"]), ("incomplete", {"reason": "max_output_tokens"}))
        self.emulator.change(fault("content_filter"))
        self.assertEqual(respond(self.emulator).json()["incomplete_details"], {"reason": "content_filter"})


class Others(Case):
    def test_models(self):
        rows = {m["id"]: m for m in self.emulator.get("/openai/v1/models").json()["data"]}
        self.assertEqual(rows["gpt-4o"]["shutdown_date"], "2027-01-14")
        self.assertNotIn("gpt-4-turbo", rows)
        self.assertEqual(self.emulator.get("/openai/v1/models/gpt-4o").json()["id"], "gpt-4o")
        self.assertEqual(self.emulator.get("/openai/v1/models/none").status, 404)

    def test_pictures(self):
        body = {"model": "gpt-image-2.5", "prompt": "a mug", "n": 2, "size": "1024x1024"}
        value = self.emulator.call("POST", "/openai/v1/images/generations", body).json()
        self.assertEqual(len(value["data"]), 2)
        self.assertIsNotNone(pictures.size_of(base64.b64decode(value["data"][0]["b64_json"])))
        self.assertEqual(self.emulator.ledger()["total_micro"], 80000)
        self.assertEqual(self.emulator.call("POST", "/openai/v1/images/generations", {**body, "n": 11}).status, 400)
        self.emulator.change(fault("nsfw"))
        self.assertEqual(self.emulator.call("POST", "/openai/v1/images/generations", body).json()["error"]["code"], "moderation_blocked")

    def test_speech(self):
        body = {"model": "tts-1", "input": "x" * 150, "voice": "alloy", "response_format": "wav"}
        answer = self.emulator.call("POST", "/openai/v1/audio/speech", body)
        self.assertEqual((answer.headers["content-type"], answer.body[:4]), ("audio/wav", b"RIFF"))
        self.assertEqual(self.emulator.ledger()["total_micro"], 2250)
        self.assertEqual(self.emulator.call("POST", "/openai/v1/audio/speech", {**body, "voice": "nobody"}).status, 400)


class Dialects(unittest.TestCase):
    def test_llama_cpp(self):
        with Running({"openai": {"dialect": "llama.cpp"}}) as emulator:
            value = chat(emulator, "any.gguf", token=None).json()
            self.assertNotIn("refusal", value["choices"][0]["message"])
            error = chat(emulator, "", token=None).json()["error"]
            self.assertEqual((error["code"], "param" in error), (400, False))
            body = {"model": "m", "messages": [{"role": "user", "content": "x"}], "response_format": {"type": "json_object", "schema": PLAN}}
            said = emulator.call("POST", "/openai/v1/chat/completions", body, token=None).json()["choices"][0]["message"]["content"]
            self.assertEqual(schema.errors(PLAN, json.loads(said)), [])
            self.assertEqual(emulator.ledger()["total_micro"], 0)
            self.assertEqual(respond(emulator).status, 404)

    def test_old_llama_cpp_refuses_schemas(self):
        with Running({"openai": {"dialect": "llama.cpp-4689"}}) as emulator:
            answer = chat(emulator)
            self.assertEqual(answer.status, 400)
            self.assertIn('Either "json_schema" or "grammar"', answer.json()["error"]["message"])

    def test_ollama_enforces_and_its_cloud_does_not(self):
        with Running({"openai": {"dialect": "ollama"}}) as emulator:
            self.assertEqual(schema.errors(PLAN, json.loads(chat(emulator).json()["choices"][0]["message"]["content"])), [])
            self.assertEqual(respond(emulator, previous_response_id="resp_1").status, 400)
            emulator.change({"openai": {"dialect": "ollama-cloud"}})
            with self.assertRaises(ValueError):
                json.loads(chat(emulator).json()["choices"][0]["message"]["content"])

    def test_vllm_has_number_codes(self):
        with Running({"openai": {"dialect": "vllm"}}) as emulator:
            self.assertEqual(chat(emulator, "").json()["error"]["code"], 400)


class Generator(unittest.TestCase):
    def test_what_it_makes_fits(self):
        shapes = [PLAN, {"type": "integer", "minimum": 3, "maximum": 4}, {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
                  {"type": "array", "minItems": 3, "maxItems": 3, "items": {"const": 7}}, {"type": "string", "minLength": 50, "maxLength": 60},
                  {"type": "string", "pattern": "^#[0-9a-f]{6}$"}, {"type": "string", "pattern": "^[a-z]{3,9}$"}, {"anyOf": [{"type": "null"}, {"type": "string"}]},
                  {"type": "integer", "multipleOf": 5, "minimum": 7}, {"allOf": [{"enum": ["a"]}]}]
        for number, shape in enumerate(shapes):
            for seed in range(20):
                self.assertEqual(schema.errors(shape, schema.make(shape, random.Random(seed))), [], number)

    def test_the_checker_finds_what_is_wrong(self):
        good = {"title": "t", "mood": "calm", "note": None, "shots": []}
        self.assertEqual(schema.errors(PLAN, good), [])
        for bad in ({**good, "mood": "x"}, {**good, "more": 1}, {k: v for k, v in good.items() if k != "title"}, {**good, "shots": [{}]}, [], {**good, "note": 3}):
            self.assertNotEqual(schema.errors(PLAN, bad), [])


if __name__ == "__main__":
    unittest.main()

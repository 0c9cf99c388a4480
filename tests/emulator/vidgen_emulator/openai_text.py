# SPDX-License-Identifier: Apache-2.0
"""Chat completions and responses: structured output that fits the given schema, scripted contents, refusals, answers cut
off or filtered, usage, and what compatible servers do differently."""
from __future__ import annotations

import json
import re
from typing import Any, Dict, List, Optional, Tuple

from . import faults, schema
from .billing import tokens
from .clock import SECOND
from .http import Request, Response, json_response


class Wish:
    """What a call asks for, whichever of the two shapes it has."""

    __slots__ = ("model", "text", "schema", "name", "strict", "json", "most", "weight")

    def __init__(self) -> None:
        self.model, self.text, self.schema, self.name = "", "", None, ""
        self.strict = self.json = False
        self.most: Optional[int] = None
        self.weight = 0


class Said:
    """What is answered: text or a refusal, and why it ended."""

    __slots__ = ("text", "refusal", "finish", "input", "output", "details")

    def __init__(self, text: Optional[str], finish: str = "stop", refusal: Optional[str] = None):
        self.text, self.finish, self.refusal = text, finish, refusal
        self.input = self.output = 0
        self.details: Dict[str, int] = {}


def _flat(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(_flat(part) for part in content)
    if isinstance(content, dict):
        return _flat(content.get("content", content.get("text", "")))
    return content if isinstance(content, str) else ""


def _format(openai, wish: Wish, given: Any, where: str) -> Optional[Response]:
    """Reads response_format or text.format (`given`, with the schema's words at its top level)."""
    kind = given.get("type")
    if kind == "json_object":
        wish.json = True
        if openai.dialect.startswith("llama.cpp") and isinstance(given.get("schema"), dict):
            wish.schema = given["schema"]
        elif openai.dialect == "openai" and "json" not in wish.text.lower():
            return openai.error(400, f"'messages' must contain the word 'json' in some form, to use '{where}' of type 'json_object'.", param=where)
        return None
    if kind == "text":
        return None
    if kind != "json_schema":
        return openai.error(400, f"Invalid value: '{kind}'. Supported values are: 'json_object', 'json_schema', and 'text'.", param=where + ".type")
    if openai.dialect == "llama.cpp-4689":
        return openai.error(400, 'Either "json_schema" or "grammar" can be specified, but not both')
    wish.name, wish.schema, wish.strict = given.get("name", ""), given.get("schema"), bool(given.get("strict"))
    if not re.match(r"^[A-Za-z0-9_-]{1,64}$", str(wish.name)) and not openai.local:
        return openai.error(400, f"Invalid '{where}.name': string does not match pattern. Expected a string that matches the pattern "
                            "'^[a-zA-Z0-9_-]+$'.", param=where + ".name")
    if not isinstance(wish.schema, dict):
        return openai.error(400, f"Missing required parameter: '{where}.schema'.", param=where + ".schema", code="missing_required_parameter")
    wrong = schema.strict_problems(wish.schema) if wish.strict and openai.dialect == "openai" else []
    if wrong:
        return openai.error(400, f"Invalid schema for response_format '{wish.name}': {wrong[0]}", param=where, code="invalid_json_schema")
    return None


def _scripted(openai, text: str) -> Optional[str]:
    """The first entry of `contents` whose `match` stands in the prompt and whose `times` are not used up."""
    for number, entry in enumerate(openai.words["contents"]):
        row = entry if isinstance(entry, dict) and "content" in entry else {"content": entry}
        if row.get("match", "") in text and openai.used.get(number, 0) < row.get("times", 1):
            openai.used[number] = openai.used.get(number, 0) + 1
            return row["content"] if isinstance(row["content"], str) else json.dumps(row["content"], ensure_ascii=False)
    return None


def say(app, wish: Wish, outcome: List[dict]) -> Said:
    """The answer, before it is put into a shape."""
    openai = app.openai
    refusal, given = faults.find(outcome, "refusal"), faults.find(outcome, "content")
    if refusal:
        said = Said(None, "stop", refusal.get("message", "I'm sorry, I can't assist with that request."))
    elif faults.find(outcome, "content_filter"):
        said = Said("", "content_filter")
    elif given:
        said = Said(given["content"] if isinstance(given["content"], str) else json.dumps(given["content"], ensure_ascii=False))
    else:
        said = Said(_scripted(openai, wish.text) or _made(app, wish, faults.find(outcome, "schema_violation")))
    _count(openai, wish, said, faults.find(outcome, "length"))
    return said


def _made(app, wish: Wish, violate: Optional[dict]) -> str:
    openai = app.openai
    enforced = openai.words["enforce_schema"] and openai.dialect != "ollama-cloud"
    if wish.schema is None:
        return '{"ok":true}' if wish.json else "A quiet kettle steams on an oak table in the morning light."
    if not enforced:
        return "Sure! Here is the plan:\n```json\n{\"title\": \"not what was asked\"}\n```"
    value = schema.make(wish.schema, openai.rng(), openai.words["lists"])
    if violate and isinstance(value, dict) and value:
        value.pop(sorted(value)[0])
        value["unexpected"] = True
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _count(openai, wish: Wish, said: Said, cut: Optional[dict]) -> None:
    usage = openai.words["usage"]
    said.input = int(usage.get("input_tokens", wish.weight))
    said.output = tokens(said.text or said.refusal or "")
    most = wish.most
    if cut:
        most = max(1, said.output // 2) if most is None else min(most, max(1, said.output // 2))
    if most is not None and said.output > most and said.text:
        said.text = said.text.encode()[:4 * most].decode("utf-8", "ignore")
        said.output, said.finish = most, "length"
    said.output = int(usage.get("output_tokens", said.output)) + int(usage.get("reasoning_tokens", 0))
    said.details = {k: min(int(usage.get(k, 0)), said.input) for k in ("cached_tokens", "cache_write_tokens")}
    said.details["reasoning_tokens"] = int(usage.get("reasoning_tokens", 0))


async def _answer(app, request: Request, wish: Wish) -> Tuple[Optional[Response], Optional[Said], List]:
    """Limits, thinking time, the answer and its bill."""
    headers: List = []
    wish.weight = tokens(wish.text) + (tokens(json.dumps(wish.schema)) if wish.schema else 0)
    refused = app.openai.limit(request.account, wish.weight + (wish.most or 0), headers)
    if refused:
        refused.headers += headers
        return refused, None, headers
    await app.openai.think()
    said = say(app, wish, request.outcome)
    if not app.openai.local:
        spent = str(int(app.openai.words["latency"] * 1000))
        headers += [("x-request-id", f"req_{app.openai.number}"), ("openai-processing-ms", spent), ("openai-version", "2020-10-01")]
    return None, said, headers


def _book(app, request: Request, wish: Wish, said: Said, ident: str) -> None:
    price = app.openai.price(wish.model)
    counts = {"input": said.input, "output": said.output, "cached": said.details["cached_tokens"], "cache_write": said.details["cache_write_tokens"]}
    app.openai.book(request, wish.model, ident, price, price.of_tokens(counts), {"tokens": counts})


async def chat(app, request: Request, body: Dict[str, Any]) -> Response:
    openai, wish = app.openai, Wish()
    wrong = openai.check_model(body.get("model"))
    if wrong:
        return wrong
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return openai.error(400, "Missing required parameter: 'messages'.", param="messages", code="missing_required_parameter")
    wish.model, wish.text = body["model"], "\n".join(_flat(m.get("content")) for m in messages if isinstance(m, dict))
    wish.most = body.get("max_completion_tokens", body.get("max_tokens"))
    given = body.get("response_format") or {"type": "text"}
    wrong = _format(openai, wish, {**given, **(given.get("json_schema") or {}), "type": given.get("type")}, "response_format")
    if wrong:
        return wrong
    refused, said, headers = await _answer(app, request, wish)
    if refused:
        return refused
    ident = openai.next_id("chatcmpl-")
    _book(app, request, wish, said, ident)
    found = chat_view(app, wish, said, ident)
    return _streamed(found, headers) if body.get("stream") else json_response(found, headers=headers)


def chat_view(app, wish: Wish, said: Said, ident: str) -> Dict[str, Any]:
    local = app.openai.local
    message: Dict[str, Any] = {"role": "assistant", "content": said.text}
    if not local:
        message.update({"refusal": said.refusal, "annotations": []})
    elif said.refusal:
        message["content"] = said.refusal
    usage: Dict[str, Any] = {"prompt_tokens": said.input, "completion_tokens": said.output, "total_tokens": said.input + said.output}
    if not local:
        usage["prompt_tokens_details"] = {"cached_tokens": said.details["cached_tokens"], "cache_write_tokens": said.details["cache_write_tokens"],
                                          "audio_tokens": 0}
        usage["completion_tokens_details"] = {"reasoning_tokens": said.details["reasoning_tokens"], "audio_tokens": 0,
                                              "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}
    found = {"id": ident, "object": "chat.completion", "created": app.clock.now() // SECOND, "model": wish.model,
             "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": said.finish}], "usage": usage,
             "system_fingerprint": "fp_ollama" if app.openai.dialect.startswith("ollama") else "fp_emulator"}
    if app.openai.dialect.startswith("llama.cpp"):
        found["timings"] = {"prompt_n": said.input, "predicted_n": said.output, "predicted_ms": 1000.0}
    if not local:
        found["service_tier"] = "default"
    return found


def _streamed(found: Dict[str, Any], headers: List) -> Response:
    """The same answer as server-sent events: one delta, the end, and [DONE]."""
    choice = found["choices"][0]
    base = {"id": found["id"], "object": "chat.completion.chunk", "created": found["created"], "model": found["model"]}
    events = [{**base, "choices": [{"index": 0, "delta": choice["message"], "finish_reason": None}]},
              {**base, "choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]}]
    text = "".join("data: " + json.dumps(event) + "\n\n" for event in events) + "data: [DONE]\n\n"
    return Response(200, text.encode(), "text/event-stream", headers)


async def responses(app, request: Request, body: Dict[str, Any]) -> Response:
    openai, wish = app.openai, Wish()
    if openai.dialect.startswith("llama.cpp"):
        return openai.error(404, "File Not Found", "not_found_error")
    if openai.dialect.startswith("ollama") and body.get("previous_response_id"):
        return openai.error(400, "previous_response_id is not supported")
    wrong = openai.check_model(body.get("model"))
    if wrong:
        return wrong
    if not body.get("input"):
        return openai.error(400, "Missing required parameter: 'input'.", param="input", code="missing_required_parameter")
    wish.model, wish.text = body["model"], _flat(body.get("instructions")) + "\n" + _flat(body["input"])
    wish.most = body.get("max_output_tokens")
    wrong = _format(openai, wish, (body.get("text") or {}).get("format") or {"type": "text"}, "text.format")
    if wrong:
        return wrong
    refused, said, headers = await _answer(app, request, wish)
    if refused:
        return refused
    ident = openai.next_id("resp_")
    _book(app, request, wish, said, ident)
    return json_response(response_view(app, body, wish, said, ident), headers=headers)


def response_view(app, body: Dict[str, Any], wish: Wish, said: Said, ident: str) -> Dict[str, Any]:
    reason = {"length": "max_output_tokens", "content_filter": "content_filter"}.get(said.finish)
    content = {"type": "refusal", "refusal": said.refusal} if said.refusal else \
        {"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}
    status, now = "incomplete" if reason else "completed", app.clock.now() // SECOND
    usage = {"input_tokens": said.input, "output_tokens": said.output, "total_tokens": said.input + said.output,
             "input_tokens_details": {k: said.details[k] for k in ("cached_tokens", "cache_write_tokens")},
             "output_tokens_details": {"reasoning_tokens": said.details["reasoning_tokens"]}}
    return {"id": ident, "object": "response", "created_at": now, "completed_at": None if reason else now, "status": status, "error": None,
            "incomplete_details": {"reason": reason} if reason else None, "instructions": body.get("instructions"), "model": wish.model,
            "output": [{"id": ident.replace("resp_", "msg_"), "type": "message", "role": "assistant", "status": status, "content": [content]}],
            "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "temperature": 1.0, "top_p": 1.0, "metadata": {},
            "max_output_tokens": body.get("max_output_tokens"), "previous_response_id": None, "truncation": "disabled",
            "text": body.get("text") or {"format": {"type": "text"}}, "usage": usage}

# SPDX-License-Identifier: Apache-2.0
"""Pictures as base64 and speech as bytes."""
from __future__ import annotations

import base64
import re
from typing import Any, Dict, List

from . import faults
from .clock import SECOND
from .http import Request, Response, json_response
from .models import Deliverable

VOICES = ("alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse")
SPOKEN = ("mp3", "opus", "aac", "flac", "wav", "pcm")


def _image_problem(openai, body: Dict[str, Any]):
    prompt, count = body.get("prompt"), body.get("n", 1)
    if not isinstance(prompt, str) or not prompt:
        return openai.error(400, "Missing required parameter: 'prompt'.", param="prompt", code="missing_required_parameter")
    if len(prompt) > 32000:
        return openai.error(400, "Invalid 'prompt': string too long. Expected a string with maximum length 32000.", param="prompt",
                            code="string_above_max_length")
    if not isinstance(count, int) or not 1 <= count <= 10:
        return openai.error(400, "Invalid 'n': expected a value between 1 and 10.", param="n")
    if body.get("size", "auto") != "auto" and not re.match(r"^\d+x\d+$", str(body["size"])):
        return openai.error(400, f"Invalid value: '{body['size']}'.", param="size", code="invalid_value")
    return None


async def images(app, request: Request, body: Dict[str, Any]) -> Response:
    openai = app.openai
    model, headers = body.get("model", "gpt-image-2.5"), []
    wrong = openai.check_model(model) or _image_problem(openai, body) or openai.limit(request.account, len(body["prompt"]) // 4, headers)
    if wrong:
        return wrong
    if faults.find(request.outcome, "nsfw") or faults.find(request.outcome, "refusal"):
        return openai.error(400, "Your request was rejected by the safety system.", "image_generation_user_error", "moderation_blocked")
    await openai.think()
    size = body.get("size", "auto")
    what = Deliverable("image")
    what.width, what.height = map(int, (size if size != "auto" else "1024x1024").split("x"))
    what.count, what.text, what.seed, what.format = body.get("n", 1), body["prompt"], openai.number, body.get("output_format", "png")
    made = await app.media.make(what)
    ident, price = openai.next_id("img_"), openai.price(model)
    openai.book(request, model, ident, price, price.rate * what.count if price.kind != "free" else 0, {"images": what.count})
    text = -(-len(what.text.encode()) // 4)
    usage = {"input_tokens": text, "output_tokens": 1056 * what.count, "total_tokens": text + 1056 * what.count,
             "input_tokens_details": {"text_tokens": text, "image_tokens": 0}}
    return json_response({"created": app.clock.now() // SECOND, "background": "opaque", "output_format": what.format, "quality": "high",
                          "size": f"{what.width}x{what.height}", "data": [{"b64_json": base64.b64encode(m.data).decode()} for m in made],
                          "usage": usage}, headers=headers)


def _speech_problem(openai, body: Dict[str, Any]):
    text = body.get("input")
    if not isinstance(text, str) or not text:
        return openai.error(400, "Missing required parameter: 'input'.", param="input", code="missing_required_parameter")
    if len(text) > 4096:
        return openai.error(400, "Invalid 'input': string too long. Expected a string with maximum length 4096.", param="input",
                            code="string_above_max_length")
    if body.get("voice") not in VOICES and not openai.local:
        return openai.error(400, "Invalid value for 'voice'.", param="voice", code="invalid_value")
    if body.get("response_format", "mp3") not in SPOKEN:
        return openai.error(400, "Invalid value for 'response_format'.", param="response_format", code="invalid_value")
    return None


async def speech(app, request: Request, body: Dict[str, Any]) -> Response:
    openai, headers = app.openai, []  # type: ignore[var-annotated]
    wrong = openai.check_model(body.get("model")) or _speech_problem(openai, body) or openai.limit(request.account, len(body["input"]) // 4, headers)
    if wrong:
        return wrong
    await openai.think()
    what, form = Deliverable("speech"), body.get("response_format", "mp3")
    speed = min(4.0, max(0.25, float(body.get("speed", 1.0))))
    what.length_us, what.text = round(len(body["input"]) * SECOND / 15 / speed), body["input"]
    what.format = "wav" if form == "pcm" else form
    made = (await app.media.make(what))[0]
    ident, price = openai.next_id("speech_"), openai.price(body["model"])
    amount = (2 * price.rate * len(body["input"]) + 1_000_000) // 2_000_000
    openai.book(request, body["model"], ident, price, amount, {"characters": len(body["input"])})
    data, kind = (made.data[44:], "audio/pcm") if form == "pcm" else (made.data, made.type)
    return Response(200, data, kind, _headers(headers))


def _headers(headers: List) -> List:
    return headers + [("x-request-id", "req_speech")]

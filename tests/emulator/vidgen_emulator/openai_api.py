# SPDX-License-Identifier: Apache-2.0
"""OpenAI's API and its dialects: models, limits, tokens, prices. What is said stands in openai_text, pictures and speech
in openai_media."""
from __future__ import annotations

import random
from typing import Any, Dict, List, Optional

from . import errors, openai_media, openai_text
from .billing import Price
from .clock import SECOND, from_seconds, iso, parse_iso
from .http import Request, Response, json_response
from .limits import Bucket

LOCAL = ("llama.cpp", "llama.cpp-4689", "ollama", "ollama-cloud", "vllm")
DIALECTS = ("openai",) + LOCAL


def go_duration(micros: int) -> str:
    """12ms, 1s, 6m0s: as the rate limit headers write it."""
    if micros < SECOND:
        return f"{micros // 1000}ms"
    seconds = -(-micros // SECOND)
    return f"{seconds // 60}m{seconds % 60}s" if seconds >= 60 else f"{seconds}s"


class OpenAI:
    def __init__(self, app):
        self.app = app
        self.number = 0
        self.used: Dict[int, int] = {}          # scripted contents: how often each was given
        self._buckets: Dict[tuple, Bucket] = {}

    @property
    def words(self) -> Dict[str, Any]:
        return self.app.words["openai"]

    @property
    def dialect(self) -> str:
        return self.words["dialect"]

    @property
    def local(self) -> bool:
        return self.dialect in LOCAL

    def next_id(self, prefix: str) -> str:
        self.number += 1
        rng = random.Random(f"{self.app.words['seed']}/openai/{self.number}")
        return prefix + "".join(rng.choice("0123456789abcdef") for _ in range(32))

    def rng(self) -> random.Random:
        return random.Random(f"{self.app.words['seed']}/content/{self.number}")

    # ---- errors ----
    def error(self, status: int, message: str, kind: str = "invalid_request_error", code: Optional[str] = None, param: Optional[str] = None):
        if self.dialect.startswith("llama.cpp"):
            return errors.llama(status, message, kind)
        if self.dialect == "vllm":
            return json_response({"error": {"message": message, "type": "BadRequestError" if status == 400 else "NotFoundError", "param": param,
                                            "code": status}}, status)
        if self.dialect.startswith("ollama"):
            return errors.openai(status, message, "api_error" if status >= 500 else "invalid_request_error")
        return errors.openai(status, message, kind, code, param)

    # ---- models and prices ----
    def price(self, name: str) -> Price:
        row = self.app.models.openai.get(name) if not self.local else None
        return Price({"kind": "per_token", **row}) if row else Price({"kind": "free", "usd": "0"})

    def check_model(self, name: Any) -> Optional[Response]:
        if not isinstance(name, str) or not name:
            return self.error(400, "you must provide a model parameter")
        if self.local:
            return None
        row = self.app.models.openai.get(name)
        if row is None:
            return self.error(404, f"The model `{name}` does not exist or you do not have access to it.", code="model_not_found")
        if self._shut(row):
            return self.error(404, f"The model `{name}` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations",
                              code="model_not_found")
        return None

    def _shut(self, row: Dict[str, Any]) -> bool:
        day = row.get("shutdown_date")
        return bool(day) and self.words.get("retired_models", "refuse") == "refuse" and parse_iso(day) <= self.app.clock.now()

    def listing(self) -> List[Dict[str, Any]]:
        rows = [("local-model", {})] if self.local else [(n, r) for n, r in self.app.models.openai.items() if not self._shut(r)]
        found = []
        for name, row in rows:
            entry = {"id": name, "object": "model", "created": 1_700_000_000, "owned_by": "library" if self.local else "openai"}
            if not self.local:
                entry["shutdown_date"] = row.get("shutdown_date")
            found.append(entry)
        return found

    # ---- limits ----
    def limit(self, account: str, weight: int, headers: List) -> Optional[Response]:
        """Counts a call and its tokens; fills in the rate limit headers; an error answer when there were too many."""
        if self.local:
            return None
        now, refused = self.app.clock.now(), None
        for kind, count in (("requests", 1), ("tokens", max(1, weight))):
            most = self.words[f"{kind}_per_minute"]
            bucket = self._buckets.setdefault((account, kind, most), Bucket(most, most, now))
            wait = 0
            for _ in range(1 if kind == "requests" else 0):
                wait = bucket.take(now)
            if kind == "tokens":
                wait = _take_many(bucket, count, now)
            left = bucket.level // (60 * SECOND)
            reset = (bucket.burst * 60 * SECOND - bucket.level) // max(1, most)
            headers += [(f"x-ratelimit-limit-{kind}", str(most)), (f"x-ratelimit-remaining-{kind}", str(left)),
                        (f"x-ratelimit-reset-{kind}", go_duration(reset))]
            if wait and refused is None:
                refused = errors.throttled("openai", wait, "all", now)
        return refused

    # ---- money ----
    def book(self, request: Request, model: str, ident: str, price: Price, amount: int, detail: Dict[str, Any]) -> None:
        self.app.ledger.book(iso(self.app.clock.now()), request.account, "openai", model, ident, "succeeded", amount,
                             {"price": price.kind, "rate_micro": price.rate, **detail})

    async def think(self) -> None:
        await self.app.clock.sleep(from_seconds(self.words["latency"]))


def _take_many(bucket: Bucket, count: int, now: int) -> int:
    """`count` calls of a bucket at once."""
    minute = 60 * SECOND
    if bucket.level < count * minute:
        bucket.level = min(bucket.burst * minute, bucket.level + max(0, now - bucket.at) * bucket.per_minute)
        bucket.at = max(now, bucket.at)
    if bucket.level >= count * minute:
        bucket.level -= count * minute
        return 0
    return -(-(count * minute - bucket.level) // max(1, bucket.per_minute))


def routes(app, route):
    async def models(_request: Request) -> Response:
        return json_response({"object": "list", "data": app.openai.listing()})

    async def model(request: Request) -> Response:
        row = next((m for m in app.openai.listing() if m["id"] == request.params["model"]), None)
        said = f"The model '{request.params['model']}' does not exist"
        return json_response(row) if row else app.openai.error(404, said, code="model_not_found", param="model")

    reads = [route("GET", prefix + "/models", "openai.models.list", "openai", "read", models) for prefix in ("/v1",)]
    reads.append(route("GET", "/v1/models/{model}", "openai.models.get", "openai", "read", model))
    pays = [("/v1/chat/completions", "chat.create", openai_text.chat), ("/v1/responses", "responses.create", openai_text.responses),
            ("/v1/images/generations", "images.generate", openai_media.images), ("/v1/audio/speech", "audio.speech", openai_media.speech)]

    def bound(function):
        async def answer(request: Request) -> Response:
            try:
                body = request.json()
            except ValueError:
                return app.openai.error(400, "We could not parse the JSON body of your request.")
            if not isinstance(body, dict):
                return app.openai.error(400, "The body must be a JSON object.")
            return await function(app, request, body)
        return answer
    return reads + [route("POST", path, operation, "openai", "create", bound(function)) for path, operation, function in pays]

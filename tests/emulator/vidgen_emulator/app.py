# SPDX-License-Identifier: Apache-2.0
"""The emulated world: holds all parts, knows all routes, turns a request into an answer. No sockets here."""
from __future__ import annotations

import hashlib
import re
import time
from typing import Any, Callable, Dict, List, Optional

from . import control, delivery, errors, fal, comfy, openai_api, replicate_api, runway, scenario
from .billing import Ledger, micro
from .clock import Clock, parse_iso
from .faults import Faults
from .http import Request, Response
from .jobs import Jobs
from .limits import Limits
from .log import Log
from .media import Media
from .models import Models
from .replicate_files import Files
from .webhooks import Webhooks


class Route:
    """A path template such as /v1/predictions/{id}, its operation's name, and who answers. `kind` is create, read or none:
    what limits count and what faults may name as a class."""

    __slots__ = ("method", "pattern", "operation", "provider", "kind", "handler", "auth")

    def __init__(self, method: str, template: str, operation: str, provider: str, kind: str, handler: Callable, auth: str = "bearer"):
        self.method, self.operation, self.provider, self.kind, self.handler, self.auth = method, operation, provider, kind, handler, auth
        pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", template)
        self.pattern = re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern) + "$")


_PREFIX = re.compile(r"^/(replicate|openai|fal|runway|comfy|delivery|_emulator)(?=/|$)")
_BARE = (("/v1/chat/", "openai"), ("/v1/responses", "openai"), ("/v1/images/", "openai"), ("/v1/audio/", "openai"),
         ("/v1/image_to_video", "runway"), ("/v1/text_to_video", "runway"), ("/v1/tasks/", "runway"), ("/v1/", "replicate"))


class App:
    def __init__(self, words: Optional[Dict[str, Any]] = None, models: Optional[str] = None, schemas: Optional[str] = None):
        self.words = scenario.merge(scenario.DEFAULTS, words or {})
        start = parse_iso(self.words["epoch"]) if self.words["epoch"] else None
        self.clock = Clock(self.words["speed"], start)
        self.models = Models(models, schemas)
        self.media = Media(**self.words["media"])
        self.limits, self.ledger = Limits(self.words["limits"]), Ledger()
        self.log = Log(**self.words["log"])
        self.jobs, self.files = Jobs(self), Files(self)
        self.webhooks = Webhooks(self)
        self.comfy, self.openai = comfy.Comfy(self), openai_api.OpenAI(self)
        self.origin = self.delivery_origin = ""         # set by the server once it listens
        self.faults = Faults([], 0)
        self.started = time.time()
        self._routes: Dict[str, List[Route]] = {}
        for module in (replicate_api, openai_api, fal, runway, comfy, delivery, control):
            for route in module.routes(self, Route):
                self._routes.setdefault(route.provider, []).append(route)
        self._apply()

    def change(self, words: Dict[str, Any]) -> None:
        """Lays words over the scenario that runs. Rules of faults begin to count anew when they are given."""
        merged = scenario.merge(self.words, words)
        Faults(merged["faults"], merged["seed"])        # raises before anything has changed
        self.models.check(merged["models"])
        self.words = merged
        self._apply("faults" in words or "seed" in words)

    def _apply(self, renew_faults: bool = True) -> None:
        words = self.words
        if renew_faults:
            self.faults = Faults(words["faults"], words["seed"])
        self.models.apply(words["models"])
        self.limits.change(words["limits"])
        self.log.change(**words["log"])
        self.media.mode, self.media.drift, self.media.seed = (words["media"][word] for word in ("mode", "drift", "seed"))
        if words["speed"] != self.clock.speed:
            self.clock.set_speed(words["speed"])

    # ---- routing ----
    def route(self, request: Request) -> Optional[Route]:
        """Finds who answers, and fills in the parameters of the path."""
        match = _PREFIX.match(request.path)
        provider, rest = ("", request.path)
        if match:
            provider, rest = match.group(1), request.path[match.end():] or "/"
        else:
            provider = next((name for start, name in _BARE if request.path.startswith(start)), "")
        for route in self._routes.get(provider, []):
            if route.method != request.method and not (request.method == "HEAD" and route.method == "GET"):
                continue
            found = route.pattern.match(rest)
            if found:
                request.params = found.groupdict()
                return route
        request.params = {"provider": provider}
        return None

    def about(self, request: Request, route: Optional[Route]) -> Dict[str, str]:
        """What fault rules may ask of a request, before its body is known."""
        scheme, _, token = request.header("authorization").partition(" ")
        return {"operation": route.operation if route else "unknown", "class": route.kind if route else "none", "method": request.method,
                "provider": route.provider if route else request.params.get("provider", ""), "path": request.path,
                "token": token or scheme}

    def model_of(self, request: Request, route: Optional[Route]) -> str:
        """The model that a request is about, for fault rules; empty when it is about none."""
        params = request.params
        if "owner" in params and "name" in params:
            return f"{params['owner']}/{params['name']}"
        job = self.jobs.all.get(params.get("id", ""))
        if job is not None:
            return job.model.id
        if params.get("model"):
            return params["model"]
        try:
            body = request.json()
        except ValueError:
            return ""
        name = body.get("version") or body.get("model") if isinstance(body, dict) else ""
        model = self.models.by_version.get(str(name).split(":")[-1])
        return model.id if model else str(name or "").split(":")[0]

    # ---- answering ----
    def account_of(self, token: str) -> str:
        named = self.words["accounts"].get(token)
        return named or "account-" + hashlib.sha256(token.encode()).hexdigest()[:8]

    def authorize(self, request: Request, route: Route) -> Optional[Response]:
        """An error answer, or None with the account filled in."""
        scheme, _, token = request.header("authorization").partition(" ")
        token = token.strip()
        accepted = {"bearer": ("bearer", "token"), "key": ("key", "bearer")}.get(route.auth, ())
        if route.auth in ("none", "optional") or route.provider == "openai" and self.openai.local:
            request.account = self.account_of(token) if token else "anonymous"
            return None
        if scheme.lower() not in accepted or not token:
            return errors.unauthenticated(route.provider, missing=not request.header("authorization"))
        if self.words["tokens"] is not None and token not in self.words["tokens"]:
            return errors.unauthenticated(route.provider, missing=False)
        request.account = self.account_of(token)
        return None

    def admit(self, request: Request, route: Route) -> Optional[Response]:
        """Credit and rate limits; an error answer, or None."""
        if route.kind not in ("create", "read") or route.provider in ("_emulator", "delivery", "comfy"):
            return None
        credit, low = self.words["limits"]["credit_usd"], False
        if credit is not None and route.kind == "create":
            left = micro(credit) - self.ledger.spent(request.account)
            if left <= 0:
                return errors.no_credit(route.provider)
            low = left < micro(5)
        if route.provider != "replicate":
            return None         # OpenAI counts for itself; the others document no rate
        wait = self.limits.admit(request.account, "create" if route.kind == "create" else "other", self.clock.now(), low)
        if wait:
            return errors.throttled(route.provider, wait, self.words["limits"]["answer"], self.clock.now(), low)
        return None

    async def handle(self, request: Request, route: Optional[Route]) -> Response:
        if route is None:
            return errors.not_found(request.params.get("provider", ""))
        refused = self.authorize(request, route) or self.admit(request, route)
        if refused is not None:
            return refused
        answer = await route.handler(request)
        request.executed = answer.status < 400
        return answer

    def local_bytes(self, url: str):
        """Bytes of what lies here itself: uploads and outputs; None for any other URL."""
        for found in (self.files.bytes_of(url), delivery.bytes_of(self, url), self.comfy.bytes_of(url)):
            if found is not None:
                return found
        return None

    def state(self) -> Dict[str, Any]:
        counts: Dict[str, int] = {}
        for job in self.jobs.order:
            counts[job.state] = counts.get(job.state, 0) + 1
        return {"now": self.clock.now(), "speed": self.clock.speed, "jobs": counts, "most_running": self.jobs.most_running,
                "media": {"mode": self.media.mode, "ffmpeg": self.media.ffmpeg is not None, "made": self.media.made},
                "requests": self.log.counts, "flags": self.log.flags, "webhooks": self.webhooks.counts}

# SPDX-License-Identifier: Apache-2.0
"""Webhooks out: Standard Webhooks signatures, events as Replicate sends them, and the ways in which they go wrong:
lost, doubled, out of order, late, before the create was answered, forged."""
from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import random
import ssl
import urllib.error
import urllib.request
from typing import Any, Dict, List

from . import faults, replicate_api
from .clock import SECOND, from_seconds

RESENT = (429, 500, 502, 503, 504)


def sign(secret: str, ident: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.split("_", 1)[1])
    return "v1," + base64.b64encode(hmac.new(key, f"{ident}.{timestamp}.".encode() + body, hashlib.sha256).digest()).decode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_words):
        return None


class Webhooks:
    def __init__(self, app):
        self.app = app
        words = app.words["webhooks"]
        key = base64.b64encode(hashlib.sha256(f"webhook/{app.words['seed']}".encode()).digest()).decode()
        self.secret = words["secret"] or "whsec_" + key
        self.counts = {"sent": 0, "failed": 0, "lost": 0, "doubled": 0, "forged": 0}
        self.sent: List[Dict[str, Any]] = []
        self.number = 0
        self._held: Dict[str, List] = {}
        self._rng = random.Random(f"{app.words['seed']}/webhooks")
        app.jobs.listeners.append(self._event)

    def _event(self, job, event: str, when: int) -> None:
        target = job.extra.get("webhook")
        if not target or faults.find(job.outcome, "no_webhook"):
            return
        if event == "start" and "start" in target[1] and not job.extra.get("start_sent"):
            self._queue(job, "start", when)
        if event == "completed":
            if "logs" in target[1]:
                self._queue(job, "logs", when, "processing")
            if "output" in target[1] and job.state == "succeeded":
                self._queue(job, "output", when, "processing")
            if "completed" in target[1]:
                self._queue(job, "completed", when)

    async def now(self, job, event: str) -> None:
        """Sends one event before the create is answered."""
        target = job.extra.get("webhook")
        if target and event in target[1]:
            job.extra["start_sent"] = True
            await self._post(self._message(job, event, self.app.clock.now(), "processing"))

    def _message(self, job, event: str, when: int, word: str = "") -> Dict[str, Any]:
        self.number += 1
        body = json.dumps(replicate_api.view(self.app, job, word or None), ensure_ascii=False, separators=(",", ":")).encode()
        return {"id": f"msg_{self.number:08d}", "job": job.id, "event": event, "url": job.extra["webhook"][0], "at": when, "body": body}

    def _queue(self, job, event: str, when: int, word: str = "") -> None:
        words, message = self.app.words["webhooks"], self._message(job, event, when, word)
        if self._rng.random() < words["lose"]:
            self.counts["lost"] += 1
            return
        batch = [message] * (1 + int(words["duplicate"]))
        self.counts["doubled"] += int(words["duplicate"])
        if words["forge"]:
            self.counts["forged"] += 1
            batch.insert(0, {**message, "id": message["id"] + "f", "forged": True})
        if words["reorder"]:                # all events of one run are held and come last first
            self._held.setdefault(job.id, []).extend(batch)
            if event != "completed":
                return
            batch = list(reversed(self._held.pop(job.id)))
        asyncio.get_running_loop().create_task(self._send(batch, from_seconds(words["delay"])))

    async def _send(self, batch: List[Dict[str, Any]], delay: int) -> None:
        await self.app.clock.sleep(delay)
        for message in batch:
            await self._post(message)

    async def _post(self, message: Dict[str, Any]) -> None:
        """One message with its repeats on network trouble; only `completed` is repeated, as Cog does."""
        tries = 1 + (self.app.words["webhooks"]["retries"] if message["event"] == "completed" else 0)
        for attempt in range(tries):
            status = await asyncio.get_running_loop().run_in_executor(None, self._call, message)
            self.sent.append({"id": message["id"], "job": message["job"], "event": message["event"], "status": status, "attempt": attempt + 1,
                              "forged": bool(message.get("forged"))})
            if 200 <= status < 300:
                self.counts["sent"] += 1
                return
            if status and status not in RESENT:
                break
            await asyncio.sleep(0.1 * (attempt + 1))
        self.counts["failed"] += 1

    def _call(self, message: Dict[str, Any]) -> int:
        stamp = str(message["at"] // SECOND)
        secret = self.secret if not message.get("forged") else "whsec_" + base64.b64encode(b"another key, not the account's").decode()
        headers = {"Content-Type": "application/json", "User-Agent": "Replicate-Webhook/1.0", "webhook-id": message["id"],
                   "webhook-timestamp": stamp, "webhook-signature": sign(secret, message["id"], stamp, message["body"])}
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        try:
            with opener.open(urllib.request.Request(message["url"], message["body"], headers, method="POST"), timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, ValueError):
            return 0

# SPDX-License-Identifier: Apache-2.0
"""The exchanges as they went over the wire, newest kept: what was asked, what was answered, what a fault did to it."""
from __future__ import annotations

import collections
from typing import Any, Deque, Dict, List

SECRET = ("authorization", "x-api-key", "proxy-authorization", "cookie")


class Log:
    def __init__(self, keep: int, body_bytes: int):
        self.entries: Deque[Dict[str, Any]] = collections.deque(maxlen=keep)
        self.body_bytes = body_bytes
        self.seq = 0
        self.counts: Dict[str, int] = {}
        self.flags: Dict[str, int] = {}

    def change(self, keep: int, body_bytes: int) -> None:
        self.body_bytes = body_bytes
        if keep != self.entries.maxlen:
            self.entries = collections.deque(self.entries, maxlen=keep)

    def add(self, entry: Dict[str, Any]) -> None:
        self.seq += 1
        entry["seq"] = self.seq
        self.entries.append(entry)
        key = f"{entry['operation']} {entry['status']}"
        self.counts[key] = self.counts.get(key, 0) + 1
        for flag in entry["flags"]:
            self.flags[flag] = self.flags.get(flag, 0) + 1

    def body(self, data: bytes, content_type: str) -> Any:
        """Text as text, other bytes as their number, long ones not at all."""
        if not data or len(data) > self.body_bytes:
            return None
        if "json" in content_type or content_type.startswith("text/"):
            return data.decode("utf-8", "replace")
        return None

    def report(self, after: int = 0, limit: int = 1000, operation: str = "") -> Dict[str, Any]:
        rows: List[Dict[str, Any]] = [e for e in self.entries if e["seq"] > after and operation in ("", e["operation"])][:limit]
        return {"last": self.seq, "counts": self.counts, "flags": self.flags, "requests": rows}


def headers_shown(headers: Dict[str, str]) -> Dict[str, str]:
    """Headers without secrets: a token is shown as its scheme and length."""
    return {k: (v.split(" ")[0] + f" ({len(v)} characters)" if k.lower() in SECRET else v) for k, v in headers.items()}

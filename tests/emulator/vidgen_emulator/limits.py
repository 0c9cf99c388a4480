# SPDX-License-Identifier: Apache-2.0
"""Rate limits per account, in virtual time: token buckets that refill evenly and hold a burst. It also remembers the
most calls in any 60 seconds, granted and asked for, which is what a client's own limiter is judged by."""
from __future__ import annotations

import collections
from typing import Any, Deque, Dict, Tuple

from .clock import SECOND

MINUTE = 60 * SECOND


class Bucket:
    """`per_minute` calls, at most `burst` at once. Integers only: the level is counted in call-microseconds."""

    __slots__ = ("per_minute", "burst", "level", "at")

    def __init__(self, per_minute: int, burst: int, now: int):
        self.per_minute, self.burst, self.at = per_minute, burst, now
        self.level = burst * MINUTE

    def take(self, now: int) -> int:
        """0 when granted, else the microseconds until a call fits."""
        if now > self.at:
            self.level = min(self.burst * MINUTE, self.level + (now - self.at) * self.per_minute)
            self.at = now
        if self.level >= MINUTE:
            self.level -= MINUTE
            return 0
        return -(-(MINUTE - self.level) // max(1, self.per_minute))


class Window:
    """The most events in any 60 seconds."""

    __slots__ = ("times", "most", "total")

    def __init__(self) -> None:
        self.times: Deque[int] = collections.deque()
        self.most = self.total = 0

    def add(self, now: int) -> None:
        self.times.append(now)
        while self.times and self.times[0] <= now - MINUTE:
            self.times.popleft()
        self.most, self.total = max(self.most, len(self.times)), self.total + 1


class Limits:
    def __init__(self, words: Dict[str, Any]):
        self.words = words
        self._buckets: Dict[Tuple[str, str], Bucket] = {}
        self._windows: Dict[Tuple[str, str], Window] = {}
        self.refused = 0

    def change(self, words: Dict[str, Any]) -> None:
        if words != self.words:
            self.words, self._buckets = words, {}

    def admit(self, account: str, kind: str, now: int, low_credit: bool = False) -> int:
        """Counts one call; 0 when it may pass, else the wait in microseconds. `kind` is `create` or `other`."""
        self._window(account, kind + "_asked").add(now)
        wait = self._bucket(account, kind, now, low_credit).take(now) if self.words["enforce"] else 0
        if wait:
            self.refused += 1
        else:
            self._window(account, kind).add(now)
        return wait

    def _bucket(self, account: str, kind: str, now: int, low_credit: bool) -> Bucket:
        rate, burst = self.words[f"{kind}s_per_minute"], self.words[f"{kind}_burst"]
        key = (account, kind)
        if low_credit and kind == "create":
            rate, burst, key = 6, 1, (account, "low")
        if key not in self._buckets:
            self._buckets[key] = Bucket(rate, burst, now)
        return self._buckets[key]

    def _window(self, account: str, kind: str) -> Window:
        return self._windows.setdefault((account, kind), Window())

    def report(self) -> Dict[str, Any]:
        accounts: Dict[str, Any] = {}
        for (account, kind), window in self._windows.items():
            accounts.setdefault(account, {})[kind] = {"total": window.total, "most_in_60_s": window.most}
        return {"limits": self.words, "refused": self.refused, "accounts": accounts}

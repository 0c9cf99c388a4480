# SPDX-License-Identifier: Apache-2.0
"""Virtual time in whole microseconds, and timers on it.

Time runs `speed` times as fast as the machine's monotonic clock; with speed 0 it stands still and moves only by
`jump`. Timers fire in order of their due time and are told that time, so what they compute (start, end, bill) is exact
and does not depend on how late the machine was. One event loop, one thread.
"""
from __future__ import annotations

import asyncio
import datetime
import heapq
import itertools
import time
from typing import Callable, Optional

SECOND = 1_000_000


def from_seconds(seconds) -> int:
    """Seconds, as a number, to whole microseconds."""
    return round(float(seconds) * SECOND)


def iso(micros: int) -> str:
    """2026-11-21T01:00:00.123456Z"""
    whole, part = divmod(micros, SECOND)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole)) + f".{part:06d}Z"


def parse_iso(text: str) -> int:
    """An ISO 8601 time to microseconds since 1970; ValueError when it is none. No zone means UTC."""
    moment = datetime.datetime.fromisoformat(text.strip().replace(" ", "+").replace("Z", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    delta = moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return (delta.days * 86400 + delta.seconds) * SECOND + delta.microseconds


class Timer:
    """One pending call. `cancel` is final and cheap: the heap forgets it when it comes up."""

    __slots__ = ("due", "call", "live")

    def __init__(self, due: int, call: Callable[[int], None]):
        self.due, self.call, self.live = due, call, True

    def cancel(self) -> None:
        self.live, self.call = False, None


class Clock:
    def __init__(self, speed: float = 1.0, start: Optional[int] = None):
        self._speed = float(speed)
        self._base = time.time_ns() // 1000 if start is None else start
        self._mark = time.monotonic()
        self._firing: Optional[int] = None
        self._heap: list = []
        self._order = itertools.count()
        self._wake: Optional[asyncio.Event] = None

    @property
    def speed(self) -> float:
        return self._speed

    def now(self) -> int:
        """While a timer runs this is its due time: what follows from it is dated exactly."""
        if self._firing is not None:
            return self._firing
        return self._real_now()

    def _real_now(self) -> int:
        return self._base + int((time.monotonic() - self._mark) * self._speed * SECOND)

    def set_speed(self, speed: float) -> None:
        self._base, self._mark, self._speed = self._real_now(), time.monotonic(), float(speed)
        self._poke()

    def at(self, due: int, call: Callable[[int], None]) -> Timer:
        timer = Timer(due, call)
        heapq.heappush(self._heap, (due, next(self._order), timer))
        if self._heap[0][2] is timer:
            self._poke()
        return timer

    async def sleep(self, micros: int) -> None:
        if micros <= 0:
            return
        done = asyncio.get_running_loop().create_future()
        timer = self.at(self.now() + micros, lambda _due: done.done() or done.set_result(None))
        try:
            await done
        finally:
            timer.cancel()

    def jump(self, micros: int) -> None:
        """Moves on at once; all timers on the way fire in order. Backwards moves the clock and fires nothing."""
        self._base += micros
        self._fire(self._real_now())
        self._poke()

    def _fire(self, until: int) -> None:
        while self._heap and self._heap[0][0] <= until:
            due, _, timer = heapq.heappop(self._heap)
            if not timer.live:
                continue
            self._firing = due
            try:
                timer.call(due)
            finally:
                self._firing = None

    def _poke(self) -> None:
        if self._wake is not None:
            self._wake.set()

    async def run(self) -> None:
        """Fires timers for ever; cancel it to stop."""
        self._wake = asyncio.Event()
        while True:
            self._wake.clear()
            self._fire(self._real_now())
            wait = None
            if self._heap and self._speed > 0:
                wait = max(0.0, (self._heap[0][0] - self._real_now()) / SECOND / self._speed) + 0.0002
            try:
                await asyncio.wait_for(self._wake.wait(), wait)
            except asyncio.TimeoutError:
                pass

# SPDX-License-Identifier: Apache-2.0
"""Where coroutines of backends and phases run: on the loop of an asyncio pipeline, or on one of our own.

Our own is one a process: a daemon thread, started by the first coroutine, stopped at exit, made anew after a fork.
"""
from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import os
import threading
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

from vidgen._native import errors

T = TypeVar("T")
Cancel: TypeAlias = Callable[[], object]
Done: TypeAlias = Callable[[str | None, BaseException | None], None]
GRACE = 10.0  # seconds that closing leaves to calls that may cost money


class Background:
    """An event loop in a thread of its own, started when it is first asked for. Any thread."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """As new. A forked child has neither the thread nor, perhaps, the lock."""
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_serve, args=(self._loop,), name="vidgen-loop", daemon=True)
                self._thread.start()
            return self._loop

    def stop(self) -> None:
        """Cancels what runs and ends the thread."""
        with self._lock:
            loop, thread, self._loop = self._loop, self._thread, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(5)


BACKGROUND = Background()
os.register_at_fork(after_in_child=BACKGROUND.reset)


class Calls:
    """The coroutines of one pipeline's backends and phases. Any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._running: dict[concurrent.futures.Future[str], bool] = {}  # whether it may cost money
        self._stopped = False

    def adopt(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on they run on the host's loop."""
        self._loop = loop

    def run(self, given: Awaitable[T], written: Callable[[T], str], done: Done,
            costs: bool = False) -> Cancel | None:
        """Awaits `given` and tells `done` once, whatever becomes of it. Returns at once, with what cancels the wait."""
        loop = self._loop or BACKGROUND.loop()

        def tell(future: concurrent.futures.Future[str]) -> None:
            with self._lock:
                self._running.pop(future, None)
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(_drop, given)
            done(*_answer(future, costs))

        work = _awaited(given, written)
        try:
            future = self._started(work, loop, costs)
        except (RuntimeError, errors.JobInterrupted) as error:
            work.close()
            _drop(given)
            done(None, error)
            return None
        future.add_done_callback(tell)
        return future.cancel

    def _started(self, work: Coroutine[Any, Any, str], loop: asyncio.AbstractEventLoop,
                 costs: bool) -> concurrent.futures.Future[str]:
        with self._lock:
            if self._stopped:
                raise errors.JobInterrupted("the pipeline is being closed")
            future = asyncio.run_coroutine_threadsafe(work, loop)  # RuntimeError: the loop is closed
            self._running[future] = costs
            return future

    def stop(self) -> None:
        """Cancels what can be asked again at once, and what may cost money after a while. Blocks; not on the loop."""
        with self._lock:
            self._stopped = True
            running = dict(self._running)
        for future, costs in running.items():
            if not costs:
                future.cancel()
        concurrent.futures.wait(running, GRACE)
        for future in running:
            future.cancel()


async def _awaited(given: Awaitable[T], written: Callable[[T], str]) -> str:
    try:
        return written(await given)
    except (KeyboardInterrupt, SystemExit) as error:  # would end the loop, and all others with it
        raise RuntimeError(f"{type(error).__name__} in a coroutine of a backend or a phase") from error


def _drop(given: Awaitable[Any]) -> None:
    """One that was cancelled before it began would be missed by the interpreter. On its loop."""
    if inspect.iscoroutine(given) and inspect.getcoroutinestate(given) == inspect.CORO_CREATED:
        given.close()


def _answer(future: concurrent.futures.Future[str], costs: bool) -> tuple[str | None, BaseException | None]:
    if future.cancelled() and costs:
        return None, errors.AmbiguousError("it was cut short and may have been accepted")
    if future.cancelled():
        return None, errors.JobInterrupted("the event loop was stopped")
    error = future.exception()
    return (None, error) if error else (future.result(), None)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        while left := asyncio.all_tasks(loop):
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    finally:
        loop.close()

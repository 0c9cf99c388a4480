# SPDX-License-Identifier: Apache-2.0
"""Job of vidgen.aio, and how answers of the library's threads come to a loop."""
from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextlib import suppress
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, cast

from vidgen._event import Event, JobStatus
from vidgen._film import Film
from vidgen._job import note_of
from vidgen._native import errors

if TYPE_CHECKING:
    from vidgen._vidgen import Job as NativeJob
    from vidgen.aio import Pipeline

T = TypeVar("T")
Start: TypeAlias = Callable[[Callable[[T | None, BaseException | None], None]], None]
# A function of an Event, or a coroutine function of one.
Progress: TypeAlias = Callable[[Event], object]


def answer(start: Start[T]) -> asyncio.Future[T | None]:
    """Begins a call of the native module; its answer comes on a thread of the library."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T | None] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.done():  # cancelled: nobody waits any more
            return
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)

    def done(result: T | None, error: BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, result, error)

    start(done)
    return future


def _look(future: asyncio.Future[Any]) -> None:
    """An error that nobody waited for is no news: the journal has it."""
    if not future.cancelled():
        future.exception()


def _under_way(call: asyncio.Future[T | None] | None, start: Start[T]) -> asyncio.Future[T | None]:
    """The call that is under way on this loop, else a new one."""
    if call is None or call.get_loop() is not asyncio.get_running_loop():
        call = answer(start)
        call.add_done_callback(_look)
    return call


class Job:
    """A handle on a job: `await` it for the film, or iterate over its events. Dropping it cancels nothing."""

    def __init__(self, native: NativeJob, pipeline: Pipeline) -> None:
        self._native = native
        self._pipeline = pipeline
        # Calls of the native module that are under way. Whoever waits may leave; the answer is for the next who comes.
        self._film: asyncio.Future[str | None] | None = None
        self._event: asyncio.Future[str | None] | None = None

    @property
    def id(self) -> str:
        return self._native.id

    @property
    def status(self) -> JobStatus:
        return cast(JobStatus, self._native.status)

    def __await__(self) -> Generator[Any, None, Film]:
        return self.wait().__await__()

    async def wait(self, timeout: float | None = None) -> Film:
        """The film, or the error why there is none. WaitTimeout after so many seconds; cancelling it detaches."""
        self._film = film = _under_way(self._film, self._native.wait_async)
        await asyncio.wait([film], timeout=timeout)
        if not film.done():
            raise errors.WaitTimeout(f"job {self.id} was not done within {timeout} s; it goes on", self.id)
        return Film.from_json(film.result() or "")

    def __aiter__(self) -> Self:
        """Events as they come, from the first that this handle has not told yet; ends with the job."""
        return self

    async def __anext__(self) -> Event:
        self._event = event = _under_way(self._event, self._native.next_event_async)
        await asyncio.wait([event])
        if self._event is event:
            self._event = None
        text = event.result()
        if text is None:
            raise StopAsyncIteration
        return Event.from_json(text)

    async def events(self, after: int = 0) -> list[Event]:
        """Those after a number that there are now, from the journal."""
        return [Event.from_json(text) for text in await asyncio.to_thread(self._native.events, after)]

    async def advance(self, seconds: float) -> JobStatus:
        """Runs at most so long, then stops and saves. "interrupted": attach again."""
        return cast(JobStatus, await asyncio.to_thread(self._native.advance, seconds))

    def cancel(self) -> None:
        """Ends the job, at the provider too; what is finished is kept. Returns at once."""
        self._native.cancel()

    def interrupt(self) -> None:
        """Stops the work here and saves; the job can be attached again. Returns at once."""
        self._native.interrupt()

    async def _follow(self, progress: Progress | None) -> None:
        async for event in self:
            told = progress(event) if progress is not None else None
            if isawaitable(told):
                await told

    def __repr__(self) -> str:
        return f"<Job {self.id}: {self.status.replace('_', ' ')}>"


async def save(starting: asyncio.Future[Job], error: BaseException) -> None:
    """Stops a job that was, or is being, submitted, waits until it is saved, and notes that at what will be raised."""
    with suppress(errors.Error):  # it ended by itself, or cannot be reached: what is raised already says more
        job = await starting
        what = "done before it could be stopped"
        try:
            job.interrupt()
            await job.wait()
        except errors.JobInterrupted:
            what = "stopped and saved"
        error.add_note(note_of(job.id, what))

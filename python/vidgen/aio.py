# SPDX-License-Identifier: Apache-2.0
"""The same Pipeline for asyncio: the names of `vidgen`, awaited.

    async with vidgen.aio.Pipeline("films") as p:
        job = await p.submit("a ceramic mug on a walnut desk", duration=30)
        async for event in job: print(event)
        film = await job

Cancelling a wait detaches: the job goes on. Cancelling `render` stops and saves the job; only `job.cancel()` cancels
at the provider. A Pipeline belongs to one loop; coroutines of its backends and phases run on it.
"""
from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, Unpack, cast

from vidgen import _pipeline
from vidgen._aio_job import Job, Progress, T, answer, save
from vidgen._film import Film
from vidgen._pipeline import Cleaned, Keep, PipelineOptions
from vidgen._plan import Plan
from vidgen._records import JobInfo, Ledger
from vidgen._redo import RedoMode, RedoPlan, Refresh, words_of
from vidgen._request import OnAmbiguous, Request, RequestOptions, request_of
from vidgen._units import Dollars, StrPath

__all__ = ["Job", "Pipeline"]


class Pipeline:
    """As vidgen.Pipeline, whose keywords it takes, for the running loop. Close it: `async with`, or `await close()`."""

    def __init__(self, workspace: StrPath | None = None, budget: Dollars | None = None,
                 **options: Unpack[PipelineOptions]) -> None:
        self._blocking = _Inner(workspace, budget, **options)

    @property
    def _native(self) -> Any:
        """Of the loop that runs: it is known from now on."""
        self._blocking.adopt()
        return self._blocking._native

    async def _off(self, call: Callable[..., T], *given: Any) -> T:
        """A call that blocks, in a thread."""
        self._blocking.adopt()
        return await asyncio.to_thread(call, *given)

    async def plan(self, request: Request | str, **options: Unpack[RequestOptions]) -> Plan:
        """What a film would become and cost. No money, no network, no file written."""
        text = request_of(request, options).to_json()
        return Plan.from_json(await _some(answer(lambda done: self._native.plan_async(text, done))))

    async def spec(self, request: Request | str, **options: Unpack[RequestOptions]) -> dict[str, Any]:
        """What the prompt is understood as, "vidgen.spec/1"."""
        return await self._off(self._blocking.spec, request_of(request, options))

    async def submit(self, request: Request | str, id: str | None = None, **options: Unpack[RequestOptions]) -> Job:
        """Makes the job durable and starts it. With `id`, get-or-create: the same id joins the job that is there."""
        text = request_of(request, options).to_json()
        return Job(await _some(answer(lambda done: self._native.submit_async(text, id or "", done))), self)

    async def attach(self, id: str) -> Job:
        """Joins a job of an earlier process and goes on with it. NotFoundError."""
        return Job(await _some(answer(lambda done: self._native.attach_async(id, done))), self)

    async def redo(self, id: str, shot: int, *, mode: RedoMode | None = None, prompt: str | None = None,
                   take: int | None = None, budget: Dollars | None = None) -> Job:
        """Makes a shot of a job again, or shows an earlier take of it: see vidgen.Pipeline.redo."""
        words = words_of(shot, mode, prompt, take, budget)
        return Job(await _some(answer(lambda done: self._native.redo_async(id, words, done))), self)

    async def redo_plan(self, id: str, shot: int, *, mode: RedoMode | None = None, prompt: str | None = None,
                        take: int | None = None) -> RedoPlan:
        """What a redo would make, keep and cost. Nothing is written."""
        return await self._off(lambda: self._blocking.redo_plan(id, shot, mode=mode, prompt=prompt, take=take))

    async def refresh(self, plan: Plan) -> Refresh:
        """What of a plan is not in the workspace, and what that costs."""
        return await self._off(self._blocking.refresh, plan)

    async def render(self, request: Request | str, *, id: str | None = None, progress: Progress | None = None,
                     **options: Unpack[RequestOptions]) -> Film:
        """Submits, tells `progress` each Event, and waits for the film. `progress` may be a coroutine function.

        Cancelling it, or an exception in `progress`, stops the job and waits until it is saved; a second cancelling
        does not wait. What is raised has a note of how to go on.
        """
        starting = asyncio.ensure_future(self.submit(request, id, **options))
        try:
            job = await asyncio.shield(starting)
            await job._follow(progress)
        except BaseException as error:
            if not starting.done() or not (starting.cancelled() or starting.exception()):
                await asyncio.shield(asyncio.ensure_future(save(starting, error)))
            raise
        return await job.wait()

    async def jobs(self) -> list[JobInfo]:
        """All jobs of the workspace, newest first."""
        return await self._off(self._blocking.jobs)

    async def job(self, id: str) -> JobInfo:
        """What the journal knows of a job. NotFoundError."""
        return await self._off(self._blocking.job, id)

    async def ledger(self, id: str) -> Ledger:
        """What a job's attempts came to."""
        return await self._off(self._blocking.ledger, id)

    async def cancel(self, id: str) -> None:
        """Ends a job, also one that no process runs."""
        await self._off(self._blocking.cancel, id)

    async def set_budget(self, id: str, budget: Dollars) -> None:
        """Another budget for a job that no process runs: `attach` then goes on with it."""
        await self._off(self._blocking.set_budget, id, budget)

    async def set_on_ambiguous(self, id: str, what: OnAmbiguous) -> None:
        """The answer to a job that asks about an unclear payment: "retry" pays once more, with what is unclear still
        on the books. `attach` then goes on with it."""
        await self._off(self._blocking.set_on_ambiguous, id, what)

    async def clean(self, keep: Keep = "selected", dry_run: bool = False, older_than: int = 0) -> Cleaned:
        """Removes what finished jobs no longer need, of jobs that were silent for that many seconds."""
        return await self._off(self._blocking.clean, keep, dry_run, older_than)

    async def deliver(self, provider: str, headers: Mapping[str, str], body: bytes) -> None:
        """A webhook as it came in: a job that waits for it asks at once. CredentialsError: it is not genuine."""
        await self._off(self._blocking.deliver, provider, headers, body)

    def folder(self, id: str) -> str:
        """Of a job's files."""
        return self._blocking.folder(id)

    @property
    def closed(self) -> bool:
        return self._blocking.closed

    async def close(self) -> None:
        """Saves, detaches, ends all threads, while the loop goes on. A second call does nothing."""
        await asyncio.to_thread(self._blocking.close)

    async def __aenter__(self) -> Self:
        self._blocking.adopt()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await asyncio.shield(self.close())

    def __repr__(self) -> str:
        return repr(self._blocking)


class _Inner(_pipeline.Pipeline):
    """The blocking one inside."""

    def adopt(self) -> None:
        """Coroutines of its backends and phases run on the loop that runs now."""
        if self._calls is not None:
            self._calls.adopt(asyncio.get_running_loop())

    def _may_wait(self) -> bool:
        """Not on a running loop: coroutines of backends may have to end there first."""
        return super()._may_wait() and asyncio._get_running_loop() is None


async def _some(future: asyncio.Future[T | None]) -> T:
    """An answer that is never None."""
    return cast(T, await future)

# SPDX-License-Identifier: Apache-2.0
"""Pipeline: a prompt goes in, a film comes out."""
from __future__ import annotations

import json
import os
import sys
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypedDict, Unpack

from vidgen import _registry
from vidgen import _units as units
from vidgen._film import Film
from vidgen._job import Job, Progress
from vidgen._native import errors, native
from vidgen._plan import Plan
from vidgen._records import JobInfo, Ledger, LedgerEntry
from vidgen._redo import RedoMode, RedoPlan, Refresh, words_of
from vidgen._request import OnAmbiguous, Request, RequestOptions, request_of
from vidgen._units import Dollars, StrPath

if TYPE_CHECKING:
    import logging

    from vidgen._backend import Backend
    from vidgen._loop import Calls
    from vidgen._phase import Phase

Keep: TypeAlias = Literal["all", "selected", "final"]
Log: TypeAlias = "Callable[[str, str], object] | logging.Logger"
LEVELS = ("off", "error", "warn", "info", "debug")


class PipelineOptions(TypedDict, total=False):
    """The keywords of Pipeline beside workspace and budget: see there."""

    budget_per_account: Dollars | None
    budget_per_day: Dollars | None
    journal_url: str | None
    threads: int | None
    templates: StrPath | None
    models: StrPath | None
    soundfont: StrPath | None
    language_model: str | None
    webhook_url: str | None
    webhook_secret: str | None
    backends: Sequence[Backend]
    phases: Sequence[Phase]
    log: Log | None
    log_level: str


@dataclass(frozen=True)
class Cleaned:
    """What `clean` removed, or would."""

    blobs: int
    bytes: int
    dry_run: bool


class Pipeline:
    """A workspace, and what films are made with. Close it, or use it in a `with`: closing saves what runs, detaches,
    and ends its threads; jobs go on with `attach`. Nothing starts before the first call.

    What is None is as the environment says (VIDGEN_WORKSPACE, VIDGEN_BUDGET …; provider keys are found there too).
    workspace: a folder, made when missing. journal_url: a PostgreSQL database for the journal, where several machines
    share that folder ("postgresql://user@host/database", VIDGEN_JOURNAL); else it is in the folder. budget: dollars,
    the default of each request's; budget_per_account, budget_per_day: what all jobs of the workspace, or of a day
    (UTC), may come to. threads: of the pool. templates, models: folders that add to the built-in ones. log(level,
    line): a function that any thread may call, or a logging.Logger. All calls may come from any thread; those that
    block release the GIL. After a fork the child makes a Pipeline of its own: this one raises ForkedError there.
    """

    def __init__(self, workspace: StrPath | None = None, budget: Dollars | None = None, *,
                 budget_per_account: Dollars | None = None, budget_per_day: Dollars | None = None,
                 journal_url: str | None = None, threads: int | None = None,
                 templates: StrPath | None = None, models: StrPath | None = None,
                 soundfont: StrPath | None = None, language_model: str | None = None,
                 webhook_url: str | None = None, webhook_secret: str | None = None,
                 backends: Sequence[Backend] = (), phases: Sequence[Phase] = (), log: Log | None = None,
                 log_level: str = "info") -> None:
        folders = {"workspace": workspace, "template_folder": templates, "model_folder": models, "soundfont": soundfont}
        options: dict[str, Any] = {name: units.path_of(at) for name, at in folders.items() if at is not None}
        plain = {"journal_url": journal_url, "language_model": language_model, "webhook_url": webhook_url,
                 "webhook_secret": webhook_secret, "threads": threads}
        options |= {name: value for name, value in plain.items() if value is not None}
        money = {"budget": budget, "budget_per_account": budget_per_account, "budget_per_day": budget_per_day}
        options |= {f"{name}_micros": units.micros_of(most) for name, most in money.items() if most is not None}
        self._workspace: str = options.get("workspace", "")
        self._pid = os.getpid()
        self._calls: Calls | None = None
        self._native = native.Pipeline(options, *self._bridges(backends, phases), *_logger(log, log_level))
        _registry.add(self)

    def _bridges(self, backends: Sequence[Backend], phases: Sequence[Phase]) -> tuple[list[Any], list[Any]]:
        """What the native side calls. It must not lead back to this object: nobody could collect the two."""
        if not backends and not phases:
            return [], []
        from vidgen import _backend, _loop, _phase

        self._calls = _loop.Calls()
        return ([_backend.Bridge(backend, self._calls) for backend in backends],
                [_phase.Bridge(phase, self._calls) for phase in phases])

    def plan(self, request: Request | str, **options: Unpack[RequestOptions]) -> Plan:
        """What a film would become and cost. No money, no network, no file written."""
        return Plan.from_json(self._native.plan(request_of(request, options).to_json()))

    def spec(self, request: Request | str, **options: Unpack[RequestOptions]) -> dict[str, Any]:
        """What the prompt is understood as, "vidgen.spec/1"."""
        spec: dict[str, Any] = json.loads(self._native.spec(request_of(request, options).to_json()))
        return spec

    def submit(self, request: Request | str, id: str | None = None, **options: Unpack[RequestOptions]) -> Job:
        """Makes the job durable and starts it. With `id`, get-or-create: the same id joins the job that is there."""
        return Job(self._native.submit(request_of(request, options).to_json(), id or ""), self)

    def attach(self, id: str) -> Job:
        """Joins a job of an earlier process and goes on with it. NotFoundError."""
        return Job(self._native.attach(id), self)

    def render(self, request: Request | str, *, id: str | None = None, progress: Progress | None = None,
               **options: Unpack[RequestOptions]) -> Film:
        """Submits, tells `progress` each Event on this thread, and waits for the film.

        Ctrl-C, or an exception in `progress`, stops and saves the job and is raised with a note of how to go on.
        """
        return self.submit(request, id, **options)._render(progress)

    def redo(self, id: str, shot: int, *, mode: RedoMode | None = None, prompt: str | None = None,
             take: int | None = None, budget: Dollars | None = None) -> Job:
        """Makes a shot of a job again, or shows an earlier take of it, and delivers the film anew.

        shot: from 1, in the film's order. mode: "cascade" (all that continues from the clip is made again too; the
        default), "pin" (a new clip between its neighbours' frames), "cut" (it alone). prompt: what the clip shows from
        now on. take: an earlier one, from 1; where mode is None, it costs nothing. budget: dollars that the redo itself
        may cost; without it and without the pipeline's, nothing is bought: BudgetError says the price.
        NeedsAttentionError: the job is being run. ModelLacksError: the model takes no last frame.
        """
        return Job(self._native.redo(id, words_of(shot, mode, prompt, take, budget)), self)

    def redo_plan(self, id: str, shot: int, *, mode: RedoMode | None = None, prompt: str | None = None,
                  take: int | None = None) -> RedoPlan:
        """What a redo would make, keep and cost. Nothing is written."""
        plan, left, how = self._native.redo_plan(id, words_of(shot, mode, prompt, take, None))
        return RedoPlan(Plan.from_json(plan), Refresh.from_json(left), how)  # type: ignore[arg-type]  # one of three

    def refresh(self, plan: Plan) -> Refresh:
        """What of a plan is not in the workspace, and what that costs. No file is written."""
        return Refresh.from_json(self._native.refresh(plan.to_json()))

    def jobs(self) -> list[JobInfo]:
        """All jobs of the workspace, newest first."""
        return [JobInfo.from_json(text) for text in self._native.jobs()]

    def job(self, id: str) -> JobInfo:
        """What the journal knows of a job. NotFoundError."""
        return JobInfo.from_json(self._native.job(id))

    def ledger(self, id: str) -> Ledger:
        """What a job's attempts came to."""
        return Ledger(id, tuple(LedgerEntry.from_json(text) for text in self._native.attempts(id)))

    def cancel(self, id: str) -> None:
        """Ends a job, also one that no process runs."""
        self._native.cancel(id)

    def set_budget(self, id: str, budget: Dollars) -> None:
        """Another budget for a job that no process runs: `attach` then goes on with it."""
        self._native.set_budget(id, units.micros_of(budget))

    def set_on_ambiguous(self, id: str, what: OnAmbiguous) -> None:
        """The answer to a job that asks about an unclear payment: "retry" pays once more, with what is unclear still
        on the books. `attach` then goes on with it."""
        self._native.set_on_ambiguous(id, what)

    def clean(self, keep: Keep = "selected", dry_run: bool = False, older_than: int = 0) -> Cleaned:
        """Removes what finished jobs no longer need: "all" keeps every take, "selected" films and the clips in them,
        "final" films. older_than: only of jobs of which nothing was heard for that many seconds."""
        return Cleaned(*self._native.clean(keep, dry_run, older_than), dry_run)

    def deliver(self, provider: str, headers: Mapping[str, str], body: bytes) -> None:
        """A webhook as it came in: a job that waits for it asks at once. CredentialsError: it is not genuine."""
        self._native.deliver(provider, dict(headers), body)

    def folder(self, id: str) -> str:
        """Of a job's files."""
        return self._native.folder(id)

    @property
    def closed(self) -> bool:
        return self._native.closed

    def close(self) -> None:
        """Saves, detaches, ends all threads. A second call does nothing. Not from a callback of this Pipeline."""
        _registry.remove(self)
        if self._pid != os.getpid():
            return  # the parent's: nothing of it is here
        _close(self._native, self._calls)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_native", None) is not None and self._pid == os.getpid():
            self._forgotten()

    def _forgotten(self) -> None:
        """Says so and closes. Where that cannot be waited for, on a thread of the library, another one closes."""
        if self.closed:
            return
        warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)
        if self._may_wait():
            self.close()
        else:
            threading.Thread(target=_close, args=(self._native, self._calls), name="vidgen-close", daemon=True).start()

    def _may_wait(self) -> bool:
        here = threading.get_ident()
        ours = [thread.ident for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
        return sys.is_finalizing() or here in ours

    def __repr__(self) -> str:
        return f"<Pipeline {self._workspace or 'as the environment says'}: {'closed' if self.closed else 'open'}>"


def _close(pipeline: native.Pipeline, calls: Calls | None) -> None:
    if calls is not None:
        calls.stop()
    pipeline.close()


def _logger(log: Log | None, level: str) -> tuple[Callable[[int, str], None] | None, int]:
    """What the native side calls with numbers, and down to which level."""
    if log is None:
        return None, 0
    if level not in LEVELS:
        raise units.bad(f"log_level: \"{level}\" is none of {', '.join(LEVELS)}")
    if callable(log):
        return _guarded(log), LEVELS.index(level)
    numbers = {"error": 40, "warn": 30, "info": 20, "debug": 10}
    logger = log
    return _guarded(lambda name, line: logger.log(numbers.get(name, 10), "%s", line)), LEVELS.index(level)


def _guarded(log: Callable[[str, str], object]) -> Callable[[int, str], None]:
    """An exception in a log function has nowhere to go but the hook for those."""
    def write(level: int, line: str) -> None:
        try:
            log(LEVELS[level] if 0 <= level < len(LEVELS) else LEVELS[-1], line)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    return write

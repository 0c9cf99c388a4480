# SPDX-License-Identifier: Apache-2.0
"""Backends written in Python: providers of clips, pictures and sound of the host's own."""
from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from vidgen import _units as units
from vidgen._native import errors
from vidgen._units import Dollars, StrPath

if TYPE_CHECKING:
    from vidgen._loop import Calls, Cancel, Done

Reconcile: TypeAlias = Literal["native_key", "client_id", "list_reconcile", "none"]
RemoteState: TypeAlias = Literal["queued", "running", "succeeded", "failed", "cancelled", "unknown"]


@dataclass(frozen=True)
class Generation:
    """What is to be made. Paths are of files that stay until the step is over; `raw` is all that the library said."""

    kind: str  # "video", "image", "music", "llm"
    model: str
    role: str  # "clip", "keyframe", "style_guide", "product", "music"
    prompt: str
    negative_prompt: str
    size: tuple[int, int] | None  # pixels wanted
    fps: Fraction  # of the film
    seconds: Fraction  # wanted length of a clip
    seed: int
    first_frame: str | None  # paths of pictures
    last_frame: str | None
    references: tuple[str, ...]
    raw: dict[str, Any] = field(repr=False)

    @classmethod
    def of_payload(cls, row: dict[str, Any], inputs: dict[str, Any]) -> Generation:
        words = {name: row.get(name, "") for name in ("kind", "model", "role", "prompt", "negative_prompt")}
        return cls(**words, size=units.size_of(row["size"]) if "size" in row else None,
                   fps=units.fraction_of(row.get("fps", 30)), seconds=units.fraction_of(row.get("seconds", 0)),
                   seed=int(row.get("seed", 0)), first_frame=inputs.get("first_frame"),
                   last_frame=inputs.get("last_frame"), references=tuple(inputs.get("references", ())), raw=row)


@dataclass(frozen=True)
class Attempt:
    """One attempt at a step: what makes it recognisable at the provider."""

    job: str  # ours
    key: str  # the step's content key
    number: int  # from 1
    seed: int  # 31 bits, unique per attempt
    attempt_key: str  # for providers that take a key of ours
    deadline_seconds: float  # that the provider may take

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> Attempt:
        known = {name: row[name] for name in cls.__dataclass_fields__}
        known["deadline_seconds"] = float(units.fraction_of(row["deadline_seconds"]))
        return cls(**known)


@dataclass(frozen=True)
class RemoteJob:
    """A job at the provider, as last heard of. `cost`: dollars, where the provider says."""

    id: str
    state: RemoteState = "queued"
    fraction: float = 0.0  # 0 to 1
    cost: Dollars | None = None
    error: str = ""  # when failed

    def to_row(self) -> dict[str, Any]:
        cost = None if self.cost is None else units.micros_of(self.cost)
        return {"id": self.id, "state": self.state, "fraction": self.fraction, "cost_micros": cost, "error": self.error}


@dataclass(frozen=True)
class Output:
    """A file that was made. It is copied into the store; `mime` is by its ending when empty."""

    path: StrPath
    mime: str = ""

    def to_row(self) -> dict[str, Any]:
        path = os.path.abspath(units.path_of(self.path))
        return {"path": path, "mime": self.mime or _MIME.get(os.path.splitext(path)[1].lower(), _ANY)}


class Backend(ABC):
    """A provider of the host's own; each method but unavailable() may be `def` or `async def`.

    `def` is called on a thread of the library's pool and may block; several calls may be under way at once. `async def`
    runs on the loop of the asyncio pipeline it belongs to, else on one in a thread of ours. A job that is stopped hears
    create() and cancel() to their end, and leaves the others at once: `async def` is cancelled. Closing the pipeline
    waits for `def`, and cancels `async def`: create() and cancel() after ten seconds. Errors: raise
    vidgen.AmbiguousError from create() when it may have been accepted, ProviderError and others when it was not.
    """

    name: str  # what rows of models call "provider"
    reconcile: Reconcile = "none"  # how find() knows a job again
    ends_with_process: bool = False  # its jobs end with this process, so that a stop is their end

    def unavailable(self) -> str | None:
        """Why it cannot be used now; None or empty when it can."""
        return None

    @abstractmethod
    def create(self, request: Generation, attempt: Attempt) -> RemoteJob | Awaitable[RemoteJob]:
        """Starts one job. Called once an attempt: what this starts may cost money."""

    @abstractmethod
    def get(self, id: str) -> RemoteJob | Awaitable[RemoteJob]:
        """How a job stands."""

    @abstractmethod
    def fetch(self, id: str) -> Sequence[StrPath | Output] | Awaitable[Sequence[StrPath | Output]]:
        """The files of a job that succeeded, the result proper first."""

    def cancel(self, id: str) -> None | Awaitable[None]:
        """Stops a job, as well as it can."""
        return None

    def find(self, attempt: Attempt) -> RemoteJob | None | Awaitable[RemoteJob | None]:
        """The job of an attempt whose answer was lost; None when there surely is none."""
        if self.ends_with_process:
            return None
        raise errors.AmbiguousError(f"nobody can tell whether {self.name} accepted attempt {attempt.number}")


class Bridge:
    """A Backend as the native module calls it. `call` tells `done` once, from any thread; it gives what cancels it."""

    def __init__(self, backend: Backend, calls: Calls) -> None:
        self._backend = backend
        self._calls = calls
        self.name = backend.name
        self.reconcile: str = backend.reconcile
        self.ends_with_process = backend.ends_with_process

    def unavailable(self) -> str:
        return self._backend.unavailable() or ""

    def call(self, method: str, payload: str, done: Done) -> Cancel | None:
        start, answer = _METHODS[method]
        costs = method in ("create", "cancel")
        return serve(self._calls, lambda: start(self._backend, json.loads(payload)), answer, done, costs)


def serve(calls: Calls, start: Callable[[], Any], answer: Callable[[Any], Any], done: Done,
          costs: bool) -> Cancel | None:
    """Calls `start` here; what it gives, now or when awaited, goes to `done` as JSON. Gives what cancels the wait."""
    try:
        given = start()
        text = None if isawaitable(given) else json.dumps(answer(given))
    except BaseException as error:
        done(None, error)
        return None
    if text is None:
        return calls.run(given, lambda result: json.dumps(answer(result)), done, costs)
    done(text, None)
    return None


def _job_row(job: Any) -> dict[str, Any]:
    if not isinstance(job, RemoteJob):
        raise TypeError(f"a backend gave a {type(job).__name__}, not a vidgen.RemoteJob")
    return job.to_row()


def file_rows(files: Any) -> list[dict[str, Any]]:
    if isinstance(files, (str, os.PathLike)):
        raise TypeError("expected a list of files, not one")
    return [(file if isinstance(file, Output) else Output(file)).to_row() for file in files]


_ANY = "application/octet-stream"
_MIME = {
    ".mp4": "video/mp4", ".mov": "video/quicktime", ".webm": "video/webm", ".mkv": "video/x-matroska",
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
    ".wav": "audio/wav", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".flac": "audio/flac", ".ogg": "audio/ogg",
    ".json": "application/json", ".srt": "application/x-subrip", ".vtt": "text/vtt",
}
# How each method is called with its payload, and how its answer is written.
_METHODS: dict[str, tuple[Callable[[Backend, dict[str, Any]], Any], Callable[[Any], Any]]] = {
    "create": (lambda backend, row: backend.create(Generation.of_payload(row["request"], row.get("inputs") or {}),
                                                   Attempt.of_row(row["attempt"])), _job_row),
    "get": (lambda backend, row: backend.get(row["id"]), _job_row),
    "fetch": (lambda backend, row: backend.fetch(row["id"]), lambda files: {"files": file_rows(files)}),
    "cancel": (lambda backend, row: backend.cancel(row["id"]), lambda _: None),
    "find": (lambda backend, row: backend.find(Attempt.of_row(row["attempt"])),
             lambda job: None if job is None else _job_row(job)),
}

# SPDX-License-Identifier: Apache-2.0
"""Job: a handle on one film being made. The journal is the job, the handle is not."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias, cast

from vidgen._event import Event, JobStatus
from vidgen._film import Film
from vidgen._native import errors

if TYPE_CHECKING:
    from vidgen._pipeline import Pipeline
    from vidgen._vidgen import Job as NativeJob

Progress: TypeAlias = Callable[[Event], object]


class Job:
    """A handle on a job, from `submit` or `attach`; it keeps its pipeline open. Dropping it cancels nothing.

    All calls may come from any thread. Those that block release the GIL and obey Ctrl-C, which leaves the job alone.
    """

    def __init__(self, native: NativeJob, pipeline: Pipeline) -> None:
        self._native = native
        self._pipeline = pipeline

    @property
    def id(self) -> str:
        return self._native.id

    @property
    def status(self) -> JobStatus:
        return cast(JobStatus, self._native.status)

    def wait(self, timeout: float | None = None) -> Film:
        """The film, or the error why there is none. WaitTimeout after so many seconds: the job goes on."""
        text = self._native.wait(timeout)
        if text is None:
            raise errors.WaitTimeout(f"job {self.id} was not done within {timeout} s; it goes on", self.id)
        return Film.from_json(text)

    def __iter__(self) -> Iterator[Event]:
        """Events as they come, from the first that this handle has not told yet; ends with the job."""
        while (text := self._native.next_event(None)) is not None:
            yield Event.from_json(text)

    def events(self, after: int = 0) -> list[Event]:
        """Those after a number that there are now, from the journal. Blocks on a disk."""
        return [Event.from_json(text) for text in self._native.events(after)]

    def advance(self, seconds: float) -> JobStatus:
        """For workers with slices of time: runs at most so long, then stops and saves. "interrupted": attach again."""
        return cast(JobStatus, self._native.advance(seconds))

    def cancel(self) -> None:
        """Ends the job, at the provider too; what is finished is kept. Returns at once."""
        self._native.cancel()

    def interrupt(self) -> None:
        """Stops the work here and saves; the job can be attached again. Returns at once."""
        self._native.interrupt()

    def _render(self, progress: Progress | None) -> Film:
        """The film; what ends the wait early (Ctrl-C, an error in `progress`) stops and saves the job first."""
        try:
            for event in self:
                if progress is not None:
                    progress(event)
        except BaseException as error:
            self._save(error)
            raise
        return self.wait()

    def _save(self, error: BaseException) -> None:
        """Waits until it is saved; a second Ctrl-C ends this wait as well."""
        with suppress(errors.Error):  # it ended by itself, or cannot be reached: what is raised already says more
            what = "done before it could be stopped"
            try:
                self._native.interrupt()
                self._native.wait(None)
            except errors.JobInterrupted:
                what = "stopped and saved"
            error.add_note(note_of(self.id, what))

    def __repr__(self) -> str:
        return f"<Job {self.id}: {self.status.replace('_', ' ')}>"


def note_of(job: str, what: str) -> str:
    return f'job {job} was {what}; go on with pipeline.attach("{job}")'

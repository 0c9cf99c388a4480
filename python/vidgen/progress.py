# SPDX-License-Identifier: Apache-2.0
"""Ready-made functions for `progress=`: a line for terminals and logs, and a bar of rich's.

Both take the Events of `render` and the (done, total) of `assemble`.
"""
from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from vidgen._event import FINAL, Event
from vidgen._units import money_text

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["RichProgress", "print_progress"]


def print_progress(event: Event | int, total: int = 0) -> None:
    """One line on stderr: rewritten on a terminal, a line for each change of status elsewhere."""
    line, over, news = _line(event, total)
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{line[:120]}\x1b[K" + ("\n" if over else ""))
    elif over or news:
        sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _line(event: Event | int, total: int) -> tuple[str, bool, bool]:
    """What to say, whether it is the last, whether it is worth a line of a log."""
    if isinstance(event, Event):
        return repr(event), event.status in FINAL, event.kind in ("status", "plan", "note", "error")
    return f"{100 * event // max(total, 1)} % {event} of {total} frames", event >= total, False


class RichProgress:
    """A bar with phase, money and time left: `with RichProgress() as bar: p.render(prompt, progress=bar)`.

    Needs rich (`pip install rich`). The `with` owns the terminal while it lasts; events may come from one thread.
    """

    def __init__(self, console: Console | None = None, transient: bool = False) -> None:
        try:
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
        except ImportError:
            raise ImportError("RichProgress needs rich: pip install rich; print_progress needs nothing") from None
        self._progress = Progress(TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
                                  TextColumn("{task.fields[money]}"), TextColumn("{task.fields[left]}"),
                                  console=console, transient=transient)
        self._task: Any = None

    def __call__(self, event: Event | int, total: int = 0) -> None:
        if isinstance(event, Event):
            self._show(event.status.replace("_", " "), event.fraction, money_text(event.cost_micros),
                       _left(event.eta_seconds))
            if event.kind in ("note", "error") and event.message:
                self._progress.console.print(event.message, markup=False, highlight=False)
        else:
            self._show("assembling", event / max(total, 1), "", f"{event} of {total} frames")

    def _show(self, what: str, fraction: float, money: str, left: str) -> None:
        if self._task is None:
            self._task = self._progress.add_task(what, total=1.0, money=money, left=left)
        self._progress.update(self._task, description=what, completed=fraction, money=money, left=left)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._progress.stop()


def _left(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d} left" if seconds else ""

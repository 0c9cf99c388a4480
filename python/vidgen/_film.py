# SPDX-License-Identifier: Apache-2.0
"""Film: what a job leaves. Assembled: what `assemble` leaves."""
from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from vidgen import _html
from vidgen import _units as units

if TYPE_CHECKING:
    from vidgen._frames import FrameReader


class _Shown:
    """A file of moving pictures as a notebook shows it."""

    path: str

    def frames(self) -> FrameReader:
        """The pictures, decoded one by one. Close it, or use it in a `with`."""
        from vidgen._frames import FrameReader

        return FrameReader(self.path)

    def __fspath__(self) -> str:
        return self.path

    def _repr_html_(self) -> str:
        return _html.video(self.path, repr(self))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


@dataclass(frozen=True, repr=False)
class Film(_Shown):
    """A finished film and where its parts are. An immutable value; the files are not held open."""

    job: str  # the job's id
    path: str  # `out` of the request, else final.mp4 of the workspace
    folder: str  # clips, references, report.json, timeline.json …
    report: str  # path of report.json
    poster: str  # path of poster.png
    frame_count: int
    sample_count: int  # a channel, at 48 kHz
    fps: Fraction
    size: tuple[int, int]
    cost_micros: int
    backend: str
    model: str
    sha256: str
    stems: tuple[str, ...]  # paths of the composed music's parts, when they were asked for
    missing: tuple[str, ...]  # what it was delivered without
    notes: tuple[str, ...]
    reused: bool  # nothing was made anew

    @classmethod
    def from_json(cls, text: str) -> Film:
        row: dict[str, Any] = json.loads(text)
        row["frame_count"], row["sample_count"] = row["frames"], row["samples"]
        row["fps"], row["size"] = units.fraction_of(row["fps"]), units.size_of(row["size"])
        row["stems"] = tuple(row.get("stems", ()))
        row["missing"], row["notes"] = tuple(row["missing"]), tuple(row["notes"])
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})

    @property
    def cost_usd(self) -> float:
        """Dollars, for showing; `cost_micros` is exact."""
        return self.cost_micros / 1e6

    @property
    def duration(self) -> Fraction:
        """Seconds."""
        return self.frame_count / self.fps

    def __repr__(self) -> str:
        missing = f", without {', '.join(self.missing)}" if self.missing else ""
        return (f"<Film {self.path}: {self.frame_count} frames, {float(self.duration):.2f} s, "
                f"{self.size[0]}x{self.size[1]}, {units.money_text(self.cost_micros)}, {self.backend}{missing}>")


@dataclass(frozen=True, repr=False)
class Assembled(_Shown):
    """A film that `assemble` wrote."""

    path: str
    frame_count: int
    sample_count: int  # a channel, at 48 kHz
    encoder: str
    notes: tuple[str, ...]

    @classmethod
    def from_json(cls, path: str, text: str) -> Assembled:
        row: dict[str, Any] = json.loads(text)
        return cls(path, row["frames"], row["samples"], row["encoder"], tuple(row["notes"]))

    def __repr__(self) -> str:
        return f"<Assembled {self.path}: {self.frame_count} frames, {self.encoder}>"

# SPDX-License-Identifier: Apache-2.0
"""Timeline: a film in master frames and samples, "vidgen.timeline/1": what `assemble` renders."""
from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vidgen import _units as units
from vidgen._native import native
from vidgen._request import FpsMode
from vidgen._units import Rate, Seconds, Size, StrPath

SAMPLE_RATE = 48000
_MOST_SUBTITLES = 4 << 20  # bytes


@dataclass(frozen=True)
class TimelineItem:
    """A piece of the picture: master frames [start, start + length)."""

    source: str  # id of a source
    start: int
    length: int
    source_in: Fraction  # seconds of the source shown at `start`
    speed: Fraction  # source seconds a film second
    label: str


@dataclass(frozen=True)
class Transition:
    """It covers `frames` master frames around the boundary `at`."""

    kind: str
    at: int
    frames: int

    @property
    def start(self) -> int:
        return self.at - self.frames // 2


@dataclass(frozen=True)
class AudioItem:
    """A piece of sound: samples at 48 kHz; length 0 is to the film's end or the source's."""

    source: str
    start: int
    length: int
    fade_in: int
    fade_out: int


@dataclass(frozen=True)
class Title:
    """Words in the picture: master frames [start, start + length)."""

    start: int
    length: int
    role: str  # "title", "caption", "end_card"
    text: str


class Timeline:
    """A film as data. `add_…` change it and return it, so that calls can be chained. Not for two threads at once.

    Errors: TimelineInvalidError says which item is wrong. Unknown members are kept.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    @classmethod
    def from_json(cls, text: str | bytes) -> Timeline:
        """Reads and checks; documents of older versions are upgraded."""
        return cls(json.loads(native.timeline_check(text if isinstance(text, str) else text.decode())))

    @classmethod
    def load(cls, path: StrPath) -> Timeline:
        """Reads a file. Its sources' relative paths count from its folder, and are made so here."""
        folder = os.path.dirname(os.path.abspath(units.path_of(path)))
        with open(path, encoding="utf-8") as file:
            timeline = cls.from_json(file.read())
        for source in timeline._document["sources"]:
            if source.get("path"):
                source["path"] = os.path.join(folder, source["path"])
        return timeline

    @classmethod
    def of_clips(cls, clips: Iterable[StrPath], transition: str = "cut", size: Size = (1920, 1080), fps: Rate = 30,
                 fps_mode: FpsMode = "duplicate") -> Timeline:
        """Clips laid end to end, each whole; "fade:0.5" between them makes the film shorter by its sum."""
        paths = [units.path_of(clip) for clip in clips]
        width, height = units.size_of(size)
        rate = str(units.rational_json(units.rate_of(fps)))
        return cls(json.loads(native.timeline_of_clips(paths, transition, width, height, rate, fps_mode)))

    def to_json(self) -> str:
        return json.dumps(self._document, ensure_ascii=False, separators=(",", ":"))

    def save(self, path: StrPath) -> None:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self._document, file, ensure_ascii=False, indent=2)

    def validate(self) -> Timeline:
        """Raises what is wrong with it."""
        self._document = json.loads(native.timeline_check(self.to_json()))
        return self

    def add_music(self, path: StrPath, fade_in: Seconds = Fraction(1, 20), fade_out: Seconds = 2) -> Timeline:
        """Lays music under the whole film; a file that is shorter ends earlier."""
        fades = [round(units.exact_seconds(fade) * SAMPLE_RATE) for fade in (fade_in, fade_out)]
        return self._become(native.timeline_add_music(self.to_json(), units.path_of(path), *fades))

    def add_captions(self, path: StrPath) -> Timeline:
        """Sets the words of a SubRip or WebVTT file, UTF-8, instead of those that are there."""
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read(_MOST_SUBTITLES + 1)
        if len(text) > _MOST_SUBTITLES:
            raise units.bad(f"{os.fspath(path)} is too large for subtitles")
        return self._become(native.timeline_add_captions(self.to_json(), text))

    @property
    def fps(self) -> Fraction:
        return units.fraction_of(self._document["fps"])

    @property
    def size(self) -> tuple[int, int]:
        return units.size_of(self._document["size"])

    @property
    def frame_count(self) -> int:
        return int(self._document["frames"])

    @property
    def duration(self) -> Fraction:
        """Seconds."""
        return self.frame_count / self.fps

    @property
    def grade(self) -> str:
        """A grade's name or a .cube file; empty: none."""
        return str(self._document.get("grade", ""))

    @grade.setter
    def grade(self, grade: StrPath) -> None:
        self._document["grade"] = units.path_of(grade)

    @property
    def sources(self) -> dict[str, str]:
        """Paths by id; a plan's sources have none yet."""
        return {row["id"]: row.get("path", "") for row in self._document["sources"]}

    @property
    def items(self) -> tuple[TimelineItem, ...]:
        return tuple(TimelineItem(row["source"], row["start"], row["length"],
                                  units.fraction_of(row.get("source_in", 0)), units.fraction_of(row.get("speed", 1)),
                                  row.get("label", "")) for row in self._rows("video"))

    @property
    def transitions(self) -> tuple[Transition, ...]:
        return tuple(Transition(row.get("kind", "fade"), row["at"], row["frames"]) for row in self._rows("transitions"))

    @property
    def audio(self) -> tuple[AudioItem, ...]:
        return tuple(AudioItem(row["source"], row.get("start", 0), row.get("length", 0), row.get("fade_in", 0),
                               row.get("fade_out", 0)) for row in self._rows("audio"))

    @property
    def titles(self) -> tuple[Title, ...]:
        return tuple(Title(row["start"], row["length"], row.get("role", "caption"), row.get("text", ""))
                     for row in self._rows("titles"))

    def _rows(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._document.get(name, [])
        return rows

    def _become(self, text: str) -> Timeline:
        self._document = json.loads(text)
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timeline) and self._document == other._document

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __repr__(self) -> str:
        return (f"<Timeline {len(self._rows('video'))} items, {self.frame_count} frames at {self.fps}, "
                f"{self.size[0]}x{self.size[1]}, {float(self.duration):.2f} s>")

    def _repr_svg_(self) -> str:
        from vidgen import _svg

        return _svg.strip(self)

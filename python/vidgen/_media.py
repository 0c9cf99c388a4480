# SPDX-License-Identifier: Apache-2.0
"""The media engine alone: facts of a file, its quality, and clips joined to a film. No subprocess, no network.

All functions block with the GIL released, obey Ctrl-C, and may be called from any thread.
"""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vidgen import _units as units
from vidgen._film import Assembled
from vidgen._native import native
from vidgen._request import FpsMode, Quality
from vidgen._timeline import Timeline
from vidgen._units import Rate, Size, StrPath

_SIZE, _FPS = (1920, 1080), 30


@dataclass(frozen=True)
class MediaInfo:
    """Facts of a media file. An immutable value; what a file without picture or sound lacks is None, empty or 0."""

    path: str
    container: str  # "mov,mp4"
    bytes: int
    seconds: Fraction  # of the picture, or of the sound when there is none
    video_codec: str = ""
    pixel_format: str = ""
    size: tuple[int, int] | None = None  # as shown: after rotation
    rotation: int = 0  # clockwise degrees
    fps: Fraction | None = None  # average
    variable_rate: bool = False
    frame_count: int = 0
    color: str = ""  # "bt709 limited"
    audio_codec: str = ""
    channels: int = 0
    sample_rate: int = 0
    sample_count: int = 0  # a channel, at 48 kHz

    @classmethod
    def of_row(cls, path: str, row: dict[str, Any]) -> MediaInfo:
        known = {name: row[name] for name in cls.__dataclass_fields__ if name in row and name not in ("path", "size")}
        known["seconds"] = units.fraction_of(row["seconds"])
        if "size" in row:
            known |= {"size": units.size_of(row["size"]), "fps": units.fraction_of(row["fps"])}
        return cls(path, frame_count=row.get("frames", 0), sample_count=row.get("samples", 0), **known)

    @property
    def has_video(self) -> bool:
        return self.size is not None

    @property
    def has_audio(self) -> bool:
        return bool(self.audio_codec)

    def __repr__(self) -> str:
        parts = [f"{float(self.seconds):.3f} s"]
        if self.size and self.fps:
            rate = f"{float(self.fps):.6g} a second" + (", variable" if self.variable_rate else "")
            parts.append(f"{self.video_codec} {self.size[0]}x{self.size[1]}, {self.frame_count} frames at {rate}")
        if self.has_audio:
            parts.append(f"{self.audio_codec} {self.channels} channels at {self.sample_rate}")
        return f"<MediaInfo {self.path}: {'; '.join(parts)}>"


@dataclass(frozen=True)
class Finding:
    """Something that a viewer would complain about."""

    kind: str  # "black", "frozen", "flash", "silence", "length", "loudness", "peak"
    begin: Fraction  # seconds
    end: Fraction
    detail: str


@dataclass(frozen=True, repr=False)
class CheckReport:
    """What decoding a whole file showed. Loudness is None where there is no sound to measure."""

    info: MediaInfo
    decoded_frames: int
    decoded_samples: int
    loudness: float | None  # LUFS, integrated
    loudness_range: float | None  # LU
    true_peak: float | None  # dBTP
    findings: tuple[Finding, ...]

    @classmethod
    def of_row(cls, path: str, row: dict[str, Any]) -> CheckReport:
        findings = tuple(Finding(found["kind"], units.fraction_of(found["from"]), units.fraction_of(found["to"]),
                                 found["detail"]) for found in row["findings"])
        return cls(MediaInfo.of_row(path, row), row["decoded_frames"], row["decoded_samples"], row.get("loudness_lufs"),
                   row.get("loudness_range_lu"), row.get("true_peak_dbtp"), findings)

    @property
    def ok(self) -> bool:
        return not self.findings

    def __repr__(self) -> str:
        found = "; ".join(f"{f.kind} at {float(f.begin):.2f} to {float(f.end):.2f} s" for f in self.findings)
        return f"<CheckReport {self.info.path}: {found or 'nothing to complain about'}>"


def probe(path: StrPath) -> MediaInfo:
    """Facts of a file, mostly from its index. MediaInvalidError, MediaUnsupportedError, FileMissingError …"""
    name = units.path_of(path)
    return MediaInfo.of_row(name, json.loads(native.probe(name)))


def check(path: StrPath) -> CheckReport:
    """Decodes the whole file and says what a viewer would complain about."""
    name = units.path_of(path)
    row: dict[str, Any] = json.loads(native.check(name))
    return CheckReport.of_row(name, row)


def assemble(clips: Timeline | StrPath | Iterable[StrPath], out: StrPath, *, transition: str = "cut",
             size: Size = _SIZE, fps: Rate = _FPS, fps_mode: FpsMode = "duplicate", grade: StrPath = "",
             music: StrPath | None = None, captions: StrPath | None = None, quality: Quality = "standard",
             preset: str = "", crf: int | None = None, threads: int = 0, copy: bool = False,
             progress: Callable[[int, int], object] | None = None) -> Assembled:
    """Joins clips to one film, or renders a Timeline (or a .json file of one), and checks what was written.

    `out` appears under its name only when it is whole. `copy` keeps the pictures as they are, at the first clip's size
    and rate. `progress(done, total)` counts frames; an exception in it ends the work and is raised.
    """
    shape = {"transition": transition, "size": size, "fps": fps, "fps_mode": fps_mode, "music": music,
             "captions": captions}
    timeline = _given(clips, shape) or _joined(_paths(clips), shape, copy)
    if grade:
        timeline.grade = grade
    options: dict[str, Any] = {"quality": quality, "preset": preset, "threads": threads, "copy": copy}
    if crf is not None:
        options["crf"] = crf
    name = units.path_of(out)
    return Assembled.from_json(name, native.assemble(timeline.to_json(), name, options, progress))


_PLAIN = {"transition": "cut", "size": _SIZE, "fps": _FPS, "fps_mode": "duplicate", "music": None, "captions": None}


def _given(clips: object, shape: dict[str, Any]) -> Timeline | None:
    """The timeline that was given; None for clips. What it answers itself is refused, never without effect."""
    path = clips[0] if isinstance(clips, (list, tuple)) and len(clips) == 1 else clips
    if not isinstance(path, Timeline) and not str(path).endswith(".json"):
        return None
    for name, value in shape.items():
        if value != _PLAIN[name]:
            raise units.bad(f"a timeline has its own {name}: leave it away, or change the timeline")
    if isinstance(path, Timeline):
        return Timeline.from_json(path.to_json())
    return Timeline.load(str(path))


def _paths(clips: Any) -> list[str]:
    if isinstance(clips, str) or hasattr(clips, "__fspath__"):
        return [units.path_of(clips)]
    return [units.path_of(clip) for clip in clips]


def _joined(paths: list[str], shape: dict[str, Any], copy: bool) -> Timeline:
    size, fps = shape["size"], shape["fps"]
    if copy and paths and (size, fps) == (_SIZE, _FPS):
        info = probe(paths[0])
        size, fps = info.size or size, info.fps or fps
    timeline = Timeline.of_clips(paths, shape["transition"], size, fps, shape["fps_mode"])
    if shape["music"] is not None:
        timeline.add_music(shape["music"])
    if shape["captions"] is not None:
        timeline.add_captions(shape["captions"])
    return timeline

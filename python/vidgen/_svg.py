# SPDX-License-Identifier: Apache-2.0
"""A timeline as a strip of SVG: items as labelled boxes, transitions hatched where they overlap, titles and sound in
lanes below, seconds underneath. Its colours are legible on light and on dark pages."""
from __future__ import annotations

from typing import NamedTuple

from vidgen._html import escape
from vidgen._timeline import SAMPLE_RATE, AudioItem, Timeline

WIDTH = 960
_EDGE = 8  # pixels left and right of the strip
_BOXES = ("#2f6690", "#3a7d44")  # neighbours differ; white text has a contrast of 5 on them
_HATCH, _SOUND, _GREY = "#8a4f7d", "#b0702a", "#767676"  # the grey has 4.5 against white and against black
_LETTER = 6.6  # pixels that a letter takes
_STEPS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600)

_HEAD = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
         'aria-label="{label}" font-family="sans-serif" font-size="11"><defs><pattern id="vidgen-hatch" width="6" '
         'height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" '
         'fill="{hatch}"/><line x1="0" y1="0" x2="0" y2="6" stroke="#ffffff" stroke-opacity="0.7" stroke-width="2"/>'
         '</pattern></defs>')


class Lane(NamedTuple):
    top: int
    height: int


def strip(timeline: Timeline) -> str:
    """The SVG document."""
    scale = Scale(float(timeline.duration))
    picture = Lane(8, 44)
    drawn = _items(timeline, scale, picture) + _transitions(timeline, scale, picture)
    bottom = picture.top + picture.height + 4
    if timeline.titles:
        drawn += _titles(timeline, scale, Lane(bottom, 16))
        bottom += 20
    for row in _rows(timeline.audio, scale):
        drawn += [_sound(item, scale, Lane(bottom, 16)) for item in row]
        bottom += 20
    head = _HEAD.format(w=WIDTH, h=bottom + 24, hatch=_HATCH, label=escape(repr(timeline)[1:-1]))
    return head + "".join(drawn + _axis(scale, bottom + 2)) + "</svg>"


class Scale:
    """Seconds to pixels."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(seconds, 1e-9)

    def x(self, seconds: float) -> float:
        return _EDGE + (WIDTH - 2 * _EDGE) * min(max(seconds / self.seconds, 0), 1)

    def step(self) -> float:
        return next((step for step in _STEPS if self.seconds / step <= 16), _STEPS[-1])


def _box(scale: Scale, begin: float, end: float, lane: Lane, fill: str, title: str, text: str = "") -> str:
    """A rectangle with a tool tip; `text` is what stands in it."""
    left, width = scale.x(begin), scale.x(end) - scale.x(begin)
    return (f'<g><title>{escape(title)}</title><rect x="{left:.1f}" y="{lane.top}" width="{max(width, 1):.1f}" '
            f'height="{lane.height}" fill="{fill}" stroke="#ffffff" stroke-width="0.5"/>{text}</g>')


def _text(scale: Scale, begin: float, end: float, lane: Lane, label: str) -> str:
    """As much of a label as fits."""
    left = scale.x(begin) + 4
    room = int((scale.x(end) - left - 4) / _LETTER)
    if room < 2:
        return ""
    shown = label if len(label) <= room else label[: room - 1] + "…"
    return f'<text x="{left:.1f}" y="{lane.top + lane.height / 2 + 4:.1f}" fill="#ffffff">{escape(shown)}</text>'


def _items(timeline: Timeline, scale: Scale, lane: Lane) -> list[str]:
    """A label stands where no transition lies over it."""
    fps, out = timeline.fps, []
    comes = {row.at: row.start + row.frames for row in timeline.transitions}
    goes = {row.at: row.start for row in timeline.transitions}
    for i, item in enumerate(timeline.items):
        start, stop = item.start, item.start + item.length
        begin, end = float(start / fps), float(stop / fps)
        label = item.label or item.source
        text = _text(scale, float(comes.get(start, start) / fps), float(goes.get(stop, stop) / fps), lane, label)
        out.append(_box(scale, begin, end, lane, _BOXES[i % 2], f"{label}: {begin:.2f} to {end:.2f} s", text))
    return out


def _transitions(timeline: Timeline, scale: Scale, lane: Lane) -> list[str]:
    fps, out = timeline.fps, []
    for row in timeline.transitions:
        begin, end = float(row.start / fps), float((row.start + row.frames) / fps)
        words = f"{row.kind}, {end - begin:.2f} s at {float(row.at / fps):.2f} s"
        out.append(_box(scale, begin, end, lane, "url(#vidgen-hatch)", words))
    return out


def _titles(timeline: Timeline, scale: Scale, lane: Lane) -> list[str]:
    fps, out = timeline.fps, []
    for title in timeline.titles:
        words = title.text.replace("\n", " ") or title.role
        begin, end = float(title.start / fps), float((title.start + title.length) / fps)
        text = _text(scale, begin, end, lane, words)
        out.append(_box(scale, begin, end, lane, _GREY, f"{title.role}: {words}", text))
    return out


def _span(item: AudioItem, scale: Scale) -> tuple[float, float]:
    begin = item.start / SAMPLE_RATE
    return begin, begin + item.length / SAMPLE_RATE if item.length else scale.seconds


def _rows(items: tuple[AudioItem, ...], scale: Scale) -> list[list[AudioItem]]:
    """Sounds that only cross share a lane; what sounds at the same time gets one of its own."""
    rows: list[list[AudioItem]] = []
    for item in items:
        begin = _span(item, scale)[0] + item.fade_in / SAMPLE_RATE + 0.01
        row = next((row for row in rows if _span(row[-1], scale)[1] <= begin), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return rows


def _sound(item: AudioItem, scale: Scale, lane: Lane) -> str:
    """A shape that rises and falls with the fades."""
    begin, end = _span(item, scale)
    low = lane.top + lane.height
    corners = ((begin, low), (begin + item.fade_in / SAMPLE_RATE, lane.top),
               (end - item.fade_out / SAMPLE_RATE, lane.top), (end, low))
    points = " ".join(f"{scale.x(x):.1f},{y}" for x, y in corners)
    words = f"{item.source}: {begin:.2f} to {end:.2f} s"
    return f'<g><title>{escape(words)}</title><polygon points="{points}" fill="{_SOUND}" fill-opacity="0.8"/></g>'


def _axis(scale: Scale, y: int) -> list[str]:
    out = [f'<line x1="{_EDGE}" y1="{y}" x2="{WIDTH - _EDGE}" y2="{y}" stroke="{_GREY}"/>']
    step = scale.step()
    for i in range(int(scale.seconds / step + 1e-9) + 1):
        x = scale.x(i * step)
        anchor = "start" if i == 0 else "end" if x > WIDTH - 30 else "middle"
        out.append(f'<line x1="{x:.1f}" y1="{y}" x2="{x:.1f}" y2="{y + 4}" stroke="{_GREY}"/>'
                   f'<text x="{x:.1f}" y="{y + 16}" fill="{_GREY}" text-anchor="{anchor}">{i * step:g} s</text>')
    return out

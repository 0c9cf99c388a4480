# SPDX-License-Identifier: Apache-2.0
import copy
import json
import xml.etree.ElementTree as xml
from fractions import Fraction

import pytest
import samples
import vidgen

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def timeline():
    return vidgen.Timeline(copy.deepcopy(samples.TIMELINE))


@pytest.fixture
def native(monkeypatch):
    """The native functions that timelines use, as ones that say what they were called with."""
    from vidgen import _timeline

    class Native:
        calls = []

        def __getattr__(self, name):
            def call(*given):
                self.calls.append((name, *given))
                return given[0] if name != "timeline_of_clips" else json.dumps(samples.TIMELINE)
            return call

    Native.calls = []
    monkeypatch.setattr(_timeline, "native", Native())
    return Native


def test_its_parts_are_values(timeline):
    assert (timeline.fps, timeline.size, timeline.frame_count, timeline.duration) == (30, (1920, 1080), 180, 6)
    assert timeline.items[1].source_in == Fraction(1, 2) and timeline.items[1].speed == 2
    assert timeline.transitions[0].start == 83
    assert timeline.audio[2].length == 0 and timeline.titles[0].text == "Morning\nlight"
    assert timeline.sources["c1"] == "/clips/b.mp4"
    assert repr(timeline) == "<Timeline 2 items, 180 frames at 30, 1920x1080, 6.00 s>"
    assert json.loads(timeline.to_json()) == samples.TIMELINE


def test_it_is_made_of_clips(native):
    vidgen.Timeline.of_clips(["a.mp4", "b.mp4"], "fade:0.5", (640, 360), 29.97, "native")
    assert native.calls == [("timeline_of_clips", ["a.mp4", "b.mp4"], "fade:0.5", 640, 360, "30000/1001", "native")]


def test_music_and_captions_are_added_in_place(timeline, native, tmp_path):
    words = tmp_path / "words.srt"
    words.write_bytes("\ufeff1\r\n00:00:00,000 --> 00:00:01,000\r\nHé\r\n".encode())
    assert timeline.add_music("m.wav", fade_out=1.5).add_captions(words).validate() is timeline
    assert native.calls[0][0] == "timeline_add_music" and native.calls[0][2:] == ("m.wav", 2400, 72000)
    assert native.calls[1][2] == "1\r\n00:00:00,000 --> 00:00:01,000\r\nHé\r\n"


def test_paths_of_a_file_count_from_its_folder(native, tmp_path):
    path = tmp_path / "film.json"
    vidgen.Timeline(copy.deepcopy(samples.TIMELINE)).save(path)
    sources = vidgen.Timeline.load(path).sources
    assert sources == {"c0": str(tmp_path / "a.mp4"), "c1": "/clips/b.mp4", "music": str(tmp_path / "m.wav")}


def test_the_strip_shows_items_transitions_titles_sound_and_seconds(timeline):
    root = xml.fromstring(timeline._repr_svg_())
    texts = [node.text for node in root.iter(SVG + "text")]
    assert "a <b> & c" in texts and "c1" in texts and "Morning light" in texts
    assert [text for text in texts if text.endswith(" s")] == [f"{half / 2:g} s" for half in range(13)]
    hatched = [node for node in root.iter(SVG + "rect") if node.get("fill") == "url(#vidgen-hatch)"]
    assert len(hatched) == 1
    left, width = float(hatched[0].get("x")), float(hatched[0].get("width"))
    assert left == pytest.approx(8 + 944 * 83 / 180, abs=0.1) and width == pytest.approx(944 * 15 / 180, abs=0.1)
    label = next(node for node in root.iter(SVG + "text") if node.text == "c1")
    assert float(label.get("x")) >= left + width  # beside the transition, not under it
    lanes = {node.get("points").split()[0].split(",")[1] for node in root.iter(SVG + "polygon")}
    assert len(list(root.iter(SVG + "polygon"))) == 3 and len(lanes) == 2  # clips' sounds cross, music lies below


def test_the_strip_is_legible_on_light_and_dark(timeline):
    """Text on a box is white; text beside is a grey with a contrast of 4.5 against both."""
    root = xml.fromstring(timeline._repr_svg_())
    assert {node.get("fill") for node in root.iter(SVG + "text")} == {"#ffffff", "#767676"}
    for fill in ("#2f6690", "#3a7d44", "#767676"):
        assert contrast(fill, "#ffffff") >= 4.5
    assert contrast("#767676", "#000000") >= 4.5


def contrast(a, b):
    def light(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)

# SPDX-License-Identifier: Apache-2.0
import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import vidgen
from vidgen import _units as units

FULL = {
    "template": "product_showcase", "duration": 7.5, "size": "1080x1920", "aspect": "9:16", "fps": 29.97,
    "fps_mode": "native", "images": [Path("a.jpg"), "b.png"], "backend": "replicate", "model": "wan",
    "continuity": "batch:4", "quality": "final", "preset": "slow", "crf": 17, "grade": Path("looks/warm.cube"),
    "music_file": "song.wav", "cut_to_beat": True, "stems": True, "captions": False, "budget": "$2.50",
    "on_ambiguous": "fail", "seed": 2**64 - 1, "out": "film.mp4",
}


def test_defaults_are_left_out():
    assert vidgen.Request("a mug").to_json() == '{"schema":"vidgen.request/1","prompt":"a mug"}'


def test_every_member_has_the_librarys_key_and_form():
    assert json.loads(vidgen.Request("a müg", **FULL).to_json()) == {
        "schema": "vidgen.request/1", "prompt": "a müg", "template": "product_showcase", "duration": "15/2",
        "size": "1080x1920", "aspect": "9:16", "fps": "30000/1001", "fps_mode": "native",
        "images": ["a.jpg", "b.png"], "backend": "replicate", "model": "wan", "continuity": "batch:4",
        "quality": "final", "preset": "slow", "crf": 17, "grade": "looks/warm.cube", "music_file": "song.wav",
        "cut_to_beat": True, "stems": True, "captions": False, "budget": "$2.50", "on_ambiguous": "fail",
        "seed": "18446744073709551615", "out": "film.mp4",
    }


def test_json_comes_back():
    request = vidgen.Request("a mug", **FULL)
    assert vidgen.Request.from_json(request.to_json()) == request
    assert vidgen.Request.from_json(request.to_json().encode()).to_json() == request.to_json()
    assert hash(request) == hash(vidgen.Request("a mug", **FULL))


@pytest.mark.parametrize("duration", [30, 30.0, Fraction(30), Decimal(30), timedelta(seconds=30)])
def test_lengths_are_seconds_in_any_dress(duration):
    assert vidgen.Request("a mug", duration=duration).duration == 30


def test_lengths_are_rounded_to_milliseconds():
    assert vidgen.Request("a mug", duration=1 / 3).duration == Fraction(333, 1000)
    assert vidgen.Request("a mug", duration=timedelta(microseconds=1500)).duration == Fraction(2, 1000)


@pytest.mark.parametrize("budget, micros", [
    (2.00, 2_000_000), (0.1, 100_000), (0.1 + 0.2, 300_000), (0.29, 290_000), (1, 1_000_000),
    ("2", 2_000_000), ("$0.0055", 5_500), (Decimal("0.000001"), 1), (0, 0),
])
def test_money_is_exact(budget, micros):
    request = vidgen.Request("a mug", budget=budget)
    assert request.budget * 1_000_000 == micros
    assert units.micros_of(units.money_text(micros)) == micros


@pytest.mark.parametrize("budget", ["2.0000001", Decimal("0.0000001"), -1, "-1", float("nan"), float("inf"), "much",
                                    ""])
def test_what_is_no_money_is_refused(budget):
    with pytest.raises(vidgen.InvalidArgumentError):
        vidgen.Request("a mug", budget=budget)


@pytest.mark.parametrize("name, value", [
    ("duration", -1), ("duration", float("nan")), ("size", "wide"), ("size", (1920,)), ("size", (1.5, 2)),
    ("fps", "fast"), ("fps", 0), ("fps", "30/0"), ("out", "\udcff.mp4"),
])
def test_what_makes_no_sense_is_a_value_error(name, value):
    with pytest.raises(ValueError):
        vidgen.Request("a mug", **{name: value})


@pytest.mark.parametrize("name, value", [
    ("duration", "30"), ("budget", True), ("captions", 1), ("images", "a.jpg"), ("model", 3), ("crf", 2.5),
    ("seed", True), ("grade", b"warm"), ("continuity", 3), ("fps", True),
])
def test_what_is_of_another_type_is_a_type_error(name, value):
    with pytest.raises(TypeError):
        vidgen.Request("a mug", **{name: value})


def test_a_misspelt_keyword_says_which_was_meant():
    with pytest.raises(TypeError, match="did you mean 'duration'"):
        vidgen.Request("a mug", durations=3)
    with pytest.raises(ValueError, match="did you mean 'budget'"):
        vidgen.Request.from_json('{"schema":"vidgen.request/1","prompt":"a mug","budgt":1}')


def test_damaged_json_is_refused():
    with pytest.raises(vidgen.JsonInvalidError):
        vidgen.Request.from_json("{")
    with pytest.raises(vidgen.InvalidArgumentError, match="no request"):
        vidgen.Request.from_json('{"schema":"vidgen.plan/1"}')


def test_a_request_is_changed_by_a_copy():
    first = vidgen.Request("a mug", duration=3)
    assert first.replace(duration=5, quality="draft") == vidgen.Request("a mug", duration=5, quality="draft")
    assert first.duration == 3
    with pytest.raises(AttributeError):
        first.duration = 9


def test_repr_shows_what_was_said():
    request = vidgen.Request("a mug", duration=30, size=(1920, 1080), fps="30000/1001", images=["a.jpg"])
    assert repr(request) == ("Request('a mug', duration=30, size=(1920, 1080), fps='30000/1001', images=['a.jpg'])")
    assert eval(repr(request), {"Request": vidgen.Request}) == request

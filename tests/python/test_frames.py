# SPDX-License-Identifier: Apache-2.0
"""Reading frames against a native reader that counts how it is asked."""
import json
from fractions import Fraction

import pytest
import vidgen
from vidgen import _frames

numpy = pytest.importorskip("numpy")


class NativeFrame:
    width, height, key = 4, 2, True

    def __init__(self, number, time):
        self.number, self.time = number, (time.numerator, time.denominator)
        self.planes = tuple(numpy.full(shape, number, numpy.uint8) for shape in ((2, 4), (1, 2), (1, 2)))

    def rgb(self):
        return numpy.full((2, 4, 3), self.number, numpy.uint8)


class NativeReader:
    """A hundred frames at 25 a second; or of uneven lengths; or fewer than the index says."""

    frames, there, variable, rate = 100, 100, False, 25

    def __init__(self, path):
        self.at, self.seeks, self.closed = 0, [], False

    def info(self):
        return json.dumps({"container": "mp4", "bytes": 1, "seconds": 4, "video_codec": "h264", "size": "4x2",
                           "pixel_format": "yuv420p", "rotation": 0, "fps": self.rate, "variable_rate": self.variable,
                           "frames": self.frames, "color": ""})

    def time(self, number):
        return Fraction(number, 25) ** 2 if self.variable else Fraction(number, self.rate)

    def next(self):
        if self.at >= self.there:
            return None
        self.at += 1
        return NativeFrame(self.at - 1, self.time(self.at - 1))

    def seek(self, frame):
        self.seeks.append(frame)
        if frame >= self.there:
            raise vidgen.NotFoundError("beyond the last")
        self.at = frame

    def close(self):
        self.closed = True


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(_frames, "native", type("module", (), {"FrameReader": NativeReader}))
    return vidgen.open("film.mp4")


def test_it_knows_what_it_reads(reader):
    assert len(reader) == 100 and reader.info.size == (4, 2)
    assert repr(reader) == "<FrameReader film.mp4: 4.000 s; h264 4x2, 100 frames at 25 a second>"
    with reader as same:
        assert same is reader
    assert reader._native.closed


def test_iterating_starts_anew_and_two_do_not_disturb_each_other(reader):
    assert [frame.number for frame in reader] == list(range(100)) == [frame.number for frame in reader]
    one, two = iter(reader), iter(reader)
    assert [next(i).number for i in (one, one, two, one, two)] == [0, 1, 0, 2, 1]


def test_frames_by_number(reader):
    assert reader[7].number == 7 and reader[-1].number == 99
    assert reader[7].time == Fraction(7, 25) and repr(reader[7]) == "<Frame 7 at 0.280 s, 4x2>"
    for outside in (100, -101):
        with pytest.raises(IndexError):
            reader[outside]


def test_slices_are_batches(reader):
    batch = reader[10:20:2]
    assert isinstance(batch, vidgen.FrameBatch) and batch.numbers == (10, 12, 14, 16, 18)
    assert batch.times[1] == Fraction(12, 25) and len(batch) == 5 and batch[-1].number == 18
    assert batch.rgb().shape == (5, 2, 4, 3) and batch.rgb()[2, 0, 0, 0] == 14
    assert [plane.shape for plane in batch.planes] == [(5, 2, 4), (5, 1, 2), (5, 1, 2)]
    assert len(reader[5:5]) == 0 and reader[3:0:-1].numbers == (3, 2, 1)


def test_frames_in_a_row_are_not_looked_up_and_slices_never_go_back(reader):
    list(reader[0:20])
    assert reader._native.seeks == []
    reader[30:24:-2]
    assert reader._native.seeks == [26, 28, 30]


@pytest.mark.parametrize("seconds, number", [(0, 0), (0.04, 1), (0.0399, 0), (Fraction(1, 25), 1), (3.99, 99), (4, 99)])
def test_frames_by_time(reader, seconds, number):
    assert reader.at(seconds).number == number


def test_each_frame_is_found_by_its_own_time(reader, monkeypatch):
    monkeypatch.setattr(NativeReader, "rate", 30)
    thirds = vidgen.open("film.mp4")
    assert all(thirds.at(float(Fraction(n, 30))).number == n for n in range(100))
    with pytest.raises(IndexError):
        reader.at(4.1)


def test_frames_by_time_where_the_rate_varies(reader, monkeypatch):
    monkeypatch.setattr(NativeReader, "variable", True)
    uneven = vidgen.open("film.mp4")
    for number in (0, 1, 30, 49):
        assert uneven.at(Fraction(number, 25) ** 2 + Fraction(1, 10000)).number == number


def test_a_file_that_ends_early(reader, monkeypatch):
    monkeypatch.setattr(NativeReader, "there", 50)
    assert len(list(reader)) == 50
    with pytest.raises(vidgen.MediaInvalidError, match="ends before frame 60"):
        reader[60]
    assert reader[3].number == 3


def test_arrays_look_into_the_frame(reader):
    frame = reader[5]
    y, u, _ = frame.numpy()
    assert numpy.shares_memory(y, frame.planes[0]) and u.shape == (1, 2)
    assert frame.rgb().shape == (2, 4, 3)

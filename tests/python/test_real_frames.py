# SPDX-License-Identifier: Apache-2.0
"""Frames of a real file: their memory is shared, their times are exact."""
import gc
from fractions import Fraction

import pytest
import support
import vidgen

pytestmark = support.real
numpy = pytest.importorskip("numpy")


def address(array):
    return array.__array_interface__["data"][0]


def test_planes_share_their_memory_and_rgb_is_a_copy(film):
    with film.frames() as reader:
        frame = reader[5]
    first, second = (numpy.asarray(frame.planes[0]) for _ in range(2))
    assert address(first) == address(second) == address(frame.numpy()[0])
    assert first.shape == (180, 320) == frame.planes[0].shape and first.dtype == numpy.uint8
    assert [plane.shape for plane in frame.numpy()] == [(180, 320), (90, 160), (90, 160)]
    assert not first.flags.writeable
    assert frame.rgb().shape == (180, 320, 3) and address(frame.rgb()) != address(frame.rgb().copy())


def test_memory_outlives_frame_and_reader(film):
    reader = vidgen.open(film.path)
    luma = reader[5].numpy()[0]
    before = luma.copy()
    reader.close()
    del reader
    gc.collect()
    assert (luma == before).all()


def test_dlpack(film):
    with film.frames() as reader:
        plane = reader[0].planes[0]
    shared = numpy.from_dlpack(plane)
    assert address(shared) == address(numpy.asarray(plane)) and plane.__dlpack_device__() == (1, 0)


def test_numbers_and_times(film):
    with film.frames() as reader:
        assert len(reader) == 90 and [frame.number for frame in reader] == list(range(90))
        batch = reader[10:20:2]
        assert batch.times == tuple(Fraction(n, 30) for n in (10, 12, 14, 16, 18))
        assert batch.rgb().shape == (5, 180, 320, 3) and batch.planes[1].shape == (5, 90, 160)
        assert reader.at(1).number == 30 and reader.at(Fraction(59, 60)).number == 29
        assert (reader[40].numpy()[0] == reader[40:41].planes[0][0]).all()
        assert reader[-1].number == 89 and reader[0].key


def test_a_reader_that_was_closed_says_so(film):
    reader = vidgen.open(film.path)
    reader.close()
    reader.close()
    with pytest.raises(vidgen.ClosedError):
        reader[0]
    with pytest.raises(FileNotFoundError):
        vidgen.open("/nowhere.mp4")

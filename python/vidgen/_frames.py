# SPDX-License-Identifier: Apache-2.0
"""Pictures of a film, one by one: what `vidgen.open` gives. NumPy is imported when arrays are asked for."""
from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from types import TracebackType
from typing import TYPE_CHECKING, Any, overload

from vidgen import _units as units
from vidgen._media import MediaInfo
from vidgen._native import errors, native
from vidgen._units import StrPath

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vidgen._vidgen import Frame as NativeFrame
    from vidgen._vidgen import Plane


class Frame:
    """One picture, 4:2:0 in 8 bits. Immutable; its memory lives as long as a plane or an array of it."""

    def __init__(self, native_frame: NativeFrame) -> None:
        self._native = native_frame
        self.number: int = native_frame.number  # in the film, from 0
        self.time = Fraction(*native_frame.time)  # seconds
        self.size: tuple[int, int] = (native_frame.width, native_frame.height)
        self.key: bool = native_frame.key

    @property
    def planes(self) -> tuple[Plane, Plane, Plane]:
        """y, u, v: rows and columns of bytes, through the buffer protocol and DLPack, without a copy."""
        return self._native.planes

    def numpy(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
        """y, u, v as arrays that look into the frame itself."""
        y, u, v = (_array(plane) for plane in self.planes)
        return y, u, v

    def rgb(self) -> NDArray[np.uint8]:
        """Height x width x 3, a copy."""
        return _array(self.rgb_plane())

    def rgb_plane(self) -> Plane:
        """The same without NumPy."""
        return self._native.rgb()

    def __repr__(self) -> str:
        return f"<Frame {self.number} at {float(self.time):.3f} s, {self.size[0]}x{self.size[1]}>"


class FrameBatch:
    """A slice of a film. Its arrays are made when they are asked for."""

    def __init__(self, frames: list[Frame]) -> None:
        self.frames = frames

    @property
    def times(self) -> tuple[Fraction, ...]:
        """Seconds of each."""
        return tuple(frame.time for frame in self.frames)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(frame.number for frame in self.frames)

    @property
    def planes(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
        """y, u, v: frames x rows x columns, copies."""
        import numpy

        y, u, v = (numpy.stack([_array(frame.planes[i]) for frame in self.frames]) for i in range(3))
        return y, u, v

    def rgb(self) -> NDArray[np.uint8]:
        """Frames x height x width x 3."""
        import numpy

        return numpy.stack([frame.rgb() for frame in self.frames])

    def __len__(self) -> int:
        return len(self.frames)

    def __getitem__(self, index: int) -> Frame:
        return self.frames[index]

    def __iter__(self) -> Iterator[Frame]:
        return iter(self.frames)

    def __repr__(self) -> str:
        if not self.frames:
            return "<FrameBatch of no frames>"
        return (f"<FrameBatch of {len(self)} frames, {self.frames[0].number} to {self.frames[-1].number}, "
                f"{float(self.times[0]):.3f} to {float(self.times[-1]):.3f} s>")


class FrameReader:
    """The pictures of a file: iterate, index by number, slice, or ask by time. For one thread at a time.

    `len` counts by the file's index; a damaged file may end earlier. Iterating starts at the first frame each time.
    Going back decodes from the file's beginning.
    """

    def __init__(self, path: StrPath) -> None:
        name = units.path_of(path)
        self._native = native.FrameReader(name)
        self.info = MediaInfo.of_row(name, json.loads(self._native.info()))
        self._next = 0  # number of the frame that the decoder gives next

    def close(self) -> None:
        """Frees the decoder; frames that were read stay."""
        self._native.close()

    def at(self, seconds: units.Seconds) -> Frame:
        """The frame that is shown at a time; a float may miss it by a microsecond."""
        time = units.exact_seconds(seconds) + (Fraction(1, 10**6) if isinstance(seconds, float) else 0)
        if not len(self) or time > self.info.seconds:
            raise IndexError(f"{float(time):.3f} s is after the end at {float(self.info.seconds):.3f} s")
        number = min(int(time * (self.info.fps or 1)), len(self) - 1)
        return self._around(number, time)

    def _around(self, number: int, time: Fraction) -> Frame:
        """From a guess, which is exact where the rate does not vary, to the last frame that is not after `time`."""
        frame = self._need(number)
        while frame.time > time and frame.number > 0:
            frame = self._need(frame.number - 1)
        while self.info.variable_rate and (after := self._read(frame.number + 1)) and after.time <= time:
            frame = after
        return frame

    def _read(self, number: int) -> Frame | None:
        expected, self._next = self._next, -1  # nowhere, until it is known
        try:
            if number != expected:
                self._native.seek(number)
            found = self._native.next()
        except errors.NotFoundError:
            found = None
        if found is None:
            return None
        self._next = number + 1
        return Frame(found)

    def _need(self, number: int) -> Frame:
        frame = self._read(number)
        if frame is None:
            raise errors.MediaInvalidError(f"{self.info.path} ends before frame {number}")
        return frame

    @overload
    def __getitem__(self, index: int) -> Frame: ...
    @overload
    def __getitem__(self, index: slice) -> FrameBatch: ...
    def __getitem__(self, index: int | slice) -> Frame | FrameBatch:
        if isinstance(index, slice):
            numbers = range(*index.indices(len(self)))
            frames = [self._need(number) for number in sorted(numbers)]  # forwards is what decoders do well
            return FrameBatch(frames if numbers.step > 0 else frames[::-1])
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(f"frame {index} is outside 0 to {len(self) - 1}")
        return self._need(number)

    def __iter__(self) -> Iterator[Frame]:
        number = 0
        while (frame := self._read(number)) is not None:
            yield frame
            number += 1

    def __len__(self) -> int:
        return self.info.frame_count

    def __enter__(self) -> FrameReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<FrameReader {repr(self.info)[len('<MediaInfo '):-1]}>"


def open(path: StrPath) -> FrameReader:
    """Opens a film to look at its pictures: `with vidgen.open("film.mp4") as reader: reader[10:20:2].rgb()`."""
    return FrameReader(path)


def _array(plane: Any) -> NDArray[np.uint8]:
    try:
        import numpy
    except ImportError:
        raise ImportError("arrays need NumPy: pip install numpy; planes themselves need nothing") from None
    return numpy.asarray(plane)

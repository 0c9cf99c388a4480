# SPDX-License-Identifier: Apache-2.0
"""A whole H.264 clip without any codec library: one picture of raw blocks (I_PCM), then pictures that repeat it and
change one block each, so that the clip visibly moves on. Small sizes only: a raw block is 384 bytes."""
from __future__ import annotations

import re
from typing import List, Tuple

from .mp4 import Track, write_mp4

Colour = Tuple[int, int, int]


class Bits:
    def __init__(self) -> None:
        self.out, self.acc, self.count = bytearray(), 0, 0

    def u(self, value: int, width: int) -> None:
        for shift in range(width - 1, -1, -1):
            self.acc = self.acc << 1 | value >> shift & 1
            self.count += 1
            if self.count == 8:
                self.out.append(self.acc)
                self.acc = self.count = 0

    def ue(self, value: int) -> None:
        length = (value + 1).bit_length()
        self.u(value + 1, 2 * length - 1)

    def align(self) -> None:
        while self.count:
            self.u(0, 1)

    def done(self) -> bytes:
        self.u(1, 1)
        self.align()
        return bytes(self.out)


def nal(kind: int, payload: bytes) -> bytes:
    """One unit: header byte and payload with emulation prevention."""
    return bytes([kind]) + re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", payload)


def sps(width: int, height: int) -> bytes:
    across, down = -(-width // 16), -(-height // 16)
    bits = Bits()
    bits.u(66, 8), bits.u(0xC0, 8), bits.u(30, 8)
    for value in (0, 0, 2, 1):              # id, log2 of frame numbers, order type 2 (as decoded), one reference
        bits.ue(value)
    bits.u(0, 1), bits.ue(across - 1), bits.ue(down - 1), bits.u(1, 1), bits.u(1, 1)
    crop = (across * 16 - width, down * 16 - height)
    bits.u(1 if any(crop) else 0, 1)
    if any(crop):
        for value in (0, crop[0] // 2, 0, crop[1] // 2):
            bits.ue(value)
    bits.u(0, 1)
    return nal(0x67, bits.done())


def pps() -> bytes:
    bits = Bits()
    bits.ue(0), bits.ue(0), bits.u(0, 2)
    for _ in range(3):
        bits.ue(0)
    bits.u(0, 3)
    for _ in range(3):
        bits.ue(0)
    bits.u(0b100, 3)                        # the slice header says that no deblocking is done
    return nal(0x68, bits.done())


def block(colour: Colour) -> bytes:
    y, cb, cr = (max(1, min(254, c)) for c in colour)
    return bytes([y]) * 256 + bytes([cb]) * 64 + bytes([cr]) * 64


def key_picture(blocks: List[bytes]) -> bytes:
    bits = Bits()
    bits.ue(0), bits.ue(7), bits.ue(0), bits.u(0, 4), bits.ue(0), bits.u(0, 2), bits.ue(0), bits.ue(1)
    for data in blocks:
        bits.ue(25)
        bits.align()
        bits.out += data
    return nal(0x65, bits.done())


def next_picture(number: int, total: int, at: int, data: bytes) -> bytes:
    """All blocks as before, but the one at index `at`."""
    bits = Bits()
    bits.ue(0), bits.ue(5), bits.ue(0), bits.u(number % 16, 4), bits.u(0, 2), bits.u(0, 1), bits.ue(0), bits.ue(1)
    bits.ue(at), bits.ue(30)
    bits.align()
    bits.out += data
    if total - at - 1:
        bits.ue(total - at - 1)
    return nal(0x41, bits.done())


def colour_of(seed: int) -> Colour:
    return 60 + seed % 120, 80 + seed // 7 % 96, 80 + seed // 11 % 96


def clip(width: int, height: int, frames: int, fps, seed: int) -> bytes:
    """An MP4 of `frames` pictures: a plane of one colour over which a bar runs."""
    width, height = max(32, width // 2 * 2), max(32, height // 2 * 2)
    total = -(-width // 16) * -(-height // 16)
    base, mark = block(colour_of(seed)), block((235, 128, 128))
    units = [key_picture([base] * total)]
    for n in range(1, frames):
        units.append(next_picture(n, total, (n - 1) % total, mark if (n - 1) // total % 2 == 0 else base))
    samples = [len(u).to_bytes(4, "big") + u for u in units]
    return write_mp4([Track(width, height, fps, samples, sps(width, height), pps())])

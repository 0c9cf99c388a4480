# SPDX-License-Identifier: Apache-2.0
"""The smallest MP4 that players and libraries take: one video track, one sample a frame, the index before the data."""
from __future__ import annotations

import struct
from fractions import Fraction
from typing import List


class Track:
    def __init__(self, width: int, height: int, fps, samples: List[bytes], sps: bytes, pps: bytes):
        self.width, self.height, self.fps = width, height, Fraction(fps)
        self.samples, self.sps, self.pps = samples, sps, pps


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind: bytes, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", flags), *parts)


_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _stsd(track: Track) -> bytes:
    record = bytes([1]) + track.sps[1:4] + b"\xff\xe1" + struct.pack(">H", len(track.sps)) + track.sps
    record += b"\x01" + struct.pack(">H", len(track.pps)) + track.pps
    entry = bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HHIIIH", track.width, track.height, 0x480000, 0x480000, 0, 1)
    entry += bytes(32) + struct.pack(">HH", 24, 0xFFFF)
    return full(b"stsd", 0, struct.pack(">I", 1), box(b"avc1", entry, box(b"avcC", record)))


def _stbl(track: Track, offset: int, delta: int) -> bytes:
    count = len(track.samples)
    sizes = b"".join(struct.pack(">I", len(s)) for s in track.samples)
    return box(b"stbl", _stsd(track), full(b"stts", 0, struct.pack(">III", 1, count, delta)),
               full(b"stss", 0, struct.pack(">II", 1, 1)), full(b"stsc", 0, struct.pack(">IIII", 1, 1, count, 1)),
               full(b"stsz", 0, struct.pack(">II", 0, count), sizes), full(b"stco", 0, struct.pack(">II", 1, offset)))


def _moov(track: Track, offset: int) -> bytes:
    scale, delta = track.fps.numerator, track.fps.denominator
    while scale < 1000:
        scale, delta = scale * 10, delta * 10
    length = delta * len(track.samples)
    movie = length * 1000 // scale
    mvhd = full(b"mvhd", 0, struct.pack(">IIIIIH", 0, 0, 1000, movie, 0x10000, 0x100), bytes(10), _MATRIX, bytes(24), struct.pack(">I", 2))
    tkhd = full(b"tkhd", 3, struct.pack(">IIIII", 0, 0, 1, 0, movie), bytes(8), bytes(8), _MATRIX,
                struct.pack(">II", track.width << 16, track.height << 16))
    mdhd = full(b"mdhd", 0, struct.pack(">IIIIHH", 0, 0, scale, length, 0x55C4, 0))
    hdlr = full(b"hdlr", 0, bytes(4), b"vide", bytes(12), b"video\0")
    dinf = box(b"dinf", full(b"dref", 0, struct.pack(">I", 1), full(b"url ", 1)))
    minf = box(b"minf", full(b"vmhd", 1, bytes(8)), dinf, _stbl(track, offset, delta))
    return box(b"moov", mvhd, box(b"trak", tkhd, box(b"mdia", mdhd, hdlr, minf)))


def write_mp4(tracks: List[Track]) -> bytes:
    track = tracks[0]
    ftyp = box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomiso2avc1mp41")
    offset = len(ftyp) + len(_moov(track, 0)) + 8
    return ftyp + _moov(track, offset) + box(b"mdat", *track.samples)

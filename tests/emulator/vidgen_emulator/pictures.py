# SPDX-License-Identifier: Apache-2.0
"""PNG pictures made with the standard library, and the size of a picture that someone sent."""
from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Optional, Tuple


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows) -> bytes:
    """8-bit RGB; `rows` gives `height` byte strings of 3 * width."""
    raw = b"".join(b"\0" + row for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(raw, 1)) + _chunk(b"IEND", b"")


def _row(width: int, low, high) -> bytes:
    return b"".join(bytes(a + (b - a) * x // max(1, width - 1) for a, b in zip(low, high)) for x in range(width))


def scene(width: int, height: int, text: str, seed: int) -> bytes:
    """A picture that tells prompts and seeds apart: sky, ground and a bright block, in colours from a digest."""
    digest = hashlib.sha256(f"{text}\0{seed}".encode()).digest()
    sky = [_row(width, digest[0:3], bytes(min(255, c // 2 + 20 * k) for c in digest[3:6])) for k in range(6)]
    ground = _row(width, digest[6:9], digest[9:12])
    left, wide = width * (2 + digest[12] % 5) // 10, width // 6
    subject = bytes(255 - c // 2 for c in digest[13:16]) * wide
    horizon, top, foot = height * 6 // 10, height * 3 // 10, height * 8 // 10

    def line(y: int) -> bytes:
        row = sky[min(5, y * 6 // max(1, horizon))] if y < horizon else ground
        return row[:3 * left] + subject + row[3 * (left + wide):] if top <= y < foot else row
    return png(width, height, (line(y) for y in range(height)))


def size_of(data: bytes) -> Optional[Tuple[int, int]]:
    """Width and height of a PNG, JPEG, WebP or GIF; None when it is none of them."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR":
        return struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return struct.unpack("<HH", data[6:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return _jpeg(data) if data[:2] == b"\xff\xd8" else None


def _webp(data: bytes) -> Optional[Tuple[int, int]]:
    kind = data[12:16]
    if kind == b"VP8 " and len(data) > 30:
        return struct.unpack("<H", data[26:28])[0] & 0x3FFF, struct.unpack("<H", data[28:30])[0] & 0x3FFF
    if kind == b"VP8L" and len(data) > 25:
        bits = struct.unpack("<I", data[21:25])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X" and len(data) > 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None


def _jpeg(data: bytes) -> Optional[Tuple[int, int]]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2:at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return width, height
        at += 2 + length
    return None

# SPDX-License-Identifier: Apache-2.0
"""Sound made with the standard library: a chord that changes each second, as a stereo WAV of exact length."""
from __future__ import annotations

import array
import hashlib
import io
import math
import wave

RATE = 32000
_CHORDS = ((220.0, 277.0, 330.0), (196.0, 247.0, 294.0), (175.0, 220.0, 262.0), (165.0, 208.0, 247.0))


def _second(chord, rate: int) -> array.array:
    out = array.array("h")
    for n in range(rate):
        fade = min(1.0, n / 400, (rate - n) / 400)
        value = int(fade * 5000 * sum(math.sin(2 * math.pi * hz * n / rate) for hz in chord))
        out.extend((value, value))
    return out


def music(length_us: int, text: str, seed: int, rate: int = RATE) -> bytes:
    total = round(length_us * rate / 1_000_000)
    order = hashlib.sha256(f"{text}\0{seed}".encode()).digest()
    bars = [_second(chord, rate) for chord in _CHORDS]
    samples = array.array("h")
    for second in range(-(-total // rate)):
        samples.extend(bars[order[second % 32] % 4])
    del samples[2 * total:]
    return _wav(samples, rate)


def _wav(samples: array.array, rate: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()

# SPDX-License-Identifier: Apache-2.0
"""Makes what models deliver. `real` uses the ffmpeg program: a clip of exact size, rate and length whose first frame
is the given picture (or one made from the prompt) and which then moves slowly in; with a last picture it ends on that.
`stub`, or a machine without ffmpeg, makes tiny clips with the standard library alone: right length and rate, small size.
Results are cached by content; ffmpeg runs in threads, off the event loop."""
from __future__ import annotations

import asyncio
import collections
import concurrent.futures
import hashlib
import os
import shutil
import subprocess
import tempfile
from typing import List, Optional, Tuple

from . import h264, pictures, sound
from .models import Deliverable

CACHE_BYTES = 256 << 20
TYPES = {"mp4": "video/mp4", "png": "image/png", "webp": "image/webp", "jpg": "image/jpeg", "jpeg": "image/jpeg", "wav": "audio/wav",
         "mp3": "audio/mpeg", "html": "text/html", "flac": "audio/flac", "opus": "audio/ogg", "aac": "audio/aac"}


class MediaError(Exception):
    """The input cannot be used; the text is what the model would say."""


class Made:
    __slots__ = ("data", "type", "suffix")

    def __init__(self, data: bytes, kind: str):
        self.data, self.type, self.suffix = data, TYPES.get(kind, "application/octet-stream"), kind


class Media:
    def __init__(self, mode: str = "real", drift: float = 0.0, workers: int = 1, seed: Optional[int] = None):
        self.ffmpeg = shutil.which("ffmpeg")
        self.mode, self.drift, self.seed, self.made = mode, drift, seed, 0
        self._cache: "collections.OrderedDict[str, List[Made]]" = collections.OrderedDict()
        self._bytes = 0
        self._pool = concurrent.futures.ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="media")
        self._running: dict = {}

    @property
    def real(self) -> bool:
        return self.mode == "real" and self.ffmpeg is not None

    def key(self, what: Deliverable) -> str:
        parts = [self.mode, str(self.drift)] + [repr(getattr(what, name)) for name in Deliverable.__slots__]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    async def make(self, what: Deliverable) -> List[Made]:
        """The files of one run. MediaError when the pictures it was given cannot be read."""
        if self.seed is not None:
            what.seed = self.seed
        key = self.key(what)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        if key not in self._running:
            loop = asyncio.get_running_loop()
            self._running[key] = loop.run_in_executor(self._pool, self._make, what)
        try:
            made = await self._running[key]
        finally:
            self._running.pop(key, None)
        self._keep(key, made)
        return made

    def _keep(self, key: str, made: List[Made]) -> None:
        if key in self._cache:
            return
        self._cache[key] = made
        self._bytes += sum(len(m.data) for m in made)
        while self._bytes > CACHE_BYTES and len(self._cache) > 1:
            self._bytes -= sum(len(m.data) for m in self._cache.popitem(last=False)[1])

    def _make(self, what: Deliverable) -> List[Made]:
        self.made += 1
        if what.kind == "image":
            made = [self._picture(what, n) for n in range(what.count)]
        elif what.kind == "video":
            made = [Made(self._video(what), "mp4")]
        else:
            made = [self._sound(what)]
        return [_damage(m, what.fault) for m in made] if what.fault in ("corrupt", "empty", "html") else made

    def _picture(self, what: Deliverable, number: int) -> Made:
        size = (what.width, what.height) if self.mode == "real" else (max(16, what.width // 16), max(16, what.height // 16))
        data = pictures.scene(*size, what.text, what.seed + number)
        if what.format == "png" or not self.real:
            return Made(data, "png")
        return Made(self._run(["-i", "IN"], [data], ["-frames:v", "1"], what.format), what.format)

    def _sound(self, what: Deliverable) -> Made:
        data = sound.music(what.length_us, what.text, what.seed, sound.RATE if self.mode == "real" else 8000)
        if what.format == "wav" or not self.real:
            return Made(data, "wav")
        return Made(self._run(["-i", "IN"], [data], ["-bitexact"], what.format), what.format)

    def _video(self, what: Deliverable) -> bytes:
        if not self.real:
            return h264.clip(what.width // 8, what.height // 8, what.frames, what.fps, what.seed + len(what.text))
        first = what.first if what.first and what.fault != "wrong_start" else None
        if what.fault == "black":
            first = pictures.png(16, 16, [bytes(48)] * 16)
        first = first or pictures.scene(what.width // 4, what.height // 4, what.text, what.seed)
        inputs, files = ["-i", "IN"], [first]
        graph = "[0:v]" + self._motion(what) + "[v]"
        if what.last:
            inputs, files = inputs + ["-i", "IN"], files + [what.last]
            graph = "[0:v]" + self._motion(what) + "[a];[1:v]" + _ending(what) + "[b];[a][b]overlay=eof_action=pass,format=yuv420p[v]"
        out = ["-filter_complex", graph, "-map", "[v]"]
        if what.audio:
            inputs += ["-f", "lavfi", "-t", str(what.length_us / 1e6), "-i", "sine=frequency=330:sample_rate=48000"]
            out += ["-map", f"{len(files)}:a", "-c:a", "aac", "-ac", "2"]
        out += ["-frames:v", str(what.frames), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "16", "-threads", "1",
                "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-bitexact"]
        return self._run(inputs, files, out, "mp4")

    def _motion(self, what: Deliverable) -> str:
        size = f"{what.width}:{what.height}"
        fit = f"scale={size}:force_original_aspect_ratio=increase:flags=bicubic,crop={size},format=yuv444p"
        toward = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.5, 0.3))[(what.seed + len(what.text)) % 4]
        graph = (f"{fit},zoompan=z='1+0.16*on/{max(1, what.frames)}':x='(iw-iw/zoom)*{toward[0]}':y='(ih-ih/zoom)*{toward[1]}'"
                 f":d={what.frames}:s={what.width}x{what.height}:fps={what.fps.numerator}/{what.fps.denominator}")
        if self.drift:
            graph += f",eq=brightness='{self.drift}*n/{max(1, what.frames)}':eval=frame"
        return graph + ",format=yuv420p"

    def _run(self, inputs: List[str], files: List[bytes], out: List[str], suffix: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="vidgen-emulator-") as folder:
            arguments, waiting = [], list(enumerate(files))
            for word in inputs:
                if word == "IN":
                    number, data = waiting.pop(0)
                    word = os.path.join(folder, f"in{number}")
                    with open(word, "wb") as file:
                        file.write(data)
                arguments.append(word)
            target = os.path.join(folder, "out." + suffix)
            done = subprocess.run([self.ffmpeg, "-v", "error", "-nostdin", "-y", *arguments, *out, target], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300, check=False)
            if done.returncode or not os.path.exists(target):
                raise MediaError("cannot identify image file: " + done.stderr.decode("utf-8", "replace").strip()[:200].replace(folder, ""))
            with open(target, "rb") as file:
                return file.read()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _ending(what: Deliverable) -> str:
    """The last picture, faded in over the last quarter, so that the last frame is it."""
    size, last = f"{what.width}:{what.height}", max(1, what.frames - 1)
    start = last * 3 // 4
    return (f"scale={size}:force_original_aspect_ratio=increase:flags=bicubic,crop={size},loop={what.frames}:1:0,"
            f"setpts=N/({what.fps.numerator}/{what.fps.denominator})/TB,format=yuva444p,fade=t=in:s={start}:n={last - start}:alpha=1")


def _damage(made: Made, fault: Optional[str]) -> Made:
    if fault == "empty":
        return Made(b"", made.suffix)
    if fault == "html":
        return Made(b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>cloud</body></html>", "html")
    data = bytearray(made.data[:max(64, len(made.data) * 3 // 4)])
    for at in range(len(data) // 4, len(data), 7):
        data[at] = (data[at] * 31 + at) & 0xFF
    return Made(bytes(data), made.suffix)


def apply_fault(what: Deliverable, fault: Tuple[str, float]) -> None:
    """Bends what a run delivers; its price follows what it delivers."""
    kind, factor = fault
    what.fault = kind
    if kind == "shorter" and what.kind == "video":
        what.frames = max(1, int(what.frames * factor))
        what.length_us = round(what.frames / what.fps * 1_000_000)
    elif kind == "shorter":
        what.length_us = int(what.length_us * factor)
    elif kind == "with_audio":
        what.audio = True
    elif kind == "wrong_fps":
        what.fps = what.fps * 3 / 2
        what.frames = max(1, what.frames * 3 // 2)
        what.length_us = round(what.frames / what.fps * 1_000_000)
    elif kind == "wrong_size":
        what.width, what.height = what.width * 3 // 8 * 2, what.height * 3 // 8 * 2

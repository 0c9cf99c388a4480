# SPDX-License-Identifier: Apache-2.0
"""What the tests of the command share: a folder of their own, runs of the program, PNG files."""
import json
import os
import re
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

PROGRAM = ""
PROMPT = "a ceramic mug in a quiet cafe, morning light"
FILM = ["make", PROMPT, "--duration", "3", "--quality", "draft", "--backend", "local", "--seed", "1"]
SECRET = "SECRETSECRETSECRET"
# What a terminal would obey: controls other than line feed and tab, as bytes below 32, DEL, or C1 in UTF-8.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")


def environment():
    """Nothing of the caller's but where programs and temporary files are; a key that must never be seen."""
    names = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE")
    kept = {k: v for k, v in os.environ.items() if k in names or k.endswith("SAN_OPTIONS")}
    return {**kept, "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": "/no/such/folder", "VIDGEN_BACKEND": "local",
            "REPLICATE_API_TOKEN": "r8_" + SECRET}


class Run:
    """A finished run: code, out, err, and with --json the events and the one result."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err
        self.lines = out.splitlines()
        self.objects = [json.loads(line) for line in self.lines if line.startswith("{")]
        self.events = [o for o in self.objects if o["type"] == "event"]
        self.result = self.objects[-1] if self.objects else {}

    def __repr__(self):
        return f"exit {self.code}\n{self.out[-2000:]}\n{self.err[-2000:]}"


def start(args, cwd, env=None):
    return subprocess.Popen([PROGRAM, *args], cwd=cwd, env={**environment(), **(env or {})}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, encoding="utf-8")


class Case(unittest.TestCase):
    """A test with a folder of its own; `shared` is one for all tests of the class."""

    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.mkdtemp(prefix="vidgen-cli-")
        cls.addClassCleanup(shutil.rmtree, cls.shared, True)

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="vidgen-cli-")
        self.addCleanup(shutil.rmtree, self.folder, True)

    def run_it(self, *args, cwd=None, code=0, env=None):
        """Runs the command. What holds for every run is checked here."""
        child = start(args, cwd or self.folder, env)
        out, err = child.communicate()
        run = Run(child.returncode, out, err)
        self.check(run, "--json" in args)
        if code is not None:
            self.assertEqual(run.code, code, run)
        return run

    def check(self, run, as_json):
        self.assertNotIn(SECRET, run.out + run.err)
        self.assertIsNone(CONTROLS.search(run.out + run.err), repr(run.out + run.err))
        if as_json:
            self.assertEqual(len(run.objects), len(run.lines), run)
            self.assertEqual([o["type"] for o in run.objects].count("result"), 1, run)
            self.assertEqual(run.result["type"], "result", run)
            self.assertEqual(run.result["ok"], run.code in (0, 3), run)

    def path(self, name):
        return os.path.join(self.folder, name)


def files(folder):
    """All files below a folder with their sizes."""
    return {os.path.relpath(os.path.join(at, name), folder): os.path.getsize(os.path.join(at, name))
            for at, _, names in os.walk(folder) for name in names}


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(path, width, height, colour, inset=None):
    """One colour; with `inset` only inside that many pixels from each edge, the rest lets the ground through."""
    def pixel(x, y):
        if inset is None:
            return bytes(colour)
        inside = inset <= x < width - inset and inset <= y < height - inset
        return bytes(colour) + b"\xff" if inside else b"\0\0\0\0"

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if inset is None else 6, 0, 0, 0)
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b""))


def _paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def _unfiltered(raw, height, stride, channels):
    above = bytearray(stride)
    for y in range(height):
        at = y * (stride + 1)
        kind, row = raw[at], bytearray(raw[at + 1:at + 1 + stride])
        for x in range(stride) if kind else ():
            a, b = (row[x - channels] if x >= channels else 0), above[x]
            c = above[x - channels] if x >= channels else 0
            row[x] = (row[x] + (0, a, b, (a + b) // 2, _paeth(a, b, c))[kind]) & 255
        above = row
        yield row


def green_share(path):
    """The share of plainly green pixels of an 8-bit PNG that is not interlaced."""
    with open(path, "rb") as f:
        data = f.read()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    channels = {2: 3, 6: 4}[kind]
    assert depth == 8 and data[28] == 0
    packed, at, green = b"", 8, 0
    while at < len(data):
        size = struct.unpack(">I", data[at:at + 4])[0]
        packed += data[at + 8:at + 8 + size] if data[at + 4:at + 8] == b"IDAT" else b""
        at += size + 12
    for row in _unfiltered(zlib.decompress(packed), height, width * channels, channels):
        green += sum(g > r + 50 and g > b + 50 for r, g, b in zip(row[::channels], row[1::channels], row[2::channels]))
    return green / (width * height)


def sample_sizes(mp4):
    """Sizes of the first track's samples, from its stsz box."""
    at = mp4.index(b"stsz") + 8
    fixed, count = struct.unpack(">II", mp4[at:at + 8])
    return [fixed] * count if fixed else list(struct.unpack(f">{count}I", mp4[at + 8:at + 8 + 4 * count]))

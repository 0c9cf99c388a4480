#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Damaged and deceitful files must not make the program open anything but themselves, nor any socket.

    tests/media/strace_probe.py build/release/cli/vidgen [--files 200] [--seed 1]

`vidgen probe` runs under strace on damaged copies of a film, a clip, a picture and a sound, and, with `vidgen check`, on
playlists, scripts and session descriptions that call themselves films, and on names that read like addresses. Besides
the file: libraries, locale, and what the C library and OpenSSL read of the system when a program starts.
"""
import argparse
import glob
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import wave

ALLOWED = re.compile(r"(.*\.so(\.[0-9.]+)?"
                     r"|/etc/(ld\.so\.[a-z]+|gcrypt/.*|localtime|ssl/openssl\.cnf)|/usr/lib/ssl/openssl\.cnf"
                     r"|/usr/(lib|share)/locale/.*|/usr/lib/.*/gconv/.*"
                     r"|/proc/(self/[a-z]+|filesystems|cpuinfo|meminfo|sys/.*)|/sys/(devices/system|fs/cgroup)/.*)")
OPENED = re.compile(r'\b(?:openat\([^,]+, |open\()"((?:[^"\\]|\\.)*)"')
CALLS = "openat,open,openat2,creat,socket,connect,execve"


def traces(vidgen, command, name, folder):
    """What a run did that it must not do; its exit code."""
    log = os.path.join(folder, "trace")
    argv = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=" + CALLS, "-o", log, vidgen, command, "--", name]
    done = subprocess.run(argv, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    bad, started = [], 0
    with open(log, encoding="utf-8", errors="replace") as f:
        for line in f:
            started += "execve(" in line
            opened = OPENED.search(line)
            if opened and opened.group(1) != name and not ALLOWED.fullmatch(opened.group(1)):
                bad.append(line.strip())
            if re.search(r"\b(socket|connect|openat2|creat)\(", line) or started > 1:
                bad.append(line.strip())
    return bad, done.returncode


def damaged(data, rng):
    """The data with one kind of damage; most of it near either end, where the indices are."""
    data = bytearray(data)

    def place():
        near = min(len(data), 2500)
        return rng.choice((rng.randrange(near), len(data) - 1 - rng.randrange(near), rng.randrange(len(data))))

    kind = rng.randrange(4)
    if kind == 0:
        del data[rng.randrange(1, len(data)):]
    elif kind == 1:
        for _ in range(rng.randint(1, 8)):
            data[place()] = rng.randrange(256)
    elif kind == 2:
        at = min(place(), len(data) - 4)
        data[at:at + 4] = rng.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\1"))
    else:
        at, n = place(), rng.randint(1, 300)
        data[at:at + n] = rng.choice((b"", bytes(data[at:at + n]) * 2))
    return bytes(data)


def avi(payload):
    """An AVI whose only stream is subtitles that hold `payload`."""
    def chunk(kind, body):
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    head = chunk(b"avih", struct.pack("<14I", 40000, 0, 0, 16, 1, 0, 1, 0, 64, 64, 0, 0, 0, 0))
    stream = chunk(b"strh", b"txts" + b"\0" * 16 + struct.pack("<2I", 1, 25) + b"\0" * 28) + chunk(b"strf", b"\0" * 8)
    text = b"GAB2\0\2\0" + struct.pack("<I", 2) + b"x\0" + struct.pack("<HI", 4, len(payload)) + payload
    lists = chunk(b"LIST", b"hdrl" + head + chunk(b"LIST", b"strl" + stream)) + chunk(b"LIST", b"movi" + chunk(b"00tx", text))
    return chunk(b"RIFF", b"AVI " + lists)


def box(kind, body):
    return struct.pack(">I", 8 + len(body)) + kind + body


def referring(film, target):
    """The film with its tracks' data said to lie in another file."""
    at, out = film.find(b"url \0\0\0\1"), bytearray(film)
    while at >= 0:
        out[at:at + 8] = b"alis\0\0\0\0"
        at = film.find(b"url \0\0\0\1", at + 8)
    return bytes(out) + box(b"url ", b"\0\0\0\0" + target)


def traps(folder, film):
    """Files that ask for others, each under the name of a film."""
    secret = os.path.join(folder, "secret.mp4")
    with open(secret, "wb") as f:
        f.write(film)
    name, url = secret.encode(), b"http://127.0.0.1:9/x.ts"
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n%s\n#EXTINF:1,\n%s\n#EXT-X-ENDLIST\n"
    return {
        "hls.mp4": playlist % (name, url),
        "hls_local.mp4": playlist % (b"file://" + name, b"concat:" + name),
        "hls_key.mp4": b"#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"" + url + b"\"\n" + playlist % (name, name),
        "concat.mp4": b"ffconcat version 1.0\nfile '" + name + b"'\n",
        "sdp.mp4": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
                   b"m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        "dash.mp4": b"<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><AdaptationSet><Representation>"
                    b"<BaseURL>" + url + b"</BaseURL></Representation></AdaptationSet></Period></MPD>",
        "avi.mp4": avi(playlist % (name, url)),
        "playlist_avi.mp4": b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n" + avi(playlist % (name, url)),
        "svg.png": b"<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"file://" + name + b"\"/></svg>",
        "rtsp.mp4": b"[Reference]\nRef1=" + url + b"\n",
        "reference.mp4": referring(film, name),
        "link.mov": box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"moov", box(b"rmra", box(b"rmda", box(
            b"rdrf", b"\0\0\0\0url " + struct.pack(">I", len(url) + 1) + url + b"\0")))),
    }


NAMES = ("http://127.0.0.1:9/x.mp4", "concat:secret.mp4|secret.mp4", "file:secret.mp4", "subfile,,start,0,end,0,,:secret.mp4",
         "pipe:0", "data:video/mp4;base64,AAAA", "secret%03d.png", "tcp://127.0.0.1:9", "cache:secret.mp4", "-")


def seeds(vidgen, folder):
    """A film with sound, a clip, a picture and a sound."""
    subprocess.run([vidgen, "make", "a ceramic mug in a quiet cafe", "--duration", "2", "--size", "320x180", "--quality",
                    "draft", "--backend", "local", "--seed", "1", "--quiet", "--out", "film.mp4"],
                   cwd=folder, check=True, stdout=subprocess.DEVNULL)
    job = glob.glob(os.path.join(folder, "films/videos/*"))[0]
    with wave.open(os.path.join(folder, "sound.wav"), "wb") as w:
        w.setnchannels(2)
        w.setsampwidth(2)
        w.setframerate(48000)
        w.writeframes(bytes(range(256)) * 100)
    paths = [os.path.join(folder, "film.mp4"), os.path.join(job, "chunks/chunk_00.mp4"), os.path.join(job, "animatic/frame_00.png"),
             os.path.join(folder, "sound.wav")]
    out = []
    for path in paths:
        with open(path, "rb") as f:
            out.append((os.path.splitext(path)[1], f.read()))
    return out


def runs(vidgen, folder, files, seed):
    """(command, name) of every run, each with its file written."""
    rng, sources = random.Random(seed), seeds(vidgen, folder)
    lures = traps(folder, sources[0][1])
    contents = dict(lures)
    for n in range(files):
        suffix, data = sources[n % len(sources)]
        contents[f"damaged_{n:04}{suffix}"] = data if n < len(sources) else damaged(data, rng)
    for name, data in contents.items():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)
        yield "probe", name
        if name in lures:
            yield "check", name
    for name in NAMES:
        yield "probe", name


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("vidgen")
    p.add_argument("--files", type=int, default=200)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    if shutil.which("strace") is None:
        sys.exit("strace is not installed: scripts/deps --nightly installs it")
    vidgen, folder = os.path.abspath(a.vidgen), tempfile.mkdtemp(prefix="vidgen-strace-")
    count = fine = failed = 0
    try:
        for command, name in runs(vidgen, folder, a.files, a.seed):
            bad, code = traces(vidgen, command, name, folder)
            count, fine = count + 1, fine + (code == 0)
            if bad or code not in (0, 1):
                failed += 1
                print(f"{command} {name}: exit {code}", *bad, sep="\n  ", file=sys.stderr)
    finally:
        shutil.rmtree(folder)
    print(f"{count} files and names, {fine} of them read, {failed} opened what they must not")
    return 1 if failed or fine == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs an example as a reader would and looks at what it leaves: run_example.py [--films N] [--quiet] [--clip] PROGRAM.

--films: how many films it makes (1); --quiet: it shows no progress; --clip: it is given a clip, made with ffmpeg.
"""
import argparse
import os
import subprocess
import sys
import tempfile


def expect(condition, what):
    if not condition:
        sys.exit("run_example: " + what)


def make_clip(folder):
    clip = os.path.join(folder, "clip.mp4")
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=24", "-frames:v", "120",
                    "-c:v", "libx264", "-pix_fmt", "yuv420p", clip], check=True)
    return clip


def check_film(folder, line):
    path = line.split(": ")[-1]
    with open(os.path.join(folder, path), "rb") as film:
        head = film.read(12)
        size = film.seek(0, os.SEEK_END)
    expect(head[4:8] == b"ftyp", "%s is no MP4 file" % path)
    expect(size > 20000, "%s has %d bytes only" % (path, size))
    print("%s: %d bytes" % (path, size))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--films", type=int, default=1)
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--clip", action="store_true")
    parser.add_argument("program", nargs="+")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("VIDGEN_")}
        environment["VIDGEN_WORKSPACE"] = os.path.join(folder, "films")
        more = [make_clip(folder)] if args.clip else []
        done = subprocess.run(args.program + more, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)
        expect(done.returncode == 0, "it ended with %d:\n%s" % (done.returncode, done.stderr))
        lines = done.stdout.splitlines()
        expect(len(lines) == args.films, "it printed more than the films' paths:\n" + done.stdout)
        expect(args.quiet or "100 %" in done.stderr, "its progress did not come to 100 %%: %r" % done.stderr[-60:])
        for line in lines:
            check_film(folder, line)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times a whole film beside what the encoder alone needs for its finished frames, in one run.

    benchmarks/film.py build/release/cli/vidgen [--runs 3] [--prompt TEXT]

Prints medians: wall seconds of `vidgen make` in a new workspace (painting, music and verification included), of x264
alone on the finished frames (rendered without loss, read from memory), their ratio, the second run of the same request, the first event, and a cold
`vidgen plan`. Needs the ffmpeg command for the encoder alone, and about 4 GB of /dev/shm.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

PROMPT = "a steel water bottle on a mountain trail at sunrise, 30 seconds"


def run(argv):
    """Wall seconds, CPU seconds, peak MB and stdout of one command."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        if child.returncode != 0:
            raise RuntimeError(f"{' '.join(argv)} failed")
        out.seek(0)
        text = out.read().decode()
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def first_event(argv):
    start = time.monotonic()
    child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    child.stdout.readline()
    seen = time.monotonic() - start
    child.kill()
    child.wait()
    return seen


def encoder_alone(vidgen, film, folder, preset, crf):
    """The frames as the encoder gets them: the job's timeline rendered without loss, then kept in memory."""
    lossless, raw = os.path.join(folder, "lossless.mp4"), os.path.join(folder, "frames.yuv")
    run([vidgen, "assemble", os.path.join(film["folder"], "timeline.json"), "-o", lossless, "--preset", "ultrafast",
         "--crf", "0", "--quiet"])
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", lossless, "-f", "rawvideo", "-pix_fmt", "yuv420p", raw], check=True)
    os.remove(lossless)
    argv = ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", film["size"], "-r", "30", "-i", raw,
            "-c:v", "libx264", "-preset", preset, "-crf", str(crf), "-f", "null", "-"]
    run(argv)
    return lambda: run(argv)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("vidgen")
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--prompt", default=PROMPT)
    a = p.parse_args()
    vidgen = os.path.abspath(a.vidgen)
    shm = tempfile.mkdtemp(dir="/dev/shm")
    disk = tempfile.mkdtemp()
    try:
        def make(i):
            return [vidgen, "make", a.prompt, "--backend", "local", "--json", "--workspace", f"{disk}/w{i}"]
        film = json.loads(run(make("warm"))[3].splitlines()[-1])
        alone = encoder_alone(vidgen, film, shm, "veryfast", 20)
        films, encodes = [], []
        for i in range(a.runs):
            films.append(run(make(i)))
            encodes.append(alone())
        again = [run(make(0))[0] for _ in range(a.runs)]
        events = [first_event(make(f"e{i}")) for i in range(a.runs)]
        plans = [run([vidgen, "plan", a.prompt])[0] for _ in range(a.runs)]
        median = statistics.median
        ratios = [f[0] / e[0] for f, e in zip(films, encodes)]
        print(f"film: {film['frames']} frames, {film['samples']} samples, {film['size']}")
        print(f"make, wall / CPU / peak        {median(f[0] for f in films):7.2f} s {median(f[1] for f in films):7.2f} s "
              f"{max(f[2] for f in films):5.0f} MB")
        print(f"encoder alone, wall / CPU      {median(e[0] for e in encodes):7.2f} s {median(e[1] for e in encodes):7.2f} s")
        print(f"make : encoder alone, wall     {median(ratios):7.2f}   ({min(ratios):.2f} to {max(ratios):.2f})")
        print(f"second run                     {median(again):7.3f} s")
        print(f"first event                    {median(events):7.3f} s")
        print(f"vidgen plan, cold              {median(plans):7.3f} s")
    finally:
        shutil.rmtree(shm)
        shutil.rmtree(disk)


if __name__ == "__main__":
    main()

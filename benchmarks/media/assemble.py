#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the engine with ffmpeg on the same clips, in one run on one machine.

    benchmarks/media/assemble.py --tool build/benchmarks/media/assemble_tool CLIP... [--runs 3] [--moviepy PYTHON] [--presets veryfast medium]

Every contender makes the same film: the clips with fades of half a second, graded by one LUT, scaled to 1080p30, with
music. Wall and CPU seconds are medians over the runs; the contenders take turns. What is not installed is skipped.
"""
import argparse
import json
import math
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

FADE, FPS = 0.5, 30


def measure(argv):
    """Wall seconds, CPU seconds and peak RSS in MB of one command."""
    start = time.monotonic()
    child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{argv[0]} failed: {' '.join(argv)}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_cube(path, n=33):
    """A film look: S-curve, warm lights, cool shadows."""
    with open(path, "w") as f:
        f.write(f"LUT_3D_SIZE {n}\n")
        for i in range(n ** 3):
            c = [i % n / (n - 1), i // n % n / (n - 1), i // n // n / (n - 1)]
            luma = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]
            tint = (0.05, 0.0, -0.06)
            out = [0.5 * v + 0.5 * v * v * (3 - 2 * v) + t * (luma - 0.4) for v, t in zip(c, tint)]
            f.write(" ".join(f"{min(max(v, 0), 1):.6f}" for v in out) + "\n")


def write_music(path, seconds=12, rate=48000):
    samples = b"".join(struct.pack("<hh", v, v) for v in
                       (int(8000 * math.sin(i * 0.043) * math.sin(i * 0.00013)) for i in range(seconds * rate)))
    with open(path, "wb") as f:
        f.write(b"RIFF" + struct.pack("<I", 36 + len(samples)) + b"WAVEfmt " +
                struct.pack("<IHHIIHH", 16, 1, 2, rate, rate * 4, 4, 16) + b"data" + struct.pack("<I", len(samples)) + samples)


def seconds_of(clip):
    out = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=duration",
                          "-of", "json", clip], check=True, capture_output=True, text=True).stdout
    return float(json.loads(out)["streams"][0]["duration"])


def ffmpeg(*args):
    return ["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *args]


def x264(preset):
    return ["-c:v", "libx264", "-preset", preset, "-crf", "20", "-pix_fmt", "yuv420p"]


def graph(clips, music, cube, preset, out):
    """The best single graph: fade at source size, grade, then scale."""
    args, text, last, offset = [], "", "0:v", 0.0
    for clip in clips:
        args += ["-i", clip]
    for i in range(1, len(clips)):
        offset += seconds_of(clips[i - 1]) - FADE
        text += f"[{last}][{i}:v]xfade=transition=fade:duration={FADE}:offset={offset}[f{i}];"
        last = f"f{i}"
    text += f"[{last}]lut3d=file={cube},scale=1920:1080:flags=lanczos,fps={FPS},format=yuv420p[v]"
    length = offset + seconds_of(clips[-1])
    return ffmpeg(*args, "-stream_loop", "-1", "-i", music, "-filter_complex", text, "-map", "[v]", "-map",
                  f"{len(clips)}:a", *x264(preset), "-c:a", "aac", "-b:a", "192k", "-t", str(length), "-movflags",
                  "+faststart", out)


def steps(clips, music, cube, preset, folder, out):
    """One process a step, with files between, as such films are usually made: every clip brought to one size and rate,
    the clips joined, the film graded, music laid under."""
    even, commands, inputs, text, last, offset = [], [], [], "", "0:v", 0.0
    for i, clip in enumerate(clips):
        even.append(os.path.join(folder, f"even_{i}.mp4"))
        commands.append(ffmpeg("-i", clip, "-vf", f"scale=1920:1080:flags=lanczos,fps={FPS}", *x264(preset), "-an", even[i]))
        inputs += ["-i", even[i]]
    for i in range(1, len(clips)):
        offset += seconds_of(clips[i - 1]) - FADE
        text += f"[{last}][{i}:v]xfade=transition=fade:duration={FADE}:offset={offset}[f{i}];"
        last = f"f{i}"
    joined, graded = os.path.join(folder, "joined.mp4"), os.path.join(folder, "graded.mp4")
    length = offset + seconds_of(clips[-1])
    commands.append(ffmpeg(*inputs, "-filter_complex", text.rstrip(";"), "-map", f"[{last}]", *x264(preset), joined))
    commands.append(ffmpeg("-i", joined, "-vf", f"lut3d=file={cube},format=yuv420p", *x264(preset), graded))
    commands.append(ffmpeg("-i", graded, "-stream_loop", "-1", "-i", music, "-c:v", "copy", "-c:a", "aac", "-b:a", "192k", "-t",
                           str(length), "-movflags", "+faststart", out))
    return commands


MOVIEPY = """
import sys
from moviepy import AudioFileClip, CompositeVideoClip, VideoFileClip, afx, vfx
out, preset, music, *paths = sys.argv[1:]
at, parts = 0.0, []
for i, path in enumerate(paths):
    clip = VideoFileClip(path).resized((1920, 1080)).with_start(at)
    parts.append(clip.with_effects([vfx.CrossFadeIn(0.5)]) if i else clip)
    at += clip.duration - 0.5
film = CompositeVideoClip(parts, size=(1920, 1080))
film = film.with_audio(AudioFileClip(music).with_effects([afx.AudioLoop(duration=film.duration)]))
film.write_videofile(out, fps=30, codec="libx264", preset=preset, audio_codec="aac", threads=2,
                     ffmpeg_params=["-crf", "20"], logger=None)
"""


def moviepy(args, folder, music, preset, out):
    """The same film without the LUT, which MoviePy does not have."""
    script = os.path.join(folder, "film.py")
    with open(script, "w") as f:
        f.write(MOVIEPY)
    return [args.moviepy, script, out, preset, music, *args.clips]


def contenders(args, folder, preset):
    cube, music = os.path.join(folder, "look.cube"), os.path.join(folder, "music.wav")
    write_cube(cube)
    write_music(music)
    out = os.path.join(folder, "out.mp4")
    rows = [("ours", [[args.tool, "film", out, preset, cube, music, *args.clips]])]
    if not args.quick:
        rows.append(("ours, by segments", [[args.tool, "segments", out, preset, cube, music, *args.clips]]))
    rows.append(("ours, frames only", [[args.tool, "frames", "/dev/null", "-", cube, "-", *args.clips]]))
    if not shutil.which("ffmpeg"):
        return rows
    rows.append(("ffmpeg, one graph", [graph(args.clips, music, cube, preset, out)]))
    if not args.quick:
        rows.append(("ffmpeg, step by step", steps(args.clips, music, cube, preset, folder, out)))
    if args.moviepy:
        rows.append(("MoviePy, no LUT", [moviepy(args, folder, music, preset, out)]))
    raw = os.path.join(folder, "frames.yuv")
    if not args.no_raw:
        subprocess.run([args.tool, "frames", raw, "-", cube, "-", *args.clips], check=True)
        rows.append(("encoder alone", [ffmpeg("-f", "rawvideo", "-s", "1920x1080", "-r", str(FPS), "-pix_fmt", "yuv420p", "-i",
                                              raw, *x264(preset), "-f", "null", "-")]))
    return rows


def grade_rows(args, folder):
    """One thread, one picture graded again and again, at the clips' own size."""
    cube, clip, n = os.path.join(folder, "look.cube"), args.clips[0], 600
    loop = f"loop=loop={n}:size=1:start=24"
    lut = ffmpeg("-filter_threads", "1", "-threads", "1", "-i", clip, "-vf", f"{loop},lut3d=file={cube},format=yuv420p",
                 "-f", "null", "-")
    plain = ffmpeg("-filter_threads", "1", "-threads", "1", "-i", clip, "-vf", loop, "-f", "null", "-")
    ours = [args.tool, "grade", str(n), "-", cube, "-", clip]
    idle = [args.tool, "grade", "1", "-", cube, "-", clip]
    return (measure(ours)[1] - measure(idle)[1]) / n, (measure(lut)[1] - measure(plain)[1]) / n


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--presets", nargs="+", default=["veryfast"])
    parser.add_argument("--quick", action="store_true", help="only the engine, the graph and the encoder")
    parser.add_argument("--no-raw", action="store_true", help="leave out the encoder alone (it needs 2.6 GB of /dev/shm)")
    parser.add_argument("--moviepy", metavar="PYTHON", help="a Python that has MoviePy 2.2; it joins as a contender")
    parser.add_argument("clips", nargs="+")
    args = parser.parse_args()
    base = "/dev/shm" if os.path.isdir("/dev/shm") else None
    for preset in args.presets:
        with tempfile.TemporaryDirectory(dir=base) as folder:
            rows = contenders(args, folder, preset)
            results = {name: [] for name, _ in rows}
            for _ in range(args.runs):
                for name, commands in rows:
                    parts = [measure(c) for c in commands]
                    results[name].append((sum(p[0] for p in parts), sum(p[1] for p in parts), max(p[2] for p in parts)))
            median = {name: [statistics.median(r[i] for r in runs) for i in range(3)] for name, runs in results.items()}
            print(f"\n{preset}, {len(args.clips)} clips, {args.runs} runs\n{'':24}{'wall s':>8}{'CPU s':>8}{'MB':>7}   ours is")
            ours = median["ours"]
            for name, m in median.items():
                print(f"{name:24}{m[0]:8.2f}{m[1]:8.2f}{m[2]:7.0f}   {ours[0] / m[0]:.2f} of its wall, {ours[1] / m[1]:.2f} of its CPU")
            if shutil.which("ffmpeg"):
                a, b = grade_rows(args, folder)
                print(f"a LUT at source size, one thread: ours {a * 1000:.2f} ms a picture, lut3d {b * 1000:.2f} ms: {b / a:.1f} x")


if __name__ == "__main__":
    sys.exit(main())

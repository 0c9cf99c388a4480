#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that an installed wheel works: the module, the command, a film, and where its libraries come from.

    python packaging/smoke.py [--wheel]

Run with the interpreter that vidgen is installed for, from anywhere. --wheel also wants what only a repaired wheel has:
that all of FFmpeg, OpenSSL, SQLite and Pango that is loaded lies in the package.
"""

import json
import os
import subprocess
import sys
import sysconfig
import tempfile

PROMPT = "a ceramic mug on a walnut desk"
# GLib is not among them: the machine's FluidSynth brings the machine's, beside the package's own.
OWN = ("libav", "libsw", "libopenh264", "libdav1d", "libsqlite3", "libsimdjson", "libpango", "libcairo", "libharfbuzz",
       "libfontconfig", "libtomlplusplus", "libebur128", "libhwy")


def command(*words, allowed=(0,)):
    """Runs the command as a user has it; its last line as JSON."""
    program = os.path.join(sysconfig.get_path("scripts"), "vidgen")
    done = subprocess.run([program, *words, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode in allowed, "%s: %d\n%s%s" % (words, done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout.splitlines()[-1]), done


def check_command():
    result, done = command("doctor", allowed=(0, 1))
    lines = {line["what"]: line for line in result["lines"]}
    for what in ("FFmpeg", "H.264 encoder", "AAC encoder", "fonts", "models"):
        assert lines[what]["state"] != "bad", lines[what]
    music = all(lines[what]["state"] == "ok" for what in ("FluidSynth", "sound font"))
    if not music:
        assert "apt install libfluidsynth3 fluid-soundfont-gm" in done.stdout, done.stdout
    result, done = command("make", PROMPT, "--duration", "5", "--quality", "draft", "--backend", "local", "--workspace",
                           "films", "--out", "film.mp4", allowed=(0,) if music else (3,))
    if not music:
        assert "apt install libfluidsynth3 fluid-soundfont-gm" in done.stdout + done.stderr, done
    command("check", "film.mp4")
    return lines, music


def check_module(music):
    import vidgen

    report = vidgen.check("film.mp4")
    assert report.ok, report
    info = vidgen.probe("film.mp4")
    assert info.seconds == 5 and info.video_codec == "h264" and info.has_audio == music, info
    with vidgen.Pipeline(workspace="films") as pipeline:
        plan = pipeline.plan(PROMPT, duration=5)
        assert plan.clip_count >= 1
        film = pipeline.render(PROMPT, duration=2, quality="draft", backend="local")
        assert os.path.getsize(film.path) > 1000, film
        assert bool(film.missing) != music, film.missing
    with vidgen.open("film.mp4") as reader:
        frame = next(iter(reader))
        assert frame.size == info.size, frame
    return os.path.dirname(os.path.abspath(vidgen.__file__))


def check_loaded(package):
    inside = (package + os.sep, package + ".libs" + os.sep)
    with open("/proc/self/maps", encoding="utf-8") as maps:
        loaded = {line.split(None, 5)[5].strip() for line in maps if "/" in line}
    strangers = [path for path in loaded if os.path.basename(path).startswith(OWN) and not path.startswith(inside)]
    assert not strangers, strangers
    names = " ".join(map(os.path.basename, loaded))
    for name in ("libavcodec", "libopenh264", "libpango", "libglib", "libvidgen-local"):
        assert name in names, name + " was not loaded"


def main():
    for name in [name for name in os.environ if name.startswith("VIDGEN_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="vidgen-smoke.") as folder:
        os.chdir(folder)
        lines, music = check_command()
        package = check_module(music)
        if "--wheel" in sys.argv[1:]:
            check_loaded(package)
            assert "libopenh264" in lines["H.264 encoder"]["detail"], lines["H.264 encoder"]
            assert "LGPL" in lines["FFmpeg"]["detail"], lines["FFmpeg"]
        os.chdir("/")
    print("%s, %s, %s" % (lines["H.264 encoder"]["detail"].split()[0], lines["FFmpeg"]["detail"].split(",")[0],
                          "music" if music else "no music"))
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs an example as a reader of the README would and looks at what it leaves: run_example.py PROGRAM."""
import os
import subprocess
import sys
import tempfile


def expect(condition, what):
    if not condition:
        sys.exit("run_example: " + what)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("VIDGEN_")}
        environment["VIDGEN_WORKSPACE"] = os.path.join(folder, "films")
        done = subprocess.run([program], cwd=folder, env=environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)
        expect(done.returncode == 0, "it ended with %d:\n%s" % (done.returncode, done.stderr))
        lines = done.stdout.splitlines()
        expect(len(lines) == 1, "it printed more than the film's path:\n" + done.stdout)
        expect(done.stderr.rstrip().endswith("100 %"), "its progress did not end at 100 %%: %r" % done.stderr[-60:])
        with open(os.path.join(folder, lines[0]), "rb") as film:
            head = film.read(12)
            size = film.seek(0, os.SEEK_END)
        expect(head[4:8] == b"ftyp", "%s is no MP4 file" % lines[0])
        expect(size > 20000, "%s has %d bytes only" % (lines[0], size))
        print("%s: %d bytes" % (lines[0], size))


if __name__ == "__main__":
    main(sys.argv[1])

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How quickly the faces are there: start.py BUILD [--runs 21].

Milliseconds of whole processes, medians, less what an empty Python takes where Python is measured: `import vidgen`, the same
with its native part, `vidgen plan` cold; and the bytes of the libraries.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time


def milliseconds(command, environment, runs):
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--runs", type=int, default=21)
    args = parser.parse_args()
    environment = dict(os.environ, PYTHONPATH=os.path.join(args.build, "python"))
    empty = milliseconds([sys.executable, "-c", "pass"], environment, args.runs)
    for what, code in (("import vidgen", "import vidgen"), ("with its native part", "import vidgen._vidgen"),
                       ("first pipeline", "import vidgen; vidgen.Pipeline('never-made').close()")):
        whole = milliseconds([sys.executable, "-c", code], environment, args.runs)
        print("%-22s %6.1f ms (an empty Python: %.1f)" % (what, whole - empty, empty))
    plan = [os.path.join(args.build, "cli/vidgen"), "plan", "a ceramic mug on a walnut desk, 30 seconds", "--backend", "local"]
    print("%-22s %6.1f ms" % ("vidgen plan, cold", milliseconds(plan, environment, args.runs)))
    for name in ("libvidgen.so", "libvidgen-local.so"):
        print("%-22s %6.2f MB" % (name, os.path.getsize(os.path.realpath(os.path.join(args.build, name))) / 1e6))


if __name__ == "__main__":
    main()

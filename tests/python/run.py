#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs what tests the Python module: run.py FOLDER_OF_THE_PACKAGE tests|types [PYTEST_ARGUMENT...]

The tools are pinned by requirements.txt and installed, once, into a folder of the user's cache. Exit status 77: they cannot
be had here.
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SKIPPED = 77


def tools():
    """The tools' python, or None."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(cache, "vidgen-python-%d.%d" % sys.version_info[:2])
    python = os.path.join(folder, "bin", "python")
    wanted = os.path.join(HERE, "requirements.txt")
    stamp = os.path.join(folder, "requirements.txt")
    with open(wanted, "rb") as f:
        text = f.read()
    if os.path.exists(stamp) and open(stamp, "rb").read() == text:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", folder], check=False).returncode == 0 and subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15",
         "--require-hashes", "-r", wanted], check=False, timeout=400).returncode == 0
    if not made:
        shutil.rmtree(folder, ignore_errors=True)
        return None
    shutil.copy(wanted, stamp)
    return python


def run(command, **more):
    print("$", " ".join(command), flush=True)
    return subprocess.run(command, check=False, **more).returncode


def main(package, what, *more):
    python = tools()
    if python is None:
        print("the tools of requirements.txt cannot be installed here")
        return SKIPPED
    package = os.path.abspath(package)  # tests start programs in folders of their own
    environment = dict(os.environ, PYTHONPATH=package, PYTHONDONTWRITEBYTECODE="1", VIDGEN_BUILT="1")
    if what == "tests":
        return run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *more, HERE], env=environment, cwd=ROOT)
    source = os.path.join(ROOT, "python", "vidgen")
    environment["MYPYPATH"] = os.path.join(ROOT, "python")
    bad = run([python, "-m", "mypy", "--strict", "--cache-dir", os.devnull, source], env=environment, cwd=ROOT)
    bad |= run([python, "-m", "mypy.stubtest", "vidgen._vidgen", "--allowlist",
                os.path.join(HERE, "stubtest.txt"), "--ignore-unused-allowlist"], env=environment, cwd=package)
    environment.pop("PYTHONPATH")  # two copies of a package are two packages to it
    return 1 if bad or not pyright_agrees(python, source, environment) else 0


def pyright_agrees(python, source, environment):
    """It needs Node.js and fetches itself from npm: where either cannot be had, it is left out and said so."""
    done = subprocess.run([python, "-m", "pyright", "--pythonpath", python, source], env=environment, cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    looked = " errors, " in done.stdout or " error, " in done.stdout
    print(done.stdout if looked else "pyright cannot be had here: left out")
    return done.returncode == 0 or not looked


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

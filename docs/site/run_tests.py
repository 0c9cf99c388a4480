#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What ctest runs of the documentation: run_tests.py snippets ARGUMENT... | site.

The tools are those of scripts/docs. Without them the snippets still run, all but those that need a package which this Python
lacks; the site cannot be built, which is exit status 77.
"""
import os
import shutil
import subprocess
import sys

SITE = os.path.dirname(os.path.abspath(__file__))
DOCS = os.path.normpath(os.path.join(SITE, "..", "..", "scripts", "docs"))
SKIPPED = 77


def tools():
    """The tools' Python, or None."""
    done = subprocess.run([DOCS, "--tools"], env=dict(os.environ, PYTHON=sys.executable), stdout=subprocess.PIPE, text=True,
                          check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def main(what, *arguments):
    python = tools()
    if python is None:
        print("the tools of requirements.txt cannot be installed here", flush=True)
    if what == "snippets":
        return subprocess.run([python or sys.executable, os.path.join(SITE, "run_snippets.py"), *arguments], check=False).returncode
    missing = [name for name in ("doxygen", "dot") if not shutil.which(name)]
    if missing or not python:
        print("left out, for want of", ", ".join(missing) or "the tools")
        return SKIPPED
    return subprocess.run([DOCS], env=dict(os.environ, PYTHON=sys.executable), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

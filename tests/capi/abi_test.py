#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the C ABI with the dump in the tree: abi_test.py ROOT LIBRARY [--write]. 77: abidw is not installed.

LIBRARY is the one that stub.py makes of the headers. What was added is allowed once --write has put it there; what was
taken away or changed is a break.
"""
import os
import shutil
import subprocess
import sys
import tempfile


def dump(library, out):
    subprocess.run(["abidw", "--no-corpus-path", "--no-comp-dir-path", "--short-locs", "--no-show-locs", "--type-id-style",
                    "hash", "--out-file", out, library], check=True)


def main(root, library, *flags):
    if not shutil.which("abidw"):
        print("abidw is not installed (Debian: abigail-tools)")
        return 77
    kept = os.path.join(root, "capi/vidgen.abi")
    if "--write" in flags:
        dump(library, kept)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        now = os.path.join(folder, "now.abi")
        dump(library, now)
        done = subprocess.run(["abidiff", "--no-added-syms", kept, now], text=True, stdout=subprocess.PIPE, check=False)
        added = subprocess.run(["abidiff", kept, now], text=True, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        print(done.stdout + "\nThe C ABI changed. Before a release that breaks it: tests/capi/abi_test.py … --write")
        return 1
    if added.returncode != 0:
        print(added.stdout + "\nThe C ABI grew: write it down with tests/capi/abi_test.py ROOT LIBRARY --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

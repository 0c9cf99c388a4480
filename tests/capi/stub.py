#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a C file that defines every function of the C headers, with an empty body: stub.py ROOT OUT.c.

abidw reads functions and their types out of debug information. That of the library itself would bring all of C++ along; what
hosts compile against is in the headers, and the compiler holds the library's definitions to them.
"""
import os
import re
import sys


def main(root, out):
    folder = os.path.join(root, "capi/include/vidgen/c")
    lines = ["#include <vidgen.h>"]
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            for declaration in re.findall(r"^VG_API ([^;{]*\));", f.read(), re.M):
                lines.append(" ".join(declaration.split()) + " { __builtin_trap(); }")
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

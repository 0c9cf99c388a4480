#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves that the C header's status codes are the rows of errc.def, number, name and words: status_test.py ROOT."""
import os
import re
import sys


def main(root):
    with open(os.path.join(root, "include/vidgen/errc.def"), encoding="utf-8") as f:
        rows = {(name.upper(), int(number), text) for name, number, text in
                re.findall(r'^VIDGEN_ERRC\((\w+), (\d+), \w+, \d+, "([^"]*)"\)$', f.read(), re.M)}
    with open(os.path.join(root, "capi/include/vidgen/c/base.h"), encoding="utf-8") as f:
        constants = {(name, int(number), text) for name, number, text in
                     re.findall(r"^  VG_E_(\w+) = (\d+),? +/\* (.*) \*/$", f.read(), re.M)}
    short = {(name, number) for name, number, _ in rows} ^ {(name, number) for name, number, _ in constants}
    if short:
        sys.exit("errc.def and base.h differ in: %s" % sorted(short))
    words = {number: text for _, number, text in rows}
    for name, number, text in sorted(constants):
        if not words[number].startswith(text):
            sys.exit("VG_E_%s says %r, errc.def %r" % (name, text, words[number]))
    print("%d status codes" % len(rows))


if __name__ == "__main__":
    main(sys.argv[1])

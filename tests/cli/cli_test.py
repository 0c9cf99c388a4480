#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of the command.

    tests/cli/cli_test.py build/release/cli/vidgen [words|settings|make|media|redo] [unittest's arguments]
"""
import importlib
import os
import sys
import unittest

import stand

PARTS = ("words", "settings", "make", "media", "music", "redo")


def main():
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        sys.exit(__doc__)
    stand.PROGRAM = os.path.abspath(sys.argv[1])
    rest = sys.argv[2:]
    parts = [rest.pop(0)] if rest and rest[0] in PARTS else PARTS
    for part in parts:
        for name, value in vars(importlib.import_module(f"{part}_test")).items():
            if isinstance(value, type) and issubclass(value, unittest.TestCase):
                globals()[name] = value
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()

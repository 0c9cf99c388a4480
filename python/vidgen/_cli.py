# SPDX-License-Identifier: Apache-2.0
"""The `vidgen` command: the native program that lies in the package takes this process's place."""
from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in __init__.py

if TYPE_CHECKING:
    from typing import NoReturn

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "vidgen")


def main() -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        os.execv(PROGRAM, [PROGRAM, *sys.argv[1:]])
    except OSError as error:
        sys.exit(f"vidgen: this package came without its program, {PROGRAM}: {error.strerror}")

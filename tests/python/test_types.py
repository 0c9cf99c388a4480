# SPDX-License-Identifier: Apache-2.0
"""What type checkers say about code that uses the package."""
import os
import subprocess
import sys
from pathlib import Path

import pytest
import vidgen

USE = Path(__file__).with_name("typed_use.py")


def test_mistakes_are_found_and_nothing_else():
    pytest.importorskip("mypy")
    home = Path(vidgen.__file__).absolute().parents[1]
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", os.devnull, "--no-error-summary", str(USE)]
    done = subprocess.run(command, env=dict(os.environ, MYPYPATH=str(home)), cwd=USE.parent, text=True,
                          capture_output=True, timeout=300, check=False)
    found = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    marked = {n for n, line in enumerate(USE.read_text().splitlines(), 1) if line.endswith("# wrong")}
    assert found == marked, done.stdout

# SPDX-License-Identifier: Apache-2.0
"""The README's Python, as it stands there."""
import re
import shutil
import subprocess
import sys
from pathlib import Path

import support

pytestmark = support.real
README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_snippet_runs(film, tmp_path: Path) -> None:
    snippets = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    assert len(snippets) == 1
    for name in ("a.mp4", "b.mp4"):
        shutil.copy(film.path, tmp_path / name)
    done = subprocess.run([sys.executable, "-c", snippets[0]], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\d+ 0\.0 [\d.]+$", done.stdout, re.M), done.stdout  # clips, price, time
    assert re.search(r"final\.mp4 900 0\.0 local$", done.stdout, re.M), done.stdout
    assert (tmp_path / "out.mp4").stat().st_size > 20000

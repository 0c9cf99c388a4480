# SPDX-License-Identifier: Apache-2.0
import io
import sys

import pytest
import support
import vidgen
from vidgen import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_log_gets_a_line_for_each_change(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    last = support.event(3, "film", 1.0, "complete", "done", eta=0)
    for event in (support.event(1, "status"), support.event(2), last):
        progress.print_progress(vidgen.Event.from_json(event))
    assert sys.stderr.getvalue() == "42 % $0.30 refining: clip 3 of 6\n100 % $0.30 complete: done\n"


def test_a_terminal_gets_one_line_that_changes(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    progress.print_progress(5, 10)
    progress.print_progress(10, 10)
    assert sys.stderr.getvalue() == "\r50 % 5 of 10 frames\x1b[K\r100 % 10 of 10 frames\x1b[K\n"


def test_a_bar_shows_phase_money_and_time():
    rich = pytest.importorskip("rich.console")
    out = io.StringIO()
    console = rich.Console(file=out, width=100, force_terminal=True, color_system=None)
    with progress.RichProgress(console) as bar:
        bar(vidgen.Event.from_json(support.event(1)))
        bar(vidgen.Event.from_json(support.event(2, "note", message="[odd] words")))
    text = out.getvalue()
    assert "refining" in text and "42%" in text and "$0.30" in text and "0:10 left" in text and "[odd] words" in text


def test_a_bar_counts_frames_of_assemble():
    rich = pytest.importorskip("rich.console")
    out = io.StringIO()
    with progress.RichProgress(rich.Console(file=out, width=100, force_terminal=True, color_system=None)) as bar:
        bar(30, 90)
    assert "30 of 90 frames" in out.getvalue()


def test_without_rich_it_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.progress", None)
    with pytest.raises(ImportError, match="pip install rich"):
        progress.RichProgress()

# SPDX-License-Identifier: Apache-2.0
"""HTML for notebooks: tables and films. Pure text; colours are left to the notebook."""
from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

_AMOUNT = re.compile(r"\$?-?[\d.,]+( s)?$")
MOST_EMBEDDED = 32 << 20  # bytes of a film that is put into the page itself


def escape(value: object) -> str:
    text = str(value)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    return text


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; cells are escaped. Columns of amounts stand at the right, whatever the notebook does with the others."""
    body = [[escape(cell) for cell in row] for row in rows]
    sides = ["right" if _AMOUNT.match(cell) else "left" for cell in body[0]] if body else ["left"] * len(head)

    def line(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(f'<{tag} style="text-align:{side}">{cell}</{tag}>'
                                for cell, side in zip(cells, sides, strict=True)) + "</tr>"

    lines = "".join(line("td", row) for row in body)
    return (f'<table><caption style="text-align:left;white-space:nowrap">{escape(caption)}</caption>'
            f"<thead>{line('th', [escape(cell) for cell in head])}</thead><tbody>{lines}</tbody></table>")


def video(path: str, words: str) -> str:
    """A player with the file in the page, a link where it is too large, its path where it is not there."""
    try:
        size = os.path.getsize(path)
        if size <= MOST_EMBEDDED:
            return f"<figure>{_player(path)}<figcaption>{escape(words)}</figcaption></figure>"
    except OSError:
        return f"<p>{escape(path)} is not there</p>"
    return f'<p><a href="{escape(_uri(path))}">{escape(path)}</a> ({size / 1e6:.0f} MB) {escape(words)}</p>'


def _player(path: str) -> str:
    import base64

    with open(path, "rb") as file:
        data = base64.b64encode(file.read()).decode("ascii")
    return f'<video controls style="max-width:100%" src="data:video/mp4;base64,{data}"></video>'


def _uri(path: str) -> str:
    import pathlib

    return pathlib.Path(path).absolute().as_uri()

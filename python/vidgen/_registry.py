# SPDX-License-Identifier: Apache-2.0
"""Which pipelines are open, so that those that were forgotten are closed before the interpreter goes: after that no
thread of the library may call Python any more."""
from __future__ import annotations

import atexit
import os
import sys
import weakref
from typing import Protocol


class Closes(Protocol):
    def close(self) -> None: ...
    def _forgotten(self) -> None: ...


_open: weakref.WeakSet[Closes] = weakref.WeakSet()
_watching = False


def add(pipeline: Closes) -> None:
    global _watching
    if not _watching:
        _watching = True
        atexit.register(_close_all)
        os.register_at_fork(after_in_child=_forked)
    _open.add(pipeline)


def remove(pipeline: Closes) -> None:
    _open.discard(pipeline)


def _close_all() -> None:
    for pipeline in list(_open):
        pipeline._forgotten()
    loop = sys.modules.get("vidgen._loop")
    if loop is not None:
        loop.BACKGROUND.stop()


def _forked() -> None:
    """In a child the parent's pipelines are none of ours."""
    global _open
    _open = weakref.WeakSet()

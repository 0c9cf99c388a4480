# SPDX-License-Identifier: Apache-2.0
"""Redo: another take of a shot, or an earlier one, and what it would cost."""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from vidgen import _units as units
from vidgen._plan import Plan
from vidgen._units import Dollars

RedoMode: TypeAlias = Literal["cascade", "pin", "cut"]


@dataclass(frozen=True)
class Refresh:
    """What carrying a plan out would still do."""

    stale: tuple[str, ...]  # ids of steps that have to be done, in the plan's order
    evicted: tuple[str, ...]  # of them: done once, and their results are cleaned
    cost_least_micros: int
    cost_micros: int  # likely
    cost_most_micros: int

    @classmethod
    def from_json(cls, text: str) -> Refresh:
        row = json.loads(text)
        price = row["micro_usd"]
        return cls(tuple(row["stale"]), tuple(row["evicted"]), price["least"], price["likely"], price["most"])

    @property
    def cost_usd(self) -> float:
        """The likely price in dollars, for showing; `cost_micros` is exact."""
        return self.cost_micros / 1e6

    @property
    def cost_most_usd(self) -> float:
        return self.cost_most_micros / 1e6


@dataclass(frozen=True)
class RedoPlan:
    """What a redo would make and what it would buy; nothing is done by it."""

    plan: Plan
    refresh: Refresh
    mode: RedoMode


def words_of(shot: int, mode: RedoMode | None, prompt: str | None, take: int | None,
             budget: Dollars | None) -> tuple[int, str, str, int, int | None]:
    """As the native side takes them."""
    return shot, mode or "", prompt or "", take or 0, None if budget is None else units.micros_of(budget)

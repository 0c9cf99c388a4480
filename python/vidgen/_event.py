# SPDX-License-Identifier: Apache-2.0
"""Event: what a job tells while it runs."""
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from vidgen import _units as units

JobStatus: TypeAlias = Literal[
    "queued", "validating", "generating_animatic", "generating_references", "generating_chunks", "refining",
    "exporting", "complete", "failed", "cancelled", "needs_attention", "interrupted",
]
FINAL = ("complete", "failed", "cancelled")  # no event follows


@dataclass(frozen=True, repr=False)
class Event:
    """One thing that a job told, numbered within the job. An immutable value; `print` shows it as one line."""

    job: str
    seq: int  # 1, 2, 3 …
    time_ms: int  # since 1970, the machine's clock
    kind: str  # "status", "step", "progress", "note", "plan", "film", "error"
    status: JobStatus
    phase: int  # 1 to 6
    fraction: float  # of the whole job, 0 to 1; never falls
    cost_micros: int  # micro-dollars spent so far
    eta: Fraction  # seconds left, likely; 0 when done
    step: str = ""  # of kind "step"
    message: str = ""  # for people

    @classmethod
    def from_json(cls, text: str) -> Event:
        row: dict[str, Any] = json.loads(text)
        row["eta"] = units.fraction_of(row["eta"])
        return cls(**{name: row[name] for name in cls.__dataclass_fields__ if name in row})

    @property
    def cost_usd(self) -> float:
        """Dollars spent so far, for showing; `cost_micros` is exact."""
        return self.cost_micros / 1e6

    @property
    def eta_seconds(self) -> float:
        return float(self.eta)

    @property
    def time(self) -> datetime:
        return datetime.fromtimestamp(self.time_ms / 1000, timezone.utc)

    def __repr__(self) -> str:
        said = self.message or self.step
        words = self.status.replace("_", " ") + (f": {said}" if said and said != self.status else "")
        return f"{int(self.fraction * 100)} % {units.money_text(self.cost_micros)} {words}"

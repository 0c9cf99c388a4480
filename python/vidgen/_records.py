# SPDX-License-Identifier: Apache-2.0
"""What the journal knows: JobInfo, and Ledger, a job's book of what was bought."""
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

from vidgen import _html
from vidgen import _units as units
from vidgen._event import JobStatus
from vidgen._film import Film
from vidgen._plan import Plan
from vidgen._request import Request

# States in which an attempt may still come to cost what was reserved for it.
_OPEN = ("intent", "sent", "accepted", "running", "succeeded", "ambiguous")


class JobInfo:
    """A job as the journal has it: a picture of one moment. An immutable value."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self.id: str = document["id"]
        self.status: JobStatus = document["status"]
        self.reason: str = document["reason"]  # of "needs_attention" and "failed"
        self.owner: int = document["owner"]  # id of the process that runs it; 0: nobody
        self.created = datetime.fromtimestamp(document["created_ms"] / 1000, timezone.utc)

    @classmethod
    def from_json(cls, text: str) -> JobInfo:
        return cls(json.loads(text))

    @property
    def prompt(self) -> str:
        return self.request.prompt

    @cached_property
    def request(self) -> Request:
        return Request.from_json(self._document["request"])

    @property
    def spec(self) -> dict[str, Any] | None:
        """What the prompt was understood as; None before that."""
        text = self._document["spec"]
        spec: dict[str, Any] | None = json.loads(text) if text else None
        return spec

    @cached_property
    def plan(self) -> Plan | None:
        """Its first plan; None before it is made."""
        text = self._document["plan"]
        return Plan.from_json(text) if text else None

    @cached_property
    def film(self) -> Film | None:
        text = self._document["film"]
        return Film.from_json(text) if text else None

    def __repr__(self) -> str:
        why = f" ({self.reason})" if self.reason else ""
        return f"<JobInfo {self.id}: {self.status.replace('_', ' ')}{why}, {self.prompt!r}>"


@dataclass(frozen=True)
class LedgerEntry:
    """One attempt at one step. States: planned, intent, sent, accepted, running, succeeded, stored, verified, failed,
    cancelled, ambiguous, lost."""

    step: str
    attempt: int  # from 1
    state: str
    provider: str
    provider_id: str
    reserved_micros: int  # the worst case
    settled_micros: int  # what it came to
    time_ms: int  # since 1970
    detail: str  # why it failed

    @classmethod
    def from_json(cls, text: str) -> LedgerEntry:
        row: dict[str, Any] = json.loads(text)
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})

    @property
    def settled_usd(self) -> float:
        return self.settled_micros / 1e6

    @property
    def open(self) -> bool:
        """It may still come to cost what was reserved."""
        return self.state in _OPEN and self.settled_micros == 0


class Ledger:
    """What a job's attempts came to, and what is reserved for those under way. An immutable value."""

    def __init__(self, job: str, entries: tuple[LedgerEntry, ...]) -> None:
        self.job = job
        self.entries = entries
        self.spent_micros = sum(entry.settled_micros for entry in entries)
        self.reserved_micros = sum(entry.reserved_micros for entry in entries if entry.open)

    @property
    def spent_usd(self) -> float:
        """Dollars, for showing; `spent_micros` is exact."""
        return self.spent_micros / 1e6

    @property
    def reserved_usd(self) -> float:
        return self.reserved_micros / 1e6

    def __repr__(self) -> str:
        return (f"<Ledger of {self.job}: {len(self.entries)} attempts, {units.money_text(self.spent_micros)} spent, "
                f"{units.money_text(self.reserved_micros)} reserved>")

    def _repr_html_(self) -> str:
        rows = [(entry.step, entry.attempt, entry.state, entry.provider,
                 units.money_text(entry.reserved_micros if entry.open else 0), units.money_text(entry.settled_micros))
                for entry in self.entries]
        return _html.table(repr(self)[1:-1], ("step", "attempt", "state", "provider", "reserved", "paid"), rows)

# SPDX-License-Identifier: Apache-2.0
"""The provider's own books, in whole micro-dollars.

What is charged: models priced by time cost their running time, whether they succeed, fail or are canceled while running;
models priced by output cost what they delivered. Nothing that never ran is charged (`aborted`, and canceled in the
queue). `billing` in the scenario changes the rules for failed and canceled runs: none, time, or full.
Fractions of a micro-dollar are rounded half up, once, per entry.
"""
from __future__ import annotations

import decimal
from typing import Any, Dict, List, Optional

from .clock import SECOND

MILLION = 1_000_000


def micro(usd) -> int:
    """Dollars as text or number to micro-dollars."""
    return int((decimal.Decimal(str(usd)) * MILLION).to_integral_value(decimal.ROUND_HALF_UP))


def divide(numerator: int, denominator: int) -> int:
    """Half up, for numbers that are not negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def tokens(text: str) -> int:
    """A plain rule that a test can follow: one token for each 4 bytes begun."""
    return -(-len(text.encode("utf-8")) // 4)


def dollars(amount: int) -> str:
    return f"{amount // MILLION}.{amount % MILLION:06d}"


class Price:
    """One price. `rate` is micro-dollars a unit; for tokens, micro-dollars a million (their prices are that small)."""

    __slots__ = ("kind", "rate", "output_rate", "cached_rate", "write_rate", "condition")

    def __init__(self, row: Dict[str, Any]):
        self.kind, self.condition = row["kind"], row.get("condition", "")
        self.rate = micro(row["usd"])
        self.output_rate = micro(row.get("output_usd", row["usd"]))
        self.cached_rate = micro(row.get("cached_usd", row["usd"]))
        self.write_rate = micro(row.get("cache_write_usd", row["usd"]))

    @property
    def by_time(self) -> bool:
        return self.kind == "per_gpu_second"

    def of_run(self, run_us: int, media_us: int, images: int) -> int:
        """A finished run: `run_us` of computing made `media_us` of film or sound, or so many images."""
        if self.kind == "per_gpu_second":
            return divide(self.rate * run_us, SECOND)
        if self.kind == "per_output_second":
            return divide(self.rate * media_us, SECOND)
        if self.kind == "per_image":
            return self.rate * images
        return 0 if self.kind == "free" else self.rate

    def of_tokens(self, usage: Dict[str, int]) -> int:
        cached, written = usage.get("cached", 0), usage.get("cache_write", 0)
        plain = usage["input"] - cached - written
        total = plain * self.rate + cached * self.cached_rate + written * self.write_rate + usage["output"] * self.output_rate
        return divide(total, MILLION)


def share_of(price: Price, outcome: str, rules: Dict[str, str]) -> str:
    """none, time or full: what a run that ended so is charged."""
    if outcome == "succeeded":
        return "full"
    if outcome not in ("failed", "canceled"):
        return "none"
    return rules[("time_" if price.by_time else "output_") + outcome]


def charge(price: Price, outcome: str, rules: Dict[str, str], ran_us: int, full_us: int, media_us: int, images: int) -> int:
    """Micro-dollars for a run that ended after `ran_us` of the `full_us` it would have taken. Not started: 0."""
    share = share_of(price, outcome, rules)
    if share == "none" or ran_us <= 0 and outcome != "succeeded":
        return 0
    if price.by_time:
        return price.of_run(ran_us if share == "time" or outcome == "succeeded" else full_us, media_us, images)
    whole = price.of_run(full_us, media_us, images)
    return whole if share == "full" else divide(whole * min(ran_us, full_us), max(1, full_us))


class Ledger:
    """What each account was charged, one entry per paid operation. Entries are never changed."""

    def __init__(self) -> None:
        self.entries: List[Dict[str, Any]] = []
        self._spent: Dict[str, int] = {}

    def book(self, at: str, account: str, provider: str, model: str, ident: str, outcome: str, amount: int,
             detail: Optional[Dict[str, Any]] = None) -> None:
        self.entries.append({"seq": len(self.entries) + 1, "at": at, "account": account, "provider": provider,
                             "model": model, "id": ident, "outcome": outcome, "micro": amount, **(detail or {})})
        self._spent[account] = self._spent.get(account, 0) + amount

    def spent(self, account: str) -> int:
        return self._spent.get(account, 0)

    def report(self, account: str = "", provider: str = "") -> Dict[str, Any]:
        rows = [e for e in self.entries if account in ("", e["account"]) and provider in ("", e["provider"])]
        total = sum(e["micro"] for e in rows)
        return {"total_micro": total, "total_usd": dollars(total), "charged": sum(e["micro"] > 0 for e in rows),
                "by_account": _sums(rows, "account"), "by_provider": _sums(rows, "provider"),
                "by_model": _sums(rows, "model"), "by_outcome": _sums(rows, "outcome"), "entries": rows}


def _sums(rows: List[Dict[str, Any]], key: str) -> Dict[str, int]:
    sums: Dict[str, int] = {}
    for row in rows:
        sums[row[key]] = sums.get(row[key], 0) + row["micro"]
    return sums

# SPDX-License-Identifier: Apache-2.0
"""Plan: what a film would become, cost and take, "vidgen.plan/1"."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from vidgen import _html
from vidgen import _units as units
from vidgen._timeline import Timeline

PHASES = ("", "validate", "animatic", "references", "clips", "refine", "export")


@dataclass(frozen=True)
class PlanClip:
    """One video that a model returns."""

    step: str  # id of the step that makes it
    chain: int
    index: int  # place in the chain
    start: int  # master frames that it shows
    length: int
    seconds: Fraction  # what is bought
    used: Fraction  # seconds shown outside transitions
    handle: Fraction  # seconds shown inside transitions only
    overlap: Fraction  # seconds that repeat the predecessor's last frame
    waste: Fraction  # seconds bought and never shown


@dataclass(frozen=True)
class Step:
    """One node of the plan's graph; `kind` says which part of the library carries it out."""

    id: str
    kind: str
    phase: int  # 1 to 6
    params: dict[str, Any]
    inputs: tuple[str, ...]  # ids of steps
    key: str  # hex SHA-256 of all that it depends on
    resource: str  # "cpu", "encode", "provider:<name>"
    cost_micros: int  # likely
    cost_least_micros: int
    cost_most_micros: int
    seconds: Fraction  # likely time to carry it out
    on_failure: str  # "fail", "degrade", "ask"
    label: str  # for people

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Step:
        price, params = row["micro_usd"], row["params"]
        return cls(row["id"], row["kind"], row["phase"], params if isinstance(params, dict) else {},
                   tuple(row["inputs"]), row["key"], row["resource"], price["likely"], price["least"], price["most"],
                   units.fraction_of(row["seconds"]), row["on_failure"], row["label"])


@dataclass(frozen=True)
class PlanTake:
    """One take of a clip that was made again; the film shows the selected one."""

    clip: str  # the step of its first take, which names the clip
    take: int  # counted within the clip
    how: str  # "planned", "cascade", "pin", "cut", "follows"
    step: Step
    selected: bool


class Plan:
    """What a film would become and cost: nothing is bought or written by a plan. An immutable value."""

    def __init__(self, document: dict[str, Any]) -> None:
        price = document["micro_usd"]
        self._document = document
        self.cost_micros: int = price["likely"]
        self.cost_least_micros: int = price["least"]
        self.cost_most_micros: int = price["most"]
        self.frame_count: int = document["frames"]
        self.fps = units.fraction_of(document["fps"])
        self.model: str = document["model"]
        self.image_model: str = document["image_model"]
        self.music_model: str = document["music_model"]
        self.continuity: str = document["continuity"]
        self.spec_source: str = document["spec"]  # "rules" or "llm"
        self.notes: tuple[str, ...] = tuple(document["notes"]) + tuple(document["replaced_transitions"])
        self.critical_path: tuple[str, ...] = tuple(document["critical_path"])  # ids of steps

    @classmethod
    def from_json(cls, text: str) -> Plan:
        return cls(json.loads(text))

    def to_json(self) -> str:
        return json.dumps(self._document, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def clips(self) -> tuple[PlanClip, ...]:
        numbers = ("seconds", "used", "handle", "overlap", "waste")
        rows = self._document["clips"]
        return tuple(PlanClip(**row | {name: units.fraction_of(row[name]) for name in numbers}) for row in rows)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Inputs stand before the steps that take them."""
        return tuple(Step.of_row(row) for row in self._document["steps"])

    @cached_property
    def takes(self) -> tuple[PlanTake, ...]:
        """Of clips that were made again; the others have one."""
        shown = {clip.step for clip in self.clips}
        rows = [(row, Step.of_row(row["steps"][-1])) for row in self._document.get("takes", ())]
        return tuple(PlanTake(row["clip"], row["take"], row["how"], step, step.id in shown) for row, step in rows)

    @cached_property
    def timeline(self) -> Timeline:
        """Its sources are ids of steps."""
        return Timeline(self._document["timeline"])

    @property
    def clip_count(self) -> int:
        return len(self._document["clips"])

    @property
    def cost_usd(self) -> float:
        """The likely price in dollars, for showing; `cost_micros` is exact."""
        return self.cost_micros / 1e6

    @property
    def cost_least_usd(self) -> float:
        return self.cost_least_micros / 1e6

    @property
    def cost_most_usd(self) -> float:
        """The worst case: what is reserved of the budget."""
        return self.cost_most_micros / 1e6

    @property
    def eta_seconds(self) -> float:
        """The likely time to make it, along the critical path."""
        return float(units.fraction_of(self._document["eta"]))

    @property
    def waste_seconds(self) -> float:
        """Seconds of clips that are bought and never shown."""
        return float(units.fraction_of(self._document["waste"]))

    @property
    def duration(self) -> Fraction:
        """Seconds of the film."""
        return self.frame_count / self.fps

    @property
    def size(self) -> tuple[int, int]:
        return self.timeline.size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self._document == other._document

    __hash__ = None  # type: ignore[assignment]  # its parts are lists

    def __repr__(self) -> str:
        return (f"<Plan {self.clip_count} clips from {self.model}, {self.frame_count} frames, "
                f"{units.money_text(self.cost_micros)} (at most {units.money_text(self.cost_most_micros)}), "
                f"about {self.eta_seconds:.0f} s>")

    def _repr_html_(self) -> str:
        phases = _html.table(repr(self)[1:-1], ("phase", "steps", "likely", "at most", "work"), _phase_rows(self))
        clips = _html.table("clips", ("clip", "from", "shows", "bought", "waste", "likely"), _clip_rows(self))
        return phases + clips


def _phase_rows(plan: Plan) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for number in sorted({step.phase for step in plan.steps}):
        steps = [step for step in plan.steps if step.phase == number]
        name = PHASES[number] if number < len(PHASES) else ""
        rows.append((f"{number} {name}", len(steps), units.money_text(sum(step.cost_micros for step in steps)),
                     units.money_text(sum(step.cost_most_micros for step in steps)),
                     f"{float(sum(step.seconds for step in steps)):.0f} s"))
    return rows


def _clip_rows(plan: Plan) -> list[tuple[object, ...]]:
    price = {step.id: step.cost_micros for step in plan.steps}
    label = {step.id: step.label for step in plan.steps}
    return [(label.get(clip.step) or clip.step, _seconds(clip.start / plan.fps), _seconds(clip.length / plan.fps),
             _seconds(clip.seconds), _seconds(clip.waste), units.money_text(price.get(clip.step, 0)))
            for clip in plan.clips]


def _seconds(value: Fraction) -> str:
    return f"{float(value):.2f} s"

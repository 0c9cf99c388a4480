# SPDX-License-Identifier: Apache-2.0
"""Phases written in Python: steps of the host's own in the graph that makes a film."""
from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from vidgen import _units as units
from vidgen._backend import Output, file_rows, serve
from vidgen._event import JobStatus
from vidgen._request import Request
from vidgen._units import Dollars, StrPath

if TYPE_CHECKING:
    from vidgen._loop import Calls, Cancel, Done


@dataclass(frozen=True)
class StepInput:
    """What a step that this one takes left behind: files, the result proper first, and facts."""

    paths: tuple[str, ...]
    facts: Any


@dataclass(frozen=True)
class StepContext:
    """All that a step may use."""

    job: str
    step: dict[str, Any]  # as in the plan: "id", "kind", "params" …
    inputs: tuple[StepInput, ...]
    request: Request
    folder: str  # of the job's files

    @property
    def params(self) -> dict[str, Any]:
        params: dict[str, Any] = self.step.get("params") or {}
        return params

    @classmethod
    def of_payload(cls, row: dict[str, Any]) -> StepContext:
        inputs = tuple(StepInput(tuple(given["paths"]), _parsed(given.get("facts"))) for given in row["inputs"])
        request = row["request"]
        text = request if isinstance(request, str) else json.dumps(request)
        step = row["step"] if isinstance(row["step"], dict) else {"id": row["step"]}
        return cls(row["job"], step, inputs, Request.from_json(text), row["folder"])


@dataclass(frozen=True)
class StepResult:
    """What a step leaves behind. `cost`: dollars that it spent."""

    files: Sequence[StrPath | Output] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    cost: Dollars = 0

    def to_row(self) -> dict[str, Any]:
        return {"files": file_rows(self.files), "facts": dict(self.facts), "cost_micros": units.micros_of(self.cost)}


StepKind: TypeAlias = Callable[[StepContext], StepResult | Awaitable[StepResult]]


class PlanEditor:
    """A plan that steps may be added to. `document` is the plan's JSON, for reading."""

    def __init__(self, document: dict[str, Any], kinds: Mapping[str, StepKind]) -> None:
        self.document = document
        self.added: list[dict[str, Any]] = []
        self._kinds = kinds
        self._ids = {step["id"] for step in document["steps"]}

    @property
    def step_ids(self) -> list[str]:
        """Of all steps that there are, those that take another's result after it."""
        return [step["id"] for step in self.document["steps"]] + [step["id"] for step in self.added]

    def add(self, *, kind: str, id: str, inputs: Sequence[str] = (), params: Mapping[str, Any] | None = None,
            label: str = "") -> str:
        """Adds a step of one of the phase's kinds and gives its id. `inputs`: ids of steps whose results it takes.
        `params` belong to its key: when they change, it is made anew."""
        if kind not in self._kinds:
            raise units.bad(f"the phase has no kind of step \"{kind}\": it has {', '.join(self._kinds) or 'none'}")
        if not id or id in self._ids:
            raise units.bad(f"a step \"{id}\" is there already" if id else "a step needs an id")
        for one in inputs:
            if one not in self._ids:
                raise units.bad(f"step {id} takes \"{one}\", which no step before it is called")
        self._ids.add(id)
        self.added.append({"id": id, "kind": kind, "params": dict(params or {}), "inputs": list(inputs),
                           "label": label or id})
        return id


class Phase:
    """Steps of the host's own. Derive, set the members, and give it to a Pipeline.

    Kinds are `def` or `async def` functions from a StepContext to a StepResult. `def` is called on a thread of the
    library's pool; `async def` runs where coroutines of backends run, and is cancelled when the job is stopped.
    What they raise fails the step.
    """

    number: int = 5  # 1 to 6: which of the six it stands beside
    name: str = ""
    status: JobStatus = "refining"  # what people see while it runs
    kinds: Mapping[str, StepKind] = {}

    def extend(self, spec: dict[str, Any], plan: PlanEditor) -> None:
        """Adds steps to a plan. Pure: the same spec and plan must give the same steps, since another process may go on
        with the job."""


class Bridge:
    """A Phase as the native module calls it."""

    def __init__(self, phase: Phase, calls: Calls) -> None:
        self._phase = phase
        self._calls = calls
        self.number = phase.number
        self.name = phase.name or type(phase).__name__
        self.status: str = phase.status
        self.kinds = list(phase.kinds)

    def extend(self, spec_json: str, plan_json: str) -> str:
        editor = PlanEditor(json.loads(plan_json), self._phase.kinds)
        self._phase.extend(json.loads(spec_json), editor)
        return json.dumps(editor.added)

    def run(self, kind: str, payload_json: str, done: Done) -> Cancel | None:
        return serve(self._calls, lambda: self._phase.kinds[kind](StepContext.of_payload(json.loads(payload_json))),
                     _result_row, done, False)


def _result_row(result: Any) -> dict[str, Any]:
    if not isinstance(result, StepResult):
        raise TypeError(f"a step gave a {type(result).__name__}, not a vidgen.StepResult")
    return result.to_row()


def _parsed(facts: Any) -> Any:
    """Facts cross as JSON, or as the text of it."""
    return json.loads(facts) if isinstance(facts, str) and facts else facts

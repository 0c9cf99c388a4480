# SPDX-License-Identifier: Apache-2.0
"""Scripted faults: which request one hits, and what it does there.

A rule says whom it hits (`operation`, `provider`, `model`, `token`), when (`nth`, `every`, `probability`, `times`) and
what happens (`do` and its words). Rules are looked at in order; the first whose turn it is wins, and every matching
rule counts the request. With the same seed and the same order of requests the same faults come.
"""
from __future__ import annotations

import fnmatch
import random
from typing import Any, Dict, List, Optional

from .scenario import ScenarioError

# What a fault does, by the place where it is carried out.
CONNECTION = {"refuse_connection"}
BEFORE = {"reset_before", "cut_request", "hang_before"}                 # the provider never acts on the request
ANSWER = {"status", "throttle"}                                         # an answer of another kind; `executed` says whether it acted
AFTER = {"drop_after_accept", "cut_response", "slow", "content_type", "gzip", "nonsense", "empty", "html", "broken_json",
         "hang_after", "garbage", "redirect", "edit", "extra_headers"}  # it acted; the answer suffers
OUTCOME = {"fail", "nsfw", "status_word", "data_removed", "output_shape", "media", "never_start", "never_end",
           "hide_from_list", "latency", "content", "refusal", "length", "content_filter", "schema_violation", "no_webhook"}
DELAY = {"delay"}
ACTIONS = CONNECTION | BEFORE | ANSWER | AFTER | OUTCOME | DELAY

MEDIA_FAULTS = ("shorter", "corrupt", "empty", "html", "with_audio", "wrong_fps", "wrong_size", "black", "wrong_start")
_WHOM = ("operation", "provider", "model", "token", "method", "path")
_WHEN = ("nth", "every", "probability", "times", "after", "name")
_WHAT = ("do", "at", "how", "status", "body", "headers", "content_type", "executed", "form", "seconds", "rate", "block",
         "bytes", "error", "word", "polls", "shape", "kind", "factor", "content", "location", "set", "queue", "predict",
         "code", "type", "message")


class Rule:
    __slots__ = ("spec", "index", "seen", "hits", "_seed")

    def __init__(self, spec: Dict[str, Any], index: int, seed):
        check(spec, index)
        self.spec, self.index, self._seed = spec, index, seed
        self.seen = self.hits = 0

    @property
    def needs_model(self) -> bool:
        return "model" in self.spec

    def matches(self, about: Dict[str, str]) -> bool:
        for key in _WHOM:
            want = self.spec.get(key)
            if want is None:
                continue
            wants = want if isinstance(want, list) else [want]
            have = [about.get(key, "")]
            if key == "operation":
                have.append(about.get("class", ""))
                if "any" in wants:
                    continue
            if not any(fnmatch.fnmatchcase(h, w) for h in have for w in wants):
                return False
        return True

    def due(self) -> bool:
        """Counts one matching request and says whether this one is hit."""
        self.seen += 1
        spec = self.spec
        if self.hits >= spec.get("times", 1 << 60) or self.seen <= spec.get("after", 0):
            return False
        nth = spec.get("nth")
        if nth is not None and self.seen not in (nth if isinstance(nth, list) else [nth]):
            return False
        if "every" in spec and self.seen % spec["every"]:
            return False
        if "probability" in spec and random.Random(f"{self._seed}/{self.index}/{self.seen}").random() >= spec["probability"]:
            return False
        self.hits += 1
        return True


def check(spec: Dict[str, Any], index: int) -> None:
    if not isinstance(spec, dict) or spec.get("do") not in ACTIONS:
        raise ScenarioError(f"faults[{index}].do must be one of {', '.join(sorted(ACTIONS))}")
    for key in spec:
        if key not in _WHOM + _WHEN + _WHAT:
            raise ScenarioError(f"faults[{index}]: unknown word '{key}'")
    if spec["do"] in ("cut_request", "cut_response") and not isinstance(spec.get("at"), int):
        raise ScenarioError(f"faults[{index}]: '{spec['do']}' needs 'at', the byte at which it cuts")
    if spec["do"] == "media" and spec.get("kind") not in MEDIA_FAULTS:
        raise ScenarioError(f"faults[{index}].kind must be one of {', '.join(MEDIA_FAULTS)}")


class Faults:
    """All rules of a scenario. `pick` is called once per stage of a request."""

    def __init__(self, specs: List[Dict[str, Any]], seed):
        self.rules = [Rule(spec, index, seed) for index, spec in enumerate(specs)]

    def connection(self) -> Optional[Dict[str, Any]]:
        return self._first(lambda r: r.spec["do"] in CONNECTION, {})

    def at_head(self, about: Dict[str, str]) -> List[Dict[str, Any]]:
        """The faults that can be decided before the body is read."""
        return self._all(lambda r: r.spec["do"] not in CONNECTION and not r.needs_model, about)

    def at_body(self, about: Dict[str, str]) -> List[Dict[str, Any]]:
        """Those that wait for the model's name, which stands in the body."""
        return self._all(lambda r: r.spec["do"] not in CONNECTION and r.needs_model, about)

    @staticmethod
    def _stage(spec: Dict[str, Any]) -> str:
        do = spec["do"]
        return "outcome" + do if do in OUTCOME else "delay" if do in DELAY else "wire"

    def _all(self, wanted, about) -> List[Dict[str, Any]]:
        """One fault on the wire, one delay, and any number of outcomes of different kinds."""
        taken, stages = [], set()
        for rule in self.rules:
            if not wanted(rule) or not rule.matches(about) or not rule.due():
                continue
            stage = self._stage(rule.spec)
            if stage in stages:
                rule.hits -= 1
                continue
            stages.add(stage)
            taken.append(rule.spec)
        return taken

    def _first(self, wanted, about) -> Optional[Dict[str, Any]]:
        return next(iter(self._all(wanted, about)), None)

    def report(self) -> List[Dict[str, Any]]:
        return [{"rule": rule.spec, "seen": rule.seen, "hits": rule.hits} for rule in self.rules]


def find(outcome: List[Dict[str, Any]], do: str) -> Optional[Dict[str, Any]]:
    """The fault of that kind among those given to a handler."""
    return next((spec for spec in outcome if spec["do"] == do), None)

# SPDX-License-Identifier: Apache-2.0
"""The scenario: what the emulated world is like. One JSON object; every word has a default here, unknown words are
refused, so that a misspelt fault cannot make a test pass."""
from __future__ import annotations

import copy
import json
from typing import Any, Dict

DEFAULTS: Dict[str, Any] = {
    "seed": 1,
    "speed": 1.0,
    "epoch": None,                      # ISO time at which virtual time starts; None: now
    "retention": 3600,                  # seconds until inputs, outputs and files of a prediction are removed
    "run_timeout": 1800,                # seconds a prediction may run
    "media": {"mode": "real", "drift": 0.0, "workers": 1, "seed": None},
    "latency": {"queue": 0.5, "cold": 0, "cold_chance": 0.0, "spread": 0.1, "scale": 1.0},
    "models": {},                       # per model: kind, official, frames, fps, size, seconds, price, latency words
    "community_by_name": False,         # take `owner/name` as version for models that are not official, too
    "list_delay": 0,                    # seconds for which a new prediction is missing from the list
    "cancel_before_start": "canceled",  # or "aborted"
    "tokens": None,                     # a list of the accepted API tokens; None: any that is not empty
    "accounts": {},                     # token to account name; others are named by a digest of their token
    "limits": {"enforce": True, "creates_per_minute": 600, "create_burst": 60, "others_per_minute": 3000,
               "other_burst": 300, "concurrency": None, "concurrency_mode": "queue", "credit_usd": None,
               "answer": "all"},
    "billing": {"time_failed": "time", "time_canceled": "time", "output_failed": "none", "output_canceled": "none"},
    "webhooks": {"lose": 0.0, "duplicate": 0, "reorder": False, "delay": 0.0, "forge": False, "retries": 3,
                 "before_answer": False, "secret": None},
    "openai": {"dialect": "openai", "latency": 1.0, "contents": [], "usage": {}, "requests_per_minute": 5000,
               "tokens_per_minute": 2000000, "enforce_schema": True, "lists": 2, "retired_models": "refuse"},
    "faults": [],
    "log": {"keep": 20000, "body_bytes": 262144},
}

_OPEN = ("models", "accounts")      # objects whose keys the user names


class ScenarioError(ValueError):
    """What is wrong with a scenario, and where."""


def merge(base: Dict[str, Any], change: Dict[str, Any], where: str = "") -> Dict[str, Any]:
    """`base` with `change` laid over it; objects are merged, lists and values replaced."""
    result = copy.deepcopy(base)
    for key, value in change.items():
        known = DEFAULTS if not where else DEFAULTS[where]
        if where not in _OPEN and key not in known:
            raise ScenarioError(f"unknown word '{where + '.' if where else ''}{key}'; known: {', '.join(sorted(known))}")
        if not where and isinstance(DEFAULTS[key], dict):
            if not isinstance(value, dict):
                raise ScenarioError(f"'{key}' must be an object")
            result[key] = merge(result[key], value, key)
        else:
            result[key] = copy.deepcopy(value)
    return result


def load(path: str) -> Dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        value = json.load(file)
    if not isinstance(value, dict):
        raise ScenarioError("a scenario is a JSON object")
    return merge(DEFAULTS, value)

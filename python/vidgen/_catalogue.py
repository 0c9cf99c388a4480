# SPDX-License-Identifier: Apache-2.0
"""Which models and templates there are: data that comes with the library, overridden by folders of the user's own."""
from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from vidgen import _units as units
from vidgen._native import native
from vidgen._units import StrPath


@dataclass(frozen=True, repr=False)
class Model:
    """What makes clips, pictures, music or words, and what that costs. An immutable value."""

    name: str
    aliases: tuple[str, ...]
    provider: str  # a backend's name
    id: str  # the provider's own name for it
    kind: str  # "video", "image", "music", "llm", "speech", "upscale"
    retired: str  # the date it went away; empty: current
    shortest_seconds: Fraction
    longest_seconds: Fraction
    price_kind: str  # "free", "per_clip", "per_output_second", …
    price_micros: int  # micro-dollars for one of price_kind
    date: str  # when this row was last checked
    source: str
    note: str

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> Model:
        known = {name: row[name] for name in cls.__dataclass_fields__}
        known["aliases"] = tuple(row["aliases"])
        for name in ("shortest_seconds", "longest_seconds"):
            known[name] = units.fraction_of(row[name])
        return cls(**known)

    @property
    def price_usd(self) -> float:
        """Dollars, for showing; `price_micros` is exact."""
        return self.price_micros / 1e6

    def __repr__(self) -> str:
        price = "free" if self.price_kind == "free" else (
            f"{units.money_text(self.price_micros)} {self.price_kind.replace('_', ' ')}")
        return f"<Model {self.name}: {self.kind} from {self.provider}, {price}{', retired' if self.retired else ''}>"


@dataclass(frozen=True, repr=False)
class Template:
    """The structure of a film. An immutable value."""

    name: str
    title: str
    description: str
    seconds: Fraction
    beats: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Template {self.name}: {float(self.seconds):g} s, {', '.join(self.beats)}>"


def models(folder: StrPath | None = None) -> list[Model]:
    """All models, retired ones too; those of a folder of JSON files replace built-in ones of their names."""
    return [Model.of_row(row) for row in json.loads(native.models(_folder(folder)))]


def find_model(name: str, folder: StrPath | None = None) -> Model:
    """A model by name or alias. ModelUnknownError names the nearest ones."""
    return Model.of_row(json.loads(native.find_model(_folder(folder), name)))


def templates(folder: StrPath | None = None) -> list[Template]:
    """All templates; those of a folder of JSON files replace built-in ones of their names."""
    return [Template(row["name"], row["title"], row["description"], units.fraction_of(row["seconds"]),
                     tuple(row["beats"])) for row in json.loads(native.templates(_folder(folder)))]


def transitions() -> dict[str, str]:
    """What may stand between two clips, by name, and what it looks like."""
    return dict(native.transitions())


def _folder(folder: StrPath | None) -> str:
    return "" if folder is None else units.path_of(folder)

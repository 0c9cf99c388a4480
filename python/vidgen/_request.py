# SPDX-License-Identifier: Apache-2.0
"""Request: what the caller wants, "vidgen.request/1"."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from operator import index
from typing import Any, Literal, TypeAlias, TypedDict, Unpack

from vidgen import _units as units
from vidgen._native import errors
from vidgen._units import Dollars, Rate, Seconds, Size, StrPath

Quality: TypeAlias = Literal["draft", "standard", "final"]
FpsMode: TypeAlias = Literal["duplicate", "interpolate", "native"]
OnAmbiguous: TypeAlias = Literal["ask", "retry", "fail"]
SCHEMA = "vidgen.request/1"


class RequestOptions(TypedDict, total=False):
    """The keywords of Request, and of everything that takes a prompt: see there."""

    template: str
    duration: Seconds | None
    size: Size | None
    aspect: str
    fps: Rate | None
    fps_mode: FpsMode
    images: Iterable[StrPath]
    backend: str
    model: str
    continuity: str
    quality: Quality
    preset: str
    crf: int | None
    grade: StrPath
    music_file: StrPath
    cut_to_beat: bool
    stems: bool
    captions: bool
    budget: Dollars | None
    on_ambiguous: OnAmbiguous
    seed: int | None
    out: StrPath


@dataclass(frozen=True, init=False, repr=False)
class Request:
    """What the caller wants of one film. An immutable value; `replace` makes changed ones.

    Types are settled here, sense is judged when it is planned. What is None or empty is as the template or the prompt
    says, else the default.
    """

    prompt: str  # 10 to 1000 characters
    template: str = ""
    duration: Fraction | None = None  # seconds, whole milliseconds
    size: tuple[int, int] | None = None  # pixels; wins over aspect
    aspect: str = ""  # "16:9", "9:16", "1:1", "4:5", "21:9"
    fps: Fraction | None = None  # frames a second; 30 when None
    fps_mode: FpsMode = "duplicate"
    images: tuple[str, ...] = ()  # paths of the user's photographs, at most 8
    backend: str = "auto"  # "auto", "local", or a provider's name
    model: str = ""  # the clip model; implies its backend
    continuity: str = "beat"  # "beat", "take", "hybrid", "batch:3", "none", "anchored"
    quality: Quality = "standard"
    preset: str = ""  # the encoder's, over what quality sets
    crf: int | None = None  # 0 to 51, over what quality sets
    grade: str = ""  # a grade's name or a .cube file
    music_file: str = ""  # the user's own music instead of composed music; it is fitted to the film at its bars
    cut_to_beat: bool = False  # the film's cuts stand on beats of the music
    stems: bool = False  # the composed music's parts too, as WAV files beside the film
    captions: bool = True
    budget: Decimal | None = None  # dollars; nothing is bought without one
    on_ambiguous: OnAmbiguous = "ask"
    seed: int | None = None  # same request and seed: same film
    out: str = ""  # where the film is copied to

    def __init__(self, prompt: str, **options: Unpack[RequestOptions]) -> None:
        if not isinstance(prompt, str):
            raise TypeError(f"a prompt is text, not {type(prompt).__name__}")
        known = {field.name: field.default for field in fields(self)} | {"prompt": prompt}
        for name in options:
            if name not in known or name == "prompt":
                raise TypeError(_unexpected("keyword argument", name, list(known)[1:]))
        for name, value in (known | dict(options)).items():
            object.__setattr__(self, name, _settled(name, value))

    def replace(self, **options: Unpack[RequestOptions]) -> Request:
        """The same with other values for some keywords."""
        merged: Any = {field.name: getattr(self, field.name) for field in fields(self)} | dict(options)
        return Request(**merged)

    def to_json(self) -> str:
        """The library's own text: same request, same bytes."""
        document: dict[str, Any] = {"schema": SCHEMA, "prompt": self.prompt}
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            if value != field.default:
                document[field.name] = _TO_JSON.get(field.name, _same)(value)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> Request:
        """Reads what to_json() wrote, here or in C++. Unknown members are refused."""
        try:
            document = json.loads(text)
        except ValueError as why:
            raise errors.JsonInvalidError(f"this is no JSON: {why}") from None
        if not isinstance(document, dict) or document.pop("schema", None) != SCHEMA:
            raise units.bad(f"this is no request: expected \"schema\": \"{SCHEMA}\"")
        names = [field.name for field in fields(cls)]
        for name in document:
            if name not in names:
                raise units.bad(_unexpected("member", name, names))
        known: Any = {name: _FROM_JSON.get(name, _same)(value) for name, value in document.items() if value is not None}
        return cls(**known)

    def __repr__(self) -> str:
        shown = [repr(self.prompt)]
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            if value != field.default:
                shown.append(f"{field.name}={_plain(value)!r}")
        return f"Request({', '.join(shown)})"


def request_of(request: Request | str, options: RequestOptions) -> Request:
    """A Request from what the calls of a Pipeline take: one, or a prompt, and changes to it."""
    if isinstance(request, Request):
        return request.replace(**options) if options else request
    return Request(request, **options)


def _same(value: Any) -> Any:
    return value


def _plain(value: Any) -> Any:
    """As people would write it."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) and value and isinstance(value[0], str) else value


def _images(paths: Iterable[StrPath]) -> tuple[str, ...]:
    if isinstance(paths, str):
        raise TypeError("images is a list of paths, not one path")
    return tuple(units.path_of(path) for path in paths)


def _continuity(word: str) -> str:
    if not isinstance(word, str):
        raise TypeError(f"continuity: expected text such as \"batch:3\", not {type(word).__name__}")
    return "batch:3" if word == "batch" else word


def _budget(amount: Dollars) -> Decimal:
    return units.decimal_of(units.micros_of(amount))


def _settled(name: str, value: Any) -> Any:
    """A field's value as it is kept."""
    if name in _OPTIONAL:
        return None if value is None else _OPTIONAL[name](value)
    if name in _TYPED:
        return _TYPED[name](value)
    want = bool if name in ("captions", "cut_to_beat", "stems") else str
    if not isinstance(value, want):
        raise TypeError(f"{name}: expected {'True or False' if want is bool else 'text'}, not {type(value).__name__}")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError("expected a whole number, not a bool")
    return index(value)


def _unexpected(what: str, name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    return f"unexpected {what} '{name}'" + (f"; did you mean '{near[0]}'?" if near else "")


_OPTIONAL: dict[str, Callable[[Any], Any]] = {
    "duration": units.seconds_of, "size": units.size_of, "fps": units.rate_of, "crf": _whole, "budget": _budget,
    "seed": _whole,
}
_TYPED: dict[str, Callable[[Any], Any]] = {
    "continuity": _continuity, "images": _images, "grade": units.path_of, "music_file": units.path_of,
    "out": units.path_of,
}
_TO_JSON: dict[str, Callable[[Any], Any]] = {
    "duration": units.rational_json,
    "size": lambda size: f"{size[0]}x{size[1]}",
    "fps": units.rational_json,
    "images": list,
    "budget": lambda dollars: units.money_text(units.micros_of(dollars)),
    "seed": lambda seed: seed if seed < 2**63 else str(seed),
}
_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "duration": units.fraction_of,
    "fps": lambda fps: units.rate_of(str(fps)),
    "seed": int,
}

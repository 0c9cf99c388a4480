# SPDX-License-Identifier: Apache-2.0
"""What people write, as what the library counts in: micro-dollars, rational seconds and rates, pixels, paths.

Pure functions. Values that make no sense are InvalidArgumentError, things of another type TypeError.
"""
from __future__ import annotations

import os
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from operator import index
from typing import Any, TypeAlias

from vidgen._native import errors

Dollars: TypeAlias = Decimal | float | int | str
Seconds: TypeAlias = Fraction | Decimal | float | int | timedelta
Rate: TypeAlias = Fraction | float | int | str
Size: TypeAlias = tuple[int, int] | str
StrPath: TypeAlias = str | os.PathLike[str]

_MICRO = 1_000_000
_MOST_DOLLARS = 1_000_000_000
_NTSC = {"23.976": 24000, "23.98": 24000, "29.97": 30000, "59.94": 60000}


def bad(message: str) -> errors.InvalidArgumentError:
    return errors.InvalidArgumentError(message)


def micros_of(amount: Dollars) -> int:
    """Micro-dollars. Text and Decimals are taken exactly or refused, floats to the nearest micro-dollar."""
    if isinstance(amount, bool) or not isinstance(amount, (Decimal, float, int, str)):
        raise TypeError(f"an amount of dollars is a number or text such as \"2.00\", not {type(amount).__name__}")
    try:
        dollars = Decimal(amount.removeprefix("$") if isinstance(amount, str) else amount)
        micros = round(dollars * _MICRO)
    except (InvalidOperation, ValueError, OverflowError):
        raise bad(f"{amount!r} is not an amount of US dollars: write it as 2.00") from None
    exact = isinstance(amount, float) or micros == dollars * _MICRO
    if not exact or not 0 <= micros <= _MOST_DOLLARS * _MICRO:
        raise bad(f"{amount!r} is not an amount of US dollars: it has at most six decimals and is not below 0")
    return micros


def decimal_of(micros: int) -> Decimal:
    """Dollars, exactly."""
    return Decimal(micros).scaleb(-6)


def money_text(micros: int) -> str:
    """"$2.00", "$0.0055": at least two decimals, more only where they are not zero."""
    whole, part = divmod(abs(micros), _MICRO)
    digits = f"{part:06d}"
    return f"{'-' if micros < 0 else ''}${whole}.{digits[:2]}{digits[2:].rstrip('0')}"


def exact_seconds(time: Seconds) -> Fraction:
    """Seconds as they are written: 0.1 is a tenth."""
    if isinstance(time, timedelta):
        exact = Fraction(time // timedelta(microseconds=1), _MICRO)
    elif isinstance(time, bool) or not isinstance(time, (Fraction, Decimal, float, int)):
        raise TypeError(f"a length is seconds, a Fraction or a timedelta, not {type(time).__name__}")
    else:
        exact = _fraction(time, "a length in seconds")
    if exact < 0:
        raise bad(f"{time!r}: a length is not below 0 seconds")
    return exact


def seconds_of(time: Seconds) -> Fraction:
    """Seconds, rounded to milliseconds: what a request can hold."""
    return Fraction(round(exact_seconds(time) * 1000), 1000)


def rate_of(rate: Rate) -> Fraction:
    """Frames a second: 30, "30000/1001", and 29.97, which is 30000/1001 too."""
    if isinstance(rate, bool) or not isinstance(rate, (Fraction, float, int, str)):
        raise TypeError(f"a rate is a number, a Fraction or text such as \"30000/1001\", not {type(rate).__name__}")
    text = str(rate)
    fps = Fraction(_NTSC[text], 1001) if text in _NTSC else _fraction(text, "a frame rate")
    if fps <= 0:
        raise bad(f"{rate!r}: a frame rate is above 0")
    return fps


def size_of(size: Size) -> tuple[int, int]:
    """Width and height in pixels."""
    sides = size.lower().split("x") if isinstance(size, str) else list(size)
    try:
        width, height = (int(side) if isinstance(side, str) else index(side) for side in sides)
    except (ValueError, TypeError):
        raise bad(f"{size!r} is not a size: write it as (1920, 1080) or \"1920x1080\"") from None
    return width, height


def path_of(path: StrPath) -> str:
    """A path as text. Its bytes must be UTF-8: the library's documents are."""
    text = os.fspath(path)
    if not isinstance(text, str):
        raise TypeError("a path is text or an os.PathLike of text, not bytes")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad(f"{text!r}: the library takes paths in UTF-8 only") from None
    return text


def fraction_of(value: Any) -> Fraction:
    """A number of the library's JSON: 30, 7.5 or "30000/1001"."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def rational_json(value: Fraction) -> int | str:
    """A number as the library's JSON has it: whole, or "30000/1001"."""
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _fraction(value: Fraction | Decimal | float | int | str, what: str) -> Fraction:
    try:
        return Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise bad(f"{value!r} is not {what}") from None

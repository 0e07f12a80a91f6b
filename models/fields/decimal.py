"""Exact decimals: stored as scaled whole numbers, so that filters, sorts and sums stay exact."""

from __future__ import annotations

import re
from decimal import Decimal as Exact
from decimal import InvalidOperation
from typing import Any

from babel.numbers import format_decimal

from models.errors import Problem
from models.fields.kind import ORDERED, SUMMED, Column, InvalidValue, Kind, Storage
from models.metamodel import Field

MOST_DIGITS = 18
_NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?\Z", re.ASCII)


def exact(given: Any) -> Exact:
    """A finite decimal from a string or a number; floats count as they print. Raises InvalidValue."""
    if isinstance(given, bool) or not isinstance(given, (str, int, float, Exact)):
        raise InvalidValue("wrong_type", f'Give a number as a string, such as "12.50", not {str(given)[:40]!r}.')
    text = given.strip() if isinstance(given, str) else repr(given) if isinstance(given, float) else str(given)[:90]
    if not _NUMBER.match(text):
        raise InvalidValue("wrong_type", f"{text[:40]!r} is not a decimal number; write it like 1234.50.")
    try:
        return Exact(text)
    except InvalidOperation as error:
        raise InvalidValue("wrong_type", f"{text[:40]!r} is not a decimal number.") from error


def units(number: Exact, scale: int) -> int:
    """The number in units of 10^-scale. Raises InvalidValue rather than round, and beyond 18 digits."""
    scaled = number.scaleb(scale)
    if scaled != scaled.to_integral_value():
        raise InvalidValue("too_precise", f"At most {scale} digits after the point; {number} has more. Round it first.")
    whole = int(scaled)
    if abs(whole) >= 10**MOST_DIGITS:
        raise InvalidValue("too_large", f"At most {MOST_DIGITS} digits, {scale} of them after the point.")
    return whole


def plain(stored: int, scale: int) -> str:
    """Units of 10^-scale as a plain number with exactly `scale` digits after the point."""
    sign, digits = ("-" if stored < 0 else ""), str(abs(stored)).rjust(scale + 1, "0")
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}" if scale else f"{sign}{digits}"


def scale_of(field: Field) -> int:
    """How many digits after the point the field keeps."""
    return int(field.options.get("scale", 2))


def check_scale_and_bounds(field: Field) -> list[Problem]:
    """Problems of `scale`, `min` and `max`."""
    scale = field.options.get("scale", 2)
    if isinstance(scale, bool) or not isinstance(scale, int) or not 0 <= scale <= 9:
        return [Problem("bad_option", "scale must be a whole number from 0 to 9.", ("options", "scale"))]
    problems, limits = [], {}
    for name in ("min", "max"):
        if field.options.get(name) is None:
            continue
        try:
            limits[name] = units(exact(field.options[name]), scale)
        except InvalidValue as error:
            problems.append(Problem("bad_option", f"{name}: {error.message}", ("options", name)))
    if len(limits) == 2 and limits["min"] > limits["max"]:
        problems.append(Problem("bad_option", "min is above max.", ("options", "min")))
    return problems


def within(field: Field, number: Exact) -> Exact:
    """The number at the field's scale and within its bounds. Raises InvalidValue."""
    scale = scale_of(field)
    whole = units(number, scale)
    low, high = field.options.get("min"), field.options.get("max")
    if high is not None and whole > units(exact(high), scale):
        raise InvalidValue("too_large", f"At most {high}.")
    if low is not None and whole < units(exact(low), scale):
        raise InvalidValue("too_small", f"At least {low}.")
    return Exact(whole).scaleb(-scale)


class Decimal(Kind):
    """A decimal with exactly `scale` (2) digits after the point, up to 18 digits in all."""

    name = "decimal"
    scalar = "Decimal"
    operators = ORDERED
    aggregates = SUMMED
    options = frozenset({"scale", "min", "max"})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(f"{field.key}_e{scale_of(field)}", Storage.INTEGER),)

    def check_definition(self, field: Field) -> list[Problem]:
        return check_scale_and_bounds(field) or super().check_definition(field)

    def coerce(self, field: Field, given: Any) -> Any:
        return within(field, exact(given))

    def to_store(self, field: Field, value: Any) -> dict[str, Any]:
        return {self.columns(field)[0].key: units(value, scale_of(field))}

    def from_store(self, field: Field, *stored: Any) -> Any:
        return plain(stored[0], scale_of(field))

    def to_compare(self, field: Field, given: Any) -> int:
        return units(exact(given), scale_of(field))

    def show(self, field: Field, value: Any, language: str) -> str:
        return str(format_decimal(value, locale=language, decimal_quantization=False))

    def export(self, field: Field, value: Any) -> str:
        return plain(units(value, scale_of(field)), scale_of(field))

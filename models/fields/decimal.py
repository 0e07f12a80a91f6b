"""Exact decimals: stored as scaled whole numbers, so that filters, sorts and sums stay exact."""

from __future__ import annotations

import re
from decimal import Decimal as Exact
from typing import Any

from babel.numbers import format_decimal

from models.errors import Problem, told
from models.fields.kind import ORDERED, SUMMED, Column, InvalidValue, Kind, Operator, Storage
from models.fields.writing import called, localized, ungrouped, western
from models.metamodel import Field

MOST_DIGITS = 18
HALF = 1_000_000_000  # sums are kept in two: of what is above it, and of the rest
BEYOND: int = 10**MOST_DIGITS  # no number that is stored has so many units
_NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?\Z", re.ASCII)


def exact(given: Any) -> Exact:
    """A finite decimal from a string or a number; floats count as they print. Raises InvalidValue."""
    if isinstance(given, bool) or not isinstance(given, (str, int, float, Exact)):
        sentence = 'Give a number as a string, such as "12.50", not {given}.'
        raise InvalidValue("wrong_type", sentence, case="number", given=called(given))
    if isinstance(given, int) and given.bit_length() > 128:
        raise InvalidValue(
            "too_large", "At most {digits} digits; this number has very many.", case="very_long", digits=MOST_DIGITS
        )
    text = western(given[:120]) if isinstance(given, str) else str(given)[:120]
    if not _NUMBER.match(text):
        raise InvalidValue(
            "wrong_type", "{given} is not a decimal number; write it like 1234.50.", case="decimal", given=called(text)
        )
    return Exact(text)


def units(number: Exact, scale: int) -> int:
    """The number in units of 10^-scale. Raises InvalidValue rather than round, and beyond 18 digits."""
    whole, rest = floor_units(number, scale)
    if rest:
        raise InvalidValue(
            "too_precise",
            "At most {scale} digits after the point; {number} has more. Round it first.",
            scale=scale,
            number=str(number),
        )
    if abs(whole) >= BEYOND:
        raise InvalidValue(
            "too_large",
            "At most {digits} digits, {scale} of them after the point; this has more.",
            case="digits",
            digits=MOST_DIGITS,
            scale=scale,
        )
    return whole


def comparable(number: Exact, scale: int, operator: Operator) -> int:
    """Units of 10^-scale that compare with every stored number as the number itself does, however long it is."""
    below, rest = floor_units(number, scale)
    if rest and operator in (Operator.LT, Operator.GTE):
        below += 1
    elif rest and operator not in (Operator.GT, Operator.LTE):
        return BEYOND  # equal to nothing that is stored
    return max(-BEYOND, min(BEYOND, below))


def floor_units(number: Exact, scale: int) -> tuple[int, int]:
    """The units of 10^-scale at or below the number, and what is left of it: not 0 when it lies between two."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # `exact` lets finite numbers through only
    # with whole numbers, since the arithmetic of decimals rounds to its context without a word
    whole, places = int("".join(map(str, digits))), exponent + scale
    whole = -whole if sign else whole
    power = int(10 ** abs(places))
    return (whole * power, 0) if places >= 0 else divmod(whole, power)


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
        return [told("bad_option", "scale must be a whole number from 0 to 9.", ("options", "scale"), case="scale")]
    problems, limits = [], {}
    for name in ("min", "max"):
        if field.options.get(name) is None:
            continue
        try:
            limits[name] = units(exact(field.options[name]), scale)
        except InvalidValue as error:
            problems.append(error.because("bad_option", ("options", name), f"{name}: "))
    if len(limits) == 2 and limits["min"] > limits["max"]:
        problems.append(told("bad_option", "min is above max; exchange them.", ("options", "min"), case="order"))
    return problems


def within(field: Field, number: Exact) -> Exact:
    """The number at the field's scale and within its bounds. Raises InvalidValue."""
    scale = scale_of(field)
    whole = units(number, scale)
    low, high = field.options.get("min"), field.options.get("max")
    if high is not None and whole > units(exact(high), scale):
        raise InvalidValue("too_large", "At most {most}; an administrator can raise the field's max.", most=high)
    if low is not None and whole < units(exact(low), scale):
        raise InvalidValue("too_small", "At least {least}; an administrator can lower the field's min.", least=low)
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

    def check_options(self, field: Field) -> list[Problem]:
        return check_scale_and_bounds(field)

    def coerce(self, field: Field, given: Any) -> Any:
        return within(field, exact(given))

    def to_store(self, field: Field, value: Any) -> dict[str, Any]:
        return {self.columns(field)[0].key: units(value, scale_of(field))}

    def from_store(self, field: Field, *stored: Any) -> Any:
        return plain(stored[0], scale_of(field))

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> int:
        return comparable(exact(given), scale_of(field), operator)

    def show(self, field: Field, value: Any, language: str) -> str:
        shown = format_decimal(value, locale=language, decimal_quantization=False, numbering_system="default")
        return localized(shown, language)

    def parse(self, field: Field, text: str) -> Any:
        return self.coerce(field, ungrouped(text))

    def export(self, field: Field, value: Any) -> str:
        return plain(units(value, scale_of(field)), scale_of(field))

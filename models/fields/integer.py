"""Whole numbers, of 32 bits unless the field's bounds ask for up to 64."""

from __future__ import annotations

import re
from typing import Any

from babel.numbers import format_decimal

from models.errors import Problem, told
from models.fields.kind import ORDERED, SUMMED, Column, InvalidValue, Kind, Operator, Storage
from models.fields.text import bounds
from models.fields.writing import called, localized, ungrouped, western
from models.metamodel import Field

SMALL = (-(2**31), 2**31 - 1)
BIG = (-(2**63), 2**63 - 1)
EXACT = 2**53 - 1  # the largest whole number that every reader of JSON keeps (RFC 7493)
_DIGITS = re.compile(r"[+-]?\d{1,50}\Z", re.ASCII)


def whole(given: Any) -> int:
    """A whole number from a number or a string of digits. Raises InvalidValue."""
    if isinstance(given, str) and _DIGITS.match(text := western(given[:60])):
        return int(text)
    if isinstance(given, float) and given.is_integer() and abs(given) < 2**53:
        return int(given)
    if isinstance(given, bool) or not isinstance(given, int):
        raise InvalidValue(
            "wrong_type", "Give a whole number such as 1200, not {given}.", case="whole", given=called(given)
        )
    return given


def in_json(number: int) -> int | str:
    """A whole number as JSON bears it: beyond 53 bits its digits as text, since JavaScript would round it."""
    return number if -EXACT <= number <= EXACT else str(number)


class Integer(Kind):
    """A whole number between `min` and `max`, which are the bounds of 32 bits unless set."""

    name = "integer"
    scalar = "Int"
    operators = ORDERED
    aggregates = SUMMED
    options = frozenset({"min", "max"})

    def graphql_scalar(self, field: Field) -> str:
        low, high = self._bounds(field)
        return "Int" if SMALL[0] <= low and high <= SMALL[1] else "BigInt"

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.INTEGER),)

    def check_options(self, field: Field) -> list[Problem]:
        problems = bounds(field, "min", "max")
        low, high = self._bounds(field)
        if not problems and not (BIG[0] <= low <= high <= BIG[1]):
            problems.append(
                told(
                    "bad_option",
                    "min must not be above max, and both must lie within 64 bits; the bounds are those of 32 bits unless set.",
                    ("options",),
                    case="bits",
                )
            )
        return problems

    def coerce(self, field: Field, given: Any) -> int:
        number = whole(given)
        low, high = self._bounds(field)
        if number > high:
            raise InvalidValue("too_large", "At most {most}; an administrator can raise the field's max.", most=high)
        if number < low:
            raise InvalidValue("too_small", "At least {least}; an administrator can lower the field's min.", least=low)
        return number

    def from_store(self, field: Field, *stored: Any) -> int | str:
        return in_json(stored[0])

    def shown_as_stored(self, field: Field) -> bool:
        return self.graphql_scalar(field) == "Int"

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> int:
        number = whole(given)
        if not BIG[0] <= number <= BIG[1]:
            raise InvalidValue("too_large", "Compare with a number of at most 64 bits.", case="compare")
        return number

    def show(self, field: Field, value: Any, language: str) -> str:
        return localized(format_decimal(value, locale=language, numbering_system="default"), language)

    def parse(self, field: Field, text: str) -> int:
        return self.coerce(field, ungrouped(text))

    def export(self, field: Field, value: Any) -> str:
        return str(value)

    @staticmethod
    def _bounds(field: Field) -> tuple[int, int]:
        low, high = field.options.get("min"), field.options.get("max")
        return SMALL[0] if low is None else low, SMALL[1] if high is None else high

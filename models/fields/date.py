"""Days of the calendar, without a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_date

from models.errors import Problem
from models.fields.kind import ORDERED, RANGED, Column, InvalidValue, Kind, Storage
from models.metamodel import Field


def day(given: Any) -> dt.date:
    """A day from its ISO form. Raises InvalidValue."""
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    text = given.strip() if isinstance(given, str) else ""
    try:
        # other lengths are other ISO forms (weeks, ordinals), which nobody means
        return dt.date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        raise InvalidValue("wrong_type", f"Write the day as 2026-11-24, not {str(given)[:40]!r}.") from None


class Date(Kind):
    """A day between `min` and `max`."""

    name = "date"
    scalar = "Date"
    operators = ORDERED
    aggregates = RANGED
    options = frozenset({"min", "max"})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.DATE),)

    def check_definition(self, field: Field) -> list[Problem]:
        problems = []
        for name in ("min", "max"):
            try:
                _ = field.options.get(name) is None or day(field.options[name])
            except InvalidValue as error:
                problems.append(Problem("bad_option", f"{name}: {error.message}", ("options", name)))
        return problems or super().check_definition(field)

    def coerce(self, field: Field, given: Any) -> dt.date:
        value = day(given)
        low, high = field.options.get("min"), field.options.get("max")
        if low is not None and value < day(low):
            raise InvalidValue("too_small", f"Not before {low}.")
        if high is not None and value > day(high):
            raise InvalidValue("too_large", f"Not after {high}.")
        return value

    def to_compare(self, field: Field, given: Any) -> dt.date:
        return day(given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return str(format_date(value, locale=language))

    def export(self, field: Field, value: Any) -> str:
        return str(value.isoformat())

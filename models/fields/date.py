"""Days of the calendar, without a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from babel.dates import format_date

from models.errors import Problem, told
from models.fields.kind import RANGED, TEMPORAL, Column, InvalidValue, Kind, Operator, Storage
from models.fields.writing import called, localized, western
from models.metamodel import Field

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


def day(given: Any) -> dt.date:
    """A day from its ISO form. Raises InvalidValue."""
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    text = western(given[:60]) if isinstance(given, str) else ""
    if not _DAY.match(text):  # weeks and ordinals are ISO forms too, which nobody means
        raise InvalidValue("wrong_type", "Write the day as 2026-11-24, not {given}.", case="day", given=called(given))
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue("no_day", "{day} is no day of the calendar: {why}.", day=text, why=str(error)) from None


def check_bounds(field: Field, read: Callable[[Any], Any]) -> list[Problem]:
    """Problems of `min` and `max`, each read as the kind reads its values."""
    problems, limits = [], []
    for name in ("min", "max"):
        if field.options.get(name) is None:
            continue
        try:
            limits.append(read(field.options[name]))
        except InvalidValue as error:
            problems.append(error.because("bad_option", ("options", name), f"{name}: "))
    if not problems and len(limits) == 2 and limits[0] > limits[1]:
        problems.append(
            told("bad_option", "min is after max; exchange them.", ("options", "min"), case="order_in_time")
        )
    return problems


class Date(Kind):
    """A day between `min` and `max`."""

    name = "date"
    scalar = "Date"
    operators = TEMPORAL
    aggregates = RANGED
    options = frozenset({"min", "max"})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.DATE),)

    def check_options(self, field: Field) -> list[Problem]:
        return check_bounds(field, day)

    def coerce(self, field: Field, given: Any) -> dt.date:
        value = day(given)
        low, high = field.options.get("min"), field.options.get("max")
        if low is not None and value < day(low):
            raise InvalidValue("too_small", "Not before {least}; give a later day.", case="day", least=str(low))
        if high is not None and value > day(high):
            raise InvalidValue("too_large", "Not after {most}; give an earlier day.", case="day", most=str(high))
        return value

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> dt.date:
        return day(given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return localized(format_date(value, locale=language), language)

    def export(self, field: Field, value: Any) -> str:
        return str(value.isoformat())

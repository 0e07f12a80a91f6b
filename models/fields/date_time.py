"""Moments: a day and a time with an offset, kept in UTC."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_datetime

from models.errors import Problem
from models.fields.kind import ORDERED, RANGED, Column, InvalidValue, Kind, Storage
from models.metamodel import Field


def moment(given: Any) -> dt.datetime:
    """A moment in UTC from its RFC 3339 form. Raises InvalidValue, also for a time without an offset."""
    value = given
    if isinstance(given, str) and 16 <= len(given.strip()) <= 40:
        try:
            value = dt.datetime.fromisoformat(given.strip())
        except ValueError:
            value = None
    if not isinstance(value, dt.datetime):
        raise InvalidValue("wrong_type", f"Write the moment as 2026-11-24T09:30:00Z, not {str(given)[:40]!r}.")
    if value.tzinfo is None:
        raise InvalidValue("no_offset", "Say where the clock hangs: add Z for UTC or an offset such as +03:30.")
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise InvalidValue("too_large", "This moment lies outside the years 1 to 9999.") from None


def rfc3339(read: str) -> str:
    """The database's text of a moment, which leaves out zero seconds, as RFC 3339."""
    return read if read[16:17] == ":" else f"{read[:16]}:00{read[16:]}"


class DateTime(Kind):
    """A moment between `min` and `max`."""

    name = "dateTime"
    scalar = "DateTime"
    operators = ORDERED
    aggregates = RANGED
    options = frozenset({"min", "max"})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.DATETIME),)

    def check_definition(self, field: Field) -> list[Problem]:
        problems = []
        for name in ("min", "max"):
            try:
                _ = field.options.get(name) is None or moment(field.options[name])
            except InvalidValue as error:
                problems.append(Problem("bad_option", f"{name}: {error.message}", ("options", name)))
        return problems or super().check_definition(field)

    def coerce(self, field: Field, given: Any) -> dt.datetime:
        value = moment(given)
        low, high = field.options.get("min"), field.options.get("max")
        if low is not None and value < moment(low):
            raise InvalidValue("too_small", f"Not before {low}.")
        if high is not None and value > moment(high):
            raise InvalidValue("too_large", f"Not after {high}.")
        return value

    def from_store(self, field: Field, *stored: Any) -> Any:
        return rfc3339(stored[0])

    def to_compare(self, field: Field, given: Any) -> dt.datetime:
        return moment(given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return str(format_datetime(value, locale=language))

    def export(self, field: Field, value: Any) -> str:
        return str(value.isoformat().replace("+00:00", "Z"))

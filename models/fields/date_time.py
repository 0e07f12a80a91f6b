"""Moments: a day and a time with an offset, kept in UTC."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from babel.dates import format_datetime

from models.errors import Problem
from models.fields.date import check_bounds
from models.fields.kind import RANGED, TEMPORAL, Column, InvalidValue, Kind, Operator, Storage
from models.fields.writing import called, localized, western
from models.metamodel import Field

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?\Z", re.ASCII)


def moment(given: Any) -> dt.datetime:
    """A moment in UTC from its RFC 3339 form. Raises InvalidValue, also for a time without an offset."""
    value = _read(given) if isinstance(given, str) else given
    if not isinstance(value, dt.datetime):
        raise InvalidValue(
            "wrong_type", "Write the moment as 2026-11-24T09:30:00Z, not {given}.", case="moment", given=called(given)
        )
    if value.utcoffset() is None:
        raise InvalidValue("no_offset", "Say where the clock hangs: add Z for UTC or an offset such as +03:30.")
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise InvalidValue(
            "too_large", "This moment lies outside the years 1 to 9999; give one within.", case="years"
        ) from None


def _read(given: str) -> dt.datetime | None:
    text = western(given[:80]).upper()
    if not _MOMENT.match(text):
        return None
    if text[17:19] == "60":
        raise InvalidValue("leap_second", "Leap seconds are not kept; write second 59, or the next minute's 00.")
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue(
            "no_moment", "{moment} is no moment of the calendar: {why}.", moment=text, why=str(error)
        ) from None


def rfc3339(read: str) -> str:
    """The database's text of a moment, which leaves out zero seconds, as RFC 3339."""
    return read if read[16:17] == ":" else f"{read[:16]}:00{read[16:]}"


class DateTime(Kind):
    """A moment between `min` and `max`."""

    name = "dateTime"
    scalar = "DateTime"
    operators = TEMPORAL
    aggregates = RANGED
    options = frozenset({"min", "max"})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.DATETIME),)

    def check_options(self, field: Field) -> list[Problem]:
        return check_bounds(field, moment)

    def coerce(self, field: Field, given: Any) -> dt.datetime:
        value = moment(given)
        low, high = field.options.get("min"), field.options.get("max")
        if low is not None and value < moment(low):
            raise InvalidValue("too_small", "Not before {least}; give a later moment.", case="moment", least=str(low))
        if high is not None and value > moment(high):
            raise InvalidValue("too_large", "Not after {most}; give an earlier moment.", case="moment", most=str(high))
        return value

    def from_store(self, field: Field, *stored: Any) -> Any:
        return rfc3339(stored[0])

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> dt.datetime:
        return moment(given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return localized(format_datetime(value, locale=language), language)

    def export(self, field: Field, value: Any) -> str:
        return str(value.isoformat().replace("+00:00", "Z"))

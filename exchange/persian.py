"""Days and moments that files write in the Persian (solar Hijri) calendar."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from models.calendars import gregorian

PERSIAN = "persian "
_PARTS = {"%Y": r"(?P<year>\d{4})", "%m": r"(?P<month>\d{1,2})", "%d": r"(?P<day>\d{1,2})",
          "%H": r"(?P<hour>\d{1,2})", "%M": r"(?P<minute>\d{1,2})", "%S": r"(?P<second>\d{1,2})"}  # fmt: skip
_DAY = ("year", "month", "day")
_HOUR = ("hour", "minute", "second")


def is_persian(format: str) -> bool:
    """Whether a format is of the Persian calendar."""
    return format.startswith(PERSIAN)


def persian_moment(text: str, format: str) -> dt.datetime:
    """The moment that a text means by `persian` and a format of %Y %m %d %H %M %S, in digits of any script.

    Raises ValueError where it is written otherwise, or where there is no such day.
    """
    found = _pattern(format.removeprefix(PERSIAN)).fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = {name: int(digits) for name, digits in found.groupdict().items()}
    year, month, day = (parts.get(name, 1) for name in _DAY)
    hour, minute, second = (parts.get(name, 0) for name in _HOUR)
    return dt.datetime.combine(_day(year, month, day), dt.time(hour, minute, second))


@cache
def _pattern(format: str) -> re.Pattern[str]:
    return re.compile("".join(_PARTS.get(part, re.escape(part)) for part in re.split(r"(%[A-Za-z])", format)))


def _day(year: int, month: int, day: int) -> dt.date:
    if not 1 <= month <= 12 or not 1 <= year <= 3000:
        raise ValueError(month)
    first = gregorian(year, month)
    found = first + dt.timedelta(days=day - 1)
    following = gregorian(year, month + 1) if month < 12 else gregorian(year + 1, 1)
    if not first <= found < following:
        raise ValueError(day)
    return found

"""Times told from now: the last thirty days, this quarter; worked out on the calendar of a time zone."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from models.fields.kind import InvalidValue

MOST = 100_000  # of any unit; the calendar ends long before


class TimeUnit(StrEnum):
    """What time is counted in."""

    MINUTE = "MINUTE"
    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class Period(StrEnum):
    """A day, week, month, quarter or year of the calendar, told from today; weeks begin on Monday."""

    TODAY = "TODAY"
    YESTERDAY = "YESTERDAY"
    TOMORROW = "TOMORROW"
    LAST_WEEK = "LAST_WEEK"
    THIS_WEEK = "THIS_WEEK"
    NEXT_WEEK = "NEXT_WEEK"
    LAST_MONTH = "LAST_MONTH"
    THIS_MONTH = "THIS_MONTH"
    NEXT_MONTH = "NEXT_MONTH"
    LAST_QUARTER = "LAST_QUARTER"
    THIS_QUARTER = "THIS_QUARTER"
    NEXT_QUARTER = "NEXT_QUARTER"
    LAST_YEAR = "LAST_YEAR"
    THIS_YEAR = "THIS_YEAR"
    NEXT_YEAR = "NEXT_YEAR"


_SHORT = (TimeUnit.MINUTE, TimeUnit.HOUR)
_DAYS = {TimeUnit.DAY: 1, TimeUnit.WEEK: 7}
_MONTHS = {TimeUnit.MONTH: 1, TimeUnit.QUARTER: 3, TimeUnit.YEAR: 12}
_DAY_NAMES = {Period.YESTERDAY: -1, Period.TODAY: 0, Period.TOMORROW: 1}
_STEPS = {"LAST": -1, "THIS": 0, "NEXT": 1}


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """A time zone of the IANA data base, such as `Asia/Tehran`. Raises InvalidValue."""
    if name not in _zones():
        raise InvalidValue("bad_time_zone", f"{name[:60]!r} is no time zone; give one such as Europe/Berlin or UTC.")
    return ZoneInfo(name)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def shifted(local: dt.datetime, count: int, unit: TimeUnit) -> dt.datetime:
    """So many units later by the clock and calendar of its zone; a month's last days are kept within the month.

    Raises InvalidValue beyond the years 1 to 9999.
    """
    try:
        if unit in _SHORT:
            step = dt.timedelta(hours=count) if unit is TimeUnit.HOUR else dt.timedelta(minutes=count)
            return (local.astimezone(dt.UTC) + step).astimezone(local.tzinfo)
        if unit in _DAYS:
            return local + dt.timedelta(days=count * _DAYS[unit])
        months = local.year * 12 + local.month - 1 + count * _MONTHS[unit]
        year, month = divmod(months, 12)
        return local.replace(year=year, month=month + 1, day=min(local.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, IndexError):
        told = "from the calendar's years 1 to 9999"
        raise InvalidValue("too_large", f"{count} × {unit} leads away {told}; ask for less.") from None


def window(count: int, unit: TimeUnit, now: dt.datetime, in_zone: str) -> tuple[dt.datetime, dt.datetime]:
    """From now so far ahead, or so far back where the count is below 0: the earlier moment first, both in UTC."""
    here = now.astimezone(zone(in_zone))
    there = shifted(here, count, unit)
    first, last = sorted((here.astimezone(dt.UTC), there.astimezone(dt.UTC)))
    return first, last


def days_of_window(count: int, unit: TimeUnit, now: dt.datetime, in_zone: str) -> tuple[dt.date, dt.date]:
    """The same for days: today and the day so far away, the earlier first. Raises InvalidValue for parts of a day."""
    if unit in _SHORT:
        raise InvalidValue("no_time_of_day", f"A day has no time; count in DAY or more, not in {unit}.")
    here = now.astimezone(zone(in_zone))
    first, last = sorted((here.date(), shifted(here, count, unit).date()))
    return first, last


def days_of(period: Period, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first day of a period and the first day behind it."""
    if period in _DAY_NAMES:
        first = today + dt.timedelta(days=_DAY_NAMES[period])
        return first, first + dt.timedelta(days=1)
    which, name = period.split("_")
    unit = TimeUnit(name)
    begun = _begun(unit, today)
    first = shifted(dt.datetime.combine(begun, dt.time(12)), _STEPS[which], unit)
    return first.date(), shifted(first, 1, unit).date()


def bounds_of(period: Period, now: dt.datetime, in_zone: str) -> tuple[dt.datetime, dt.datetime]:
    """The moment a period begins in a time zone and the moment it is over, both in UTC."""
    here = zone(in_zone)
    first, after = days_of(period, now.astimezone(here).date())
    return _midnight(first, here), _midnight(after, here)


def _begun(unit: TimeUnit, day: dt.date) -> dt.date:
    match unit:
        case TimeUnit.WEEK:
            return day - dt.timedelta(days=day.weekday())
        case TimeUnit.MONTH:
            return day.replace(day=1)
        case TimeUnit.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case _:
            return day.replace(month=1, day=1)


def _midnight(day: dt.date, here: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), here).astimezone(dt.UTC)

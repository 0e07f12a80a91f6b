"""Days counted in weeks, months, quarters and years: by ISO 8601, or by the Persian (solar Hijri) calendar."""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from enum import StrEnum
from functools import cache
from itertools import pairwise

from models.periods import TimeUnit


class Calendar(StrEnum):
    """Which calendar the periods of a report are those of."""

    ISO = "ISO"
    PERSIAN = "PERSIAN"


SPANS = (TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.QUARTER, TimeUnit.YEAR)
LATELY = 286  # what is added to `lately`, so that all of it fits into a byte

_EQUINOX = 79  # the day of the year that Nowruz falls on, or the one behind it, or the one before
_LONG_MONTHS = 6  # of 31 days each; the others have 30, the last one 29 but for leap years
# Persian years in which the cycle of leap years, of 33 years for the most part, begins anew: Birashk and Borkowski, 1996
_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178)
_YEARS_APART = 621  # the Persian year 1 began in the Gregorian year 622


@cache
def nowruz() -> list[int]:
    """For each Gregorian year from 0 to 9999, the day of it (1 is January 1) on which a Persian year begins."""
    return [_nowruz(year) for year in range(10_000)]


@cache
def lately() -> list[int]:
    """For each Gregorian year, minus how many days before its day 0 the last Persian year had begun, plus `LATELY`."""
    days = nowruz()
    return [0, *(days[year - 1] - 365 - isleap(year - 1) + LATELY for year in range(1, 10_000))]


@cache
def days_back(unit: TimeUnit) -> list[int]:
    """For each day of a Persian year, from 0, how many days before it the month, quarter or year began that it is in."""
    first_half = _LONG_MONTHS * 31
    long, short = {TimeUnit.MONTH: (31, 30), TimeUnit.QUARTER: (93, 90)}.get(unit, (366, 366))
    if unit is TimeUnit.YEAR:
        return list(range(366))
    return [day % long if day < first_half else (day - first_half) % short for day in range(366)]


def label(calendar: Calendar, unit: TimeUnit, first: dt.date) -> str:
    """A period that begins on a day, as people write it: 2026-11, 2026-Q4, 2026-W48, 1405-09."""
    if unit is TimeUnit.WEEK and calendar is Calendar.ISO:
        year, week, _ = first.isocalendar()
        return f"{year:04}-W{week:02}"
    year, month, day = (first.year, first.month, first.day) if calendar is Calendar.ISO else persian(first)
    match unit:
        case TimeUnit.YEAR:
            return f"{year:04}"
        case TimeUnit.QUARTER:
            return f"{year:04}-Q{(month + 2) // 3}"
        case TimeUnit.MONTH:
            return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}"


def following(calendar: Calendar, unit: TimeUnit, first: dt.date) -> dt.date | None:
    """The day on which the next period begins; None behind the last year of the calendar."""
    try:
        if unit in (TimeUnit.DAY, TimeUnit.WEEK):
            return first + dt.timedelta(days=1 if unit is TimeUnit.DAY else 7)
        months = {TimeUnit.MONTH: 1, TimeUnit.QUARTER: 3}.get(unit, 12)
        if calendar is Calendar.ISO:
            year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
            return dt.date(year, month + 1, 1)
        year, month, _ = persian(first)
        year, month = divmod(year * 12 + month - 1 + months, 12)
        return gregorian(year, month + 1)
    except (ValueError, OverflowError, IndexError):
        return None


def persian(day: dt.date) -> tuple[int, int, int]:
    """The Persian year, month and day of the month of a day."""
    of_year = day.timetuple().tm_yday
    began = nowruz()[day.year]
    past = of_year - began if of_year >= began else of_year - (lately()[day.year] - LATELY)
    year = day.year - _YEARS_APART - (of_year < began)
    first_half = _LONG_MONTHS * 31
    if past < first_half:
        return year, past // 31 + 1, past % 31 + 1
    return year, (past - first_half) // 30 + 1 + _LONG_MONTHS, (past - first_half) % 30 + 1


def gregorian(year: int, month: int) -> dt.date:
    """The first day of a Persian month."""
    began = dt.date(year + _YEARS_APART, 1, 1) + dt.timedelta(days=nowruz()[year + _YEARS_APART] - 1)
    return began + dt.timedelta(days=min(month - 1, _LONG_MONTHS) * 31 + max(month - 1 - _LONG_MONTHS, 0) * 30)


def _nowruz(gregorian_year: int) -> int:
    """By the days that leap years of both calendars have put in; beyond the table's end its last cycle goes on."""
    year, leaps, start, jump = gregorian_year - _YEARS_APART, -14, 0, 0
    for start, end in pairwise(_BREAKS):  # where it stops is the cycle that the year lies in
        jump = end - start
        if year < end or end == _BREAKS[-1]:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
    since = year - start
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:
        leaps += 1
    of_gregorian = gregorian_year // 4 - (gregorian_year // 100 + 1) * 3 // 4 - 150
    return _EQUINOX + leaps - of_gregorian + isleap(gregorian_year)

"""How often something comes by itself: every day, week, month or quarter, at a time of somebody's own clock and calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.calendars import Calendar, following, gregorian, persian
from models.errors import Problem, told
from models.periods import TimeUnit

LAST_WEEKDAY, LAST_DAY = 7, 31
_MONTHS = {"MONTH": 1, "QUARTER": 3}


class Every(StrEnum):
    """How often."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm: `on` is the day of the week from 1 for Monday to 7, or the day of the month or quarter's first month from 1
    to 31, where the last day of a shorter month stands for the days that it has not; null every day.
    """

    every: Every
    on: int | None
    at: dt.time
    zone: str
    calendar: Calendar = Calendar.ISO

    def after(self, moment: dt.datetime) -> dt.datetime:
        """The first time behind a moment, in UTC; a time that clocks pass over is the one that stands there instead."""
        zone = ZoneInfo(self.zone)
        for day in self._days(moment.astimezone(zone).date()):
            due = dt.datetime.combine(day, self.at, zone).astimezone(dt.UTC)
            if due > moment:
                return due
        raise AssertionError("days never end")

    def _days(self, first: dt.date) -> Iterator[dt.date]:
        """The days it falls on, from one at or before the first."""
        if self.every in (Every.DAY, Every.WEEK):
            step = 1 if self.every is Every.DAY else 7
            back = 0 if self.every is Every.DAY else (first.isoweekday() - (self.on or 1)) % 7
            day = first - dt.timedelta(days=back)
            while True:
                yield day
                day += dt.timedelta(days=step)
        month = self._began(first)
        while True:
            end = following(self.calendar, TimeUnit.MONTH, month)
            assert end is not None
            yield min(month + dt.timedelta(days=(self.on or 1) - 1), end - dt.timedelta(days=1))
            month = self._next(month)

    def _began(self, day: dt.date) -> dt.date:
        """The first day of the month, or of the quarter, that a day is in."""
        span = _MONTHS[self.every]
        if self.calendar is Calendar.ISO:
            return dt.date(day.year, (day.month - 1) // span * span + 1, 1)
        year, month, _ = persian(day)
        return gregorian(year, (month - 1) // span * span + 1)

    def _next(self, month: dt.date) -> dt.date:
        unit = TimeUnit.MONTH if self.every is Every.MONTH else TimeUnit.QUARTER
        day = following(self.calendar, unit, month)
        assert day is not None
        return day


def problems_of(every: Every, on: int | None) -> list[Problem]:
    """What is wrong with the day of a rhythm; [] when nothing is."""
    if every is Every.DAY:
        return [] if on is None else [told("needless_day", "Every day has no day of its own; leave `on` out.", ("on",))]
    most = LAST_WEEKDAY if every is Every.WEEK else LAST_DAY
    if on is None or not 1 <= on <= most:
        return [told("bad_day", "Give a day from 1 to {most}.", ("on",), most=most)]
    return []

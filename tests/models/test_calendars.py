"""Days by the Persian calendar, and how periods are told."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from models.calendars import LATELY, SPANS, Calendar, days_back, following, gregorian, label, lately, nowruz, persian
from models.periods import TimeUnit

NOWRUZ = {
    1979: 21,
    1996: 20,
    2000: 20,
    2008: 20,
    2009: 21,
    2016: 20,
    2017: 21,
    2020: 20,
    2021: 21,
    2024: 20,
    2025: 21,
    2026: 21,
    2029: 20,
}


@pytest.mark.parametrize(("year", "of_march"), NOWRUZ.items())
def test_nowruz_falls_on_the_day_that_almanacs_say(year: int, of_march: int) -> None:
    assert dt.date(year, 1, 1) + dt.timedelta(days=nowruz()[year] - 1) == dt.date(year, 3, of_march)


def test_persian_dates_are_those_of_almanacs() -> None:
    assert persian(dt.date(1979, 2, 11)) == (1357, 11, 22)
    assert persian(dt.date(2025, 3, 20)) == (1403, 12, 30)
    assert persian(dt.date(2026, 11, 25)) == (1405, 9, 4)
    assert gregorian(1405, 7) == dt.date(2026, 9, 23)


def test_every_year_of_the_tables_has_365_or_366_days() -> None:
    starts = [dt.date(year, 1, 1).toordinal() + nowruz()[year] for year in range(1, 9_999)]

    assert {after - before for before, after in pairwise(starts)} == {365, 366}
    assert all(-16 <= each <= 127 for each in lately())


def test_periods_part_the_days() -> None:
    for calendar in Calendar:
        for unit in SPANS:
            first = gregorian(1400, 1) if calendar is Calendar.PERSIAN else dt.date(2021, 1, 4)
            for _ in range(60):
                after = following(calendar, unit, first)
                assert after is not None
                assert after > first
                assert label(calendar, unit, after) > label(calendar, unit, first)
                first = after


def test_days_back_lead_to_the_first_day_of_the_period() -> None:
    day = dt.date(2019, 3, 21)
    for _ in range(3_000):
        year, month, _ = persian(day)
        began = nowruz()[day.year]
        of_year = day.timetuple().tm_yday
        past = of_year - (began if of_year >= began else lately()[day.year] - LATELY)
        assert day - dt.timedelta(days=days_back(TimeUnit.MONTH)[past]) == gregorian(year, month)
        assert day - dt.timedelta(days=days_back(TimeUnit.QUARTER)[past]) == gregorian(year, month - (month - 1) % 3)
        assert day - dt.timedelta(days=days_back(TimeUnit.YEAR)[past]) == gregorian(year, 1)
        day += dt.timedelta(days=1)


def test_periods_are_told_as_people_write_them() -> None:
    first = dt.date(2026, 11, 23)

    assert label(Calendar.ISO, TimeUnit.WEEK, first) == "2026-W48"
    assert label(Calendar.ISO, TimeUnit.QUARTER, dt.date(2026, 10, 1)) == "2026-Q4"
    assert label(Calendar.PERSIAN, TimeUnit.MONTH, gregorian(1405, 9)) == "1405-09"
    assert label(Calendar.PERSIAN, TimeUnit.YEAR, gregorian(1405, 1)) == "1405"
    assert following(Calendar.ISO, TimeUnit.YEAR, dt.date(9999, 1, 1)) is None

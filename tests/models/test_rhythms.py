"""When something comes by itself: on which day of whose calendar, at which time of whose clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendars import Calendar, persian
from models.rhythms import Every, Rhythm, problems_of

EIGHT = dt.time(8)


def rhythm(
    every: str, on: int | None = None, *, zone: str = "UTC", at: dt.time = EIGHT, persian: bool = False
) -> Rhythm:
    return Rhythm(Every(every), on, at, zone, Calendar.PERSIAN if persian else Calendar.ISO)


@pytest.mark.parametrize(
    ("wanted", "moment", "due"),
    [
        (rhythm("DAY"), "2026-11-27T07:59:59", "2026-11-27T08:00"),
        (rhythm("DAY"), "2026-11-27T08:00:00", "2026-11-28T08:00"),
        (rhythm("DAY", zone="Asia/Tehran"), "2026-11-27T07:00", "2026-11-28T04:30"),
        (rhythm("WEEK", 1), "2026-11-27T12:00", "2026-11-30T08:00"),
        (rhythm("WEEK", 5), "2026-11-27T07:00", "2026-11-27T08:00"),
        (rhythm("WEEK", 5), "2026-11-27T09:00", "2026-12-04T08:00"),
        (rhythm("MONTH", 1), "2026-11-27T12:00", "2026-12-01T08:00"),
        (rhythm("MONTH", 31), "2027-02-01T12:00", "2027-02-28T08:00"),
        (rhythm("MONTH", 31), "2026-12-31T08:00", "2027-01-31T08:00"),
        (rhythm("QUARTER", 1), "2026-11-27T12:00", "2027-01-01T08:00"),
        (rhythm("QUARTER", 15), "2026-10-02T12:00", "2026-10-15T08:00"),
        # 1 Dey 1405 is 22 December 2026, 29 Esfand 1405 is 20 March 2027, the last day of a year that is no leap year
        (rhythm("MONTH", 1, persian=True), "2026-11-27T12:00", "2026-12-22T08:00"),
        (rhythm("MONTH", 31, persian=True), "2027-03-01T12:00", "2027-03-20T08:00"),
        (rhythm("QUARTER", 1, persian=True), "2026-12-23T12:00", "2027-03-21T08:00"),
        # a time that the clocks of Berlin pass over on 28 March 2027
        (rhythm("DAY", zone="Europe/Berlin", at=dt.time(2, 30)), "2027-03-27T12:00", "2027-03-28T01:30"),
    ],
)
def test_it_comes_on_the_next_of_its_days(wanted: Rhythm, moment: str, due: str) -> None:
    assert wanted.after(dt.datetime.fromisoformat(f"{moment}+00:00")) == dt.datetime.fromisoformat(f"{due}+00:00")


@given(
    every=st.sampled_from(Every),
    on=st.integers(1, 31),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    zone=st.sampled_from(["UTC", "Asia/Tehran", "Europe/Berlin", "America/Los_Angeles", "Pacific/Apia"]),
    calendar=st.sampled_from(Calendar),
    moment=st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001  # the zone is given beside
)
def test_it_comes_later_and_soon_and_on_its_day(
    every: Every, on: int, at: dt.time, zone: str, calendar: Calendar, moment: dt.datetime
) -> None:
    day = None if every is Every.DAY else min(on, 7) if every is Every.WEEK else on
    wanted = Rhythm(every, day, at, zone, calendar)

    due = wanted.after(moment)

    assert moment < due <= moment + dt.timedelta(days={"DAY": 2, "WEEK": 8, "MONTH": 63, "QUARTER": 124}[every])
    local = due.astimezone(ZoneInfo(zone)).date()
    if every is Every.WEEK:
        assert local.isoweekday() == day
    elif day is not None:
        month, of_month = (local.month, local.day) if calendar is Calendar.ISO else persian(local)[1:]
        assert of_month == day or of_month >= 28
        assert every is Every.MONTH or month % 3 == 1


@pytest.mark.parametrize(
    ("every", "on", "codes"),
    [
        ("DAY", None, []),
        ("DAY", 1, ["needless_day"]),
        ("WEEK", 7, []),
        ("WEEK", 8, ["bad_day"]),
        ("WEEK", None, ["bad_day"]),
        ("MONTH", 31, []),
        ("MONTH", 0, ["bad_day"]),
        ("QUARTER", 32, ["bad_day"]),
    ],
)
def test_a_day_that_there_is_not_is_refused(every: str, on: int | None, codes: list[str]) -> None:
    assert [problem.code for problem in problems_of(Every(every), on)] == codes

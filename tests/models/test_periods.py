"""Times told from now, on the calendar of a time zone."""

from __future__ import annotations

import datetime as dt

import pytest

from models.fields.kind import InvalidValue
from models.periods import Period, TimeUnit, bounds_of, days_of, days_of_window, shifted, window, zone

DAY = dt.date(2026, 11, 25)  # a Wednesday
NOW = dt.datetime(2026, 11, 25, 22, 50, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("period", "first", "after"),
    [
        (Period.YESTERDAY, "2026-11-24", "2026-11-25"),
        (Period.TODAY, "2026-11-25", "2026-11-26"),
        (Period.TOMORROW, "2026-11-26", "2026-11-27"),
        (Period.LAST_WEEK, "2026-11-16", "2026-11-23"),
        (Period.THIS_WEEK, "2026-11-23", "2026-11-30"),
        (Period.NEXT_WEEK, "2026-11-30", "2026-12-07"),
        (Period.LAST_MONTH, "2026-10-01", "2026-11-01"),
        (Period.NEXT_MONTH, "2026-12-01", "2027-01-01"),
        (Period.THIS_QUARTER, "2026-10-01", "2027-01-01"),
        (Period.NEXT_QUARTER, "2027-01-01", "2027-04-01"),
        (Period.LAST_YEAR, "2025-01-01", "2026-01-01"),
        (Period.THIS_YEAR, "2026-01-01", "2027-01-01"),
    ],
)
def test_a_period_is_the_whole_of_it_on_the_calendar(period: Period, first: str, after: str) -> None:
    assert days_of(period, DAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(after))


def test_today_is_that_of_the_readers_time_zone() -> None:
    begun, over = bounds_of(Period.TODAY, NOW, "Asia/Tehran")

    assert begun == dt.datetime(2026, 11, 25, 20, 30, tzinfo=dt.UTC)
    assert over == dt.datetime(2026, 11, 26, 20, 30, tzinfo=dt.UTC)


def test_a_day_on_which_clocks_are_put_back_has_twenty_five_hours() -> None:
    begun, over = bounds_of(Period.TODAY, dt.datetime(2026, 10, 25, 12, tzinfo=dt.UTC), "Europe/Berlin")

    assert over - begun == dt.timedelta(hours=25)


def test_a_window_ends_or_begins_now() -> None:
    month = dt.datetime(2026, 10, 25, 22, 50, tzinfo=dt.UTC)

    assert window(-1, TimeUnit.MONTH, NOW, "UTC") == (month, NOW)
    assert window(2, TimeUnit.HOUR, NOW, "UTC") == (NOW, NOW + dt.timedelta(hours=2))
    assert days_of_window(-30, TimeUnit.DAY, NOW, "UTC") == (dt.date(2026, 10, 26), DAY)
    assert days_of_window(1, TimeUnit.DAY, NOW, "Asia/Tehran") == (dt.date(2026, 11, 26), dt.date(2026, 11, 27))


def test_the_last_day_of_a_month_stays_within_the_month() -> None:
    last = dt.datetime(2026, 3, 31, tzinfo=dt.UTC)

    assert shifted(last, -1, TimeUnit.MONTH) == dt.datetime(2026, 2, 28, tzinfo=dt.UTC)
    assert shifted(last, 1, TimeUnit.QUARTER) == dt.datetime(2026, 6, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("unit", list(TimeUnit))
def test_a_window_beyond_the_calendar_is_refused_with_words(unit: TimeUnit) -> None:
    with pytest.raises(InvalidValue, match="years 1 to 9999"):
        shifted(NOW, -(10**10), unit)


def test_hours_of_a_day_without_a_time_are_refused() -> None:
    with pytest.raises(InvalidValue, match="A day has no time"):
        days_of_window(-3, TimeUnit.HOUR, NOW, "UTC")


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "", "europe/berlin\0"])
def test_a_time_zone_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(InvalidValue, match="is no time zone"):
        zone(name)

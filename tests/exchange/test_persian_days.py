"""Days of files that are written in the Persian calendar: read as they are meant, and guessed as such."""

from __future__ import annotations

import datetime as dt

import pytest

from exchange.guessing.values import fit
from exchange.transforms import moment
from models.fields.kind import InvalidValue
from models.metamodel import Field

DAY = Field(name="since", kind="date", labels={})


@pytest.mark.parametrize(
    ("text", "format", "meant"),
    [
        ("۱۴۰۳/۰۶/۱۳", "persian %Y/%m/%d", dt.date(2024, 9, 3)),
        ("1404-1-1", "persian %Y-%m-%d", dt.date(2025, 3, 21)),
        ("30/12/1403", "persian %d/%m/%Y", dt.date(2025, 3, 20)),  # the last day of a leap year
        ("1403/12/30 13:05", "persian %Y/%m/%d %H:%M", dt.datetime(2025, 3, 20, 13, 5, tzinfo=dt.UTC)),
    ],
)
def test_days_and_moments_are_read_as_they_are_meant(text: str, format: str, meant: dt.date) -> None:
    assert moment(text, format) == meant


@pytest.mark.parametrize("text", ["1402/12/30", "1403/13/01", "1403/07/31", "0/1/1", "نامعلوم", "1403/06/13x"])
def test_a_day_that_the_calendar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not written as persian"):
        moment(text, "persian %Y/%m/%d")


def test_years_of_the_persian_calendar_are_not_taken_for_those_of_another() -> None:
    assert fit(DAY, ["۱۴۰۳/۰۶/۱۳", "۱۴۰۲/۱۱/۰۱"]).steps == {"date": "persian %Y/%m/%d"}
    assert fit(DAY, ["1404-01-01", "1403-12-30"]).steps == {"date": "persian %Y-%m-%d"}
    assert fit(DAY, ["2024-09-03", "1405-01-01", "1999-12-31"]).steps == {}

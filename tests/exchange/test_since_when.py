"""Imports of rows that say since when they have been true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from kept_times import Stored
from small_imports import Desk, now

pytestmark = pytest.mark.anyio

MAPPING = """
name: history
sources:
  firms:
    file: firms.csv
    validFrom: {column: since, date: "%d.%m.%Y"}
    records:
      firm: {type: Firm, key: [code], fields: {code: code, name: name}}
      owner: {type: Firm, key: [code], fields: {code: owner}, validFrom: {column: owned, date: "%Y"}}
    links:
      - {relation: OWNED_BY, from: firm, to: owner}
"""
HEADER = "code,name,owner,since,owned\n"
FIRMS = HEADER + "A,Alpha,H,03.02.2021,2015\nB,Beta,H,01.01.2020,2016\n"
Y2019, Y2022 = datetime(2019, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)


def seen(desk: Desk, true: datetime) -> dict[str, Any]:
    """Names by code, and the number of links, at a moment as it is known by now."""
    found = Stored.read(desk.look).seen(true, now(), ("code", "name")).values()
    records = [each for each in found if isinstance(each, dict)]
    return {each["code"]: each.get("name") for each in records} | {"links": len(found) - len(records)}


async def test_records_and_links_have_been_there_since_their_row_says_the_first_row_counts(desk: Desk) -> None:
    desk.put(firms_csv=FIRMS)

    report = await desk.bring(MAPPING)

    assert (report.records["Firm"].created, report.links["OWNED_BY"].created) == (3, 2)
    assert seen(desk, datetime(2014, 1, 1, tzinfo=UTC)) == {"links": 0}
    assert seen(desk, Y2019) == {"H": None, "links": 0}
    assert seen(desk, datetime(2020, 6, 1, tzinfo=UTC)) == {"H": None, "B": "Beta", "links": 1}
    assert seen(desk, Y2022) == {"H": None, "A": "Alpha", "B": "Beta", "links": 2}


async def test_a_later_run_corrects_since_its_rows_say_as_far_as_the_record_was_there(desk: Desk) -> None:
    desk.put(firms_csv=FIRMS)
    await desk.bring(MAPPING)
    desk.put(firms_csv=HEADER + "A,Alef,H,01.01.2018,2015\nB,Bet,H,01.01.2021,2015\n")

    report = await desk.bring(MAPPING)

    assert report.records["Firm"].updated == 2
    assert seen(desk, datetime(2020, 6, 1, tzinfo=UTC)) == {"H": None, "B": "Beta", "links": 1}
    assert seen(desk, Y2022) == {"H": None, "A": "Alef", "B": "Bet", "links": 2}


async def test_a_day_in_the_future_is_rejected_with_its_row(desk: Desk) -> None:
    desk.put(firms_csv=HEADER + "A,Alpha,H,01.01.2999,2015\n")

    report = await desk.bring(MAPPING)

    assert "Valid from: Values hold from their begin" in desk.rejected(report, "firms")
    assert seen(desk, Y2022) == {"H": None, "links": 0}


async def test_a_column_that_is_not_there_and_an_end_of_a_link_without_a_time_are_told(desk: Desk) -> None:
    desk.put(firms_csv=FIRMS)
    wrong = MAPPING.replace("column: since", "column: from").replace("to: owner}", "to: owner, validTo: since}")

    problems = await desk.refused(wrong)

    assert [problem.code for problem in problems] == ["unknown_column", "no_validity"]

"""Imports from beginning to end: what goes in, what is rejected and why, a second time, and after a broken first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from importing import figures
from small_imports import Desk, breaking, until_broken

from exchange import problems
from exchange.runs import ImportRunning, alone, folder_of

pytestmark = pytest.mark.anyio

MAPPING = """
name: staff
nulls: ["", "-"]
sources:
  firms:
    file: firms.csv
    records:
      firm:
        type: Firm
        key: [code]
        fields: {code: code, name: name, taxId: tax, revenue: revenue, founded: {column: founded, date: "%d.%m.%Y"}}
    links:
      - {relation: OWNED_BY, from: firm, to: {type: Firm, by: {code: owner}}}
"""
HEADER = "code,name,tax,revenue,founded,owner\n"
FIRMS = HEADER + "A,Alpha,1,10.50,03.02.2001,\nB,Beta,2,-,,A\nC,,3,7,,A\n"


async def test_files_become_records_and_links_with_typed_values(desk: Desk) -> None:
    desk.put(firms_csv=FIRMS)

    report = await desk.bring(MAPPING)

    assert (report.records["Firm"].created, report.links["OWNED_BY"].created, report.rows) == (3, 2, {"firms": 3})
    kept = "n.code + ' ' + coalesce(n.name, '') + ' ' + toString(n.founded) + ' ' + n.revenue_e2"
    assert desk.look(f"MATCH (n:Firm) WHERE n.founded IS NOT NULL RETURN {kept}") == ["A Alpha 2001-02-03 1050"]
    assert desk.look("MATCH (n)-[:OWNED_BY]->(:Firm {code: 'A'}) RETURN n.code ORDER BY n.code") == ["B", "C"]
    assert list((desk.folder / "home" / "imports").iterdir()) == []


async def test_a_second_run_writes_no_change_row(desk: Desk) -> None:
    desk.put(firms_csv=FIRMS)
    await desk.bring(MAPPING)
    before = (desk.data(), desk.look("MATCH (c:Change) RETURN count(c)"))

    again = await desk.bring(MAPPING)

    assert again.changes == 0
    assert (desk.data(), desk.look("MATCH (c:Change) RETURN count(c)")) == before


REJECTED = HEADER + (
    "A,Alpha,1,10,03.02.2001,\n"
    "B,Beta\n"
    "C,\0,3,7,,\n"
    "D,Delta,4,much,soon,\n"
    '-,"No, code",5,1,,\n'
    "A,Other,1,10,03.02.2001,\n"
    "E,Epsilon,1,1,,\n"
    "F,Phi,9,1,,A\n"
    "G,Gamma,6,1,,Z\n"
)


async def test_rejected_rows_are_kept_with_their_columns_lines_and_reasons(desk: Desk) -> None:
    desk.put(firms_csv=HEADER + "X,Ex,9,,,\n")
    await desk.bring(MAPPING)
    desk.put(firms_csv=REJECTED)

    report = await desk.bring(MAPPING)

    header, *lines = desk.rejected(report, "firms").splitlines()
    assert header == "code,name,tax,revenue,founded,owner,source file,line,reason"
    told = {line.split(",firms.csv,")[0]: line.split(",firms.csv,")[1] for line in lines}
    assert {row: place.partition(",")[0] for row, place in told.items()} == {
        "B,Beta,,,,": "3",
        "C,,3,7,,": "4",
        "D,Delta,4,much,soon,": "5",
        '-,"No, code",5,1,,': "6",
        "A,Other,1,10,03.02.2001,": "7",
        "E,Epsilon,1,1,,": "8",
        "F,Phi,9,1,,A": "9",
        "G,Gamma,6,1,,Z": "10",
    }
    reasons = {row.partition(",")[0]: place.partition(",")[2] for row, place in told.items()}
    assert "2 cells, the header names 6 columns" in reasons["B"]
    assert "NUL byte" in reasons["C"]
    assert "Revenue: " in reasons["D"]
    assert "'soon' is not written as %d.%m.%Y" in reasons["D"]
    assert "Code: Every Firm needs a value here." in reasons["-"]
    assert "An earlier row gives Firm 'A' the value 'Alpha', not 'Other'" in reasons["A"]
    assert "Tax id: '1' belongs to another Firm of an earlier row" in reasons["E"]
    assert "Another Firm of this graph has Tax id '9'" in reasons["F"]
    assert "There is no Firm with Code Z" in reasons["G"]
    assert report.rejected == {"firms": 8}
    assert report.rejected_folder is not None
    kept = problems.page(Path(report.rejected_folder).parent, problems.Wanted(), first=20)
    assert {each.field: each.facts.get("ofField") or each.facts.get("ofRelation") for each in kept if each.field} == {
        "code": {"owner": "Firm", "field": "code"},
        "revenue": {"owner": "Firm", "field": "revenue"},
        "founded": {"owner": "Firm", "field": "founded"},
        "name": {"owner": "Firm", "field": "name"},
        "taxId": {"owner": "Firm", "field": "taxId"},
        "OWNED_BY": "OWNED_BY",
    }
    assert desk.look("MATCH (n:Firm) RETURN n.code ORDER BY n.code") == ["A", "G", "X"]


async def test_a_dry_run_reports_the_same_and_leaves_nothing(desk: Desk) -> None:
    desk.put(firms_csv=HEADER + "X,Ex,9,,,\n")
    await desk.bring(MAPPING)
    desk.put(firms_csv=REJECTED)
    before = desk.look("MATCH (n) RETURN count(n)")

    tried = await desk.bring(MAPPING, dry_run=True)

    assert desk.look("MATCH (n) RETURN count(n)") == before
    done = await desk.bring(MAPPING)
    assert figures(tried) == figures(done)
    assert desk.rejected(tried, "firms") == desk.rejected(done, "firms")


MENTORING = """
name: mentoring
sources:
  pairs:
    file: pairs.csv
    records:
      mentor: {type: Worker, key: [mail], fields: {mail: mentor}}
    links:
      - {relation: MENTORS, from: mentor, to: {type: Worker, by: {mail: mentee}}}
"""


async def test_a_dry_run_sees_that_earlier_parts_have_filled_an_end(desk: Desk) -> None:
    """A worker has at most two mentees and two mentors; each part of the run holds one link."""
    present = "ann,bob\n" + "".join(f"{name},\n" for name in ("bob", "cyd", "dan"))
    desk.put(pairs_csv="mentor,mentee\n" + mailed(present))
    await desk.bring(MENTORING)
    desk.put(pairs_csv="mentor,mentee\n" + mailed("ann,cyd\nann,dan\neve,bob\nfay,bob\nfay,eve\n"))

    tried = await desk.bring(MENTORING, dry_run=True, size=1)
    done = await desk.bring(MENTORING, size=1)

    assert (done.links["MENTORS"].created, done.rejected) == (3, {"pairs": 2})
    assert figures(tried) == figures(done)
    assert desk.rejected(tried, "pairs") == desk.rejected(done, "pairs")


def mailed(pairs: str) -> str:
    """The same names as addresses."""
    return re.sub("[a-z]+", r"\g<0>@example.org", pairs)


@pytest.mark.parametrize("said", ["Reading", "Writing"])
async def test_a_run_that_broke_goes_on_and_ends_the_same(desk: Desk, said: str) -> None:
    desk.put(firms_csv=FIRMS)
    await until_broken(desk.bring(MAPPING, progress=breaking(said), size=1))

    report = await desk.bring(MAPPING, size=1)

    assert report.resumed
    assert (report.records["Firm"].created, report.links["OWNED_BY"].created) == (3, 2)
    assert desk.look("MATCH (n:Firm) RETURN n.code ORDER BY n.code") == ["A", "B", "C"]
    assert desk.look("MATCH ()-[l:OWNED_BY]->() RETURN count(l)") == [2]
    assert desk.look("MATCH (r:ImportRun) RETURN r.status") == ["done"]


async def test_what_was_rejected_before_the_break_is_still_told_after_it(desk: Desk) -> None:
    desk.put(firms_csv=HEADER + "X,Ex,9,,,\n")
    await desk.bring(MAPPING)
    desk.put(firms_csv=REJECTED)
    whole = await desk.bring(MAPPING, dry_run=True, size=2)
    await until_broken(desk.bring(MAPPING, progress=breaking("Writing"), size=2))

    report = await desk.bring(MAPPING, size=2)

    assert figures(report) == figures(whole)
    assert desk.rejected(report, "firms") == desk.rejected(whole, "firms")


async def test_one_run_is_worked_on_by_one_process(desk: Desk) -> None:
    desk.put(firms_csv=FIRMS)
    await until_broken(desk.bring(MAPPING, progress=breaking("Writing"), size=1))
    (run,) = desk.look("MATCH (r:ImportRun) RETURN r.id")

    with alone(folder_of(desk.folder / "home", run)), pytest.raises(ImportRunning, match="Another process works on"):
        await desk.bring(MAPPING, size=1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("type: Firm\n", "type: Frim\n", "m.yaml:9:9: No type 'Frim'. Near: Firm."),
        ("key: [code]", "key: [name]", "name is no natural key of Firm; its keys are: code or taxId"),
        ("name: name", "nmae: name", "Firm has no field 'nmae'. Near: name"),
        ("name: name", "name: nmae", "firms.csv has no column 'nmae'. Near: name"),
        ("OWNED_BY", "OWNS", "No relation 'OWNS'. Near: OWNED_BY."),
        ("type: Firm, by: {code", "type: Worker, by: {mail", "Worker may not stand at this end; Firm may."),
        ("firms.csv", "frims.csv", "There is no file frims.csv (nor frims.csv.gz) in "),
    ],
)
async def test_a_mapping_that_does_not_fit_is_refused_before_anything_is_written(
    desk: Desk, old: str, new: str, told: str
) -> None:
    desk.put(firms_csv=FIRMS)

    problems = await desk.refused(MAPPING.replace(old, new))

    assert any(told in problem.message for problem in problems), [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500), "The file is a PNG picture, not a table."),
        (b"", "The file is empty; its first line must name the columns."),
        (b"code,name,code\n", "2 columns are called 'code'; rename all but one."),
        (b"\0" * 5000, "The file is"),
    ],
)
async def test_a_file_that_is_no_table_is_one_sentence(desk: Desk, content: bytes, told: str) -> None:
    desk.put(firms_csv=content)

    (problem,) = await desk.refused(MAPPING)

    assert told in problem.message
    assert problem.message.startswith(str(desk.folder / "in" / "firms.csv"))

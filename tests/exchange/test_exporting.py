"""What is exported comes back by an import as it was, and harms no spreadsheet on the way."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from small_imports import DATA, Desk, now

from cypher.compile.exports import AFTER, SIZE, page_of_links, page_of_records
from exchange.exporting import MAPPING, Exported, Form, export_files
from exchange.mapping import read
from exchange.runs import import_files
from exchange.sheets import harmless
from models.actor import SYSTEM
from models.errors import Rejected

pytestmark = pytest.mark.anyio

FIRMS = """code,name,tax,revenue,founded,tags
F1,=2+5+cmd,T1,-1234.50,1999-12-31,a;b
F2,'quoted,T2,,,
F3,"Two, ""three"" é",T3,9007199254740993.01,,b
"""
JOBS = """mail,name,firm,role,hours,since
ann@example.org,@Ann,F1,-dev,38,2024-05-01
ann@example.org,@Ann,F2,,,
bob@example.org,,F1,+lead,,2025-01-01
"""
BRING = """
name: small
sources:
  firms:
    file: firms.csv
    records:
      firm:
        type: Firm
        key: [code]
        fields: {code: code, name: name, taxId: tax, revenue: revenue, founded: founded, tags: tags}
  jobs:
    file: jobs.csv
    records:
      worker: {type: Worker, key: [mail], fields: {mail: mail, name: name}}
    links:
      - relation: EMPLOYED_AT
        from: worker
        to: {type: Firm, by: {code: firm}}
        fields: {role: role, hours: hours}
        validFrom: since
"""


@pytest.fixture
async def filled(desk: Desk) -> Desk:
    """Three firms and two workers with three jobs."""
    desk.put(firms_csv=FIRMS, jobs_csv=JOBS)
    assert (await desk.bring(BRING)).rejected == {}
    return desk


async def exported(desk: Desk, name: str, **options: Any) -> Exported:
    return await export_files(
        desk.database,
        SYSTEM,
        desk.registry.model,
        desk.folder / name,
        progress=lambda text, done: None,
        **options,
    )


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file without ids, which are given anew."""
    with path.open(encoding="utf-8", newline="") as file:
        found = [
            {name: cell for name, cell in row.items() if name.rpartition(".")[2] != "id"}
            for row in csv.DictReader(file)
        ]
    return sorted(found, key=str)


async def test_an_empty_graph_gets_equal_data_from_the_files_and_the_mapping_beside_them(filled: Desk) -> None:
    done = await exported(filled, "out", page=2)
    filled.driver.execute_query(f"MATCH (n:{DATA}) DETACH DELETE n", database_=filled.database.name)

    report = await import_files(
        filled.database,
        filled.registry,
        SYSTEM,
        read(filled.folder / "out" / MAPPING),
        filled.folder / "out",
        home=filled.folder / "home",
        clock=now,
        progress=lambda text, share: None,
    )
    again = await exported(filled, "again")

    assert done.files == {"Firm.csv": 3, "Worker.csv": 2, "Worker.EMPLOYED_AT.Firm.csv": 3}
    assert (report.rejected, report.changes) == ({}, 8)
    assert again.files == done.files
    assert [rows(filled.folder / "again" / name) for name in done.files] == [
        rows(filled.folder / "out" / name) for name in done.files
    ]
    (firm,) = filled.driver.execute_query(
        "MATCH (n:Firm {code: 'F1'}) RETURN n.name, n.revenue_e2, n.tags", database_=filled.database.name
    ).records
    assert firm.values() == ["=2+5+cmd", -123450, ["a", "b"]]


async def test_cells_that_a_spreadsheet_would_run_are_marked(filled: Desk) -> None:
    await exported(filled, "out")

    firms, jobs = (rows(filled.folder / "out" / f"{name}.csv") for name in ("Firm", "Worker.EMPLOYED_AT.Firm"))

    assert {row["name"] for row in firms} == {"'=2+5+cmd", "''quoted", 'Two, "three" é'}
    assert {row["role"] for row in jobs} == {"'-dev", "", "'+lead"}
    assert [harmless(text) for text in ("=1", "+1", "-1", "@a", "\ta", "'a", "a=1")] == [
        "'=1", "'+1", "'-1", "'@a", "'\ta", "''a", "a=1",
    ]  # fmt: skip


async def test_a_line_of_ndjson_is_a_record_or_a_link_with_its_ends(filled: Desk) -> None:
    done = await exported(filled, "out", form=Form.NDJSON, types=["Worker", "Firm"])

    (ann, bob) = map(json.loads, (filled.folder / "out" / "Worker.ndjson").read_text().splitlines())
    links = [*map(json.loads, (filled.folder / "out" / "Worker.EMPLOYED_AT.Firm.ndjson").read_text().splitlines())]

    assert set(done.files) == {"Worker.ndjson", "Firm.ndjson", "Worker.EMPLOYED_AT.Firm.ndjson"}
    assert (ann["type"], ann["mail"], ann["name"], bob["name"]) == ("Worker", "ann@example.org", "@Ann", None)
    assert {(link["source"]["id"] == ann["id"], link["role"], link["hours"], link["validFrom"]) for link in links} == {
        (True, "-dev", 38, "2024-05-01T00:00:00Z"),
        (True, None, None, None),
        (False, "+lead", None, "2025-01-01T00:00:00Z"),
    }


async def test_a_page_costs_what_it_holds_whatever_there_is_besides(desk: Desk) -> None:
    name = desk.database.name
    fill = """UNWIND range(1, 3000) AS n
    CREATE (:Record:Firm {id: 'f' + n})-[:OWNED_BY {id: 'l' + n}]->(:Record:Firm {id: 'o' + n})"""
    desk.driver.execute_query(fill, database_=name)
    desk.driver.execute_query("CALL db.prepareForReplanning(60)", database_=name)

    for query in (page_of_records("Firm"), page_of_links("OWNED_BY", "Firm", "Firm", ("id",), ("id",))):
        profile = desk.driver.execute_query(f"PROFILE {query}", {AFTER: "", SIZE: 10}, database_=name).summary.profile

        assert profile is not None
        assert hits(profile) < 500


def hits(part: dict[str, Any]) -> int:
    own: int = part.get("dbHits") or 0
    return own + sum(map(hits, part.get("children", ())))


async def test_chosen_types_take_only_the_links_among_them_along(filled: Desk) -> None:
    done = await exported(filled, "out", types=["Firm"])

    assert done.files == {"Firm.csv": 3}


async def test_an_unknown_type_or_a_folder_in_use_is_refused(filled: Desk) -> None:
    with pytest.raises(Rejected) as unknown:
        await exported(filled, "out", types=["Frim"])
    with pytest.raises(Rejected) as used:
        await exported(filled, "in")

    assert unknown.value.problems[0].message == "No type 'Frim'; there are: Firm, Worker."
    assert used.value.problems[0].code == "folder_in_use"
    assert not (filled.folder / "out").exists()

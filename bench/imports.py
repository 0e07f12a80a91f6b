"""Importing files through the importer, beside a bare UNWIND of the same rows: what checks, history and safety cost.

The peer reads the same CSV files, and creates the same records and links in batches of the same size, found by the same
constraint; it looks for nothing that is there, writes no change rows, and could not be run twice, resumed or undone.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench.measure import Figures, in_turn, table
from exchange.mapping import Plan, parse
from exchange.runs import import_files
from exchange.writing import SIZE
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.errors import Rejected
from models.ids import new_id

SEED = 7
COMPANIES, PEOPLE, EMPLOYERS = 2_000, 18_000, 2  # at scale 1
GROUPS = 20  # companies that own all others: the dense ends
DAY = date(1960, 1, 1)
OURS, BARE = "xrm import", "bare UNWIND"

MODEL: dict[str, Any] = {
    "types": [
        {
            "name": "Company",
            "plural": "Companies",
            "naturalKeys": [["code"]],
            "fields": [
                {"name": "code", "kind": "text", "required": True},
                {"name": "name", "kind": "text", "required": True},
                {"name": "city", "kind": "text"},
                {"name": "staff", "kind": "integer"},
            ],
        },
        {
            "name": "Person",
            "plural": "People",
            "naturalKeys": [["code"]],
            "fields": [
                {"name": "code", "kind": "text", "required": True},
                {"name": "name", "kind": "text", "required": True},
                {"name": "email", "kind": "email"},
                {"name": "birthday", "kind": "date"},
            ],
        },
    ],
    "relations": [
        {
            "name": "WORKS_AT",
            "source": {"types": ["Person"], "field": "employers"},
            "target": {"types": ["Company"], "field": "employees"},
            "fields": [{"name": "role", "kind": "text"}],
        },
        {
            "name": "OWNED_BY",
            "source": {"types": ["Company"], "field": "owner", "most": 1},
            "target": {"types": ["Company"], "field": "subsidiaries"},
        },
    ],
}

MAPPING = """
name: bench
sources:
  companies:
    file: companies.csv
    records:
      company: {type: Company, key: [code], fields: {code: code, name: name, city: city, staff: staff}}
    links:
      - {relation: OWNED_BY, from: company, to: {type: Company, by: {code: owner}}}
  people:
    file: people.csv
    records:
      person: {type: Person, key: [code], fields: {code: code, name: name, email: email, birthday: birthday}}
  employments:
    file: employments.csv
    links:
      - relation: WORKS_AT
        from: {type: Person, by: {code: person}}
        to: {type: Company, by: {code: company}}
        fields: {role: role}
"""

RECORDS = "UNWIND $rows AS row CREATE (n:Record:{type} {{version: 1}}) SET n += row"
WORKS_AT = """UNWIND $rows AS row MATCH (a:Person {code: row.person}) MATCH (b:Company {code: row.company})
CREATE (a)-[:WORKS_AT {id: row.id, version: 1, role: row.role}]->(b)"""
OWNED_BY = """UNWIND $rows AS row MATCH (a:Company {code: row.code}) MATCH (b:Company {code: row.owner})
CREATE (a)-[:OWNED_BY {id: row.id, version: 1}]->(b)"""
EMPTY = """MATCH (n:Record|Change|ChangeSet|Outbox|ImportRun|ImportBatch)
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"""

Row = dict[str, Any]
Report = Callable[[str, float | None], None]


def measure(address: Address, folder: Path, options: argparse.Namespace, report: Report) -> str:
    """Seconds of each way in, and their ratio of medians, as a Markdown table."""
    report("Writing the files", None)
    size = _draw(folder, options.scale)
    with asyncio.Runner() as runner:
        contest = runner.run(_ready(address, folder))
        contestants: dict[str, Callable[[int], float]] = {
            OURS: lambda number: runner.run(contest.timed(contest.imported, OURS, number, report)),
            BARE: lambda number: runner.run(contest.timed(contest.bare, BARE, number, report)),
        }
        found = in_turn(contestants, rounds=max(options.rounds // 2, 1))
        runner.run(contest.database.close())
    return _written(found, size)


def _written(found: dict[str, Figures], size: int) -> str:
    base = found[BARE].median
    rows = [
        (
            name,
            f"{figures.median:.2f}",
            f"{figures.low:.2f}–{figures.high:.2f}",
            f"{size / figures.median:,.0f}",
            f"{figures.median / base:.2f}×",
        )
        for name, figures in found.items()
    ]
    return table((f"{size:,} records and links", "seconds", "middle half", "a second", "ratio to bare"), rows)


@dataclass(frozen=True)
class _Contest:
    """An empty database with the model, the files, and the two ways to bring them in."""

    database: Database
    registry: Registry
    plan: Plan
    folder: Path

    async def timed(self, way: Callable[[], Any], name: str, number: int, report: Report) -> float:
        """The seconds that one way takes, into an emptied database."""
        report(f"{name}, {'warming up' if number < 0 else f'round {number + 1}'}", None)
        async with self.database.driver.session(database=self.database.name) as session:
            await (await session.run(EMPTY)).consume()
        began = time.perf_counter()
        await way()
        return time.perf_counter() - began

    async def imported(self) -> None:
        """Through the importer. Raises Rejected should it reject anything."""
        done = await import_files(
            self.database,
            self.registry,
            SYSTEM,
            self.plan,
            self.folder,
            home=self.folder,
            clock=lambda: datetime.now(UTC),
            progress=lambda text, share: None,
        )
        assert not any(done.rejected.values()), done.text()

    async def bare(self) -> None:
        """Straight through the driver, the same rows in batches of the same size."""
        companies, people, employments = (
            list(_read(self.folder / f"{name}.csv")) for name in ("companies", "people", "employments")
        )
        records = [
            {key: each[key] for key in ("code", "name", "city")} | {"staff": int(each["staff"])} for each in companies
        ]
        await self._send(RECORDS.format(type="Company"), records)
        await self._send(
            RECORDS.format(type="Person"),
            [each | {"birthday": date.fromisoformat(each["birthday"])} for each in people],
        )
        await self._send(OWNED_BY, [each for each in companies if each["owner"]])
        await self._send(WORKS_AT, employments)

    async def _send(self, text: str, rows: list[Row]) -> None:
        left = iter(rows)
        while batch := list(islice(left, SIZE)):
            parameters = {"rows": [{**row, "id": new_id()} for row in batch]}
            await self.database.driver.execute_query(text, parameters, database_=self.database.name)


async def _ready(address: Address, folder: Path) -> _Contest:
    database = await Database.connect(address)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(MODEL)
    if problems:
        raise Rejected(problems)
    await registry.apply(SYSTEM, patch)
    await registry.indexed()
    return _Contest(database, registry, parse(MAPPING, "bench.yaml"), folder)


def _draw(folder: Path, scale: float) -> int:
    """Write the files, the same for the same scale; how many records and links they hold."""
    chance = random.Random(SEED)  # draws data, guards nothing
    companies, people = max(int(COMPANIES * scale), 2 * GROUPS), max(int(PEOPLE * scale), GROUPS)
    owned = [(n, f"C{chance.randrange(GROUPS)}" if n >= GROUPS else "") for n in range(companies)]
    _write(
        folder / "companies.csv",
        ("code", "name", "city", "staff", "owner"),
        ((f"C{n}", f"Company {n}", f"City {n % 300}", chance.randrange(5_000), owner) for n, owner in owned),
    )
    _write(
        folder / "people.csv",
        ("code", "name", "email", "birthday"),
        (
            (f"P{n}", f"Person {n}", f"p{n}@example.org", DAY + timedelta(days=chance.randrange(16_000)))
            for n in range(people)
        ),
    )
    # most people work at few companies, as in life
    employers = [{int(companies * chance.random() ** 3) for _ in range(EMPLOYERS)} for _ in range(people)]
    jobs = [(f"P{n}", f"C{company}", f"Role {company % 9}") for n, those in enumerate(employers) for company in those]
    _write(folder / "employments.csv", ("person", "company", "role"), iter(jobs))
    return companies + people + len(jobs) + companies - GROUPS


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _write(path: Path, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)

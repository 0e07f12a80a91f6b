"""`view360` of a hub with 50,000 orders and of a small record on one database, beside its statement alone.

CPU seconds of this process and of a private Neo4j together, for as many views as a round holds; seconds by the clock where the
database is not ours or the system does not tell them. The statement is charged for its answer as the driver gives it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from neo4j import Query

from analytics.view360 import Views
from bench.measure import in_turn, table
from cypher.weave import Guarded
from graph.address import Address
from graph.embedded.home import Home
from graph.registry import Registry
from graph.schema import online
from graph.session import TIMEOUT_S, Database, Parameters, Row
from models.actor import SYSTEM
from packs import installing
from packs.reading import read_pack

Way = Callable[[], Awaitable[None]]
Report = Callable[[str, float | None], None]
ORDERS, HUB, SMALL = 200_000, 50_000, 8  # at scale 1
OTHERS = 3_000  # companies with the remaining orders
BATCH, VIEWS = 10_000, 20
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
MADE = datetime(2026, 1, 1, tzinfo=UTC)
EVENTS = 20
COMPANIES = """UNWIND $rows AS row
CREATE (:Record:Company {id: row.id, version: 1, createdAt: $at, updatedAt: $at, name: row.name, status: 'customer'})"""
PLACED = """UNWIND $rows AS row
MATCH (c:Record {id: row.buyer})
CREATE (o:Record:Order {id: row.id, version: 1, createdAt: $at, updatedAt: $at, number: row.number, orderedOn: row.on,
  status: 'delivered', total_e2: row.total, total_currency: 'USD'})
CREATE (c)-[:PLACED {id: row.link, version: 1, createdAt: $at, updatedAt: $at}]->(o)"""


def measure(
    address: Address,
    folder: Path,
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Milliseconds of a view and of its statement, their ratio, and the hub against the small record, as a Markdown table."""
    state = Home(folder / "neo4j").read_state()
    clock = cpu_clock(state.pid if state else None)
    with asyncio.Runner() as runner:
        contest = runner.run(_ready(address, options.scale, report))
        contestants = {
            name: timed(runner, way, clock, report, name)
            for record, id in {"hub": _id("c", 0), "small": _id("c", 1)}.items()
            for name, way in runner.run(contest.ways(record, id)).items()
        }
        found = in_turn(contestants, rounds=options.rounds)
        runner.run(contest.database.close())
    median = {name: 1000 * figures.median / VIEWS for name, figures in found.items()}
    rows = [
        (record, f"{view:.1f}", f"{plain:.1f}", f"{view / plain:.2f}×")
        for record in ("hub", "small")
        for view, plain in [(median[f"{record}, view"], median[f"{record}, statement"])]
    ]
    columns = ("CPU ms" if state else "ms", "view360", "its statement", "view360 / statement")
    ratio = median["hub, view"] / median["small, view"]
    return f"{table(columns, rows)}\n\nThe hub ({contest.hub:,} orders) against the small record: {ratio:.2f}×"


class _Heard(Database):
    """A database that remembers which statements it was asked."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.driver, database.name)
        self.asked: list[tuple[str, Parameters]] = []

    async def rows(self, guarded: Guarded, parameters: Parameters, *, timeout_s: float = TIMEOUT_S) -> list[Row]:
        """As ever, and remembered."""
        self.asked.append((guarded.text, parameters))
        return await super().rows(guarded, parameters, timeout_s=timeout_s)


@dataclass(frozen=True)
class _Contest:
    """The two ways to the same row."""

    database: Database
    registry: Registry
    hub: int

    async def ways(self, record: str, id: str) -> dict[str, Way]:
        """A view, and what that view asks the database once the record is known, by name."""
        heard = _Heard(self.database)
        views = Views(heard)
        await self._view(views, id)
        heard.asked.clear()
        await self._view(views, id)
        asked, views = heard.asked, Views(self.database)
        return {
            f"{record}, view": lambda: self._view(views, id),
            f"{record}, statement": lambda: self._statements(asked),
        }

    async def _view(self, views: Views, id: str) -> None:
        view = await views.view(self.registry.model, SYSTEM, id, now=NOW, events=EVENTS)
        assert view is not None
        wanted = self.hub if id == _id("c", 0) else SMALL
        assert next(each.count for each in view.sections if each.side.name == "orders") == wanted

    async def _statements(self, asked: Sequence[tuple[str, Parameters]]) -> None:
        for text, parameters in asked:
            async with self.database.driver.session(database=self.database.name, fetch_size=-1) as session:
                rows = [record async for record in await session.run(Query(text), dict(parameters))]
            assert len(rows) == 1


def timed(
    runner: asyncio.Runner,
    way: Way,
    clock: Callable[[], float],
    report: Callable[[str, float | None], None],
    name: str,
) -> Callable[[int], float]:
    """A contestant whose round is so many calls of a way."""

    async def many() -> None:
        for _ in range(VIEWS):
            await way()

    def run(number: int) -> float:
        report(f"{name}, {'warming up' if number < 0 else f'round {number + 1}'}", None)
        began = clock()
        runner.run(many())
        return clock() - began

    return run


def cpu_clock(pid: int | None) -> Callable[[], float]:
    """The CPU seconds of this process and of another one; or the time, where the other's are not told."""
    told = Path(f"/proc/{pid}/stat")
    if pid is None or not told.exists():
        return time.perf_counter

    def seconds() -> float:
        facts = told.read_text().rpartition(") ")[2].split()
        return time.process_time() + (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")

    return seconds


async def _ready(address: Address, scale: float, report: Callable[[str, float | None], None]) -> _Contest:
    database = await Database.connect(address)
    registry = await Registry.open(database)
    packs = [read_pack(Path(str(files("packs"))) / name)[0] for name in ("core", "crm")]
    await installing.install(registry, SYSTEM, [pack for pack in packs if pack is not None])
    hub, orders = max(int(HUB * scale), 100), max(int(ORDERS * scale), 400)
    if not await _is_there(database):
        await _fill(database, hub, orders, report)
    await online(database)
    return _Contest(database, registry, hub)


async def hub_and_small(database: Database, scale: float, report: Report) -> tuple[str, str]:
    """A company with 50,000 orders and one with a few, with no others beside them; their ids."""
    if not await _is_there(database):
        hub = max(int(HUB * scale), 100)
        await _fill(database, hub, hub + SMALL, report)
    return _id("c", 0), _id("c", 1)


async def _is_there(database: Database) -> bool:
    there = await database.driver.execute_query(
        "MATCH (c:Record {id: $id}) RETURN count(c) AS many", id=_id("c", 0), database_=database.name
    )
    return bool(there.records[0]["many"])


async def _fill(database: Database, hub: int, orders: int, report: Report) -> None:
    companies = [{"id": _id("c", i), "name": f"Company {i}"} for i in range(OTHERS + 2)]
    await database.driver.execute_query(COMPANIES, rows=companies, at=MADE, database_=database.name)
    for first in range(0, orders, BATCH):
        report("Writing orders", first / orders)
        rows = [_order(i, hub) for i in range(first, min(first + BATCH, orders))]
        await database.driver.execute_query(PLACED, rows=rows, at=MADE, database_=database.name)


def _order(i: int, hub: int) -> dict[str, Any]:
    """The i-th order: the hub's first, then the small record's, then one of each other company in turn."""
    buyer = 0 if i < hub else 1 if i < hub + SMALL else 2 + i % OTHERS
    on = date(2023, 6, 1) + timedelta(days=i * 37 % 1_100)
    facts = {"id": _id("0", i), "link": _id("1", i), "buyer": _id("c", buyer), "number": f"N{i}"}
    return {**facts, "on": on, "total": 100 + i * 7_919 % 90_000}


def _id(sort: str, number: int) -> str:
    """An id shaped as UUIDv7."""
    return f"01890000-0000-7{sort * 3}-8000-{number:012x}"

"""`view360` as of a past date beside the present one, of a company whose records have all been changed a hundred times.

CPU seconds of this process and of a private Neo4j together, for as many views as a round holds; see `bench.view360`.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from analytics.view360 import Views
from bench.measure import in_turn, table
from bench.view360 import VIEWS, cpu_clock, timed
from graph.address import Address
from graph.embedded.home import Home
from graph.registry import Registry
from graph.schema import online
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import Command, CreateLink, CreateRecord, UpdateRecord
from models.ids import new_id
from packs import installing
from packs.reading import read_pack

CHANGES, ORDERS, PEOPLE = 100, 30, 10
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
EVENTS = 20
AS_OF = {  # after so many of the changes
    "a hundredth of them": 1,
    "half of them": CHANGES // 2,
    "all of them": CHANGES,
}


def measure(
    address: Address, folder: Path, options: argparse.Namespace, report: Callable[[str, float | None], None]
) -> str:
    """Milliseconds of the present view and of views of the past, and what these cost against it, as a Markdown table."""
    state = Home(folder / "neo4j").read_state()
    clock = cpu_clock(state.pid if state else None)
    with asyncio.Runner() as runner:
        contest = runner.run(_ready(address, report))
        ways = {"now": contest.view(None), **{name: contest.view(_after(many)) for name, many in AS_OF.items()}}
        contestants = {name: timed(runner, way, clock, report, name) for name, way in ways.items()}
        found = in_turn(contestants, rounds=options.rounds)
        runner.run(contest.database.close())
    median = {name: 1000 * figures.median / VIEWS for name, figures in found.items()}
    rows = [(name, f"{ms:.1f}", f"{ms / median['now']:.2f}×") for name, ms in median.items()]
    return table(("as of, after", "CPU ms" if state else "ms", "against now"), rows)


@dataclass(frozen=True)
class _Contest:
    database: Database
    registry: Registry
    company: str

    def view(self, as_of: datetime | None) -> Callable[[], Awaitable[None]]:
        """A view as of a moment, or of now."""
        views, now = Views(self.database), datetime.now(UTC)

        async def one() -> None:
            view = await views.view(self.registry.model, SYSTEM, self.company, now=now, as_of=as_of, events=EVENTS)
            assert view is not None
            assert next(each.count for each in view.sections if each.side.name == "orders") == ORDERS

        return one


def _after(changes: int) -> datetime:
    return BEGAN + timedelta(days=changes, hours=12)


async def _ready(address: Address, report: Callable[[str, float | None], None]) -> _Contest:
    database = await Database.connect(address)
    registry = await Registry.open(database)
    packs = [read_pack(Path(str(files("packs"))) / name)[0] for name in ("core", "crm")]
    await installing.install(registry, SYSTEM, [pack for pack in packs if pack is not None])
    company, commands = new_id(), list[Command]()
    commands.append(CreateRecord("Company", company, {"name": "Changing", "city": "Bonn"}))
    for number in range(ORDERS + PEOPLE):
        kind, record = ("Order" if number < ORDERS else "Person"), new_id()
        values = {"number": f"N{number}", "orderedOn": date(2024, 12, 1)} if kind == "Order" else {"name": f"P{number}"}
        ends = (company, record) if kind == "Order" else (record, company)
        relation = "PLACED" if kind == "Order" else "WORKS_AT"
        commands += [CreateRecord(kind, record, values), CreateLink(relation, new_id(), *ends, {})]
    await write(database, registry.model, SYSTEM, commands, now=BEGAN)
    records = [each for each in commands if isinstance(each, CreateRecord)]
    for change in range(1, CHANGES + 1):
        report("Changing records", change / CHANGES)
        changed = [_changed(each, change) for each in records]
        await write(database, registry.model, SYSTEM, changed, now=BEGAN + timedelta(days=change))
    await online(database)
    return _Contest(database, registry, company)


def _changed(record: CreateRecord, change: int) -> UpdateRecord:
    field = {"Company": "city", "Order": "number", "Person": "name"}[record.type]
    return UpdateRecord(record.type, record.id, {field: f"{change} {record.id}"})  # the number of an order is its own

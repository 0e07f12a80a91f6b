"""What change rows cost, and what it costs to give change sets a gapless order: fifty writers at once, in turn.

Contestants: the unit of work as it is (ids only) · with the sequencer numbering beside it · with a counter that every
transaction locks until its commit · the bare record without change row, change set and outbox entry.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import in_turn, table
from graph.address import Address
from graph.changes import ChangeSet
from graph.schema import install_fixed
from graph.sequencer import number
from graph.session import Database
from graph.unit.work import Work, work_of
from models.actor import SYSTEM
from models.commands import CreateRecord
from models.ids import new_id
from models.metamodel import EntityType, Field, Metamodel

WRITERS = 50
WRITES = 6  # of each writer in each round
MODEL = Metamodel(
    0,
    {
        "Measured": EntityType(
            "Measured", "Measureds", {name: Field(name, "text") for name in ("name", "email", "city")}
        )
    },
    {},
)
COUNTER = "CALL () { MATCH (k:MeasuredCounter) SET k.last = k.last + 1 RETURN k.last AS seq } "
BARE = "UNWIND $w0 AS row CREATE (n:Record:Measured {version: 1, createdAt: $now, updatedAt: $now}) SET n += row.props RETURN 1"
Text = Callable[[Work], str]


def measure(
    address: Address,
    folder: Path,  # noqa: ARG001  # every member is called alike
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Writes a second of each contestant, and their ratios of medians, as a Markdown table."""
    with asyncio.Runner() as runner:
        database = runner.run(_ready(address))
        contestants: dict[str, Callable[[int], float]] = {
            "ids only": lambda _: runner.run(_rate(database, _whole)),
            "sequencer beside": lambda _: runner.run(_with_sequencer(database)),
            "shared counter": lambda _: runner.run(_rate(database, lambda work: COUNTER + _whole(work))),
            "no change rows": lambda _: runner.run(_rate(database, lambda work: BARE)),
        }
        report("fifty writers", None)
        found = in_turn(contestants, rounds=options.rounds)
        runner.run(database.close())
    base = found["ids only"].median
    rows = [
        (name, f"{figures.median:.0f}", f"{figures.low:.0f}–{figures.high:.0f}", f"{figures.median / base:.2f}")
        for name, figures in found.items()
    ]
    return table(("50 writers", "writes/s", "middle half", "ratio to ids only"), rows)


async def _ready(address: Address) -> Database:
    database = await Database.connect(address)
    await install_fixed(database)
    await database.driver.execute_query("MERGE (k:MeasuredCounter) ON CREATE SET k.last = 0", database_=database.name)
    return database


def _whole(work: Work) -> str:
    return work.statement(None).text


async def _with_sequencer(database: Database) -> float:
    numbering = asyncio.create_task(_keep_numbering(database))
    try:
        return await _rate(database, _whole)
    finally:
        numbering.cancel()


async def _keep_numbering(database: Database) -> None:
    while True:
        await number(database)
        await asyncio.sleep(0.2)


async def _rate(database: Database, text: Text) -> float:
    """Writes a second of all writers together."""
    started = time.perf_counter()
    await asyncio.gather(*(_writer(database, text) for _ in range(WRITERS)))
    return WRITERS * WRITES / (time.perf_counter() - started)


async def _writer(database: Database, text: Text) -> None:
    for _ in range(WRITES):
        await _write(database, text)


async def _write(database: Database, text: Text) -> None:
    """One record, in a managed transaction, with the parameters that the unit of work would send."""
    changes = ChangeSet(new_id(), datetime.now(UTC), SYSTEM, "", "bench", 0)
    values = {"name": "Ann Example", "email": "ann@example.org", "city": "Bonn"}
    work = work_of(MODEL, changes, [CreateRecord("Measured", new_id(), values)], ())
    await database.driver.execute_query(text(work), work.parameters(None), database_=database.name)

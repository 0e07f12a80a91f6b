"""What it costs a write to keep what it takes the place of: updates and creations beside the same without versions."""

from __future__ import annotations

import argparse
import asyncio
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.measure import in_turn, table
from graph.address import Address
from graph.changes import ChangeSet
from graph.schema import install_fixed
from graph.session import Database
from graph.unit.work import work_of
from models.actor import SYSTEM
from models.commands import Command, CreateRecord, UpdateRecord
from models.ids import new_id
from models.metamodel import EntityType, Field, Metamodel

ALONE, MANY = 20, 3  # statements of a round, of one record and of many
RECORDS = 500
NAMES = tuple(f"field{number:02d}" for number in range(20))  # as many as a company of the crm pack has values
MODEL = Metamodel(0, {"Measured": EntityType("Measured", "Measureds", {n: Field(n, "text") for n in NAMES})}, {})
VERSION = re.compile(r"CREATE \(kept:RecordVersion\).*?SET kept\[key\] = null\) ")
STATE = re.compile(r"SET n\.validFrom = moment, n\.knownFrom = moment |, validFrom: \$now, knownFrom: \$now")
Commands = Callable[[Sequence[str]], list[Command]]


def measure(
    address: Address,
    folder: Path,  # noqa: ARG001  # every member is called alike
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Milliseconds of a statement with and without versions, and the ratio of their medians, as a Markdown table."""
    rows = []
    with asyncio.Runner() as runner:
        database, ids = runner.run(_ready(address))
        for name, commands, of in (
            ("update of 1 record", _updates, ids[:1]),
            (f"update of {RECORDS} records", _updates, ids),
            ("creation of 1 record", _creations, ids[:1]),
            (f"creation of {RECORDS} records", _creations, ids),
        ):
            report(name, None)
            contestants: dict[str, Callable[[int], float]] = {
                "with": lambda _, c=commands, o=of: runner.run(_ms(database, c, o, bare=False)),  # type: ignore[misc]  # bound
                "without": lambda _, c=commands, o=of: runner.run(_ms(database, c, o, bare=True)),  # type: ignore[misc]  # bound
            }
            found = in_turn(contestants, rounds=options.rounds)
            kept, bare = found["with"].median, found["without"].median
            rows.append((name, f"{kept:.2f}", f"{bare:.2f}", f"{kept / bare:.2f}"))
        runner.run(database.close())
    return table(("", "with versions, ms", "without, ms", "ratio"), rows)


async def _ready(address: Address) -> tuple[Database, list[str]]:
    database = await Database.connect(address)
    await install_fixed(database)
    ids = [new_id() for _ in range(RECORDS)]
    await _run(database, [CreateRecord("Measured", id, _values()) for id in ids], bare=False)
    return database, ids


def _values() -> dict[str, str]:
    return {name: new_id() for name in NAMES}


def _updates(ids: Sequence[str]) -> list[Command]:
    """A new value for one field of each record."""
    return [UpdateRecord("Measured", id, {NAMES[0]: new_id()}) for id in ids]


def _creations(ids: Sequence[str]) -> list[Command]:
    return [CreateRecord("Measured", new_id(), _values()) for _ in ids]


async def _ms(database: Database, commands: Commands, ids: Sequence[str], *, bare: bool) -> float:
    times = ALONE if len(ids) == 1 else MANY
    started = time.perf_counter()
    for _ in range(times):
        await _run(database, commands(ids), bare=bare)
    return 1000 * (time.perf_counter() - started) / times


async def _run(database: Database, commands: Sequence[Command], *, bare: bool) -> None:
    """One unit of work, as the unit would send it, or without what keeps versions."""
    changes = ChangeSet(new_id(), datetime.now(UTC), SYSTEM, "", "bench", 0)
    work = work_of(MODEL, changes, commands, ())
    text = work.statement(None).text
    if bare:
        text = STATE.sub("", VERSION.sub("", text))
    await database.driver.execute_query(text, work.parameters(None), database_=database.name)

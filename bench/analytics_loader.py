"""Links out of Neo4j into arrays: packed, as snapshots load them, beside rows, as a plain program would.

Wall seconds, and seconds of this process's processor: where both compute at once, the second tells more. The peer reads
the same links (two ends and a weight) as rows, makes arrays of them, and sorts nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from neo4j import Driver, GraphDatabase

from analytics.snapshot.loading import load
from analytics.snapshot.planning import plans
from analytics.snapshot.state import Snapshot
from bench.measure import in_turn, table
from graph.address import Address
from graph.schema import install_fixed, reconcile
from graph.session import Database
from graph.snapshots import Reader
from models.actor import SYSTEM
from models.ids import new_id
from models.metamodel import End, EntityType, Field, Metamodel, RelationType

PEOPLE, LINKS_EACH = 100_000, 10  # at scale 1
BATCH = 20_000
SEED = 7
MIB = 1 << 20
MODEL = Metamodel(
    0,
    {"Person": EntityType("Person", "People", {})},
    {
        "KNOWS": RelationType(
            "KNOWS", End(("Person",), "knows"), End(("Person",), "knownBy"), {"depth": Field("depth", "decimal")}
        )
    },
)
WEIGHTS = {"KNOWS": "depth"}
RECORDS = "UNWIND $ids AS id CREATE (:Record:Person {id: id, version: 1})"
LINKS = """UNWIND range(0, size($sources) - 1) AS n
MATCH (a:Record {id: $sources[n]}) MATCH (b:Record {id: $targets[n]})
CREATE (a)-[:KNOWS {version: 1, depth_e2: $depths[n]}]->(b)"""
ROWS = "MATCH (a:Record)-[r:KNOWS]->(b:Record) RETURN id(a), id(b), r.depth_e2 / 100.0"
VECTORS, LISTS, PLAIN = "packed in vectors", "packed in lists", "rows"


def measure(
    address: Address,
    folder: Path,  # noqa: ARG001  # every member is called alike
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Links a second and processor seconds of each way, and their ratios to rows, as a Markdown table."""
    with asyncio.Runner() as runner:
        database = runner.run(_ready(address, max(int(PEOPLE * options.scale), 100), report))
        auth = (address.username, address.password)
        with GraphDatabase.driver(address.uri, auth=auth, notifications_min_severity="OFF") as driver:
            contest = _Contest(database, driver)
            ways: dict[str, Callable[[], int]] = {
                VECTORS: lambda: runner.run(contest.packed(vectors=True)),
                LISTS: lambda: runner.run(contest.packed(vectors=False)),
                PLAIN: contest.rows,
            }
            contestants = {name: _timed(contest, name, way, report) for name, way in ways.items()}
            found = in_turn(contestants, rounds=max(options.rounds // 3, 1))
        runner.run(database.close())
    wall = {name: figures.median for name, figures in found.items()}
    busy = {name: float(np.median(contest.busy[name][1:])) for name in ways}
    rows = [
        (
            name,
            f"{wall[name]:.2f}",
            f"{contest.links / wall[name]:,.0f}",
            f"{busy[name]:.2f}",
            f"{wall[PLAIN] / wall[name]:.1f}×",
            f"{busy[PLAIN] / busy[name]:.1f}×",
        )
        for name in ways
    ]
    columns = (f"{contest.links:,} links", "seconds", "links/s", "processor s", "faster", "less processor")
    return f"{table(columns, rows)}\n\n{contest.told_of_memory()}"


@dataclass
class _Contest:
    """The ways to load, and what was seen of them."""

    database: Database
    driver: Driver
    links: int = 0
    grown: int = 0
    held: int = 0
    busy: dict[str, list[float]] = field(default_factory=dict)

    async def packed(self, *, vectors: bool) -> int:
        """As a snapshot; how many links came."""
        before = _peak()
        reader = Reader(self.database, SYSTEM, vectors=vectors)
        snapshot = await load(
            reader, MODEL, plans(MODEL, WEIGHTS), now=datetime.now(UTC), progress=lambda text, done: None
        )
        if not self.held:  # the first load of all: the peak has not been there before
            self.grown, self.held = _peak() - before, snapshot.nbytes
            _check(snapshot)
        return snapshot.m

    def rows(self) -> int:
        """As rows, then as arrays; how many links came. Without an event loop, which would cost this peer three times as much."""
        with self.driver.session(database=self.database.name, fetch_size=10_000) as session:
            found = session.run(ROWS).values()
        columns = [np.array(column) for column in zip(*found, strict=True)]
        return len(columns[0])

    def told_of_memory(self) -> str:
        """What the first load took of memory, beside what it left."""
        return (
            f"A link at rest: {self.held / self.links:.1f} bytes, ids and row starts included. "
            f"Peak of the process grew by {self.grown / MIB:,.0f} MiB for arrays of {self.held / MIB:,.0f} MiB."
        )


def _timed(
    contest: _Contest,
    name: str,
    way: Callable[[], int],
    report: Callable[[str, float | None], None],
) -> Callable[[int], float]:
    def run(number: int) -> float:
        report(f"{name}, {'warming up' if number < 0 else f'round {number + 1}'}", None)
        began, busy = time.perf_counter(), time.process_time()
        contest.links = way()
        contest.busy.setdefault(name, []).append(time.process_time() - busy)
        return time.perf_counter() - began

    return run


def _check(snapshot: Snapshot) -> None:
    weights = snapshot.links["KNOWS"].weight
    assert weights is not None
    assert float(weights.min()) > 0


def _peak() -> int:
    """The most memory that this process has had so far, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most << 10


async def _ready(address: Address, people: int, report: Callable[[str, float | None], None]) -> Database:
    database = await Database.connect(address)
    await install_fixed(database)
    await reconcile(database, MODEL)
    there = await Reader(database, SYSTEM).counts(MODEL, ["KNOWS"])
    if there.links["KNOWS"]:
        return database
    ids = [new_id() for _ in range(people)]
    for first in range(0, people, BATCH):
        await database.driver.execute_query(RECORDS, ids=ids[first : first + BATCH], database_=database.name)
    chance = np.random.default_rng(SEED)
    # few are known by many, as in life
    ends = (
        chance.integers(0, people, people * LINKS_EACH),
        (people * chance.random(people * LINKS_EACH) ** 2).astype(int),
    )
    depths = chance.integers(1, 1_000, people * LINKS_EACH)
    for first in range(0, len(depths), BATCH):
        report("Writing links", first / len(depths))
        part = slice(first, first + BATCH)
        sources, targets = ([ids[n] for n in each[part]] for each in ends)
        await database.driver.execute_query(
            LINKS, sources=sources, targets=targets, depths=depths[part].tolist(), database_=database.name
        )
    return database

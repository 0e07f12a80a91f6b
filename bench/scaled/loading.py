"""A million records with ten million links out of a real Neo4j into arrays, in a process of its own: seconds, links a second,
the peak of the process, bytes of a link at rest.

A private Neo4j is filled once (`--keep FOLDER` keeps it for the next run; some 2 GB on disk). The load is what a first
snapshot does; it is timed by the clock, Neo4j's own work included, and by the process's CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.loading import load
from analytics.snapshot.planning import plans
from analytics.snapshot.state import Snapshot
from bench.analytics_loader import MODEL, WEIGHTS
from bench.measure import figures, table
from bench.scaled.world import LINKS, RECORDS, SEED
from graph.address import Address
from graph.schema import install_fixed, reconcile
from graph.session import Database
from graph.snapshots import Reader
from models.actor import SYSTEM
from models.ids import new_id

BATCH = 50_000
GIB = 1 << 30
PASSWORD = "XRM_BENCH_PASSWORD"  # noqa: S105  # the variable's name
PEOPLE = "UNWIND $ids AS id CREATE (n:Record:Person {id: id, version: 1}) RETURN id(n)"
KNOWN = """UNWIND range(0, size($sources) - 1) AS n
MATCH (a) WHERE id(a) = $sources[n] MATCH (b) WHERE id(b) = $targets[n]
CREATE (a)-[:KNOWS {version: 1, depth_e2: $depths[n]}]->(b)"""
Report = Callable[[str, float | None], None]


def measure(address: Address, folder: Path, options: argparse.Namespace, report: Report) -> str:  # noqa: ARG001  # every member is called alike
    """What the loads came to, medians of at most three, as a Markdown table."""
    people, links = max(int(RECORDS * options.scale), 1_000), max(int(LINKS * options.scale), 10_000)
    asyncio.run(_filled(address, people, links, report))
    told = []
    for number in range(min(options.rounds, 3)):
        report(f"Loading, round {number + 1}", None)
        told.append(_loaded(address))
    median = {name: figures([each[name] for each in told]).median for name in told[0]}
    columns = ("links", "seconds", "links/s", "CPU s", "peak GiB", "bytes a link", "without ids")
    row = (
        f"{median['links']:,.0f}",
        f"{median['wall_s']:.1f}",
        f"{median['links'] / median['wall_s']:,.0f}",
        f"{median['cpu_s']:.1f}",
        f"{median['peak'] / GIB:.2f}",
        f"{median['held'] / median['links']:.1f}",
        f"{median['rows'] / median['links']:.1f}",
    )
    return f"{people:,} records\n\n{table(columns, [row])}"


async def _filled(address: Address, people: int, links: int, report: Report) -> None:
    """The records and links, unless they are there already."""
    database = await Database.connect(address)
    await install_fixed(database)
    await reconcile(database, MODEL)
    there = await Reader(database, SYSTEM).counts(MODEL, ["KNOWS"])
    if there.links["KNOWS"] < links:
        nodes = await _people(database, people, report)
        await _known(database, nodes, links, report)
    await database.close()


async def _people(database: Database, people: int, report: Report) -> NDArray[np.int64]:
    """So many records; Neo4j's numbers of them."""
    nodes: list[int] = []
    for first in range(0, people, BATCH):
        report("Writing records", first / people)
        ids = [new_id() for _ in range(first, min(first + BATCH, people))]
        made = await database.driver.execute_query(PEOPLE, ids=ids, database_=database.name)
        nodes += (record[0] for record in made.records)
    return np.array(nodes, np.int64)


async def _known(database: Database, nodes: NDArray[np.int64], links: int, report: Report) -> None:
    """So many links: few are known by many, as in life. Sources ascend, so that pages are written once."""
    chance = np.random.default_rng(SEED)
    sources = np.sort(chance.integers(0, len(nodes), links))
    targets = (len(nodes) * chance.random(links) ** 2).astype(np.int64)
    depths = chance.integers(1, 1_000, links)
    for first in range(0, links, BATCH):
        report("Writing links", first / links)
        part = slice(first, first + BATCH)
        rows = {"sources": nodes[sources[part]], "targets": nodes[targets[part]], "depths": depths[part]}
        given = {name: column.tolist() for name, column in rows.items()}
        await database.driver.execute_query(KNOWN, given, database_=database.name)


def _loaded(address: Address) -> dict[str, float]:
    """One load in a process of its own. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "bench.scaled.loading", address.uri, address.username]
    ended = subprocess.run(
        command, env={**os.environ, PASSWORD: address.password}, stdout=subprocess.PIPE, text=True, check=True
    )
    told: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return told


async def _load(address: Address) -> Snapshot:
    database = await Database.connect(address)
    reader = Reader(database, SYSTEM, vectors=True)
    found = await load(reader, MODEL, plans(MODEL, WEIGHTS), now=datetime.now(UTC), progress=lambda text, done: None)
    await database.close()
    return found


def main() -> int:
    """Load once, and print what it cost as JSON."""
    uri, username = sys.argv[1:]
    address = Address(uri, username, os.environ[PASSWORD])
    began, busy = time.perf_counter(), time.process_time()
    snapshot = asyncio.run(_load(address))
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - busy
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "links": snapshot.m,
        "wall_s": wall_s,
        "cpu_s": cpu_s,
        "peak": most if sys.platform == "darwin" else most << 10,
        "held": snapshot.nbytes,
        "rows": snapshot.nbytes - snapshot.ids.nbytes,
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())

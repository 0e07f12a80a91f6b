"""PageRank, betweenness and weak components at 100,000 nodes and a million links: Neo4j's Graph Data Science beside ours.

CPU seconds: of its server for the peer, of this process for ours. The peer runs in a Neo4j of its own version with a Java of its
own (17 or 21, found as `java`), its jars fetched into the benchmark's folder and verified; its projection is not counted. Its
answers are asked for as statistics, so that it is not charged for sending rows.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import Neo4jError

from analytics.backend.reach import betweenness, drawn
from analytics.graph import Graph
from analytics.kernels import components, ranking
from bench.algorithms import LINKS, NODES, SEED, SOURCES, rmat
from bench.measure import in_turn, table
from graph.address import Address
from graph.embedded.download import ensure_jars
from graph.embedded.errors import EmbeddedError
from graph.embedded.jars import read_lock

LOCK = Path(__file__).with_name("gds-2.13.9.lock")
JAVAS = ("17", "21")
ROUNDS = 20
PROJECT = """UNWIND range(0, size($source) - 1) AS i
WITH $source[i] AS source, $target[i] AS target, $weight[i] AS weight
RETURN gds.graph.project('g', source, target,
  {relationshipProperties: CASE WHEN target IS NULL THEN NULL ELSE {w: weight} END})"""
THEIRS = {
    f"PageRank, {ROUNDS} rounds": (
        "CALL gds.pageRank.stats('g', {maxIterations: $rounds, tolerance: 1e-12, dampingFactor: 0.85, "
        "relationshipWeightProperty: 'w', concurrency: 2}) YIELD ranIterations RETURN ranIterations"
    ),
    f"betweenness, {SOURCES} sources": (
        "CALL gds.betweenness.stats('g', {samplingSize: $sources, samplingSeed: $seed, concurrency: 2}) "
        "YIELD computeMillis RETURN computeMillis"
    ),
    "weak components": "CALL gds.wcc.stats('g', {concurrency: 2}) YIELD componentCount RETURN componentCount",
}


class NoPeer(Exception):
    """The peer cannot be had on this machine; the message says why."""


def measure(
    address: Address | None,  # noqa: ARG001  # every member is called alike
    folder: Path,
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """CPU seconds of both and their ratio, as a Markdown table; a sentence where the peer cannot be had."""
    try:
        java = _java()
        report("Fetching the peer's jars", None)
        jars = ensure_jars(folder, progress=report, jars=read_lock(LOCK))
        graph = rmat(max(int(NODES * options.scale), 100), max(int(LINKS * options.scale), 500))
        report("Starting the peer", None)
        with _started(java, jars, folder / "home") as peer:
            report("Projecting", None)
            peer.project(graph)
            return _compared(graph, peer, min(options.rounds, 3))
    except (NoPeer, EmbeddedError, Neo4jError) as missing:
        return f"Skipped: {missing}"


@dataclass(frozen=True)
class Peer:
    """A running server: its driver, and the pipes on which it tells its CPU seconds."""

    driver: Driver
    asks: IO[str]
    tells: IO[str]

    def cpu_s(self) -> float:
        """The CPU seconds that it has used so far."""
        self.asks.write("\n")
        self.asks.flush()
        return float(self.tells.readline())

    def project(self, graph: Graph) -> None:
        """Give it the graph, nodes without links too."""
        weights = np.ones(graph.m) if graph.weights is None else graph.weights
        alone = np.arange(graph.n).tolist()
        self.driver.execute_query(
            PROJECT,
            source=alone + graph.sources.tolist(),
            target=[None] * graph.n + graph.indices.tolist(),
            weight=[None] * graph.n + weights.tolist(),
        )

    def spent(self, statement: str) -> float:
        """The CPU seconds that a statement costs it."""
        before = self.cpu_s()
        self.driver.execute_query(statement, rounds=ROUNDS, sources=SOURCES, seed=SEED)
        return self.cpu_s() - before


def _compared(graph: Graph, peer: Peer, rounds: int) -> str:
    even = np.full(graph.n, 1.0 / graph.n)
    rows = graph.indptr, graph.indices
    sources = drawn(graph, SOURCES, SEED)
    ours: tuple[Callable[[], object], ...] = (
        lambda: ranking.pagerank(*rows, graph.weights, 0.85, even, even, even, 0.0, ROUNDS),
        lambda: betweenness(graph, sources),
        lambda: components.weak(*rows),
    )
    lines = []
    for (name, statement), own in zip(THEIRS.items(), ours, strict=True):
        found = in_turn(
            {"peer": lambda _, asked=statement: peer.spent(asked), "ours": lambda _, run=own: _cpu_s(run)},  # type: ignore[misc]  # bound
            rounds=rounds,
        )
        theirs, mine = found["peer"].median, found["ours"].median
        lines.append((name, f"{theirs:.3f}", f"{mine:.3f}", f"{theirs / mine:.1f}×"))
    heading = f"{graph.n} nodes, {graph.m} links"
    return f"{heading}\n\n{table(('CPU s', 'GDS 2.13.9', 'ours', 'GDS / ours'), lines)}"


def _cpu_s(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def _java() -> Path:
    """The library of a Java that the peer's version of Neo4j runs on. Raises NoPeer."""
    java = shutil.which("java")
    if java is None:
        raise NoPeer("there is no `java` on the path; GDS 2.13.9 needs Java 17 or 21.")
    command = [java, "-XshowSettings:properties", "-version"]
    told = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    facts = dict(line.strip().split(" = ", 1) for line in told.splitlines() if " = " in line.strip())
    version, home = facts.get("java.specification.version", "?"), Path(facts.get("java.home", ""))
    if version not in JAVAS:
        raise NoPeer(f"`java` is version {version}; GDS 2.13.9 needs Java 17 or 21.")
    library = home / "lib" / "server"
    found = next((path for path in (library / "libjvm.so", library / "libjvm.dylib") if path.exists()), None)
    if found is None:
        raise NoPeer(f"the Java in {home} has no server library.")
    return found


@contextmanager
def _started(java: Path, jars: Path, home: Path) -> Iterator[Peer]:
    home.mkdir(parents=True, exist_ok=True)
    log = home / "start.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.gds.server", str(java), str(jars.resolve()), str(home.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = next((line for line in process.stdout if line.strip().isdigit()), "").strip()
        if not port:
            last = (log.read_text().strip().splitlines() or ["nothing said"])[-1]
            raise NoPeer(f"Neo4j 5.26.30 with GDS 2.13.9 did not start: {last[:200]}")
        with GraphDatabase.driver(f"bolt://127.0.0.1:{port}", notifications_min_severity="OFF") as driver:
            yield Peer(driver, process.stdin, process.stdout)
    finally:
        process.stdin.close()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()

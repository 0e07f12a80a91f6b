"""The query benchmark: XRM, the peer and the same statement straight through the driver, in turn, over one database."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import anyio
import neo4j

from bench import cores
from bench.client import Connection, Target, latencies_ms, rate
from bench.measure import Figures, in_turn, table
from bench.queries import servers, straight
from bench.queries.graph import MODEL, Size, load
from bench.queries.workload import OPERATIONS, Operation, same
from gql.editions import Edition, Editions
from gql.execute.limits import Limits
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.metamodel import Metamodel

TOGETHER = 16
RATE_S = 3.0
MOST_WRITES_A_SECOND = 1_500  # more than any server answers here
DRIVER = "driver"


@dataclass(frozen=True, slots=True)
class Result:
    """One operation: milliseconds at one connection, and requests a second at sixteen, by contestant."""

    operation: Operation
    latency_ms: Mapping[str, Figures]
    rate: Mapping[str, Figures]


def prepare(address: Address, size: Size, report: Callable[[str, float], None]) -> Metamodel:
    """Put the model and the graph into an empty database; nothing is done where they are there already."""
    model = anyio.run(_model, address)
    auth = (address.username, address.password)
    with neo4j.GraphDatabase.driver(address.uri, auth=auth, notifications_min_severity="OFF") as driver:
        counted = driver.execute_query("MATCH (n:Person) RETURN count(n) AS people", database_=address.database)
        if counted.records[0]["people"] < size.people:
            load(driver, address.database, size, report)
    return model


async def _model(address: Address) -> Metamodel:
    database = await Database.connect(address)
    try:
        registry = await Registry.open(database)
        if "Person" not in registry.model.types:
            patch, problems = patch_from_plain(MODEL)
            assert not problems, problems
            await registry.apply(SYSTEM, patch)
        return registry.model
    finally:
        await database.close()


class Contest:
    """The contestants, and what each is sent."""

    def __init__(
        self, address: Address, model: Metamodel, size: Size, ours: Target, theirs: Target | None, driver: neo4j.Driver
    ) -> None:
        self.address, self.size, self.driver = address, size, driver
        self.ours, self.theirs = ours, theirs
        self.edition: Edition = Editions(model=model).current
        self.limits = Limits(max_page=servers.MOST_ROWS)
        self._sent = int(time.time()) % 100_000 * 10_000  # new people need names that nobody has

    def targets(self) -> list[Target]:
        """The servers there are."""
        return [self.ours, *([self.theirs] if self.theirs else [])]

    def requests(self, operation: Operation, target: Target, count: int) -> list[bytes]:
        """So many requests for a target, every one with other variables."""
        text = operation.ours if target is self.ours else operation.theirs
        made = []
        for _ in range(count):
            self._sent += 1
            mine, yours = operation.variables(self._sent, self.size)
            made.append(target.request(text, mine if target is self.ours else yours))
        return made

    def check(self, operation: Operation) -> None:
        """See that both servers answer the same. Raises AssertionError."""
        if operation.writes or self.theirs is None:
            return
        for number in range(3):
            mine, yours = operation.variables(number, self.size)
            one = json.loads(Connection(self.ours.port).ask(self.ours.request(operation.ours, mine)))
            other = json.loads(Connection(self.theirs.port).ask(self.theirs.request(operation.theirs, yours)))
            assert same(one["data"], other["data"]), f"{operation.name}: the answers differ"

    def latency(self, operation: Operation, target: Target) -> Callable[[int], float]:
        """The median milliseconds of one round over one connection."""
        return lambda _: statistics.median(
            latencies_ms(target.port, self.requests(operation, target, operation.requests))
        )

    def straight(self, operation: Operation) -> Callable[[int], float]:
        """The same statement through the driver."""
        sample, _ = operation.variables(0, self.size)
        read = straight.reader(self.driver, self.address.database, self.edition, operation.ours, sample, self.limits)

        def round_(number: int) -> float:
            taken = []
            for each in range(operation.requests):
                variables, _ = operation.variables(number * 1_000 + each, self.size)
                began = time.perf_counter()
                read(variables)
                taken.append((time.perf_counter() - began) * 1e3)
            return statistics.median(taken)

        return round_

    def rate(self, operation: Operation, target: Target) -> Callable[[int], float]:
        """Requests a second of one round over sixteen connections; what writes is never sent twice."""
        count = int(RATE_S * MOST_WRITES_A_SECOND) if operation.writes else max(500, operation.requests * 8)
        return lambda _: rate(
            target.port,
            self.requests(operation, target, count),
            connections=TOGETHER,
            duration_s=RATE_S,
        )

    def result(self, operation: Operation, rounds: int) -> Result:
        """One operation measured."""
        self.check(operation)
        latency = {target.name: self.latency(operation, target) for target in self.targets()}
        if not operation.writes:
            latency[DRIVER] = self.straight(operation)
        together = {target.name: self.rate(operation, target) for target in self.targets()}
        return Result(operation, in_turn(latency, rounds=rounds), in_turn(together, rounds=max(rounds // 2, 1)))


def run(
    address: Address,
    home: Path,
    size: Size,
    rounds: int,
    wanted: tuple[str, ...],
    report: Callable[[str, float], None],
    *,
    apart: bool = False,
) -> list[Result]:
    """All operations (or those wanted), each in turn; without Node the peer is left out and said so.

    `apart`: the servers have a core for themselves, the database and the client share the others.
    """
    model = prepare(address, size, report)
    others = cores.family()
    with ExitStack() as stack:
        ours = stack.enter_context(servers.ours(address, home))
        theirs: Target | None = None
        try:
            theirs = stack.enter_context(servers.peer(address, home))
        except servers.PeerMissing as missing:
            sys.stderr.write(f"Without the peer: {missing}\n")
        if apart:
            cores.set_apart(cores.family() - others, others)
        auth = (address.username, address.password)
        driver = stack.enter_context(
            neo4j.GraphDatabase.driver(address.uri, auth=auth, notifications_min_severity="OFF")
        )
        contest = Contest(address, model, size, ours, theirs, driver)
        results = []
        chosen = [operation for operation in OPERATIONS if not wanted or operation.name in wanted]
        try:
            for place, operation in enumerate(chosen):
                report(f"Measuring {operation.name}: {operation.about}", place / len(chosen))
                results.append(contest.result(operation, rounds))
        finally:
            _forget(driver, address.database)
    return results


def _forget(driver: neo4j.Driver, database: str) -> None:
    """Take out the people whom the mutations made."""
    driver.execute_query(
        "MATCH (n:Person) WHERE n.name STARTS WITH 'New ' CALL (n) { DETACH DELETE n }", database_=database
    )


def written(results: list[Result]) -> str:
    """The results as a table: medians, and ratios above 1 where XRM is better."""
    rows = []
    for result in results:
        latency, together = result.latency_ms, result.rate
        names = [name for name in latency if name not in ("xrm", DRIVER)]
        mine = latency["xrm"].median
        cells: list[object] = [result.operation.name, f"{mine:.2f}"]
        peer = names[0] if names else None
        cells += [f"{latency[peer].median:.2f}", f"{latency[peer].median / mine:.1f}×"] if peer else ["–", "–"]
        straight_ms = latency.get(DRIVER)
        cells.append(f"{mine / straight_ms.median:.2f}×" if straight_ms else "–")
        cells.append(f"{together['xrm'].median:.0f}")
        cells += (
            [f"{together[peer].median:.0f}", f"{together['xrm'].median / together[peer].median:.1f}×"]
            if peer
            else ["–", "–"]
        )
        rows.append(cells)
    columns = (
        "operation",
        "XRM ms",
        "peer ms",
        "gain",
        "XRM over the driver",
        f"XRM req/s at {TOGETHER}",
        "peer req/s",
        "gain",
    )
    return table(columns, rows)


def measure(address: Address, folder: Path, options: argparse.Namespace, report: Callable[[str, float], None]) -> str:
    """The benchmark as `python -m bench queries` runs it."""
    wanted = tuple(filter(None, options.only.split(",")))
    size = Size().scaled(options.scale)
    return written(run(address, folder, size, options.rounds, wanted, report, apart=options.apart))

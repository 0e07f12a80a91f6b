"""`python -m bench snb`: the reads of the LDBC Social Network Benchmark in GraphQL, beside plain Cypher for the same rows.

Both go through the same driver to the same database; every answer is compared before anything is timed. The network is imported
as `xrm import` does it, from files made of a seed: 10,000 persons at scale 1.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import neo4j.time
import orjson

from bench.measure import in_turn, table
from bench.snb.network import Network, Size
from bench.snb.reads import EXAMPLE, READS, Read
from exchange.mapping import read as read_mapping
from exchange.runs import import_files
from gql.execute.limits import Limits
from gql.service import Service, opened
from graph.address import Address
from models.actor import SYSTEM
from packs.installing import install
from packs.requirements import gather

PERSONS, FEWEST, SAMPLES, SEED = 10_000, 100, 12, 5
CHOICES = {
    "person": "MATCH (n:Person) RETURN n.id AS value ORDER BY n.number",
    "other": "MATCH (n:Person) RETURN n.id AS value ORDER BY n.number",
    "message": "MATCH (n:Message) RETURN n.id AS value ORDER BY n.number",
    "firstName": "MATCH (n:Person) RETURN DISTINCT n.firstName AS value ORDER BY value",
    "before": "MATCH (n:Message) RETURN n.creationDate AS value ORDER BY value",
}
Parameters = Mapping[str, Any]


def measure(
    address: Address, folder: Path, options: argparse.Namespace, report: Callable[[str, float | None], None]
) -> str:
    """Milliseconds of each read both ways, and their ratios, as a Markdown table."""
    size = Size(persons=max(int(PERSONS * options.scale), FEWEST))
    wanted = set(filter(None, options.only.split(",")))
    with asyncio.Runner() as runner:
        return runner.run(_measured(address, folder, size, wanted, options.rounds, report))


async def _measured(
    address: Address,
    folder: Path,
    size: Size,
    wanted: set[str],
    rounds: int,
    report: Callable[[str, float | None], None],
) -> str:
    async with opened(address, secret=b"b" * 32, limits=Limits(timeout_s=300.0), max_body_bytes=1 << 20) as service:
        await _filled(service, folder, size, report)
        contest, rows = _Contest(service), []
        for place, each in enumerate(READS):
            if wanted and each.name not in wanted:
                continue
            report(f"{each.name}: {each.about}", place / len(READS))
            samples = await contest.samples(each)
            await contest.check(each, samples)
            rows.append(await asyncio.to_thread(contest.row, each, samples, rounds, asyncio.get_running_loop()))
    return table((f"{size.persons:,} persons", "GraphQL ms", "plain Cypher ms", "ratio"), rows)


async def _filled(service: Service, folder: Path, size: Size, report: Callable[[str, float | None], None]) -> None:
    """The pack and the network; nothing is done where they are there already."""
    database, registry = service.database, service.registry
    if "Message" not in registry.model.types:
        packs, problems = gather([EXAMPLE / "pack"])
        assert not problems, problems
        await install(registry, SYSTEM, packs)
        await service.editions.publish(registry.model)
    counted = await database.driver.execute_query("MATCH (n:Person) RETURN count(n) AS many", database_=database.name)
    if counted.records[0]["many"] < size.persons:
        report("Making the network", None)
        await asyncio.to_thread(Network(size).write, folder / "files")
        plan = read_mapping(EXAMPLE / "mapping.yaml")
        done = await import_files(
            database, registry, SYSTEM, plan, folder / "files", home=folder, clock=_now, progress=report
        )
        assert not done.rejected, done.rejected


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Contest:
    service: Service

    async def samples(self, read: Read) -> list[Parameters]:
        """So many values for each parameter, the same in every run."""
        chance = random.Random(SEED)
        choices = {name: await self._choices(name) for name in read.parameters}
        return [{name: chance.choice(values) for name, values in choices.items()} for _ in range(SAMPLES)]

    async def _choices(self, name: str) -> list[Any]:
        found = await self.service.database.driver.execute_query(CHOICES[name], database_=self.service.database.name)
        return [_native(record["value"]) for record in found.records]

    async def ask(self, read: Read, parameters: Parameters) -> bytes:
        given = {name: value.isoformat() if name == "before" else value for name, value in parameters.items()}
        answer = await self.service.executor.execute(read.text, given, read.name, SYSTEM)
        if answer.errors:
            raise RuntimeError(answer.body.decode())
        return answer.body

    async def plain(self, read: Read, parameters: Parameters) -> list[list[Any]]:
        database = self.service.database
        async with database.driver.session(
            database=database.name, fetch_size=-1, default_access_mode="READ"
        ) as session:
            result = await session.run(read.plain, dict(parameters))
            return await result.values()

    async def check(self, read: Read, samples: Sequence[Parameters]) -> None:
        """See that both give the same rows. Raises AssertionError."""
        for parameters in samples:
            ours = read.rows(orjson.loads(await self.ask(read, parameters))["data"])
            theirs = [[_native(value) for value in row] for row in await self.plain(read, parameters)]
            assert ours == theirs, f"{read.name} {parameters}: the answers differ"

    def row(
        self, read: Read, samples: Sequence[Parameters], rounds: int, loop: asyncio.AbstractEventLoop
    ) -> Sequence[object]:
        """One line of the table; called in a thread, so that rounds go on in turn as everywhere."""

        def timed(way: Callable[[Read, Parameters], Awaitable[object]]) -> Callable[[int], float]:
            async def one() -> float:
                taken = []
                for parameters in samples:
                    began = time.perf_counter()
                    await way(read, parameters)
                    taken.append((time.perf_counter() - began) * 1e3)
                return statistics.median(taken)

            return lambda _: asyncio.run_coroutine_threadsafe(one(), loop).result()

        found = in_turn({"ours": timed(self.ask), "plain": timed(self.plain)}, rounds=rounds)
        ours, plain = found["ours"].median, found["plain"].median
        return f"{read.name} {read.about}", f"{ours:.1f}", f"{plain:.1f}", f"{ours / plain:.2f}×"


def _native(value: Any) -> Any:
    """A value of the driver as rows have it: moments as they are, days as text."""
    if isinstance(value, neo4j.time.DateTime):
        return value.to_native().astimezone(UTC)  # by its offset: one by the zone's name is greater, in Neo4j
    return value.iso_format() if isinstance(value, neo4j.time.Date) else value

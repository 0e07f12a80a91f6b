"""The LDBC Social Network Benchmark: its files go in, and its reads, asked in GraphQL, answer as plain Cypher does."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import neo4j
import pytest
from importing import DATA, now, silent

from bench.snb.network import Network, Size
from bench.snb.reads import EXAMPLE, READS, Read
from exchange.mapping import read
from exchange.report import Report
from exchange.runs import import_files
from gql.execute.limits import Limits
from gql.service import Service, opened
from graph.address import Address
from models.actor import SYSTEM
from packs.installing import install
from packs.requirements import gather

pytestmark = pytest.mark.anyio

PATIENT = Limits(timeout_s=300.0, max_cost=10**9)  # a cold planner on a busy machine
FILES = DATA / "ldbc-snb-example"
AROUND = ("MATCH (p:Person) RETURN p.id ORDER BY COUNT { (p)-[:KNOWS]-() } DESC, p.number", "p.id")
THREADS = ("MATCH (m:Message) RETURN m.id ORDER BY COUNT { (m)<-[:REPLY_OF]-() } DESC, m.number", "m.id")


@dataclass(frozen=True)
class Social:
    """A network in a database, asked both ways."""

    service: Service
    driver: neo4j.Driver
    report: Report

    async def differing(self, given: Iterator[tuple[Read, Mapping[str, Any]]]) -> tuple[list[str], dict[str, int]]:
        """Reads with other rows in GraphQL than in Cypher, and how many rows each read gave in all."""
        wrong, rows = [], dict.fromkeys((each.name for each in READS), 0)
        for read_, parameters in given:
            plain = self.plain(read_, parameters)
            rows[read_.name] += len(plain)
            answered = await self.ask(read_, parameters)
            if answered != plain:
                wrong.append(f"{read_.name} {parameters}: {answered} instead of {plain}")
        return wrong, rows

    async def ask(self, read_: Read, parameters: Mapping[str, Any]) -> list[Any]:
        given = {name: value.isoformat() if name == "before" else value for name, value in parameters.items()}
        answer = json.loads((await self.service.executor.execute(read_.text, given, read_.name, SYSTEM)).body)
        assert "errors" not in answer, answer["errors"]
        return read_.rows(answer["data"])

    def plain(self, read_: Read, parameters: Mapping[str, Any]) -> list[Any]:
        with self.driver.session(database=self.service.database.name) as session:
            return [[native(value) for value in row] for row in session.run(read_.plain, dict(parameters)).values()]  # type: ignore[arg-type]  # the text is a test's own

    def listed(self, text: str, column: str) -> list[Any]:
        with self.driver.session(database=self.service.database.name) as session:
            return [native(row[column]) for row in session.run(text)]  # type: ignore[arg-type]  # the text is a test's own

    def parameters(self, most: int) -> Iterator[tuple[Read, Mapping[str, Any]]]:
        """Every read for so many people and messages: those with most friends and replies, and those with fewest."""
        people, messages = ends(self.listed(*AROUND), most), ends(self.listed(*THREADS), most)
        names = self.listed("MATCH (p:Person) RETURN DISTINCT p.firstName AS name ORDER BY name", "name")[:most]
        moments = self.listed("MATCH (m:Message) RETURN m.creationDate AS at ORDER BY at", "at")
        choices = {
            "person": people,
            "message": messages,
            "firstName": names,
            "before": [moments[-1], moments[len(moments) // 2]],
            "other": people,
        }
        for each in READS:
            for made in combined(each.parameters, choices):
                if "other" not in made or made["person"] != made["other"]:
                    yield each, made


def ends(values: list[Any], most: int) -> list[Any]:
    return values if len(values) <= most else [*values[: most // 2], *values[-(most // 2) :]]


def combined(names: tuple[str, ...], choices: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    if not names:
        yield {}
        return
    for value in choices[names[0]]:
        for rest in combined(names[1:], choices):
            yield {names[0]: value, **rest}


def native(value: Any) -> Any:
    """A value of the driver as rows have it: moments as they are, days as text."""
    if isinstance(value, neo4j.time.DateTime):
        return value.to_native().astimezone(UTC)  # by its offset: one by the zone's name is greater, in Neo4j
    return value.iso_format() if isinstance(value, neo4j.time.Date) else value


@asynccontextmanager
async def social(address: Address, driver: neo4j.Driver, files: Path, home: Path) -> AsyncIterator[Social]:
    async with opened(address, secret=b"s" * 32, limits=PATIENT, max_body_bytes=1 << 20) as service:
        packs, problems = gather([EXAMPLE / "pack"])
        assert not problems
        await install(service.registry, SYSTEM, packs)
        plan = read(EXAMPLE / "mapping.yaml")
        database, registry = service.database, service.registry
        report = await import_files(database, registry, SYSTEM, plan, files, home=home, clock=now, progress=silent)
        await service.editions.publish(registry.model)
        yield Social(service, driver, report)


async def test_the_benchmarks_example_is_read_as_plain_cypher_reads_it(
    model_neo4j: Address, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    if not FILES.is_dir():
        pytest.skip("the data set ldbc-snb-example is not beside the checkout (../shared/data/ldbc-snb-example)")
    async with social(model_neo4j, neo4j_driver, FILES, tmp_path) as network:
        wrong, rows = await network.differing(network.parameters(8))

        assert network.report.rejected == {}
        assert {name: counts.created for name, counts in network.report.records.items()} == {
            "Place": 6, "TagClass": 3, "Tag": 2, "Organisation": 2, "Person": 5, "Forum": 2, "Message": 8,
        }  # fmt: skip
        assert network.report.links["KNOWS"].created == 6
        assert wrong == []
        # each friendship is seen from both its ends, each message has one author and stands in one thread
        known = {"IS1": 5, "IS2": 8, "IS3": 12, "IS4": 8, "IS5": 8, "IS6": 8, "IS7": 6, "IC13": 20}
        assert {name: rows[name] for name in known} == known
        assert min(rows.values()) > 0


async def test_a_generated_network_is_read_as_plain_cypher_reads_it(
    model_neo4j: Address, neo4j_driver: neo4j.Driver, tmp_path: Path, soak: bool
) -> None:
    if not soak:
        pytest.skip("asked by the soak: the benchmark's example is the short form")
    Network(Size(persons=10_000)).write(tmp_path / "snb")
    async with social(model_neo4j, neo4j_driver, tmp_path / "snb", tmp_path) as network:
        wrong, rows = await network.differing(network.parameters(20))

        assert network.report.rejected == {}
        assert wrong == []
        assert min(rows.values()) > 0

"""Law: compiled execution answers as a plain execution with a resolver for each field does, byte for byte."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from plain_execution import Plain
from random_operations import Writer
from small_worlds import MODEL, World, load, random_world

from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.plan.cursors import Cursors
from gql.schema import complete
from graph.address import Address
from graph.session import Database
from models.actor import SYSTEM

WORLDS, OPERATIONS = 1, 14
GROUPED_WORLDS, GROUPED_OPERATIONS = 1, 10
SOAK_WORLDS, SOAK_OPERATIONS = 20, 100
CURSORS = Cursors(b"test")
LIMITS = Limits(
    max_depth=40, max_cost=10**12, max_fields=10_000, max_aliases=1_000, max_directives=1_000, timeout_s=300.0
)


class Both:
    """The compiled and the plain execution of one data set."""

    def __init__(self, runner: asyncio.Runner, database: Database, editions: Editions) -> None:
        self.runner = runner
        self.executor = Executor(database, editions, None, CURSORS, LIMITS, lambda actor, edition: None)  # type: ignore[arg-type]  # it only reads
        self.schema = complete(editions.current.schema)

    def compare(self, world: World, text: str, variables: dict[str, Any]) -> None:
        """Both answers, which must be the same: data with its order of keys, errors by their paths."""
        answer = self.runner.run(self.executor.execute(text, variables, None, SYSTEM))
        compiled = orjson.loads(answer.body)
        plain = Plain(world, self.schema, CURSORS).execute(text, variables)

        assert not answer.refused, compiled
        assert orjson.dumps(compiled["data"]) == orjson.dumps(plain.data)
        assert sorted(str(error["path"]) for error in compiled.get("errors", [])) == sorted(
            str(error.path) for error in plain.errors or []
        )


@pytest.fixture
def both(clean_neo4j: Address) -> Iterator[Both]:
    with asyncio.Runner() as runner:
        database = runner.run(Database.connect(clean_neo4j))
        yield Both(runner, database, runner.run(_editions()))
        runner.run(database.close())


async def _editions() -> Editions:
    return Editions(None, MODEL)


REACHED = "reach: {{via: [KNOWS, MANAGES, OWNS], within: {within}, direction: {way}, to: {{id: {{in: {ids}}}}}}}"
FURTHER = "reach: {{via: [KNOWS, WORKS_AT], within: 2, direction: {way}, to: {{id: {{in: {others}}}}}}}"
LED = "reach: {{via: [KNOWS], within: 2, to: {{reach: {{via: [WORKS_AT], within: 1, to: {{id: {{in: {others}}}}}}}}}}}"
ELSEWHERE = (
    "people(where: {{employers: {{some: {{node: {{id: {{in: {ids}}}, size: {{gt: 0}}}}, link: {{role: {{isNull: false}}}}}}}}}})",
    "companies(where: {{employees: {{some: {{node: {{knows: {{some: {{node: {{id: {{in: {ids}}}}}}}}}}}}}}}}})",
    "things(where: {{owners: {{some: {{node: {{id: {{in: {ids}}}}}}}}}, label: {{isNull: false}}}})",
    f"people(where: {{{{{REACHED}}}}})",
    f"companies(where: {{{{owners: {{{{some: {{{{node: {{{{{REACHED}}}}}}}}}}}}}}}}})",
    "people(where: {{{reached}, not: {{{further}}}}})",
    "people(where: {{{reached}, and: [{{{further}}}, {{name: {{isNull: false}}}}]}})",
    "companies(where: {{employees: {{some: {{node: {{id: {{in: {ids}}}}}}}}}, not: {{and: [{{{further}}}]}}}})",
    "people(where: {{{reached}, not: {{{led}}}}})",
)


def _run(both: Both, world: World, number: int, operations: int, written: Callable[[Writer], str]) -> None:
    @seed(number)
    @settings(
        max_examples=operations,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        writer = Writer(data.draw, both.schema, list(world.records))
        text = written(writer)
        both.compare(world, text, writer.variables)

    check()


def test_random_operations_have_the_same_answers_both_ways(
    both: Both, neo4j_driver: neo4j.Driver, neo4j_address: Address, soak: bool
) -> None:
    worlds, operations = (SOAK_WORLDS, SOAK_OPERATIONS) if soak else (WORLDS, OPERATIONS)
    for number in range(worlds):
        world = random_world(number, broken=number % 3 == 2)
        load(world, neo4j_driver, neo4j_address.database)
        _run(both, world, number, operations, Writer.operation)


def test_random_groups_have_the_same_answers_both_ways(
    both: Both, neo4j_driver: neo4j.Driver, neo4j_address: Address, soak: bool
) -> None:
    worlds, operations = (SOAK_WORLDS, SOAK_OPERATIONS) if soak else (GROUPED_WORLDS, GROUPED_OPERATIONS)
    for number in range(100, 100 + worlds):
        world = random_world(number, broken=number % 3 == 2)
        load(world, neo4j_driver, neo4j_address.database)
        _run(both, world, number, operations, Writer.grouping)


def test_lists_begun_at_the_other_end_have_the_same_answers_both_ways(
    both: Both, neo4j_driver: neo4j.Driver, neo4j_address: Address, soak: bool
) -> None:
    for number in range(2 if soak else 1):
        world = random_world(number)
        load(world, neo4j_driver, neo4j_address.database)
        ids = list(world.records)
        for place, listed in enumerate(ELSEWHERE * 2):
            values = {
                "ids": orjson.dumps(ids[place :: len(ids) // 4]).decode(),
                "others": orjson.dumps(ids[place + 1 :: len(ids) // 3]).decode(),
                "within": 1 + place % 3,
                "way": ("OUT", "IN", "BOTH")[place % 3],
            }
            ways = {"reached": REACHED, "further": FURTHER, "led": LED}
            asked = listed.format(**values, **{name: way.format(**values) for name, way in ways.items()})
            both.compare(world, f"{{ {asked} {{ totalCount nodes {{ id }} }} }}", {})

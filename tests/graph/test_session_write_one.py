"""Statements that are committed with their end: what is left of them when they do not reach it."""

from __future__ import annotations

import pytest
from neo4j import AsyncGraphDatabase
from neo4j.exceptions import ClientError

from cypher import weave
from cypher.ast import Create, Item, Literal, Node, Param, Pattern, Query, Return
from cypher.ast.expressions import Arithmetic
from graph.session import Contested, Database, OutcomeUnknown
from models.actor import SYSTEM
from models.errors import Unavailable

pytestmark = pytest.mark.anyio

MADE = Create((Pattern((Node("n", ("Probe",)),)),))


def divided() -> weave.Guarded:
    """Makes a node, then divides by a parameter."""
    return weave.write(Query((MADE, Return((Item(Arithmetic(Literal(6), "/", Param("by")), "n"),)))), SYSTEM)


async def probes(database: Database) -> int:
    records = (await database.driver.execute_query("MATCH (n:Probe) RETURN count(n)", database_=database.name)).records
    return int(records[0].value())


async def test_a_statement_that_comes_to_its_end_is_committed(database: Database) -> None:
    assert await database.write_one(divided(), {"by": 2}) == [3]

    assert await probes(database) == 1


async def test_a_statement_that_divides_by_zero_leaves_nothing(database: Database) -> None:
    with pytest.raises(Contested):
        await database.write_one(divided(), {"by": 0})

    assert await probes(database) == 0


async def test_other_faults_of_arithmetic_are_no_verdict(database: Database) -> None:
    doubled = Query((MADE, Return((Item(Arithmetic(Param("by"), "*", Literal(2)), "n"),))))

    with pytest.raises(ClientError, match="overflow"):
        await database.write_one(weave.write(doubled, SYSTEM), {"by": 2**62})

    assert await probes(database) == 0


async def test_a_statement_that_was_never_sent_has_no_unknown_outcome() -> None:
    async with AsyncGraphDatabase.driver("bolt://127.0.0.1:1", auth=("neo4j", "nothing")) as driver:
        with pytest.raises(Unavailable, match="does not answer") as caught:
            await Database(driver, "neo4j").write_one(divided(), {"by": 1})

    assert not isinstance(caught.value, OutcomeUnknown)

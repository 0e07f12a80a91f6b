"""A statement that takes too long, or that nobody waits for any more, ends in the database too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import anyio
import neo4j
import pytest
from asking import Asking
from small_worlds import MODEL

from gql.editions import Editions
from gql.execute.limits import Limits
from graph.address import Address
from graph.session import Database

pytestmark = pytest.mark.anyio

FILL = """UNWIND range(1, 150) AS n
CREATE (:Record:Person {id: 'p' + n, version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1, name: 'P' + n})
WITH count(1) AS made MATCH (a:Person), (b:Person) WHERE a.id < b.id
CREATE (a)-[:KNOWS {id: a.id + b.id, version: 1, createdAt: datetime(), updatedAt: datetime()}]->(b)"""
KNOWS = "{ knows: { every: { node: " * 4 + "{ name: { ne: $x } }" + " } } }" * 4
ENDLESS = f"query($x: String) {{ people(where: {KNOWS}) {{ totalCount }} }}"
RUNNING = """SHOW TRANSACTIONS YIELD currentQuery, status WHERE currentQuery CONTAINS 'KNOWS' AND NOT currentQuery CONTAINS 'SHOW'
RETURN count(*) AS running"""


@pytest.fixture
async def asking(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Asking]:
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        session.run(FILL).consume()
    database = await Database.connect(clean_neo4j)
    yield Asking(database, Editions(None, MODEL), Limits(timeout_s=1.0))
    await database.close()


def _running(driver: neo4j.Driver) -> int:
    with driver.session() as session:
        return int(session.run(RUNNING).single(strict=True)["running"])


async def _gone(driver: neo4j.Driver) -> bool:
    for _ in range(100):
        if await anyio.to_thread.run_sync(_running, driver) == 0:
            return True
        await anyio.sleep(0.1)
    return False


async def test_a_statement_beyond_its_time_is_stopped_in_the_database(
    asking: Asking, neo4j_driver: neo4j.Driver
) -> None:
    assert await asking.codes(ENDLESS, {"x": "nobody"}) == ["timed_out"]
    assert await _gone(neo4j_driver)


async def test_a_request_nobody_waits_for_ends_its_statement(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    patient = Asking(asking.database, asking.editions, Limits(timeout_s=600.0))
    request = asyncio.create_task(patient.answer(ENDLESS, {"x": "nobody"}))
    while not await anyio.to_thread.run_sync(_running, neo4j_driver):
        await anyio.sleep(0.1)

    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request

    assert await _gone(neo4j_driver)

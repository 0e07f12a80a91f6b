"""Pages in the middle of a list: as far from a cursor, the beginning or the end as `skip` says, as if all had been read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import product
from typing import Any

import neo4j
import pytest
from asking import Asking
from small_worlds import MODEL

from cypher.schema import derived
from gql.editions import Editions
from gql.execute.limits import Limits
from graph.address import Address
from graph.session import Database

pytestmark = pytest.mark.anyio

MANY = 60
ORDERS = ["", "{size: ASC}", "{size: DESC}", "{name: ASC}", "{name: DESC}", "{size: ASC}, {name: DESC}"]
INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
# every third has no size, and sizes and names are shared by several
FILL = """UNWIND range(1, $many) AS n
CREATE (:Record:Company {id: 'c' + right('00' + n, 3), version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1,
  name: 'Company ' + (n % 7), size: CASE n % 3 WHEN 0 THEN null ELSE n % 5 END})"""


@pytest.fixture
async def asking(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Asking]:
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        for name in ("range.Company.size", "range.Company.name", "range.Company.name.id"):
            session.run(derived(MODEL)[name].create).consume()
        session.run(FILL, many=MANY).consume()
        session.run("CALL db.awaitIndexes(60)").consume()
    database = await Database.connect(clean_neo4j)
    yield Asking(database, Editions(None, MODEL))
    await database.close()


async def page(asking: Asking, arguments: str) -> dict[str, Any]:
    answer = await asking.data(f"{{ companies({arguments}) {{ nodes {{ id }} {INFO} }} }}", {})
    found: dict[str, Any] = answer["companies"]
    return {**found["pageInfo"], "ids": [node["id"] for node in found["nodes"]]}


async def test_every_place_is_reached_from_either_end_and_from_a_cursor(asking: Asking) -> None:
    for order, where in product(ORDERS, ("", "where: {size: {gt: 1}}, ")):
        await reached(asking, f"{where}orderBy: [{order}]")


async def reached(asking: Asking, listed: str) -> None:
    """Three places of a list are as they are in the whole of it."""
    whole = (await page(asking, f"{listed}, first: {MANY}"))["ids"]
    near = await page(asking, f"{listed}, first: 3")

    for at in (1, len(whole) // 2, len(whole) - 4):
        wanted = whole[at : at + 4]
        assert (await page(asking, f"{listed}, first: 4, skip: {at}"))["ids"] == wanted
        assert (await page(asking, f"{listed}, last: 4, skip: {len(whole) - at - 4}"))["ids"] == wanted
    behind = await page(asking, f'{listed}, first: 4, after: "{near["endCursor"]}", skip: {len(whole) - 7}')
    assert behind["ids"] == whole[-4:]
    assert behind["hasPreviousPage"]
    assert not behind["hasNextPage"]


async def test_a_page_behind_the_end_is_empty(asking: Asking) -> None:
    found = await page(asking, f"first: 4, skip: {MANY + 5}")

    assert found["ids"] == []
    assert not found["hasNextPage"]


async def test_nothing_is_passed_over_with_0(asking: Asking) -> None:
    found = await page(asking, "first: 4, skip: 0")

    assert not found["hasPreviousPage"]


async def test_the_past_is_passed_over_as_the_present_is(asking: Asking) -> None:
    whole = (await page(asking, f'first: {MANY}, orderBy: [{{size: ASC}}], asOf: "2999-01-01T00:00:00Z"'))["ids"]
    found = await page(asking, 'first: 4, skip: 50, orderBy: [{size: ASC}], asOf: "2999-01-01T00:00:00Z"')

    assert found["ids"] == whole[50:54]


async def test_more_than_may_be_passed_over_is_refused(asking: Asking) -> None:
    for skip in (-1, Limits().max_skip + 1):
        assert await asking.codes(f"{{ companies(skip: {skip}) {{ nodes {{ id }} }} }}") == ["skip_too_large"]

"""Texts are in the order of their code points, in lists, their pages and filters, with an index and without."""

from __future__ import annotations

from collections.abc import AsyncIterator

import neo4j
import pytest
from asking import Asking
from small_worlds import MODEL

from gql.editions import Editions
from graph.address import Address
from graph.session import Database

pytestmark = pytest.mark.anyio

NAMES = ["A😀", "A\uffee", "\uffee", "😀", "😀\uffee", "😀😀", "\uffee😀", "ＡＢＣ", "zoe", "\ud7ff", "", "\U0010ffff"]
IN_ORDER = sorted(NAMES)
INDEX = "CREATE INDEX `range.Company.name` IF NOT EXISTS FOR (c:Company) ON (c.name)"
FILL = """UNWIND $names AS name
CREATE (:Record:Company {id: 'c' + name, version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1, name: name})"""
PAGE = """query($size: Int, $at: String) { companies(WAY, orderBy: [{name: ORDER}]) {
  nodes { name } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }"""
FILTERED = "query($where: CompanyFilter) { companies(where: $where, orderBy: [{name: ASC}]) { nodes { name } } }"


@pytest.fixture(params=["indexed", "unindexed"])
async def asking(
    request: pytest.FixtureRequest, clean_neo4j: Address, neo4j_driver: neo4j.Driver
) -> AsyncIterator[Asking]:
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        on_names = (
            "SHOW INDEXES YIELD name, labelsOrTypes AS of, properties AS on WHERE of = ['Company'] AND on = ['name']"
        )
        for name in session.run(f"{on_names} RETURN name").value():
            session.run(f"DROP INDEX `{name}`").consume()
        session.run(FILL, names=NAMES).consume()
        if request.param == "indexed":
            session.run(INDEX).consume()
            session.run("CALL db.awaitIndexes(60)").consume()
    database = await Database.connect(clean_neo4j)
    yield Asking(database, Editions(None, MODEL))
    await database.close()


@pytest.mark.parametrize("order", ["ASC", "DESC"])
@pytest.mark.parametrize("backward", [False, True])
async def test_every_page_goes_on_where_the_last_one_ended(asking: Asking, order: str, backward: bool) -> None:
    way, end, more = ("last: $size, before: $at", "startCursor", "hasPreviousPage")
    if not backward:
        way, end, more = ("first: $size, after: $at", "endCursor", "hasNextPage")
    text = PAGE.replace("WAY", way).replace("ORDER", order)
    found, cursor, left = list[str](), None, True
    while left:
        page = (await asking.data(text, {"size": 1, "at": cursor}))["companies"]
        found += [node["name"] for node in page["nodes"]]
        cursor, left = page["pageInfo"][end], page["pageInfo"][more]

    assert found == (IN_ORDER if backward == (order == "DESC") else IN_ORDER[::-1])


@pytest.mark.parametrize("than", NAMES)
async def test_a_filter_compares_in_the_same_order(asking: Asking, than: str) -> None:
    async def names(comparison: str) -> list[str]:
        answer = await asking.data(FILTERED, {"where": {"name": {comparison: than}}})
        return [node["name"] for node in answer["companies"]["nodes"]]

    assert await names("lt") == [name for name in IN_ORDER if name < than]
    assert await names("lte") == [name for name in IN_ORDER if name <= than]
    assert await names("gt") == [name for name in IN_ORDER if name > than]
    assert await names("gte") == [name for name in IN_ORDER if name >= than]

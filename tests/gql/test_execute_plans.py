"""How statements run: which index they use, how many hits they cost, and when a plan is found again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import neo4j
import pytest
from asking import Asking
from profiling import profiled
from small_worlds import MODEL

from cypher.schema import derived
from gql.editions import Editions
from graph.address import Address
from graph.session import Database

pytestmark = pytest.mark.anyio

MANY = 2_000
SOUGHT = {
    "NodeUniqueIndexSeek",
    "NodeIndexSeek",
}  # by the constraint on every record's id, or the type's index on its own
SCHEMA = (
    "CREATE CONSTRAINT record_id IF NOT EXISTS FOR (r:Record) REQUIRE r.id IS UNIQUE",
    derived(MODEL)["range.Company.name"].create,
    derived(MODEL)["range.Company.name.id"].create,
    "CALL db.awaitIndexes(60)",
)
FILL = """UNWIND range(1, $many) AS n
CREATE (c:Record:Company {id: 'c' + n, version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1,
  name: 'Company ' + (n % 500), size: n})
CREATE (p:Record:Person {id: 'p' + n, version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1, name: 'P' + n})
CREATE (p)-[:WORKS_AT {id: 'l' + n, version: 1, createdAt: datetime(), updatedAt: datetime()}]->(c)"""


@pytest.fixture
async def asking(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Asking]:
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        for statement in SCHEMA:
            session.run(statement).consume()
        session.run(FILL, many=MANY).consume()
        session.run("CALL db.prepareForReplanning(60)").consume()
    database = await Database.connect(clean_neo4j)
    yield Asking(database, Editions(None, MODEL))
    await database.close()


async def test_a_record_is_found_by_the_index_on_ids(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    profile = profiled(neo4j_driver, '{ company(id: "c7") { id name } }')

    assert SOUGHT & {*profile.operators}
    assert profile.hits < 20


@pytest.mark.parametrize(
    "where", ['{id: {eq: "c7"}}', '{id: {in: ["c7", "c8"]}}', '{size: {gt: 0}, and: [{id: {eq: "c7"}}]}']
)
async def test_a_list_filtered_by_ids_seeks_them(asking: Asking, neo4j_driver: neo4j.Driver, where: str) -> None:
    profile = profiled(neo4j_driver, f"{{ companies(where: {where}) {{ nodes {{ id name }} }} }}")

    assert SOUGHT & {*profile.operators}, profile.operators
    assert profile.hits < 60


async def test_an_indexed_field_is_sought_by_its_value(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    profile = profiled(neo4j_driver, '{ companies(where: {name: {eq: "Company 7"}}) { nodes { id } } }')

    assert "NodeIndexSeek" in profile.operators
    assert profile.hits < 60


async def test_the_first_sorted_page_reads_no_more_than_it_shows(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    profile = profiled(neo4j_driver, "{ companies(first: 20, orderBy: [{name: ASC}]) { nodes { id name } } }")

    assert "NodeIndexScan" in profile.operators
    assert profile.hits < 250


@pytest.mark.parametrize("way", ["ASC", "DESC"])
async def test_a_deep_page_costs_what_the_first_one_does(asking: Asking, neo4j_driver: neo4j.Driver, way: str) -> None:
    text = (
        f"query($a: String) {{ companies(first: 20, after: $a, orderBy: [{{name: {way}}}])"
        " { nodes { id } pageInfo { endCursor hasNextPage } } }"
    )
    seen: list[str] = []
    cursor, hits = None, []
    for turn in range(MANY // 20):
        page = (await asking.data(text, {"a": cursor}))["companies"]
        if turn in (1, 98):
            hits.append(profiled(neo4j_driver, text, {"a": cursor}).hits)
        cursor = page["pageInfo"]["endCursor"]
        seen += [each["id"] for each in page["nodes"]]

    assert len(seen) == len(set(seen)) == MANY
    assert not page["pageInfo"]["hasNextPage"]
    assert max(hits) < 400


@pytest.mark.parametrize(
    "page",
    [
        "first: 20, skip: 1000, orderBy: [{name: ASC}]",
        "last: 20, skip: 1000, orderBy: [{name: ASC}]",
        "first: 20, skip: 1000, orderBy: [{name: DESC}]",
        "first: 20, skip: 1000, orderBy: []",
    ],
)
async def test_rows_that_are_passed_over_are_entries_of_an_index_and_not_read(
    asking: Asking, neo4j_driver: neo4j.Driver, page: str
) -> None:
    profile = profiled(neo4j_driver, f"{{ companies({page}) {{ nodes {{ id name }} }} }}")

    assert "NodeIndexScan" in profile.operators, profile.operators
    assert not {"Sort", "Top", "PartialSort", "PartialTop"} & {*profile.operators}, profile.operators
    assert profile.hits < 1_020 + 400


async def test_other_values_of_the_same_shape_share_a_plan(asking: Asking) -> None:
    text = "query($w: CompanyFilter, $n: Int) { companies(where: $w, first: $n) { totalCount } }"
    for number in range(5):
        await asking.data(text, {"w": {"name": {"in": ["x"] * number}, "size": {"gt": number}}, "n": number})

    assert len(asking.editions.current.plans.plans) == 1

    await asking.data(text, {"w": {"name": {"eq": None}}, "n": 1})

    assert len(asking.editions.current.plans.plans) == 2

"""A page of a history or of the feed costs the same whatever lies behind it: as many hits of few changes as of many."""

from __future__ import annotations

from typing import Any

import neo4j
import pytest
from profiling import CURSORS, Profile, profiled

from cypher import weave
from graph.address import Address
from graph.schema import install_fixed
from graph.session import Database
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio

FEW, MANY = 200, 2_000
FILL = """UNWIND [['few', $few], ['many', $many]] AS pair
WITH pair[0] AS id, pair[1] AS many
CREATE (:Record:Thing {id: id, version: 1, mark: 1})
WITH id, many UNWIND range(1, many) AS n
WITH id, n, id + right('0000' + n, 5) AS name, datetime('2020-01-01T00:00:00Z') + duration({seconds: n}) AS at
CREATE (:ChangeSet {id: 's' + name, at: at, actor: 'u1', origin: 'api', seq: CASE id WHEN 'few' THEN n ELSE $few + n END})
CREATE (:Change {id: 'c' + name, record: id, type: 'Thing', op: 'update', set: 's' + name, at: at, `after.label`: 'x'})"""
LARGE = """CREATE (s:ChangeSet {id: 'large', at: datetime(), actor: 'u1', origin: 'api', seq: $seq})
WITH s UNWIND range(1, $many) AS n
CREATE (:Change {id: 'b' + right('000000' + n, 6), record: 'r' + n, type: 'Thing', op: 'create', set: s.id, at: s.at})"""
PARTS = "nodes { at actor { name } fields { field before after } } pageInfo { hasNextPage endCursor }"
FEED = {"change": "~", "types": None, "exceptActor": None, "rows": 40}


@pytest.fixture
async def filled(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> neo4j.Driver:
    database = await Database.connect(clean_neo4j)
    await install_fixed(database)
    await database.close()
    neo4j_driver.execute_query("CREATE (:User {id: 'u1', name: 'Ann'})")
    neo4j_driver.execute_query(FILL, few=FEW, many=MANY)
    neo4j_driver.execute_query("CALL db.prepareForReplanning(60)")
    return neo4j_driver


def fixed(driver: neo4j.Driver, name: str, **parameters: Any) -> Profile:
    """The profile of a statement of the library."""
    with driver.session() as session:
        summary = session.run(f"PROFILE {weave.fixed(name, SYSTEM).text}", parameters).consume()
    assert summary.profile is not None
    return Profile(summary.profile)


async def test_a_page_of_a_history_costs_the_same_however_long_the_history(filled: neo4j.Driver) -> None:
    early, late = (CURSORS.make("history", [f"2020-01-01T00:{minute}:00Z"], "c") for minute in ("02", "30"))
    asked = (
        ("few", "first: 20"),
        ("many", "first: 20"),
        *(("many", f'first: 20, after: "{at}"') for at in (early, late)),
    )

    few, many, after_early, after_late = (
        profiled(filled, f'{{ thing(id: "{id_}") {{ history({arguments}) {{ {PARTS} }} }} }}')
        for id_, arguments in asked
    )

    assert few.hits == many.hits < 1_500
    assert after_early.hits == after_late.hits < 1_500
    assert not {"AllNodesScan", "NodeByLabelScan"} & set(many.operators)


async def test_a_page_of_a_history_by_id_costs_the_same_however_long_it_is(filled: neo4j.Driver) -> None:
    few, many = (fixed(filled, "history_of", id=id_, keys=None, size=20) for id_ in ("few", "many"))

    assert few.hits == many.hits < 600


async def test_a_page_of_the_feed_costs_the_same_wherever_it_begins(filled: neo4j.Driver) -> None:
    first, deep = (fixed(filled, "changes_since", seq=seq, **FEED) for seq in (0, MANY))

    assert max(first.hits, deep.hits) < 1_000
    assert abs(first.hits - deep.hits) < 60


async def test_a_page_within_a_large_change_set_costs_the_same_wherever_it_begins(filled: neo4j.Driver) -> None:
    seq = FEW + MANY + 1
    filled.execute_query(LARGE, seq=seq, many=10 * MANY)
    filled.execute_query("CALL db.resampleOutdatedIndexes()")
    places = [(seq - 1, "~"), *((seq, f"b{number:06}") for number in (1, 5 * MANY, 10 * MANY - 50))]

    for name, more in (("changes_after", {"sets": 51, "most": 40}), ("changes_since", FEED)):
        pages = [fixed(filled, name, **more | {"seq": at, "change": change}) for at, change in places]

        assert max(page.hits for page in pages) < 1_000, name
        assert not {"AllNodesScan", "NodeByLabelScan"} & {each for page in pages for each in page.operators}

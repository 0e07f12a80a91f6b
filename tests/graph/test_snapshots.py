"""What snapshots are read with: packed bytes, free counts, and seeks by index."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from typing import Any

import neo4j
import pytest

from cypher import weave
from cypher.compile import snapshots as compiled
from cypher.compile.snapshots import LinkShape
from graph.address import Address
from graph.schema import install_fixed
from graph.session import Database
from graph.snapshots import UNKNOWN, Reader
from models.actor import SYSTEM
from models.metamodel import EntityType, Metamodel

pytestmark = pytest.mark.anyio
MODEL = Metamodel(0, {"Person": EntityType("Person", "People", {})}, {})
SHAPE = LinkShape("KNOWS", ("Person",), ("Person",), "depth_e1", temporal=True)
FILL = """UNWIND range(0, 4) AS n CREATE (:Record:Person {id: 'p' + n})
WITH count(*) AS made MATCH (a:Person {id: 'p0'}) MATCH (b:Person) WHERE b <> a
CREATE (a)-[:KNOWS {id: 'l' + b.id, depth_e1: 25, validFrom: datetime('2026-01-01T00:00:30Z')}]->(b)"""


@pytest.fixture
async def people(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Database]:
    database = await Database.connect(clean_neo4j)
    await install_fixed(database)
    neo4j_driver.execute_query(FILL, database_=database.name)
    yield database
    await database.close()


@pytest.mark.parametrize("vectors", [True, False])
async def test_links_come_as_big_endian_bytes_whichever_way_they_are_packed(people: Database, vectors: bool) -> None:
    reader = Reader(people, SYSTEM, vectors=vectors)
    ((nodes, ids),) = [page async for page in reader.ids("Person")]

    (packed,) = await reader.links(SHAPE, nodes, unit=10, group=100)

    assert ids == ["p0", "p1", "p2", "p3", "p4"]
    assert struct.unpack(">4i", packed.source) == (nodes[0],) * 4
    assert set(struct.unpack(">4i", packed.target)) == set(nodes[1:])
    assert struct.unpack(">4f", packed.weight) == (2.5,) * 4
    assert struct.unpack(">4q", packed.since) == (1_767_225_630,) * 4
    assert struct.unpack(">4q", packed.until) == (UNKNOWN,) * 4


async def test_records_are_as_wide_as_vectors_may_be_and_groups_stay_in_order(
    people: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.snapshots.WIDTH", 3)
    reader = Reader(people, SYSTEM)
    ((nodes, _),) = [page async for page in reader.ids("Person")]

    parts = await reader.links(SHAPE, nodes, unit=10, group=2)

    assert [len(part.source) // 4 for part in parts] == [3, 1]


async def test_an_older_neo4j_answers_in_lists(people: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cypher.ast.packing.Dialect.__str__", lambda self: "CYPHER 4711")
    reader = Reader(people, SYSTEM)
    ((nodes, _),) = [page async for page in reader.ids("Person")]

    (packed,) = await reader.links(SHAPE, nodes, unit=10, group=100)

    assert struct.unpack(">4f", packed.weight) == (2.5,) * 4


async def test_ids_come_page_by_page(people: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.snapshots.PAGE", 2)

    pages = [ids async for _, ids in Reader(people, SYSTEM).ids("Person")]

    assert pages == [["p0", "p1"], ["p2", "p3"], ["p4"]]


async def test_counts_come_from_the_count_store(people: Database, neo4j_driver: neo4j.Driver) -> None:
    found = await Reader(people, SYSTEM).counts(MODEL, ["KNOWS"])

    assert (found.nodes, found.records, found.links) == (5, {"Person": 5}, {"KNOWS": 4})
    text = weave.read(compiled.counts(("Person",), ("KNOWS",)), SYSTEM).text
    plan = neo4j_driver.execute_query(f"EXPLAIN {text}", database_=people.name).summary.plan
    assert {"NodeCountFromCountStore@neo4j", "RelationshipCountFromCountStore@neo4j"} <= operators(plan)
    assert not {name for name in operators(plan) if "Scan" in name}


async def test_changes_are_found_by_index(people: Database, neo4j_driver: neo4j.Driver) -> None:
    for name, given in (("snapshot_changes", {"seq": 1}), ("snapshot_pairs", {"ids": ["p0"]})):
        plan = neo4j_driver.execute_query(f"EXPLAIN {weave.library(name)}", given, database_=people.name).summary.plan
        scans = {each.split("@")[0] for each in operators(plan) if "Scan" in each}
        assert scans <= {"NodeByLabelScan"}, name  # those of the label of change sets without a number
        assert "AllNodesScan" not in scans


async def test_pairs_are_those_of_live_links_in_both_directions(people: Database) -> None:
    reader = Reader(people, SYSTEM)

    assert await reader.pairs_of(["p3"]) == {"KNOWS": ["p0p3"]}
    assert sorted((await reader.pairs_of(["p0"]))["KNOWS"]) == ["p0p1", "p0p2", "p0p3", "p0p4"]
    assert await reader.records_of(MODEL, ["p1", "p9"]) == {"Person": ["p1"]}


async def test_the_state_of_a_database_without_changes(people: Database) -> None:
    state = await Reader(people, SYSTEM).state()

    assert (state.seq, state.mark, state.known, state.model_version, state.unsettled) == (0, "", "", 0, False)
    assert state.identity


def operators(plan: dict[str, Any]) -> set[str]:
    """The names of all operators of a plan."""
    found, left = set(), [plan]
    while left:
        step = left.pop()
        found.add(str(step["operatorType"]))
        left.extend(step.get("children", ()))
    return found

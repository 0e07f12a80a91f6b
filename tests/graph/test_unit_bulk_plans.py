"""What bulk writes cost in the database: hits for each row, whatever the degree of the records at the other end."""

from __future__ import annotations

from typing import Any

import neo4j
import pytest

from cypher.compile.writes import CheckLimits, CreateLinks, WriteShape, compile_write, kind_of_link, slot
from cypher.compile.writes.lookups import ROWS, find_links
from cypher.schema import of_links
from graph.address import Address
from models.metamodel import End, RelationType

MANY, ROWS_ASKED = 3_000, 200
A_ROW = 40  # hits: seeks of both ends, one expansion from the poorer end, the link and its change row
SHIPS = RelationType("SHIPS", End(("Shipper",), "orders"), End(("Order",), "shipper", most=1))
FILL = """CREATE (s:Record:Shipper {id: 's'})
WITH s UNWIND range(1, $many) AS n
CREATE (s)-[:SHIPS {id: 'l' + n}]->(:Record:Order {id: 'o' + n}), (:Record:Order {id: 'new' + n})"""


@pytest.fixture
def dense(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> neo4j.Driver:
    """A shipper with thousands of orders, and as many orders without one."""
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        session.run("CREATE CONSTRAINT record_id IF NOT EXISTS FOR (r:Record) REQUIRE r.id IS UNIQUE").consume()
        session.run(of_links("SHIPS", "id").create).consume()
        session.run("CALL db.awaitIndexes(60)").consume()
        session.run(FILL, many=MANY).consume()
        session.run("CALL db.prepareForReplanning(60)").consume()
    return neo4j_driver


def hits(driver: neo4j.Driver, text: str, parameters: dict[str, Any]) -> int:
    """How often a statement touches the store."""
    with driver.session() as session:
        profile = session.run(f"PROFILE {text}", parameters).consume().profile
    assert profile is not None
    return _hits(profile)


def _hits(part: dict[str, Any]) -> int:
    own: int = part.get("dbHits") or 0
    return own + sum(map(_hits, part.get("children", ())))


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize(("source", "target"), [("s", "o{}"), ("o{}", "s")])
def test_links_are_found_from_the_end_that_has_fewer(
    dense: neo4j.Driver, directed: bool, source: str, target: str
) -> None:
    rows = [
        {"place": n, "source": source.format(n), "target": target.format(n), "id": f"l{n}"}
        for n in range(1, ROWS_ASKED + 1)
    ]

    cost = hits(dense, str(find_links("SHIPS", ("id",), directed=directed)), {ROWS: rows})

    assert cost < A_ROW * ROWS_ASKED


def test_new_links_do_not_walk_the_links_that_a_record_has_already(dense: neo4j.Driver) -> None:
    kind = kind_of_link(SHIPS)
    shape = WriteShape((CreateLinks(kind, check_pair=True), CheckLimits(kind)), locks=True)
    numbers = range(1, ROWS_ASKED + 1)
    rows = [{"source": "s", "target": f"new{n}", "props": {"id": f"n{n}"}, "change": {"id": f"c{n}"}} for n in numbers]
    shared = {"locks": ["s", *(f"new{n}" for n in numbers)], "changeSet": {"id": "set"}, "outbox": {}, "now": 0}

    cost = hits(
        dense,
        str(compile_write(shape)),
        {slot(0): rows, slot(1): [{"id": f"n{n}"} for n in numbers], "changed": len(rows), **shared},
    )

    assert cost < A_ROW * ROWS_ASKED

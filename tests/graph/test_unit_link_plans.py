"""How links are found that a unit of work changes: sought in the index on their ids, whatever the statistics are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

from cypher.compile.writes import (
    CloseLinks,
    Closing,
    UpdateLinks,
    WriteShape,
    compile_checks,
    compile_write,
    kind_of_link,
)
from cypher.compile.writes.lookups import links_by_id
from cypher.schema import of_links
from graph.address import Address
from models.metamodel import End, RelationType, Validity

HIRES = RelationType("HIRES", End(("Firm",), "hired"), End(("Human",), "hirers"), validity=Validity.EXCLUSIVE)
KIND = kind_of_link(HIRES)
GROUPS = (CloseLinks(KIND, Closing.ENDED), UpdateLinks(KIND, times=False), UpdateLinks(KIND, times=True))
STATEMENTS = {
    "written": str(compile_write(WriteShape(GROUPS))),
    "checked": str(compile_checks(GROUPS)[0]),
    "looked up": str(links_by_id("HIRES")),
}
INDEX = of_links("HIRES", "id")
FILL = "UNWIND range(1, $many) AS n CREATE (:Firm:Record {id: 'f' + n})-[:HIRES {id: 'h' + n}]->(:Human:Record {id: 'm' + n})"
PLANNED, SOAK_PLANNED = (
    2,
    12,
)  # times, each in a text of its own: where costs are equal the planner decides now so, now so


@pytest.fixture
def session(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> Iterator[neo4j.Session]:
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        session.run(INDEX.drop).consume()
        yield session
        session.run(INDEX.drop).consume()


@pytest.mark.parametrize("many", [4, 100])
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_links_are_sought_by_an_index_that_was_empty_when_it_was_made(
    session: neo4j.Session, statement: str, many: int, soak: bool
) -> None:
    session.run(INDEX.create).consume()
    session.run("CALL db.awaitIndexes(60)").consume()
    session.run(FILL, many=many).consume()

    turns = range(SOAK_PLANNED if soak else PLANNED)
    found = {name for turn in turns for name in operators(session, "EXPLAIN " + " " * turn + statement)}

    assert {name for name in found if name.startswith(("Directed", "Undirected"))} == {"DirectedRelationshipIndexSeek"}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_where_the_index_is_still_to_come_links_are_found_without(session: neo4j.Session, statement: str) -> None:
    session.run(FILL, many=4).consume()

    found = operators(session, "EXPLAIN " + statement)

    assert {name for name in found if name.startswith("Directed")} == {"DirectedRelationshipTypeScan"}


def operators(session: neo4j.Session, text: str) -> set[str]:
    """The operators of a statement's plan."""
    plan = session.run(text).consume().plan
    assert plan is not None
    return set(_operators(plan))


def _operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)

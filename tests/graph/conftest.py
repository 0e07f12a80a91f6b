"""A small organisation's model in a clean database, and a hand that writes to it and looks at it from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import neo4j
import pytest

from graph.address import Address
from graph.schema import install_fixed, reconcile
from graph.session import Database
from graph.unit import Outcome, write
from models.actor import SYSTEM
from models.commands import Command
from models.errors import Problem, Rejected
from models.metamodel import End, EntityType, Field, Metamodel, OnDelete, RelationType, Validity

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def _fields(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


COMPANY = EntityType(
    "Company",
    "Companies",
    _fields(
        Field("name", "text", required=True),
        Field("taxId", "text", unique=True),
        Field("revenue", "money", options={"currency": "EUR"}),
        Field("staff", "integer"),
        Field("founded", "date"),
        Field("tags", "multiChoice", options={"choices": ["a", "b", "c"]}),
    ),
)
PERSON = EntityType(
    "Person",
    "People",
    _fields(
        Field("name", "text", required=True), Field("email", "text"), Field("city", "text"), Field("desk", "integer")
    ),
    natural_keys=(("email",), ("city", "desk")),
)
DEAL = EntityType("Deal", "Deals", _fields(Field("title", "text", required=True)))
RELATIONS = (
    RelationType(
        "WORKS_AT",
        End(("Person",), "employers"),
        End(("Company",), "employees"),
        _fields(Field("role", "text")),
        validity=Validity.OVERLAPS,
        repeatable=True,
    ),
    RelationType(
        "SITS_IN",
        End(("Person",), "offices"),
        End(("Company",), "sitters"),
        validity=Validity.EXCLUSIVE,
    ),
    RelationType(
        "OWNS",
        End(("Company",), "subsidiaries"),
        End(("Company",), "owner", most=1),
        _fields(Field("share", "integer")),
    ),
    RelationType(
        "ADVISES",
        End(("Person",), "advised", most=2),
        End(("Company",), "advisers", most=2),
        validity=Validity.OVERLAPS,
        repeatable=True,
    ),
    RelationType("SEES", End(("Company",), "sees"), End(("Company",), "seen"), repeatable=True),
    RelationType("KNOWS", End(("Person",), "knows"), End(("Person",), "knows"), symmetric=True),
    RelationType(
        "SOLD_TO",
        End(("Deal",), "buyer"),
        End(("Company",), "deals", on_delete=OnDelete.REFUSE),
    ),
    RelationType(
        "PART_OF",
        End(("Deal",), "whole"),
        End(("Deal",), "parts", on_delete=OnDelete.CASCADE),
    ),
)
MODEL = Metamodel(
    0,
    {kind.name: kind for kind in (COMPANY, PERSON, DEAL)},
    {relation.name: relation for relation in RELATIONS},
)


@dataclass(frozen=True)
class Hand:
    """Writes through the unit of work, and looks at what lies in the database through a driver of its own."""

    database: Database
    driver: neo4j.Driver
    model: Metamodel = MODEL

    async def write(self, *commands: Command, **options: Any) -> Outcome:
        return await write(self.database, self.model, SYSTEM, commands, **{"now": NOW, **options})

    async def refused(self, *commands: Command, **options: Any) -> tuple[Problem, ...]:
        with pytest.raises(Rejected) as caught:
            await self.write(*commands, **options)
        return caught.value.problems

    def look(self, cypher: str, **parameters: Any) -> list[Any]:
        """The first column of every row."""
        records = self.driver.execute_query(cypher, parameters, database_=self.database.name).records
        return [record.value() for record in records]

    def fingerprint(self) -> list[Any]:
        """Everything in the database, to see whether anything changed."""
        nodes = self.look("MATCH (n) RETURN [labels(n), properties(n)] AS row ORDER BY n.id, head(labels(n))")
        links = self.look("MATCH ()-[l]->() RETURN [type(l), properties(l)] AS row ORDER BY l.id")
        return [nodes, links]


@pytest.fixture
async def hand(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Hand]:
    database = await Database.connect(clean_neo4j)
    await install_fixed(database)
    await reconcile(database, MODEL)
    yield Hand(database, neo4j_driver)
    await database.close()

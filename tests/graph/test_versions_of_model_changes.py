"""A change of the model that rewrites what lies in the database keeps what it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import neo4j
import pytest

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateLink, CreateRecord
from models.definitions import patch_from_plain
from models.ids import new_id

pytestmark = pytest.mark.anyio

MODEL: dict[str, Any] = {
    "types": [
        {
            "name": "Shop",
            "plural": "Shops",
            "fields": [{"name": "name", "kind": "text"}, {"name": "size", "kind": "integer"}],
        }
    ],
    "relations": [
        {
            "name": "NEXT_TO",
            "source": {"types": ["Shop"], "field": "next"},
            "target": {"types": ["Shop"], "field": "previous"},
            "fields": [{"name": "metres", "kind": "integer"}],
        }
    ],
}
CITY = {"name": "city", "kind": "text", "required": True, "default": "Bonn"}
FILLED = {"types": [{"extends": "Shop", "fields": [CITY]}]}
EMPTIED = {"drop": {"fields": ["Shop.size", "NEXT_TO.metres"]}}
DROPPED = {"drop": {"types": ["Shop"], "relations": ["NEXT_TO"]}}
VERSIONS = """MATCH (v:RecordVersion)
RETURN [v.type, v.name, v.size, v.city, v.closed_by, v.validTo = v.closed_at] ORDER BY v.closed_at, v.name"""
LINKS = "MATCH (v:LinkVersion) RETURN [v.metres, v.closed_by, v.held_to = v.knownTo] ORDER BY v.knownTo"


@pytest.fixture
async def registry(model_neo4j: Address) -> AsyncIterator[Registry]:
    database = await Database.connect(model_neo4j)
    opened = await Registry.open(database)
    await change(opened, MODEL)
    a, b = new_id(), new_id()
    commands = [CreateRecord("Shop", id, {"name": name, "size": 1}) for id, name in ((a, "a"), (b, "b"))]
    link = CreateLink("NEXT_TO", new_id(), a, b, {"metres": 5})
    await write(database, opened.model, SYSTEM, [*commands, link], now=datetime.now(UTC))
    yield opened
    await database.close()


async def change(registry: Registry, document: dict[str, Any]) -> None:
    patch, problems = patch_from_plain(document)
    assert problems == []
    await registry.apply(SYSTEM, patch)


async def test_values_filled_and_taken_away_and_records_of_a_type_that_is_no_more_are_kept(
    registry: Registry, neo4j_driver: neo4j.Driver, model_neo4j: Address
) -> None:
    for document in (FILLED, EMPTIED, DROPPED):
        await change(registry, document)

    def look(cypher: str) -> list[Any]:
        return [row[0] for row in neo4j_driver.execute_query(cypher, database_=model_neo4j.database).records]

    assert look(VERSIONS) == [
        ["Shop", name, size, city, "model", True]
        for size, city in ((1, None), (1, "Bonn"), (None, "Bonn"))
        for name in ("a", "b")
    ]
    assert look(LINKS) == [[5, "model", True], [None, "model", True]]
    assert look("MATCH (n:Record) RETURN n") == []

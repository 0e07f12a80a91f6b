"""The model changed while others write: they plan again or hear why not, and nothing is half there."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import Command, CreateLink, CreateRecord, UpdateRecord
from models.definitions import ModelPatch, patch_from_plain
from models.errors import ModelChanged
from models.ids import new_id

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MODEL = {
    "types": [
        {"name": name, "plural": f"{name}s", "fields": [{"name": "name", "kind": "text"}]} for name in ("Shop", "Buyer")
    ],
    "relations": [
        {
            "name": "BUYS_AT",
            "source": {"types": ["Buyer"], "field": "shops"},
            "target": {"types": ["Shop"], "field": "buyers"},
        }
    ],
}
DROP = {"drop": {"types": ["Shop"], "relations": ["BUYS_AT"]}}
WRITERS = 20
CHANGES, SOAK_CHANGES = 2, 5
PATIENCE_S = 300.0  # a new index makes Neo4j plan every statement anew, for each of the writers


def patch(document: dict[str, Any]) -> ModelPatch:
    made, problems = patch_from_plain(document)
    assert problems == []
    return made


@pytest.fixture
async def registry(model_neo4j: Address) -> AsyncIterator[Registry]:
    database = await Database.connect(model_neo4j)
    opened = await Registry.open(database)
    await opened.apply(SYSTEM, patch(MODEL))
    yield opened
    await database.close()


@pytest.fixture
async def others(model_neo4j: Address, registry: Registry) -> AsyncIterator[tuple[Database, Registry]]:
    """A second process's view: a connection and a registry of its own, which hears of changes late."""
    database = await Database.connect(model_neo4j)
    yield database, await Registry.open(database)
    await database.close()


async def sell(database: Database, registry: Registry, told: Counter[str]) -> None:
    """A shop with a buyer, again and again, by the model as this process knows it, until there are no shops in it."""
    while "Shop" in registry.model.types:
        shop, buyer = new_id(), new_id()
        commands: list[Command] = [
            CreateRecord("Shop", shop, {"name": "s"}),
            CreateRecord("Buyer", buyer, {"name": "b"}),
            CreateLink("BUYS_AT", new_id(), buyer, shop, {}),
        ]
        try:
            await write(database, registry.model, SYSTEM, commands, now=NOW, timeout_s=PATIENCE_S)
            told["sold"] += 1
        except ModelChanged:
            told["refused"] += 1
            await registry.refresh()


async def test_a_type_dropped_while_twenty_write_it_keeps_every_acknowledged_record_in_the_trash(
    registry: Registry, others: tuple[Database, Registry], neo4j_driver: Any
) -> None:
    told: Counter[str] = Counter()
    selling = [asyncio.create_task(sell(*others, told)) for _ in range(WRITERS)]
    while told["sold"] < WRITERS:
        await asyncio.sleep(0.01)

    await registry.apply(SYSTEM, patch(DROP))
    await asyncio.gather(*selling)

    def count(pattern: str) -> int:
        return int(neo4j_driver.execute_query(f"MATCH {pattern} RETURN count(*)").records[0].value())

    assert 1 <= told["refused"] <= WRITERS
    assert count("(d:Deleted {type: 'Shop'})") == count("(b:Buyer)") == told["sold"]
    assert count("(v:LinkVersion {relation: 'BUYS_AT'})") == told["sold"]
    assert count("(s:Shop)") == count("()-[:BUYS_AT]->()") == 0
    assert (
        count("(s:ChangeSet {modelVersion: 1}) WHERE EXISTS { (c:Change {set: s.id, op: 'create'}) }") == told["sold"]
    )
    assert count("(c:Change {op: 'create'})") == 3 * told["sold"]


async def test_two_administrators_change_the_model_while_writers_write_and_nothing_is_lost(
    registry: Registry, others: tuple[Database, Registry], neo4j_driver: Any, soak: bool
) -> None:
    database, late = others
    changes_each = SOAK_CHANGES if soak else CHANGES
    buyer = new_id()
    await write(database, late.model, SYSTEM, [CreateRecord("Buyer", buyer, {"name": "0"})], now=NOW)

    async def administer(registry: Registry, mark: str) -> None:
        for place in range(changes_each):
            field = {"name": f"{mark}{place}", "kind": "text", "required": True, "default": mark}
            await registry.apply(SYSTEM, patch({"types": [{"extends": "Buyer", "fields": [field]}]}))

    async def rename(number: int) -> None:
        while True:
            try:
                change = UpdateRecord("Buyer", buyer, {"name": str(number)})
                await write(database, late.model, SYSTEM, [change], now=NOW, timeout_s=PATIENCE_S)
            except ModelChanged:
                await late.refresh()
            else:
                break

    administrators = [registry, await Registry.open(database)]
    await asyncio.gather(
        *(administer(one, mark) for one, mark in zip(administrators, "ab", strict=True)),
        *(rename(number) for number in range(1, WRITERS + 1)),
    )

    (stored,) = neo4j_driver.execute_query("MATCH (b:Buyer) RETURN properties(b)").records[0]
    changes = neo4j_driver.execute_query(
        "MATCH (c:Change {op: 'update'}) RETURN c.`before.name`, c.`after.name`"
    ).records
    following = {row[0]: row[1] for row in changes}
    place, visited = "0", 0
    while place in following:
        place, visited = following[place], visited + 1
    assert (await registry.refresh()).version == 1 + 2 * changes_each
    assert {key: value for key, value in stored.items() if key[0] in "ab"} == {
        f"{mark}{number}": mark for mark in "ab" for number in range(changes_each)
    }
    assert len(changes) == visited == WRITERS
    assert stored["name"] == place

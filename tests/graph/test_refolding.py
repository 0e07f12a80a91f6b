"""Records follow the model in how they are found: in the background, bit by bit, whoever stops in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from cypher.ast.indexes import CAUGHT_UP
from graph import search
from graph.address import Address
from graph.registry import Registry
from graph.session import Database, Transaction
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateRecord, DeleteRecord, RestoreRecord, UpdateRecord
from models.definitions import patch_from_plain
from models.ids import new_id

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
NAMES = [f"Record {number}" for number in range(7)]


@dataclass
class Hand:
    """Changes the model and asks the index."""

    database: Database
    registry: Registry
    ids: list[str]

    async def change(self, **field: Any) -> None:
        fields = [{"name": "name", "kind": "text"}, {"name": "city", "kind": "text", **field}]
        patch, problems = patch_from_plain({"types": [{"name": "Thing", "plural": "Things", "fields": fields}]})
        assert not problems
        await self.registry.apply(SYSTEM, patch)

    async def write(self, *commands: Any) -> None:
        await write(self.database, self.registry.model, SYSTEM, commands, now=NOW)

    async def found(self, query: str) -> int:
        text = f"{CAUGHT_UP} CALL db.index.fulltext.queryNodes('search', $query) YIELD node RETURN count(node)"
        (record,) = (await self.database.driver.execute_query(text, query=query)).records
        count: int = record.value()
        return count


@pytest.fixture
async def hand(model_neo4j: Address) -> AsyncIterator[Hand]:
    database = await Database.connect(model_neo4j)
    made = Hand(database, await Registry.open(database), [new_id() for _ in NAMES])
    await made.change()
    await made.write(
        *(
            CreateRecord("Thing", id, {"name": name, "city": "Oslo"}, ())
            for id, name in zip(made.ids, NAMES, strict=True)
        )
    )
    yield made
    await database.close()


async def test_a_field_switched_on_is_found_in_records_written_before(hand: Hand) -> None:
    assert await hand.found("oslo") == 0

    await hand.change(searchable=True)
    assert await search.make_findable(hand.database, hand.registry.model, batch=3)

    assert await hand.found("oslo") == 7


async def test_a_field_switched_off_is_found_no_more(hand: Hand) -> None:
    await hand.change(searchable=True)
    await search.make_findable(hand.database, hand.registry.model)

    await hand.change(searchable=False)
    await search.make_findable(hand.database, hand.registry.model)

    assert await hand.found("oslo") == 0


async def test_what_was_stopped_in_between_goes_on_where_it_was(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    await hand.change(searchable=True)
    whole, batches = search._Refolding.one_batch, []

    async def broken(self: Any, transaction: Transaction) -> bool:
        batches.append(1)
        if len(batches) == 3:
            raise ConnectionAbortedError
        return await whole(self, transaction)

    with monkeypatch.context() as patched:
        patched.setattr(search._Refolding, "one_batch", broken)
        with pytest.raises(ConnectionAbortedError):
            await search.make_findable(hand.database, hand.registry.model, batch=2)
    assert await hand.found("oslo") == 4

    seen: list[int] = []
    stored = search._Refolding._store

    async def counted(self: Any, transaction: Transaction, ids: list[str]) -> None:
        seen.append(len(ids))
        await stored(self, transaction, ids)

    monkeypatch.setattr(search._Refolding, "_store", counted)
    assert await search.make_findable(hand.database, hand.registry.model, batch=2)

    assert await hand.found("oslo") == 7
    assert seen == [2, 1]


async def test_a_process_with_an_older_model_leaves_what_a_later_one_made(hand: Hand) -> None:
    older = hand.registry.model
    await hand.change(searchable=True)
    await search.make_findable(hand.database, hand.registry.model)

    assert await search.make_findable(hand.database, older)

    assert await hand.found("oslo") == 7


async def test_records_changed_before_they_were_reached_are_made_whole(hand: Hand) -> None:
    await hand.change(searchable=True)
    await hand.write(UpdateRecord("Thing", hand.ids[0], {"city": "Bergen"}))
    assert await hand.found("bergen") == 1

    await search.make_findable(hand.database, hand.registry.model)

    assert await hand.found("bergen") == 1
    assert await hand.found("oslo") == 6


async def test_records_restored_after_a_change_of_the_model_are_found_by_it(hand: Hand) -> None:
    await hand.write(DeleteRecord("Thing", hand.ids[0]))
    await hand.change(searchable=True)

    await hand.write(RestoreRecord("Thing", hand.ids[0]))

    assert await hand.found("oslo") == 1


async def test_records_of_a_dropped_type_are_found_no_more(hand: Hand) -> None:
    await hand.change(searchable=True)
    await search.make_findable(hand.database, hand.registry.model)
    patch, _ = patch_from_plain({"drop": {"types": ["Thing"]}})

    await hand.registry.apply(SYSTEM, patch)

    assert await hand.found("oslo") == 0

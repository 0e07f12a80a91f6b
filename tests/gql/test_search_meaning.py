"""`search` by meaning: vectors of a model of a few words, kept by the background worker, beside words or fused with them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from gql.editions import Editions
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.plan.cursors import Cursors
from graph import meanings
from graph.address import Address
from graph.registry import Registry
from graph.sequencer import number
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import Command, CreateRecord, DeleteRecord, UpdateRecord
from models.definitions import patch_from_plain
from models.fields.geo_point import GeoPoint
from models.ids import new_id
from models.search.folding import words

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
WORLD: dict[str, Any] = {
    "types": [
        {"name": name, "plural": plural, "display": "{name}", "fields": [{"name": "name", "kind": "text"}, *more]}
        for name, plural, more in (
            ("Note", "Notes", [{"name": "place", "kind": "geoPoint", "searchable": True}]),
            ("Firm", "Firms", []),
        )
    ]
}
TOPICS = {"car": 0, "automobile": 0, "vehicle": 0, "bread": 1, "bakery": 1, "loaf": 1, "river": 2, "water": 2}
ASKED = """query ($text: String!, $mode: SearchMode, $types: [String!], $first: Int, $after: String) {
  search(text: $text, mode: $mode, types: $types, first: $first, after: $after) {
    totalCount facets { type count } pageInfo { hasNextPage endCursor }
    edges { score node { displayName } highlights { text } } } }"""


@dataclass(frozen=True)
class Topics:
    """A model that knows eight words of three topics; each word leans a little to its own side."""

    mark: str = "topics"
    size: int = 8

    def vectors(self, texts: Sequence[str]) -> list[list[float] | None]:
        return [self._vector([word.text for word in words(text)]) for text in texts]

    def _vector(self, found: Sequence[str]) -> list[float] | None:
        vector = [0.0] * self.size
        for place, (word, topic) in enumerate(TOPICS.items()):
            if word in found:
                vector[topic] += 1
                vector[place] += 0.1
        return vector if any(vector) else None


@dataclass
class World:
    database: Database
    registry: Registry
    meaning: Topics
    ids: dict[str, str] = field(default_factory=dict)

    async def write(self, *commands: Command) -> None:
        await write(self.database, self.registry.model, SYSTEM, commands, now=NOW)
        await number(self.database)

    async def add(self, type_name: str, name: str, **values: Any) -> None:
        self.ids[name] = new_id()
        await self.write(CreateRecord(type_name, self.ids[name], {"name": name, **values}, ()))

    async def ask(self, text: str, *, meaning: Topics | None = None, **variables: Any) -> dict[str, Any]:
        editions = Editions(None, self.registry.model, meaning=meaning or self.meaning)
        executor = Executor(self.database, editions, None, Cursors(b"test"), Limits(), lambda actor, edition: None)  # type: ignore[arg-type]  # it only reads
        answer = await executor.execute(ASKED, {"text": text, **variables}, None, SYSTEM)
        told: dict[str, Any] = orjson.loads(answer.body)
        return told

    async def found(self, text: str, mode: str, **variables: Any) -> list[str]:
        told = await self.ask(text, mode=mode, **variables)
        assert "errors" not in told, told
        return [edge["node"]["displayName"] for edge in told["data"]["search"]["edges"]]


@pytest.fixture
async def world(model_neo4j: Address) -> AsyncIterator[World]:
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(WORLD)
    assert not problems
    await registry.apply(SYSTEM, patch)
    made = World(database, registry, Topics())
    await made.add("Note", "old car")
    await made.add("Note", "fresh bread", place=GeoPoint(41.0, 29.0))
    await meanings.prepare(database, made.meaning)
    await made.add("Firm", "automobile works")
    await made.add("Note", "nothing at all")
    yield made
    await database.close()


async def test_records_are_found_by_what_they_mean_and_by_both_ways_at_once(world: World) -> None:
    await meanings.follow(world.database, world.meaning)

    assert await world.found("vehicle", "WORDS") == []
    nearest = await world.found("vehicle", "MEANING")
    assert sorted(nearest[:2]) == ["automobile works", "old car"]
    assert nearest[2:] == ["fresh bread"]
    assert (await world.found("old vehicle", "BOTH"))[0] == "old car"
    fused = await world.found("bread", "BOTH")
    assert fused[0] == "fresh bread"
    assert await world.found("vehicle", "MEANING", types=["Firm"]) == ["automobile works"]
    assert await world.found("unknown", "MEANING") == []
    assert await world.found("unknown bread", "BOTH") != []


async def test_pages_of_meaning_go_on_and_highlights_stay(world: World) -> None:
    await meanings.follow(world.database, world.meaning)

    first = (await world.ask("bread car", mode="BOTH", first=1))["data"]["search"]
    rest = await world.found("bread car", "BOTH", after=first["pageInfo"]["endCursor"])
    told = (await world.ask("bread", mode="MEANING"))["data"]["search"]

    assert first["pageInfo"]["hasNextPage"]
    assert sorted([first["edges"][0]["node"]["displayName"], *rest]) == ["automobile works", "fresh bread", "old car"]
    assert told["totalCount"] == 3
    assert told["facets"] == [{"type": "Note", "count": 2}, {"type": "Firm", "count": 1}]
    assert told["edges"][0]["highlights"] == [{"text": "fresh bread"}]
    foreign = await world.ask("bread", mode="WORDS", after=first["pageInfo"]["endCursor"])
    assert foreign["errors"][0]["extensions"]["code"] == "bad_cursor"


async def test_vectors_follow_changes_in_batches_and_another_model_begins_anew(world: World) -> None:
    await meanings.follow(world.database, world.meaning, batch=1)
    await world.write(UpdateRecord("Note", world.ids["old car"], {"name": "loaf"}))
    await world.write(DeleteRecord("Firm", world.ids["automobile works"]))

    await meanings.follow(world.database, world.meaning)

    assert sorted((await world.found("bakery", "MEANING"))[:2]) == ["fresh bread", "loaf"]
    assert len(await world.found("vehicle", "MEANING")) == 2
    longer = Topics("longer", 9)
    await meanings.prepare(world.database, longer)
    await meanings.follow(world.database, longer)
    told = await world.ask("bakery", mode="MEANING", meaning=longer)
    assert len(told["data"]["search"]["edges"]) == 2


async def test_without_a_model_the_cure_is_told(world: World) -> None:
    editions = Editions(None, world.registry.model)
    executor = Executor(world.database, editions, None, Cursors(b"test"), Limits(), lambda actor, edition: None)  # type: ignore[arg-type]  # it only reads

    answer = await executor.execute(ASKED, {"text": "bread", "mode": "MEANING"}, None, SYSTEM)

    (error,) = orjson.loads(answer.body)["errors"]
    assert error["extensions"]["code"] == "no_meaning"
    assert "xrm[semantic]" in error["message"]
    assert "XRM_SEMANTIC_MODEL" in error["message"]

"""Places through the API: near, in a box, in order of their distance, as of a moment, and found by an index."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import neo4j
import pytest
from asking import Asking
from profiling import profiled

from gql.editions import Editions
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from graph.undo import Undoing, of_change_set
from graph.unit import write
from models.actor import SYSTEM
from models.commands import Command, CreateLink, CreateRecord, UpdateRecord
from models.definitions import patch_from_plain
from models.fields.geo_point import GeoPoint
from models.ids import new_id

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PLACE = {"name": "place", "kind": "geoPoint"}
PATCH = {
    "types": [
        {
            "name": "Office",
            "plural": "Offices",
            "display": "{name}",
            "fields": [{"name": "name", "kind": "text"}, PLACE],
        },
        {"name": "Firm", "plural": "Firms", "fields": [{"name": "name", "kind": "text"}]},
    ],
    "relations": [
        {
            "name": "HAS_OFFICE",
            "source": {"types": ["Firm"], "field": "offices"},
            "target": {"types": ["Office"], "field": "firms"},
        }
    ],
}
PLACES = {
    "Istanbul": GeoPoint(41.0082, 28.9784),
    "Berlin": GeoPoint(52.52, 13.405),
    "Suva": GeoPoint(-18.14, 178.44),
    "Apia": GeoPoint(-13.83, -171.76),
    "Nowhere": None,
}
HERE = "{latitude: 41, longitude: 29}"


@dataclass
class World:
    """Five offices, one of them nowhere, all of one firm."""

    database: Database
    registry: Registry
    asking: Asking
    ids: dict[str, str]

    async def write(self, *commands: Command, now: datetime = NOW) -> str:
        outcome = await write(self.database, self.registry.model, SYSTEM, commands, now=now)
        return outcome.change_set

    async def names(self, arguments: str, **variables: Any) -> list[str]:
        head = f"query({', '.join(f'${name}: GeoPointInput!' for name in variables)})" if variables else ""
        found = await self.asking.data(f"{head}{{ offices({arguments}) {{ nodes {{ name }} }} }}", variables)
        return [each["name"] for each in found["offices"]["nodes"]]


@pytest.fixture
async def world(model_neo4j: Address) -> AsyncIterator[World]:
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(PATCH)
    assert not problems
    await registry.apply(SYSTEM, patch)
    await registry.indexed()
    ids = {name: new_id() for name in (*PLACES, "Firm")}
    made = World(database, registry, Asking(database, Editions(None, registry.model)), ids)
    values = {name: {"name": name} | ({"place": place} if place else {}) for name, place in PLACES.items()}
    await made.write(
        *(CreateRecord("Office", ids[name], each, ()) for name, each in values.items()),
        CreateRecord("Firm", ids["Firm"], {"name": "Firm"}, ()),
        *(CreateLink("HAS_OFFICE", new_id(), ids["Firm"], ids[name], {}) for name in PLACES),
    )
    yield made
    await database.close()


async def test_what_is_near_or_in_a_box_is_found_typed_and_in_words(world: World, neo4j_driver: neo4j.Driver) -> None:
    near = f"place: {{near: {{point: {HERE}, within: 2000000}}}}"
    ring = f"place: {{distance: {{from: {HERE}, gt: 5000, lte: 16200000}}}}"
    box = "place: {inBox: {southWest: {latitude: -30, longitude: 170}, northEast: {latitude: 0, longitude: -170}}}"

    assert await world.names(f"where: {{{near}}}") == ["Istanbul", "Berlin"]
    assert await world.names(f"where: {{{ring}}}") == ["Berlin", "Suva"]
    assert await world.names(f"where: {{{box}}}") == ["Suva", "Apia"]
    assert await world.names(f"where: {{firms: {{some: {{node: {{offices: {{some: {{node: {{{near}}}}}}}}}}}}}}}") == [
        *PLACES
    ]
    assert await world.names('whereText: "distance(place, 41.0, 29.0) < 5 km"') == ["Istanbul"]
    assert await world.names('whereText: "inBox(place, -30, 170, 0, -170) or place is null"') == [
        "Suva",
        "Apia",
        "Nowhere",
    ]
    profile = profiled(
        neo4j_driver,
        "query($p: GeoPointInput!) { offices(where: {place: {near: {point: $p, within: 100}}}) { nodes { id } } }",
        {"p": {"latitude": 41, "longitude": 29}},
        world.registry.model,
    )
    assert "NodeIndexSeekByRange" in profile.operators
    assert "NodeByLabelScan" not in profile.operators


async def test_pages_go_by_the_distance_from_one_point_and_no_other(world: World) -> None:
    text = """query($from: GeoPointInput!, $after: String, $way: OrderDirection!) {
      offices(orderBy: [{place: {from: $from, direction: $way}}], first: 2, after: $after) {
        nodes { name place { distance(from: $from) __typename } } pageInfo { endCursor hasNextPage } } }"""

    async def pages(way: str) -> list[str]:
        found, after = [], None
        while True:
            asked = {"from": {"latitude": 41, "longitude": 29}, "after": after, "way": way}
            page = (await world.asking.data(text, asked))["offices"]
            found += [each["name"] for each in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return found

    assert await pages("ASC") == ["Istanbul", "Berlin", "Suva", "Apia", "Nowhere"]
    assert await pages("DESC") == ["Apia", "Suva", "Berlin", "Istanbul", "Nowhere"]
    first = (await world.asking.data(text, {"from": {"latitude": 41, "longitude": 29}, "way": "ASC"}))["offices"]
    assert first["nodes"][0]["place"] == {"distance": 2031.248, "__typename": "GeoPoint"}
    elsewhere = {"from": {"latitude": 42, "longitude": 29}, "way": "ASC", "after": first["pageInfo"]["endCursor"]}
    assert await world.asking.codes(text, elsewhere) == ["bad_cursor"]


async def test_what_was_near_then_is_near_as_of_then_and_again_after_undo(world: World) -> None:
    later = NOW + timedelta(days=1)
    moved = await world.write(UpdateRecord("Office", world.ids["Istanbul"], {"place": PLACES["Berlin"]}), now=later)
    near = "where: {place: {near: {point: {latitude: 52.52, longitude: 13.405}, within: 1000}}}"
    told = "query($id: ID!) { office(id: $id) { history { nodes { fields { field before after } } } } }"

    assert await world.names(near) == ["Istanbul", "Berlin"]
    assert await world.names(f'{near}, asOf: "2026-11-25T13:00:00Z"') == ["Berlin"]
    changed = (await world.asking.data(told, {"id": world.ids["Istanbul"]}))["office"]["history"]["nodes"][0]["fields"]
    assert changed == [{"field": "place", "before": PLACES["Istanbul"].plain(), "after": PLACES["Berlin"].plain()}]

    scope = await of_change_set(world.database, SYSTEM, moved)
    await Undoing(world.database, world.registry, SYSTEM, scope, lambda: later).carry_out()
    assert await world.names(near) == ["Berlin"]


REFUSED = {
    "where: {place: {near: {point: {latitude: 141, longitude: 29}, within: 1}}}": "out_of_range",
    f"where: {{place: {{near: {{point: {HERE}, within: -1}}}}}}": "out_of_range",
    f"where: {{place: {{distance: {{from: {HERE}, lt: null}}}}}}": "null_operand",
    f"where: {{place: {{inBox: {{southWest: {HERE}, northEast: {{latitude: 1, longitude: 1}}}}}}}}": "bad_box",
    'whereText: "distance(name, 41, 29) < 5"': "bad_expression",
    'whereText: "distance(place, 41, 29) = 5"': "bad_expression",
    'whereText: "distance(place, 410, 29) < 5"': "bad_expression",
    'whereText: "distance(place, 41, 29)"': "bad_expression",
    "orderBy: [{place: {from: {latitude: 41, longitude: 400}}}]": "out_of_range",
}


async def test_a_question_that_means_no_place_is_refused(world: World) -> None:
    found = {each: await world.asking.codes(f"{{ offices({each}) {{ nodes {{ id }} }} }}") for each in REFUSED}

    assert found == {each: [code] for each, code in REFUSED.items()}

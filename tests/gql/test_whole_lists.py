"""Law: the pages of a list, walked either way with pages of any size, are the list: nothing twice, nothing left out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import neo4j
import orjson
import pytest
from asking import Asking
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_worlds import MODEL, World, load, random_world

from gql.editions import Editions
from gql.plan.cursors import Cursors
from graph.address import Address
from graph.session import Database
from models import system
from models.fields import kind_of
from models.metamodel import Field

WORLDS, WALKS = (11, 12), 12
SOAK_WORLDS, SOAK_WALKS = tuple(range(11, 31)), 60
INFO = "pageInfo { hasNextPage endCursor hasPreviousPage startCursor }"
FORWARD, BACKWARD = "first: $size, after: $cursor", "last: $size, before: $cursor"


class Walker:
    """Walks lists page by page."""

    def __init__(self, runner: asyncio.Runner, asking: Asking) -> None:
        self.runner, self.asking = runner, asking

    def page(self, listing: str, way: str, size: int, cursor: str | None) -> tuple[list[str], dict[str, Any]]:
        """The ids of one page, and where it lies."""
        text = f"query($size: Int, $cursor: String) {{ {listing.replace('WAY', way)} }}"
        answer: Any = self.runner.run(self.asking.data(text, {"size": size, "cursor": cursor}))
        while "pageInfo" not in answer:
            (answer,) = answer.values()
        return [(edge.get("link") or edge["node"])["id"] for edge in answer["edges"]], answer["pageInfo"]

    def forwards(self, listing: str, sizes: list[int]) -> list[str]:
        """All ids, from the first page on."""
        ids, cursor, turn, more = list[str](), None, 0, True
        while more:
            page, info = self.page(listing, FORWARD, sizes[turn % len(sizes)], cursor)
            assert info["hasPreviousPage"] is (cursor is not None)
            ids, cursor, more, turn = [*ids, *page], info["endCursor"], info["hasNextPage"], turn + 1
        return ids

    def backwards(self, listing: str, sizes: list[int]) -> list[str]:
        """All ids, from the last page on."""
        ids, cursor, turn, more = list[str](), None, 0, True
        while more:
            page, info = self.page(listing, BACKWARD, sizes[turn % len(sizes)], cursor)
            assert info["hasNextPage"] is (cursor is not None)
            ids, cursor, more, turn = [*page, *ids], info["startCursor"], info["hasPreviousPage"], turn + 1
        return ids


@pytest.fixture
def walker(clean_neo4j: Address) -> Iterator[Walker]:
    with asyncio.Runner() as runner:
        database = runner.run(Database.connect(clean_neo4j))
        yield Walker(runner, Asking(database, runner.run(_editions())))
        runner.run(database.close())


async def _editions() -> Editions:
    return Editions(None, MODEL)


def _sorting(fields: dict[str, Field]) -> list[str]:
    return [name for name, field in fields.items() if kind_of(field).sortable and name != "mark"]


def orders(fields: dict[str, Field], wrap: str = "%s") -> st.SearchStrategy[str]:
    """Up to three sort keys, those that may be missing among them."""
    key = st.tuples(st.sampled_from(_sorting(fields)), st.sampled_from(["ASC", "DESC"]))
    return st.lists(key, max_size=3).map(lambda keys: ", ".join(wrap % f"{{{name}: {way}}}" for name, way in keys))


def listings(world: World) -> st.SearchStrategy[str]:
    """Root lists of every type, and a company's links."""
    found = [
        orders({**system.OF_RECORDS, **kind.fields}).map(
            lambda order, many=kind.many: f"{many}(WAY, orderBy: [{order}]) {{ edges {{ node {{ id }} }} {INFO} }}"
        )
        for kind in MODEL.types.values()
    ]
    ends = [link.target for link in world.links if link.type == "WORKS_AT"]
    if ends:
        by_link = orders({**system.OF_RECORDS, **MODEL.relations["WORKS_AT"].fields}, "{link: %s}")
        busiest = max(ends, key=ends.count)
        found.append(
            by_link.map(
                lambda order: (
                    f'company(id: "{busiest}") {{ employees(WAY, orderBy: [{order}]) '
                    f"{{ edges {{ link {{ id }} }} {INFO} }} }}"
                )
            )
        )
    return st.one_of(found)


def test_the_pages_of_a_list_walked_either_way_are_the_list(
    walker: Walker, neo4j_driver: neo4j.Driver, neo4j_address: Address, soak: bool
) -> None:
    worlds, walks = (SOAK_WORLDS, SOAK_WALKS) if soak else (WORLDS, WALKS)
    sizes = st.lists(st.integers(1, 7), min_size=1, max_size=4)
    for number in worlds:
        world = random_world(number)
        load(world, neo4j_driver, neo4j_address.database)

        @settings(
            max_examples=walks,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(listings(world), sizes, sizes)
        def check(listing: str, one: list[int], other: list[int]) -> None:
            whole, _ = walker.page(listing, FORWARD, 5_000, None)

            assert len(whole) == len(set(whole))
            assert walker.forwards(listing, one) == whole
            assert walker.backwards(listing, other) == whole

        check()


LIST = "query($c: String) { companies(first: 3, after: $c, orderBy: [{size: ASC}]) { nodes { id } } }"
GENUINE = Cursors(b"test").make("size+", [7], "c1")
REFUSED = {
    "another order": Cursors(b"test").make("size-", [7], "c1"),
    "another field": Cursors(b"test").make("name+", ["x"], "c1"),
    "another secret": Cursors(b"other").make("size+", [7], "c1"),
    "another shape": "k0" + GENUINE[2:],
    "a changed value": GENUINE[:-4] + "AAAA",
    "cut short": GENUINE[:-1],
    "nothing but its beginning": "k1.",
    "no cursor": "7",
    "nothing": "",
}


@pytest.mark.parametrize("cursor", REFUSED.values(), ids=REFUSED)
def test_a_cursor_that_was_not_made_for_this_order_is_refused(walker: Walker, cursor: str) -> None:
    assert walker.runner.run(walker.asking.codes(LIST, {"c": cursor})) == ["bad_cursor"]


def test_a_cursor_stands_for_its_place_even_when_its_record_is_gone(walker: Walker) -> None:
    answer = walker.runner.run(walker.asking.answer(LIST, {"c": GENUINE}))

    assert orjson.loads(answer.body)["data"] == {"companies": {"nodes": []}}

"""The feed of changes, read in parts of any size: every change once, in order, and no more is read than was asked for."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from graph import feed
from graph.feed import Change, Position
from graph.sequencer import number
from models.commands import CreateRecord
from models.ids import new_id

pytestmark = pytest.mark.anyio

SIZES = (3, 1, 5, 2, 4)
NUMBERS = [place for place, size in enumerate(SIZES, 1) for _ in range(size)]
EMPTY = "CREATE (:ChangeSet {id: $id, at: datetime(), actor: 'ann', origin: 'test', seq: $seq})"


@pytest.fixture
async def begun(hand: Any) -> Position:
    """Where the change sets of SIZES begin, which are numbered; the last of all holds no change."""
    begun = await feed.latest(hand.database)
    for size in SIZES:
        await hand.write(*(CreateRecord("Company", new_id(), {"name": "Acme"}) for _ in range(size)))
        await number(hand.database)
    hand.driver.execute_query(EMPTY, {"id": new_id(), "seq": begun.seq + len(SIZES) + 1}, database_=hand.database.name)
    return begun


async def test_every_change_comes_once_and_in_order(hand: Any, begun: Position) -> None:
    for sets, most in product((1, 2, 50), (1, 2, 3, 4, 5, 9, 100)):
        told: list[Change] = []
        position, more = begun, True
        while more:
            page = await feed.changes_after(hand.database, position, sets=sets, most=most)
            assert page.known
            assert len(page.changes) <= most + 1
            assert page.position > position or not page.more
            told += page.changes
            position, more = page.position, page.more

        assert position == Position(begun.seq + len(SIZES) + 1)
        assert [each.position.seq - begun.seq for each in told] == NUMBERS
        assert [each.position for each in told] == sorted({each.position for each in told})


async def test_a_reader_stops_before_a_number_that_is_missing(hand: Any, begun: Position) -> None:
    hand.look("MATCH (s:ChangeSet {seq: $seq}) REMOVE s.seq", seq=begun.seq + 3)

    page = await feed.changes_after(hand.database, begun)

    assert (page.position, page.more, len(page.changes)) == (Position(begun.seq + 2), False, 4)

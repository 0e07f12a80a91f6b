"""Commits whose answer never arrives, over a connection that is really cut: the caller learns the truth, and it happened once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from cutting import Cut, Proxy, proxied

from graph.address import Address
from graph.session import Database, OutcomeUnknown
from graph.unit import Outcome, write
from models.actor import SYSTEM
from models.commands import (
    Command,
    CreateLink,
    CreateRecord,
    DeleteRecord,
    EndLink,
    EnsureLink,
    EraseRecord,
    RestoreRecord,
    UpdateLink,
    UpdateRecord,
    UpsertRecord,
)
from models.ids import new_id

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ACME, BASE, NEW, ANN, BOB, JOB, DEED = (new_id() for _ in range(7))
WORLD = (
    CreateRecord("Company", ACME, {"name": "Acme", "taxId": "DE1"}),
    CreateRecord("Company", BASE, {"name": "Base", "taxId": "DE2"}),
    CreateRecord("Person", ANN, {"name": "Ann"}),
    CreateRecord("Person", BOB, {"name": "Bob"}),
    CreateLink("WORKS_AT", JOB, ANN, ACME, {"role": "cto"}),
)
BY_CHANGE_SET = {"set", "closed_in", "deletedIn"}


def upsert(tax_id: str, name: str) -> UpsertRecord:
    return UpsertRecord("Company", NEW, ("taxId",), {"taxId": tax_id, "name": name}, {})


CASES: dict[str, tuple[tuple[Command, ...], dict[str, int]]] = {
    "created": ((CreateRecord("Company", NEW, {"name": "New"}),), {"created": 1}),
    "updated": ((UpdateRecord("Company", ACME, {"name": "New"}), UpdateLink("WORKS_AT", JOB, {"role": "ceo"})),
                {"updated": 1, "relinked": 1}),
    "upserted anew": ((upsert("DE3", "New"), EnsureLink("OWNS", DEED, ACME, NEW, {"share": 5})), {"created": 1, "linked": 1}),
    "upserted": ((upsert("DE1", "New"), EnsureLink("OWNS", DEED, NEW, BASE, {})), {"updated": 1, "linked": 1}),
    "unchanged": ((upsert("DE1", "Acme"),), {"unchanged": 1}),
    "deleted": ((DeleteRecord("Person", ANN),), {"deleted": 1, "unlinked": 1}),
    "restored": ((RestoreRecord("Person", BOB),), {"restored": 1}),
    "erased": ((EraseRecord("Company", ACME), EraseRecord("Person", BOB)), {"erased": 2, "unlinked": 1}),
    "ended": ((EndLink("WORKS_AT", JOB, NOW),), {"ended": 1}),
}  # fmt: skip


@pytest.fixture
async def proxy(clean_neo4j: Address) -> AsyncIterator[Proxy]:
    async with proxied(clean_neo4j.uri) as opened:
        yield opened


@pytest.fixture
async def through(clean_neo4j: Address, proxy: Proxy) -> AsyncIterator[Database]:
    """The same database, through the proxy."""
    address = Address(proxy.uri, clean_neo4j.username, clean_neo4j.password, clean_neo4j.database)
    database = await Database.connect(address)
    yield database
    await database.close()


async def prepare(hand: Any) -> None:
    hand.look("MATCH (n) DETACH DELETE n")
    await hand.write(*WORLD)
    await hand.write(DeleteRecord("Person", BOB))


def stored(hand: Any) -> list[str]:
    """Everything of the records and links, and what was noted of them, but not in which change set."""
    rows = hand.look("MATCH (n) WHERE NOT n:ChangeSet AND NOT n:Outbox RETURN [labels(n), properties(n)]")
    for labels, properties in rows:
        for key in BY_CHANGE_SET | ({"id"} if labels == ["Change"] else set()):
            properties.pop(key, None)
    links = hand.look("MATCH (a)-[l]->(b) RETURN [type(l), a.id, b.id, properties(l)]")
    return sorted(repr([*row[:-1], sorted(row[-1].items())]) for row in [*rows, *links])


async def send(database: Database, hand: Any, commands: tuple[Command, ...], key: str | None) -> Outcome:
    return await write(database, hand.model, SYSTEM, commands, now=NOW, idempotency_key=key, answer=[NEW])


@pytest.mark.parametrize("key", [None, "k"], ids=["without a key", "with a key"])
@pytest.mark.parametrize("case", CASES)
async def test_a_lost_commit_ends_as_if_it_had_not_been_lost(
    hand: Any, proxy: Proxy, through: Database, case: str, key: str | None
) -> None:
    commands, counts = CASES[case]
    await prepare(hand)
    whole = await send(hand.database, hand, commands, key)
    expected = stored(hand)

    for cut in Cut:
        await prepare(hand)
        proxy.cuts.append(cut)
        lost = await send(through, hand, commands, key)

        assert proxy.cuts == []
        assert (lost.ids, lost.replayed) == (whole.ids, False)
        assert whole.counts == counts
        assert lost.counts in (counts, {})  # what was left unchanged is not noted anywhere
        assert bool(lost.counts) or case == "unchanged"
        assert stored(hand) == expected
        sets = hand.look("MATCH (s:ChangeSet) WHERE s.id = $id RETURN count(s)", id=lost.change_set)
        assert sets == [0 if case == "unchanged" and key is None else 1]


async def test_the_next_request_with_the_key_of_a_lost_commit_gets_its_outcome(
    hand: Any, proxy: Proxy, through: Database
) -> None:
    commands, _ = CASES["upserted anew"]
    await prepare(hand)
    proxy.cuts.append(Cut.AFTER)

    lost = await send(through, hand, commands, "k")
    before = hand.fingerprint()
    again = await send(hand.database, hand, commands, "k")

    assert (again.replayed, again.change_set, again.counts) == (True, lost.change_set, lost.counts)
    assert hand.fingerprint() == before


async def test_a_caller_is_told_that_the_outcome_is_unknown_when_nobody_can_be_asked(
    hand: Any, proxy: Proxy, through: Database
) -> None:
    commands, _ = CASES["created"]
    await prepare(hand)
    proxy.cuts.append(Cut.AFTER)
    proxy.gone_after_cut = True

    with pytest.raises(OutcomeUnknown) as caught:
        await send(through, hand, commands, "k")
    proxy.gone_after_cut = False
    again = await send(through, hand, commands, "k")

    assert caught.value.code == "outcome_unknown"
    assert (again.replayed, again.counts) == (True, {"created": 1})
    assert hand.look("MATCH (c:Company {name: 'New'}) RETURN count(c)") == [1]

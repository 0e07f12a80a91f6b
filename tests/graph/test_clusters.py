"""Through `neo4j://` to a cluster whose members come and go: whoever wrote sees it, a change is made once, and waits end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from clusters import Cluster, Faults, clustered, is_reading

from cypher import weave
from graph import session
from graph.address import Address
from graph.bookmarks import Kept, keeping
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateRecord
from models.errors import Rejected, TimedOut, Unavailable, XrmError
from models.ids import new_id

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
async def cluster(clean_neo4j: Address) -> AsyncIterator[Cluster]:
    async with clustered(clean_neo4j.uri) as opened:
        yield opened


@asynccontextmanager
async def opened(cluster: Cluster, address: Address) -> AsyncIterator[Database]:
    """A connection through the cluster, as each server process has one."""
    database = await Database.connect(Address(cluster.uri, address.username, address.password, address.database))
    cluster.leader.asked.clear()
    cluster.follower.asked.clear()
    yield database
    await database.close()


@pytest.fixture
async def through(cluster: Cluster, clean_neo4j: Address) -> AsyncIterator[Database]:
    async with opened(cluster, clean_neo4j) as database:
        yield database


async def make(database: Database, hand: Any, name: str, key: str | None = None) -> Any:
    command = CreateRecord("Person", new_id(), {"name": name})
    return await write(database, hand.model, SYSTEM, [command], now=NOW, idempotency_key=key, timeout_s=20)


async def alive(database: Database, timeout_s: float = 5.0) -> None:
    await database.read(weave.fixed("alive", SYSTEM), {}, timeout_s=timeout_s)


def people(hand: Any) -> list[str]:
    return sorted(hand.look("MATCH (p:Person) RETURN p.name"))


async def test_a_single_neo4j_is_reached_by_routing_too(clean_neo4j: Address) -> None:
    routed = clean_neo4j.uri.replace("bolt://", "neo4j://")
    database = await Database.connect(Address(routed, clean_neo4j.username, clean_neo4j.password, clean_neo4j.database))

    await alive(database)
    await database.close()


@pytest.mark.parametrize("key", [None, "k"], ids=["at once", "in steps"])
async def test_reads_go_to_a_follower_with_what_their_caller_has_written(
    hand: Any, cluster: Cluster, through: Database, clean_neo4j: Address, key: str | None
) -> None:
    with keeping(Kept()) as kept:
        await make(through, hand, "Ann", key)
        await alive(through)
    (bookmark,) = kept.values
    async with opened(cluster, clean_neo4j) as elsewhere:  # another process, told by the header
        with keeping(Kept(kept.text)):
            await alive(elsewhere)
        told = cluster.follower.asked[-1]
        await alive(elsewhere)

    assert kept.moved
    assert is_reading(told)
    assert bookmark.encode() in told
    assert b"bookmarks" not in cluster.follower.asked[-1]
    assert not any(map(is_reading, cluster.leader.asked))


async def test_what_is_no_bookmark_is_refused(hand: Any, through: Database) -> None:
    for text in ("a" * 5_000, "|".join(f"FB:{n}" for n in range(21)), "not\nprintable"):
        with pytest.raises(Rejected) as refused:
            Kept(text)
        assert refused.value.problems[0].code == "bad_bookmark"
    with keeping(Kept("FB:nothing")), pytest.raises(Rejected) as refused:
        await alive(through)
    assert refused.value.problems[0].code == "bad_bookmark"


@pytest.mark.parametrize("key", [None, "k"], ids=["at once", "in steps"])
async def test_a_new_leader_is_found_and_the_change_is_made_once(
    hand: Any, cluster: Cluster, through: Database, key: str | None
) -> None:
    cluster.leader.faults.elections = 2

    outcome = await make(through, hand, "Ann", key)

    assert outcome.counts == {"created": 1}
    assert people(hand) == ["Ann"]
    assert cluster.leader.faults.elections == 0


async def test_resets_lose_and_double_nothing(hand: Any, cluster: Cluster, through: Database, soak: bool) -> None:
    cluster.leader.faults = cluster.follower.faults = Faults(resets=0.05)
    done: list[str] = []

    async def one(number: int) -> None:
        name = f"P{number:03}"
        try:
            await make(through, hand, name, f"k{number}" if number % 2 else None)
        except Unavailable:
            return  # told that it is not known, or not done
        done.append(name)
        for _ in range(3):
            try:
                await alive(through)
                break
            except Unavailable:
                continue

    for first in range(0, 200 if soak else 24, 8):
        await asyncio.gather(*(one(number) for number in range(first, first + 8)))

    there = people(hand)
    assert len(set(there)) == len(there)
    assert set(done) <= set(there)
    assert len(done) > (150 if soak else 12)


async def test_a_slow_network_is_waited_for(hand: Any, cluster: Cluster, through: Database, soak: bool) -> None:
    cluster.leader.faults = cluster.follower.faults = Faults(latency_s=2.0 if soak else 0.2)

    await alive(through, 30.0)
    await make(through, hand, "Ann")

    assert people(hand) == ["Ann"]


async def test_a_connection_that_stands_still_is_given_up_in_time(
    hand: Any, cluster: Cluster, through: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "ANSWER_S", 0.3)
    await alive(through)
    cluster.follower.faults.silent = cluster.leader.faults.silent = True
    began = time.monotonic()

    with pytest.raises(TimedOut):
        await alive(through, 0.2)
    with pytest.raises(XrmError) as lost:
        await through.write_one(weave.fixed("counts", SYSTEM, reads=False), {}, timeout_s=0.2)

    assert lost.value.code == "outcome_unknown"
    assert time.monotonic() - began < 20
    cluster.follower.faults.silent = cluster.leader.faults.silent = False
    await alive(through)


async def test_a_cluster_that_is_away_is_told_at_once_and_found_again(
    hand: Any, cluster: Cluster, through: Database
) -> None:
    cluster.follower.faults.away = cluster.leader.faults.away = True
    with pytest.raises(Unavailable):
        await alive(through)

    cluster.follower.faults.away = cluster.leader.faults.away = False
    await alive(through)
    await make(through, hand, "Ann")

    assert people(hand) == ["Ann"]

"""Work done once for all who ask: shared, kept, tried again when it failed, begun only while somebody waits."""

from __future__ import annotations

import asyncio

import pytest

from analytics.answering.once import Once

pytestmark = pytest.mark.anyio


class Work:
    """Work that waits for leave, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.leave = asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        await self.leave.wait()
        return self.begun


async def test_those_who_ask_at_the_same_time_and_later_share_one_piece_of_work() -> None:
    once, work = Once(), Work()
    asking = [asyncio.create_task(once.get("rank", ("a",), work)) for _ in range(3)]
    await asyncio.sleep(0)
    work.leave.set()

    found = await asyncio.gather(*asking)

    assert (found, await once.get("rank", ("a",), work), once.at_hand("rank", ("a",))) == ([1, 1, 1], 1, 1)


async def test_what_can_be_made_again_is_made_for_a_successor() -> None:
    once, made = Once(), list[str]()

    async def rank(owner: str) -> None:
        async def work() -> None:
            made.append(owner)

        await once.get("rank", (owner,), work, again=rank)

    async def drawn() -> None:
        made.append("drawing")

    await rank("a")
    await once.get("draw", ("a",), drawn)
    took_s = once.took_s("a")
    await once.repeat("a", "b")

    assert made == ["a", "drawing", "b"]
    assert (took_s > 0, once.took_s("c")) == (True, 0)


async def test_one_piece_of_a_kind_is_done_at_a_time() -> None:
    once, first, second, other = Once(), Work(), Work(), Work()
    asking = [
        asyncio.create_task(once.get(kind, key, work))
        for kind, key, work in (("rank", ("a",), first), ("rank", ("b",), second), ("draw", ("a",), other))
    ]
    for _ in range(5):
        await asyncio.sleep(0)

    assert (first.begun, second.begun, other.begun) == (1, 0, 1)
    for work in (first, second, other):
        work.leave.set()
    assert await asyncio.gather(*asking) == [1, 1, 1]


async def test_who_is_cancelled_stops_waiting_and_what_was_begun_goes_on() -> None:
    once, work, waiting = Once(), Work(), Work()
    asking = asyncio.create_task(once.get("rank", ("a",), work))
    behind = asyncio.create_task(once.get("rank", ("b",), waiting))
    for _ in range(5):
        await asyncio.sleep(0)

    for each in (asking, behind):
        each.cancel()
    assert await asyncio.gather(asking, behind, return_exceptions=True) != [1, 1]
    work.leave.set()
    waiting.leave.set()

    assert (await once.get("rank", ("a",), work), waiting.begun) == (1, 0)
    assert await once.get("rank", ("b",), waiting) == 1


async def test_what_failed_is_tried_again_and_what_is_forgotten_is_made_anew() -> None:
    once, tries = Once(), [0]

    async def work() -> int:
        tries[0] += 1
        if tries[0] == 1:
            raise OSError("The disk is full.")
        return tries[0]

    with pytest.raises(OSError, match="full"):
        await once.get("rank", ("a",), work)
    assert (await once.get("rank", ("a",), work), await once.get("rank", ("a",), work)) == (2, 2)
    once.forget("b")
    assert await once.get("rank", ("a",), work) == 2
    owner = object()
    await once.get("rank", (owner, 1), work)
    once.forget(owner)
    assert await once.get("rank", (owner, 1), work) == 4


async def test_what_is_not_worth_keeping_is_kept_only_for_those_who_could_not_wait() -> None:
    once, work, slow = Once(), Work(), Work()
    work.leave.set()

    assert await once.get("way", ("a",), work, keep=False) == 1
    asking = asyncio.create_task(once.get("way", ("b",), slow, keep=False))
    for _ in range(5):
        await asyncio.sleep(0)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    slow.leave.set()
    for _ in range(5):
        await asyncio.sleep(0)

    assert (once.at_hand("way", ("a",)), once.at_hand("way", ("b",))) == (None, 1)


async def test_only_the_last_results_are_kept() -> None:
    once = Once(most=2)

    for key in "abc":
        await once.get("rank", (key,), lambda key=key: asyncio.sleep(0, key))  # type: ignore[misc]  # bound as default

    assert [once.at_hand("rank", (key,)) for key in "abc"] == [None, "b", "c"]

"""Subscriptions to changes: every change once, in order, to whoever wants it, and on from a cursor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from live_worlds import FIRMS, do, firm, resize, staffed
from sockets import PATIENCE_S, Socket, admitted, numbered

from gql.live.subscriber import Subscriber
from graph import feed
from models.ids import new_id

pytestmark = pytest.mark.anyio

FOLLOW = """
subscription ($after: String, $where: FirmFilter, $kinds: [RecordChangeKind!], $ids: [ID!]) {
  firmChanged(after: $after, where: $where, kinds: $kinds, ids: $ids) { kind id type fields cursor by origin record { name } }
}
"""
LINKS = """
subscription ($after: String, $relations: [String!], $ids: [ID!]) {
  linkChanged(after: $after, relations: $relations, ids: $ids) {
    kind id relation fields source { ... on Person { name } } target { __typename ... on Firm { name } } sourceId targetId
  }
}
"""


@pytest.fixture(scope="module")
async def api(standing_api: Any) -> AsyncIterator[Any]:
    """A server whose changes are numbered, with firms and people."""
    await do(standing_api, FIRMS)
    async with numbered(standing_api.database):
        yield standing_api


@pytest.fixture
async def socket(api: Any) -> AsyncIterator[Socket]:
    async with admitted(api.address, api.admin) as opened:
        yield opened


@pytest.fixture
async def now(api: Any) -> str:
    """The cursor behind what has happened by now."""
    while (await feed.latest(api.database)).seq == 0:
        await firm(api, "first")
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.3)  # what earlier tests did has its numbers by then
    return (await feed.latest(api.database)).cursor


async def test_a_record_is_followed_from_its_making_to_its_end(api: Any, socket: Socket, now: str) -> None:
    await socket.ask(FOLLOW, after=now)

    id = await firm(api, "Acme")
    await resize(api, id, 7)
    await do(api, "mutation ($id: ID!) { deleteFirm(input: {id: $id}) { errors { message } } }", id=id)
    await do(api, "mutation ($id: ID!) { restoreFirm(input: {id: $id}) { errors { message } } }", id=id)
    await do(api, "mutation ($id: ID!) { eraseFirm(input: {id: $id}) { errors { message } } }", id=id)
    told = [(await socket.told())["firmChanged"] for _ in range(6)]

    assert [(each["kind"], each["id"], each["type"]) for each in told] == [
        (kind, id, "Firm") for kind in ("CREATED", "CHANGED", "DELETED", "RESTORED", "DELETED", "ERASED")
    ]
    assert told[1]["fields"] == ["size"]
    assert told[-1]["record"] is None
    assert sorted(each["cursor"] for each in told) == [each["cursor"] for each in told]


async def test_only_what_is_wanted_is_told(api: Any, socket: Socket, now: str) -> None:
    small, large = await firm(api, "small", 1), await firm(api, "large", 100)

    await socket.ask(FOLLOW, "where", after=now, where={"size": {"gte": 50}})
    told = await socket.told()
    assert told["firmChanged"]["record"] == {"name": "large"}
    await resize(api, small, 60)
    assert (await socket.told())["firmChanged"]["id"] == small
    await socket.tell(id="where", type="complete")

    await socket.ask(FOLLOW, "ids", after=now, ids=[large], kinds=["CHANGED"])
    await resize(api, large, 101)
    assert (await socket.told())["firmChanged"]["id"] == large
    await socket.silent()


async def test_a_deleted_record_meets_a_condition_as_it_was(api: Any, socket: Socket, now: str) -> None:
    small, large = await firm(api, "small", 1), await firm(api, "large", 100)
    for id in (small, large):
        await do(api, "mutation ($id: ID!) { deleteFirm(input: {id: $id}) { errors { message } } }", id=id)

    await socket.ask(FOLLOW, after=now, where={"size": {"gte": 50}}, kinds=["DELETED"])

    assert (await socket.told())["firmChanged"]["id"] == large
    await socket.silent()


async def test_links_are_followed_from_either_end(api: Any, socket: Socket, now: str) -> None:
    acme, ann, link = await staffed(api, "Acme", "Ann")
    other, _, _ = await staffed(api, "Other", "Bo")

    await socket.ask(LINKS, after=now, relations=["WORKS_AT"], ids=[acme])
    await do(
        api,
        "mutation ($i: UpdateFirmInput!) { updateFirm(input: $i) { errors { message } } }",
        i={"id": acme, "data": {"staff": {"end": [{"linkId": link}]}}},
    )
    made, ended = [(await socket.told())["linkChanged"] for _ in range(2)]

    assert made == {
        "kind": "CREATED",
        "id": link,
        "relation": "WORKS_AT",
        "fields": ["role"],
        "source": {"name": "Ann"},
        "target": {"__typename": "Firm", "name": "Acme"},
        "sourceId": ann,
        "targetId": acme,
    }
    assert (ended["kind"], ended["id"]) == ("ENDED", link)
    assert other not in (made["targetId"], ended["targetId"])


async def test_records_of_any_type_are_followed_together(api: Any, socket: Socket, now: str) -> None:
    acme, ann, _ = await staffed(api, "Acme", "Ann")

    await socket.ask(
        """subscription ($after: String) { recordChanged(after: $after, types: ["Firm", "Person"]) {
           kind id type record { __typename displayName ... on Person { employers { nodes { name } } } } } }""",
        after=now,
    )
    told = [(await socket.told())["recordChanged"] for _ in range(2)]

    assert {each["id"]: each["record"]["__typename"] for each in told} == {acme: "Firm", ann: "Person"}
    person = next(each for each in told if each["id"] == ann)
    assert person["record"]["employers"] == {"nodes": [{"name": "Acme"}]}


async def test_nothing_is_lost_or_doubled_under_parallel_writers(api: Any, now: str) -> None:
    ids = [await firm(api, f"hub {place}", 0) for place in range(3)]
    heard: dict[str, list[str]] = {}
    texts = """subscription ($after: String, $ids: [ID!]) {
        firmChanged(after: $after, ids: $ids, kinds: [CHANGED]) { id cursor changeSet } }"""

    async def follow(name: str) -> None:
        """Follow all, and come again from the last cursor after every fourth change."""
        cursor, told = now, heard.setdefault(name, [])
        while len(told) < 36:
            async with admitted(api.address, api.admin) as socket:
                await socket.ask(texts, after=cursor, ids=ids)
                for _ in range(4):
                    change = (await socket.told(60))["firmChanged"]
                    cursor = change["cursor"]
                    told.append(change["changeSet"])

    async def write(place: int) -> None:
        for size in range(1, 7):
            await resize(api, ids[place % 3], 100 * place + size)

    await asyncio.gather(*(follow(name) for name in ("a", "b", "c")), *(write(place) for place in range(6)))

    assert heard["a"] == heard["b"] == heard["c"]
    assert len(set(heard["a"])) == 36


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ('after: "nonsense"', "bad_cursor"),
        ('after: ""', "bad_cursor"),
        ('after: "999999999.~"', "cursor_unknown"),
        ('types: ["Frim"]', "unknown_type"),
        ("kinds: [NOTHING]", "invalid_operation"),
        (f"ids: {[new_id()] * 1_001}".replace("'", '"'), "too_many_ids"),
    ],
)
async def test_what_cannot_be_followed_is_refused(api: Any, socket: Socket, arguments: str, code: str) -> None:
    await socket.ask(f"subscription {{ recordChanged({arguments}) {{ id }} }}")

    assert await socket.refused() == code


async def test_a_cursor_that_is_too_old_is_refused(
    api: Any, socket: Socket, now: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gql.live.live.MOST_BEHIND", 0)
    await firm(api, "later")
    await asyncio.sleep(0.3)

    await socket.ask(FOLLOW, after=now)

    assert await socket.refused() == "cursor_too_old"


async def test_a_subscription_follows_one_thing(api: Any, socket: Socket) -> None:
    await socket.ask("subscription { a: recordChanged { id } b: recordChanged { id } }")
    assert await socket.refused() == "invalid_operation"

    await socket.ask("subscription ($no: Boolean!) { recordChanged @include(if: $no) { id } }", "2", no=False)
    assert await socket.refused() in ("one_field", "invalid_operation")


async def test_who_does_not_read_is_cut_off_and_may_go_on(
    api: Any, socket: Socket, now: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut, cut_off = Subscriber.cut, asyncio.Event()
    monkeypatch.setattr(Subscriber, "cut", lambda subscriber: (cut(subscriber), cut_off.set()))
    monkeypatch.setattr("gql.live.subscriber.MOST_ANSWERS", 3)
    many = {"name": {"startsWith": "many"}}
    much = " ".join(f"a{place}: about" for place in range(90))
    text = f"subscription ($w: FirmFilter, $a: String) {{ firmChanged(where: $w, after: $a) {{ cursor record {{ {much} }} }} }}"
    await socket.ask(text, w=many, a=now)
    await firm(api, "many 0")
    cursor = (await socket.told())["firmChanged"]["cursor"]

    socket.connection.transport.pause_reading()
    rows = [{"name": f"many {place}", "about": "x" * 4_000} for place in range(1, 29)]
    create = "mutation ($i: CreateFirmsInput!) { createFirms(input: $i) { errors { message } counts { created } } }"
    for half in (rows[:14], rows[14:]):
        await do(api, create, i={"data": half})
    await asyncio.wait_for(cut_off.wait(), PATIENCE_S)
    socket.connection.transport.resume_reading()

    assert await socket.closed() == 4413
    monkeypatch.undo()
    async with admitted(api.address, api.admin) as later:
        await later.ask(FOLLOW, after=cursor, where=many)
        told = [(await later.told())["firmChanged"]["record"]["name"] for _ in range(28)]
    assert sorted(told) == sorted(row["name"] for row in rows)

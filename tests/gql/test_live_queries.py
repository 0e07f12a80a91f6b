"""Queries kept up to date: a first answer at once, another whenever it has become another, one statement for all who ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from live_worlds import FIRMS, do, firm, resize, staffed
from sockets import Socket, admitted, numbered

from gql.live.queries import QueryPlan

pytestmark = pytest.mark.anyio

LARGE = """
subscription ($from: Int!) {
  firms(where: {size: {gte: $from}}, orderBy: [{size: DESC}], first: 3) { totalCount nodes { name size } }
}
"""
STAFF = "subscription ($id: ID!) { firm(id: $id) { name staff { nodes { name } } } }"


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


async def until(socket: Socket, wanted: Any) -> list[Any]:
    """Everything told up to what is wanted."""
    told: list[Any] = []
    while not told or told[-1] != wanted:
        told.append(await socket.told())
    return told


async def test_a_list_is_kept_up_to_date(api: Any, socket: Socket) -> None:
    await firm(api, "thousand", 1_000)
    await socket.ask(LARGE, **{"from": 1_000})
    assert await socket.told() == {"firms": {"totalCount": 1, "nodes": [{"name": "thousand", "size": 1_000}]}}

    small = await firm(api, "small", 1)
    await staffed(api, "unasked", "Ann")
    await socket.silent()
    await resize(api, small, 2_000)
    await until(
        socket,
        {"firms": {"totalCount": 2, "nodes": [{"name": "small", "size": 2_000}, {"name": "thousand", "size": 1_000}]}},
    )
    await do(api, "mutation ($id: ID!) { deleteFirm(input: {id: $id}) { errors { message } } }", id=small)
    await until(socket, {"firms": {"totalCount": 1, "nodes": [{"name": "thousand", "size": 1_000}]}})


async def test_a_record_is_followed_through_its_relations(api: Any, socket: Socket) -> None:
    acme, ann, link = await staffed(api, "Acme", "Ann")
    await socket.ask(STAFF, id=acme)
    assert await socket.told() == {"firm": {"name": "Acme", "staff": {"nodes": [{"name": "Ann"}]}}}

    await do(
        api,
        "mutation ($i: UpdatePersonInput!) { updatePerson(input: $i) { errors { message } } }",
        i={"id": ann, "data": {"name": "Anna"}},
    )
    assert await socket.told() == {"firm": {"name": "Acme", "staff": {"nodes": [{"name": "Anna"}]}}}
    await do(
        api,
        "mutation ($i: UpdateFirmInput!) { updateFirm(input: $i) { errors { message } } }",
        i={"id": acme, "data": {"staff": {"unlink": [{"linkId": link}]}}},
    )
    assert await socket.told() == {"firm": {"name": "Acme", "staff": {"nodes": []}}}


async def test_who_asks_for_the_same_is_served_by_one_statement(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    answer = QueryPlan.answer

    async def counted(plan: QueryPlan, *given: Any) -> Any:
        nonlocal read
        read += 1
        return await answer(plan, *given)

    monkeypatch.setattr(QueryPlan, "answer", counted)
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(admitted(api.address, api.admin)) for _ in range(100)]
        for each in sockets:
            await each.ask(LARGE, **{"from": 5_000})
        assert {str(await each.told()) for each in sockets} == {"{'firms': {'totalCount': 0, 'nodes': []}}"}
        before = read

        await firm(api, "huge", 5_000)
        wanted = {"firms": {"totalCount": 1, "nodes": [{"name": "huge", "size": 5_000}]}}
        assert [await each.told() for each in sockets] == [wanted] * 100

    assert read - before == 1


async def test_many_changes_at_once_are_one_answer(api: Any, socket: Socket) -> None:
    await socket.ask(LARGE, **{"from": 20_000})
    await socket.told()

    rows = [{"name": f"row {place}", "size": 20_000} for place in range(300)]
    await do(
        api,
        "mutation ($i: CreateFirmsInput!) { createFirms(input: $i) { errors { message } counts { created } } }",
        i={"data": rows},
    )

    assert (await socket.told())["firms"]["totalCount"] == 300
    await socket.silent()


async def test_a_changed_model_is_followed_and_a_lost_field_ends_it(api: Any, socket: Socket) -> None:
    drop = """mutation { applyModel(input: {drop: {fields: ["Firm.motto"]}}) { errors { message } } }"""
    sent = """mutation { applyModel(input: {types: [{extends: "Firm", fields: [{name: "motto", kind: "text"}]}]})
        { errors { message } } }"""
    await do(api, sent)
    await socket.ask('subscription { firms(where: {motto: {eq: "Onward"}}) { totalCount } }', "lost")
    assert await socket.told() == {"firms": {"totalCount": 0}}
    await socket.ask("subscription { firms(where: {size: {gte: 90000}}) { totalCount } }", "kept")
    assert await socket.told() == {"firms": {"totalCount": 0}}

    await do(api, drop)
    ended = await socket.hear()
    await firm(api, "kept", 90_000)
    kept = await socket.hear()

    assert (ended["id"], ended["type"]) == ("lost", "error")
    assert (kept["id"], kept["payload"]["data"]) == ("kept", {"firms": {"totalCount": 1}})

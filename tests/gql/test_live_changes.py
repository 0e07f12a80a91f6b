"""Subscriptions to changes: every change once, in order, to whoever wants it, and on from a cursor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sockets import Socket, admitted, numbered

pytestmark = pytest.mark.anyio

MODEL = """
mutation {
  applyModel(input: {
    types: [
      {name: "Firm", plural: "Firms", fields: [{name: "name", kind: "text", required: true}, {name: "size", kind: "integer"}]}
      {name: "Person", plural: "People", fields: [{name: "name", kind: "text", required: true}]}
    ]
    relations: [
      {name: "WORKS_AT", source: {types: ["Person"], field: "employers"}, target: {types: ["Firm"], field: "staff"},
       fields: [{name: "role", kind: "text"}], validity: OVERLAPS}
    ]
  }) { errors { message } }
}
"""
FOLLOW = """
subscription ($after: String, $where: FirmFilter, $kinds: [RecordChangeKind!], $ids: [ID!]) {
  firmChanged(after: $after, where: $where, kinds: $kinds, ids: $ids) {
    kind id type fields cursor by origin record { name size }
  }
}
"""


@pytest.fixture(scope="module")
async def api(standing_api: Any) -> AsyncIterator[Any]:
    """A server whose changes are numbered, with firms and people."""
    assert (await standing_api.ask(MODEL)).json()["data"]["applyModel"]["errors"] == []
    async with numbered(standing_api.database):
        yield standing_api


@pytest.fixture
async def socket(api: Any) -> AsyncIterator[Socket]:
    async with admitted(api.address, api.admin) as opened:
        yield opened


async def do(api: Any, text: str, **variables: Any) -> Any:
    """The payload of a mutation that is done."""
    answer = (await api.ask(text, **variables)).json()
    assert "errors" not in answer, answer
    (payload,) = answer["data"].values()
    assert payload.get("errors", []) == []
    return payload


async def firm(api: Any, name: str, size: int = 1) -> str:
    made = await do(
        api,
        "mutation ($i: CreateFirmInput!) { createFirm(input: $i) { errors { message } firm { id } } }",
        i={"data": {"name": name, "size": size}},
    )
    return str(made["firm"]["id"])


async def begun(socket: Socket, api: Any, **arguments: Any) -> None:
    """Following has begun: a first change has come through, and is passed over."""
    await socket.ask(FOLLOW, **arguments)
    await asyncio.sleep(0.3)


async def test_a_record_is_followed_from_its_making_to_its_end(api: Any, socket: Socket) -> None:
    await begun(socket, api)

    id = await firm(api, "Acme")
    await do(
        api,
        "mutation ($i: UpdateFirmInput!) { updateFirm(input: $i) { errors { message } } }",
        i={"id": id, "data": {"size": 7}},
    )
    await do(api, "mutation ($id: ID!) { deleteFirm(input: {id: $id}) { errors { message } } }", id=id)
    told = [(await socket.told())["firmChanged"] for _ in range(3)]

    assert [(each["kind"], each["id"], each["type"], each["fields"]) for each in told] == [
        ("CREATED", id, "Firm", ["name", "size"]),
        ("CHANGED", id, "Firm", ["size"]),
        ("DELETED", id, "Firm", ["name", "size"]),
    ]
    assert told[-1]["record"] is None

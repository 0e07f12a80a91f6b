"""Answers in parts over HTTP: who gets them, and in which form."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from live_worlds import FIRMS, do, staffed
from parts import parted, together

pytestmark = pytest.mark.anyio

PARTS = "multipart/mixed;incrementalSpec=v0.2, application/graphql-response+json, application/json;q=0.9"
ASKED = '{ firms { nodes { name ... @defer(label: "staff") { staff { nodes { name } } } } } }'


@pytest.fixture(scope="module")
async def api(stand: Callable[..., Any]) -> AsyncIterator[Any]:
    """A server that answers in parts, with a firm and somebody who works there."""
    async with stand(XRM_INCREMENTAL="on", XRM_MAX_COST="1000000000", XRM_COST_PER_MINUTE="0") as served:
        await do(served, FIRMS)
        await staffed(served, "Acme", "Ann")
        yield served


async def post(api: Any, query: str, accept: str, **more: Any) -> httpx.Response:
    response: httpx.Response = await api.http.post(
        "/graphql", json={"query": query, **more}, headers={**api.bearer(), "accept": accept}
    )
    return response


@pytest.mark.parametrize("accept", [PARTS, "application/json, text/event-stream, multipart/mixed", "multipart/mixed"])
async def test_a_client_that_takes_parts_gets_them(api: Any, accept: str) -> None:
    response = await post(api, ASKED, accept)

    assert response.status_code == 200
    assert response.headers["content-type"] == 'multipart/mixed; boundary="-"; incrementalSpec=v0.2'
    messages = parted(response.content)
    assert messages[0]["data"] == {"firms": {"nodes": [{"name": "Acme"}]}}
    whole = together(messages)
    assert whole.data == {"firms": {"nodes": [{"name": "Acme", "staff": {"nodes": [{"name": "Ann"}]}}]}}
    assert whole.announced == [("staff", ["firms", "nodes", 0])]


@pytest.mark.parametrize(
    "accept",
    ["application/json", "*/*", "multipart/mixed;deferSpec=20220824, application/json", "multipart/mixed;q=0, */*"],
)
async def test_any_other_client_gets_one_answer(api: Any, accept: str) -> None:
    response = await post(api, ASKED, accept)

    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.json()["data"] == {"firms": {"nodes": [{"name": "Acme", "staff": {"nodes": [{"name": "Ann"}]}}]}}


async def test_what_is_answered_whole_has_the_form_and_status_it_always_had(api: Any) -> None:
    plain = await post(api, "{ firms { nodes { name } } }", PARTS)
    wrong = await post(api, "{ firms { nodes { ... @defer { nonsense } } } }", PARTS)
    alone = await post(api, "{ firms { nodes { name } } }", "multipart/mixed")

    assert (plain.status_code, plain.headers["content-type"]) == (
        200,
        "application/graphql-response+json; charset=utf-8",
    )
    assert (wrong.status_code, wrong.json()["errors"][0]["extensions"]["code"]) == (400, "invalid_operation")
    ((message),) = parted(alone.content)
    assert message["data"] == {"firms": {"nodes": [{"name": "Acme"}]}}


async def test_roots_of_the_fixed_half_come_later_too(api: Any) -> None:
    response = await post(api, "{ firms { totalCount } ... @defer { me { ... @defer { name } kind } } }", PARTS)

    messages = parted(response.content)
    assert messages[0]["data"] == {"firms": {"totalCount": 1}}
    assert together(messages).data == {"firms": {"totalCount": 1}, "me": {"name": "ann", "kind": "token"}}


async def test_a_change_is_told_whole(api: Any) -> None:
    text = """mutation ($i: CreateFirmInput!) { createFirm(input: $i) { firm { id ... @defer { name } } } }"""

    response = await post(api, text, PARTS, variables={"i": {"data": {"name": "Bolt"}}})

    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert response.json()["data"]["createFirm"]["firm"]["name"] == "Bolt"

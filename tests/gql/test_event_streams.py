"""GraphQL over server-sent events: one stream for each operation, gone on with after a break, ended with its token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from live_worlds import FIRMS, do, firm, resize
from sockets import numbered

from graph import feed, people

pytestmark = pytest.mark.anyio

FOLLOW = "subscription ($after: String) { firmChanged(after: $after) { kind id cursor } }"


@pytest.fixture(scope="module")
async def api(standing_api: Any) -> AsyncIterator[Any]:
    """A server whose changes are numbered, with firms."""
    await do(standing_api, FIRMS)
    async with numbered(standing_api.database):
        await firm(standing_api, "first")
        await asyncio.sleep(0.3)
        yield standing_api


@asynccontextmanager
async def stream(
    api: Any, query: str, *, token: str = "", accept: str = "text/event-stream", **more: Any
) -> AsyncIterator[Any]:
    """An open stream of events, each with its name, id and data."""
    headers = {**api.bearer(token or None), "accept": accept, **more.pop("headers", {})}
    async with api.http.stream("POST", "/graphql", json={"query": query, **more}, headers=headers) as response:
        yield response, events(response)


async def events(response: httpx.Response) -> AsyncIterator[tuple[str, str, Any]]:
    """The events of a stream."""
    found: dict[str, str] = {}
    async for line in response.aiter_lines():
        name, _, value = line.partition(": ")
        if line:
            found[name.rstrip(":")] = value
        elif found.get("event"):
            yield found["event"], found.get("id", ""), json.loads(found["data"]) if found["data"] else None
            found = {}


async def test_a_query_is_one_answer_and_the_end(api: Any) -> None:
    async with stream(api, "{ me { name } }") as (response, told):
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"

        (name, id, answer), last = [each async for each in told]
        assert (name, id, answer["data"]) == ("next", "", {"me": {"name": "ann"}})
        assert last == ("complete", "", None)


async def test_what_is_wrong_with_an_operation_is_an_event(api: Any) -> None:
    async with stream(api, "subscription { nonsense }") as (response, told):
        first, last = [each async for each in told]

    assert response.status_code == 200
    assert first[2]["errors"][0]["extensions"]["code"] == "invalid_operation"
    assert last[0] == "complete"


async def test_a_browser_goes_on_from_the_last_event_it_saw(api: Any) -> None:
    cursor = (await feed.latest(api.database)).cursor
    id = await firm(api, "Acme")
    async with stream(api, FOLLOW, variables={"after": cursor}) as (_, told):
        name, seen, data = await anext(told)
    assert (name, data["data"]["firmChanged"]["id"], data["data"]["firmChanged"]["cursor"]) == ("next", id, seen)

    await resize(api, id, 5)
    async with stream(api, FOLLOW, variables={"after": cursor}, headers={"last-event-id": seen}) as (_, told):
        _, _, data = await anext(told)

    assert data["data"]["firmChanged"]["kind"] == "CHANGED"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json, text/event-stream", "application/json; charset=utf-8"),
        (
            "application/graphql-response+json, text/event-stream;q=0.5",
            "application/graphql-response+json; charset=utf-8",
        ),
        ("text/event-stream", "text/event-stream; charset=utf-8"),
    ],
)
async def test_a_client_that_takes_both_gets_events_for_subscriptions_alone(api: Any, accept: str, kind: str) -> None:
    async with stream(api, "{ me { name } }", accept=accept) as (response, _):
        assert response.headers["content-type"] == kind
    async with stream(api, "subscription { firms { totalCount } }", accept=accept) as (response, told):
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert (await anext(told))[0] == "next"


async def test_a_stream_may_be_asked_for_by_its_address(api: Any) -> None:
    headers = {**api.bearer(), "accept": "text/event-stream"}
    asked = {"query": "subscription { firms { totalCount } }"}
    async with api.http.stream("GET", "/graphql", params=asked, headers=headers) as response:
        assert (await anext(events(response)))[0] == "next"


async def test_strangers_and_mutations_by_address_get_no_stream(api: Any) -> None:
    headers = {"accept": "text/event-stream"}
    stranger = await api.http.post("/graphql", json={"query": "{ me { name } }"}, headers=headers)
    by_get = await api.http.get(
        "/graphql",
        params={"query": 'mutation { createFirm(input: {data: {name: "x"}}) { errors { code } } }'},
        headers={**api.bearer(), **headers},
    )

    assert (stranger.status_code, by_get.status_code) == (401, 405)


async def test_a_stream_ends_with_its_token(api: Any) -> None:
    now = datetime.now(UTC)
    short = await people.create_token(api.database, "bob", now=now, lasts=timedelta(seconds=2))
    async with stream(api, "subscription { firmChanged { id } }", token=short) as (_, told):
        (name, _, data), (last, *_) = [each async for each in told]

    assert (name, last) == ("next", "complete")
    assert data["errors"][0]["extensions"]["code"] == "not_signed_in"

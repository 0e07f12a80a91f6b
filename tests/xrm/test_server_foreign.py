"""What the server tells pages of other origins: those that are allowed by name may ask with a token, others read nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from xrm.server.metrics import Metrics
from xrm.server.outermost import Outermost

pytestmark = pytest.mark.anyio

PORTAL = "https://portal.example.com"
OTHERS = ("https://evil.example", "https://portal.example.com.evil.example", "http://portal.example.com", "null")
ALLOW = "access-control-allow-origin"


async def api(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("answered")(scope, receive, send)


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError("a fault of ours")


def before(graphql: object = api, *, allowed: tuple[str, ...] = (PORTAL,)) -> httpx.AsyncClient:
    pages = Starlette(routes=[Route(path, api) for path in ("/embed/xrm.js", "/api/companies", "/auth/login")])
    door = Outermost(graphql, pages, Metrics(), frozenset(), allowed=allowed)  # type: ignore[arg-type]  # any application will do
    return httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://xrm")


@pytest.fixture
async def server() -> AsyncIterator[httpx.AsyncClient]:
    async with before() as client:
        yield client


def preflight(origin: str, *, headers: str = "authorization,content-type,time-zone") -> dict[str, str]:
    return {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": headers,
    }


async def test_a_page_of_an_allowed_origin_may_ask_with_a_token_and_read_the_id_of_the_answer(
    server: httpx.AsyncClient,
) -> None:
    asked = await server.options("/graphql", headers=preflight(PORTAL))
    answered = await server.post("/graphql", headers={"origin": PORTAL})

    assert (asked.status_code, asked.headers[ALLOW]) == (200, PORTAL)
    assert "Authorization" in asked.headers["access-control-allow-headers"]
    assert asked.headers["access-control-max-age"] == "600"
    assert (answered.text, answered.headers[ALLOW], answered.headers["vary"]) == ("answered", PORTAL, "Origin")
    assert "X-Request-Id" in answered.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in {*asked.headers, *answered.headers}


@pytest.mark.parametrize("origin", OTHERS)
async def test_any_other_origin_is_refused_and_no_answer_names_all_of_them(
    server: httpx.AsyncClient, origin: str
) -> None:
    asked = await server.options("/graphql", headers=preflight(origin))
    answered = await server.post("/graphql", headers={"origin": origin})

    assert (asked.status_code, asked.text) == (400, "Disallowed CORS origin")
    assert ALLOW not in asked.headers
    assert ALLOW not in answered.headers


async def test_headers_that_no_client_needs_are_not_taken(server: httpx.AsyncClient) -> None:
    asked = await server.options("/graphql", headers=preflight(PORTAL, headers="authorization,x-forwarded-for"))

    assert (asked.status_code, asked.text) == (400, "Disallowed CORS headers")


async def test_the_elements_may_be_loaded_but_signing_in_and_the_rest_stay_with_the_own_origin(
    server: httpx.AsyncClient,
) -> None:
    loaded = await server.get("/embed/xrm.js", headers={"origin": PORTAL})
    others = [await server.get(path, headers={"origin": PORTAL}) for path in ("/api/companies", "/auth/login")]

    assert loaded.headers[ALLOW] == PORTAL
    assert [ALLOW in other.headers for other in others] == [False, False]


async def test_what_could_not_be_answered_can_be_read_with_its_id_too() -> None:
    async with before(broken) as server:
        answered = await server.post("/graphql", headers={"origin": PORTAL, "x-request-id": "42"})

    assert (answered.status_code, answered.headers[ALLOW], answered.headers["x-request-id"]) == (500, PORTAL, "42")
    assert answered.json()["errors"][0]["extensions"] == {"code": "internal", "correlationId": "42"}


async def test_where_no_origin_is_allowed_nothing_is_said_of_other_origins() -> None:
    async with before(allowed=()) as server:
        answered = await server.post("/graphql", headers={"origin": PORTAL})

    assert (answered.text, ALLOW in answered.headers) == ("answered", False)

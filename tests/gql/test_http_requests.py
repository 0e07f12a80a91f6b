"""GraphQL over HTTP: who is let in, which requests are well-formed, which status an answer has."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from gql.http import requests

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(standing_api: Any) -> Any:
    """These tests change nothing, so that one server serves them all."""
    return standing_api


ME = "{ me { name administrator kind } }"
JSON, GRAPHQL = "application/json", "application/graphql-response+json"


async def post(api: Any, body: bytes | str, **headers: str) -> httpx.Response:
    given = {"content-type": JSON, **api.bearer(), **{name.replace("_", "-"): value for name, value in headers.items()}}
    response: httpx.Response = await api.http.post("/graphql", content=body, headers=given)
    return response


def code(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    found: str = error["extensions"]["code"]
    return found


async def test_the_bearer_of_a_token_is_known_by_name(api: Any) -> None:
    response = await api.ask(ME)

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.content.startswith(
        b'{"data":{"me":{"name":"ann","administrator":true,"kind":"token"}},"extensions":'
    )


@pytest.mark.parametrize("authorization", [None, "Bearer x", "Bearer xrm_" + "A" * 43, "Basic YW5uOng=", "Bearer", ""])
@pytest.mark.parametrize("query", [ME, "{ __schema { queryType { name } } }", "{ __typename }", "{ nonsense"])
async def test_strangers_learn_nothing_not_even_the_schema(api: Any, authorization: str | None, query: str) -> None:
    headers = {} if authorization is None else {"authorization": authorization}

    response = await api.http.post("/graphql", json={"query": query}, headers=headers)

    assert (response.status_code, code(response)) == (401, "not_signed_in")
    assert response.headers["www-authenticate"] == 'Bearer realm="xrm"'
    assert "data" not in response.json()


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
async def test_strangers_are_refused_by_every_method(api: Any, method: str) -> None:
    response = await api.http.request(method, "/graphql?query={me{name}}")

    assert response.status_code == (401 if method == "GET" else 405)


@pytest.mark.parametrize(
    ("accept", "query", "status", "media"),
    [
        (JSON, ME, 200, JSON),
        (GRAPHQL, ME, 200, GRAPHQL),
        ("*/*", ME, 200, JSON),
        ("application/*", ME, 200, JSON),
        (f"{GRAPHQL}, {JSON};q=0.9", ME, 200, GRAPHQL),
        (f"{JSON}, {GRAPHQL}", ME, 200, GRAPHQL),
        (f"{GRAPHQL};q=0.1, {JSON}", ME, 200, JSON),
        (JSON, "{ nonsense", 200, JSON),
        (GRAPHQL, "{ nonsense", 400, GRAPHQL),
        (JSON, "{ nosuchfield }", 200, JSON),
        (GRAPHQL, "{ nosuchfield }", 400, GRAPHQL),
        (GRAPHQL, "query A { me { name } } query B { me { name } }", 400, GRAPHQL),
        (GRAPHQL, "query ($n: Int!) { __typename @include(if: true) }", 400, GRAPHQL),
        (GRAPHQL, "subscription { modelChanged { version } }", 400, GRAPHQL),
        ("text/plain", ME, 406, JSON),
        (f"{JSON};q=0", ME, 406, JSON),
    ],
)
async def test_the_status_follows_the_media_type(api: Any, accept: str, query: str, status: int, media: str) -> None:
    response = await api.http.post("/graphql", json={"query": query}, headers=api.bearer() | {"accept": accept})

    assert (response.status_code, response.headers["content-type"]) == (status, f"{media}; charset=utf-8")
    assert ("data" in response.json()) == (query == ME and status == 200)


async def test_without_an_accept_header_the_answer_is_plain_json(api: Any) -> None:
    request = api.http.build_request("POST", "/graphql", json={"query": ME}, headers=api.bearer())
    del request.headers["accept"]

    response = await api.http.send(request)

    assert (response.status_code, response.headers["content-type"]) == (200, f"{JSON}; charset=utf-8")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"NONSENSE",
        b'{"query":',
        b'"{ me { name } }"',
        b"null",
        b"{}",
        b'{"query": ""}',
        b'{"query": 7}',
        b'{"query": null}',
        b'{"qeury": "{ __typename }"}',
        b'{"query": "{ __typename }", "variables": [7]}',
        b'{"query": "{ __typename }", "variables": "{}"}',
        b'{"query": "{ __typename }", "operationName": 7}',
        b'{"query": "{ __typename }", "extensions": []}',
        b'{"query": "\xff"}',
        b'{"query": "\\ud800"}',
        b"[" * 1_000,
    ],
)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_what_is_no_well_formed_request_is_a_bad_one(api: Any, body: bytes, accept: str) -> None:
    response = await post(api, body, accept=accept)

    assert (response.status_code, code(response)) == (400, "bad_request")
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"


async def test_nulls_may_stand_for_what_is_left_out(api: Any) -> None:
    response = await post(
        api, b'{"query": "{ __typename }", "variables": null, "operationName": null, "extensions": null}'
    )

    assert response.json()["data"] == {"__typename": "Query"}


async def test_a_time_zone_that_there_is_not_is_a_bad_request(api: Any) -> None:
    response = await post(api, '{"query": "{ __typename }"}', time_zone="Mars/Olympus")

    assert (response.status_code, code(response)) == (400, "bad_request")
    assert "Europe/Berlin" in response.json()["errors"][0]["message"]
    assert (await post(api, '{"query": "{ __typename }"}', time_zone="Asia/Tehran")).status_code == 200


async def test_batches_are_refused_whole(api: Any) -> None:
    response = await post(api, b'[{"query": "{ __typename }"}, {"query": "{ __typename }"}]')

    assert (response.status_code, code(response)) == (400, "no_batches")


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=latin-1",
        "",
    ],
)
async def test_only_json_in_utf8_is_read(api: Any, kind: str) -> None:
    response = await post(api, b'{"query": "{ __typename }"}', content_type=kind)

    assert (response.status_code, code(response)) == (415, "unsupported_media_type")


async def test_compressed_bodies_are_refused(api: Any) -> None:
    response = await post(api, b'{"query": "{ __typename }"}', content_encoding="gzip")

    assert (response.status_code, code(response)) == (415, "unsupported_encoding")


async def test_a_body_over_the_limit_is_refused_by_its_announced_length(api: Any) -> None:
    response = await post(api, b" " * 65_537)

    assert (response.status_code, code(response)) == (413, "body_too_large")


async def test_a_body_over_the_limit_is_refused_while_it_comes(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "POUR_AWAY_BYTES", 1 << 20)
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        for _ in range(10_000):
            sent += 16_384
            yield b" " * 16_384
            await asyncio.sleep(0)

    try:
        response = await api.http.post("/graphql", content=endless(), headers=api.bearer() | {"content-type": JSON})
        assert response.status_code == 413
    except httpx.TransportError:
        pass

    assert sent < 10_000 * 16_384


async def test_a_body_up_to_the_limit_is_read(api: Any) -> None:
    body = b'{"query": "{ __typename }"' + b" " * 60_000 + b"}"

    assert (await post(api, body)).status_code == 200


async def test_a_body_that_never_ends_is_given_up(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "BODY_S", 0.05)
    host, port = api.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))

    head = f"POST /graphql HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {api.admin}\r\ncontent-type: {JSON}\r\n"
    writer.write(f"{head}content-length: 100\r\n\r\n{{".encode())
    line = await reader.readline()

    assert line.startswith(b"HTTP/1.1 408")
    writer.close()
    await writer.wait_closed()


async def test_queries_go_by_get_with_variables_in_the_address(api: Any) -> None:
    query = quote("query Q($yes: Boolean!) { me { name kind @skip(if: $yes) } }")

    response = await api.http.get(
        f'/graphql?query={query}&variables={quote("""{"yes": true}""")}&operationName=Q', headers=api.bearer()
    )

    assert response.json()["data"] == {"me": {"name": "ann"}}


async def test_mutations_do_not_go_by_get_and_change_nothing(api: Any) -> None:
    query = quote('mutation { applyModel(input: {types: [{name: "Thing", plural: "Things"}]}) { model { version } } }')

    response = await api.http.get(f"/graphql?query={query}", headers=api.bearer())

    assert (response.status_code, code(response)) == (405, "mutation_by_get")
    assert response.headers["allow"] == "POST"
    assert (await api.ask("{ model { version } }")).json()["data"] == {"model": {"version": 0}}


@pytest.mark.parametrize("address", ["/graphql", "/graphql?query=", "/graphql?query={me{name}}&variables=x"])
async def test_a_get_without_a_request_is_a_bad_one(api: Any, address: str) -> None:
    response = await api.http.get(address, headers=api.bearer())

    assert (response.status_code, code(response)) == (400, "bad_request")


async def test_no_other_method_is_served(api: Any) -> None:
    response = await api.http.put("/graphql", json={"query": ME}, headers=api.bearer())

    assert (response.status_code, code(response)) == (405, "method_not_allowed")
    assert response.headers["allow"] == "GET, POST"


async def test_no_page_of_another_site_is_told_that_it_may_ask(api: Any) -> None:
    response = await api.http.post(
        "/graphql", json={"query": ME}, headers=api.bearer() | {"origin": "https://evil.example"}
    )

    assert response.status_code == 200
    assert [name for name in response.headers if name.startswith("access-control")] == []


async def test_a_million_characters_are_refused_without_being_parsed(api: Any) -> None:
    response = await post(api, b'{"query": "' + b"x" * 1_000_000 + b'"}')

    assert response.status_code == 413

"""Operations over WebSocket: the protocol's codes, its limits, and who may stay connected."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from gql.http import websocket
from graph import people

pytestmark = pytest.mark.anyio

PROTOCOL: Any = "graphql-transport-ws"
THING = """
mutation {
  applyModel(input: {types: [{name: "Thing", plural: "Things", fields: [{name: "name", kind: "text"}]}]}) { errors { message } }
}
"""


@pytest.fixture
def api(standing_api: Any) -> Any:
    """One server for all."""
    return standing_api


@asynccontextmanager
async def socket(api: Any, *, protocol: str = PROTOCOL, **headers: str) -> AsyncIterator[ClientConnection]:
    address = api.address.replace("http://", "ws://") + "/graphql"
    subprotocols: Any = [protocol]
    async with connect(address, subprotocols=subprotocols, additional_headers=headers) as connection:
        yield connection


@asynccontextmanager
async def admitted(api: Any, token: str = "") -> AsyncIterator[ClientConnection]:
    async with socket(api) as connection:
        await tell(connection, type="connection_init", payload=api.bearer(token or None))
        assert await hear(connection) == {"type": "connection_ack"}
        yield connection


async def tell(connection: ClientConnection, **message: Any) -> None:
    await connection.send(json.dumps(message))


async def hear(connection: ClientConnection) -> Any:
    return json.loads(await asyncio.wait_for(connection.recv(), 20))


async def ask(connection: ClientConnection, query: str, number: str = "1", **payload: Any) -> None:
    await tell(connection, id=number, type="subscribe", payload={"query": query, **payload})


async def closed(connection: ClientConnection) -> int | None:
    """The code the server ends the socket with; what it says before is passed over."""
    with suppress(ConnectionClosed):
        while True:
            await asyncio.wait_for(connection.recv(), 20)
    return connection.close_code


async def test_a_query_is_answered_and_completed(api: Any) -> None:
    async with admitted(api) as connection:
        await ask(connection, "query Q($no: Boolean!) { me { name kind @include(if: $no) } }", variables={"no": False})

        answer, last = await hear(connection), await hear(connection)
        assert (answer["id"], answer["type"], answer["payload"]["data"]) == ("1", "next", {"me": {"name": "ann"}})
        assert last == {"id": "1", "type": "complete"}


async def test_a_wrong_operation_is_one_error_message(api: Any) -> None:
    async with admitted(api) as connection:
        await ask(connection, "{ nosuchfield }")

        answer = await hear(connection)
        assert (answer["type"], answer["id"]) == ("error", "1")
        assert answer["payload"][0]["extensions"]["code"] == "invalid_operation"
        await ask(connection, "subscription { nosuchfield }", "2")
        assert (await hear(connection))["type"] == "error"


async def test_pings_are_answered(api: Any) -> None:
    async with admitted(api) as connection:
        await tell(connection, type="ping")

        assert await hear(connection) == {"type": "pong"}


async def test_followers_of_the_model_hear_of_a_change_made_over_http(api: Any) -> None:
    async with admitted(api) as connection:
        await ask(connection, "subscription { modelChanged { version types { name } } }")
        await asyncio.sleep(0.2)

        assert (await api.ask(THING)).json()["data"]["applyModel"]["errors"] == []

        news = (await hear(connection))["payload"]["data"]["modelChanged"]
        assert "Thing" in [kind["name"] for kind in news["types"]]
        await tell(connection, id="1", type="complete")
        await ask(connection, "{ things { totalCount } }", "2")
        answer = await hear(connection)
        assert (answer["id"], answer["payload"]["data"]) == ("2", {"things": {"totalCount": 0}})


async def test_the_legacy_protocol_is_not_spoken(api: Any) -> None:
    async with socket(api, protocol="graphql-ws") as connection:
        assert await closed(connection) == 4406


@pytest.mark.parametrize(
    "payload", [{}, {"authorization": "Bearer nothing"}, {"Authorization": "Bearer"}, {"Authorization": 7}]
)
async def test_strangers_are_shown_out(api: Any, payload: dict[str, Any]) -> None:
    async with socket(api) as connection:
        await tell(connection, type="connection_init", payload=payload)

        assert await closed(connection) == 4403


async def test_nothing_is_asked_before_the_socket_is_opened_by_name(api: Any) -> None:
    async with socket(api) as connection:
        await ask(connection, "{ me { name } }")

        assert await closed(connection) == 4401


async def test_who_opens_twice_is_shown_out(api: Any) -> None:
    async with admitted(api) as connection:
        await tell(connection, type="connection_init")

        assert await closed(connection) == 4429


async def test_who_says_nothing_is_shown_out(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "INIT_S", 0.1)
    async with socket(api) as connection:
        assert await closed(connection) == 4408


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "[]",
        "null",
        "7",
        "{}",
        '{"type": 7}',
        '{"type": "nonsense"}',
        '{"type": "subscribe", "id": 7, "payload": {"query": "{ __typename }"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 7}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": []}}',
        '{"type": "complete"}',
    ],
)
async def test_a_misshapen_message_ends_the_socket(api: Any, text: str) -> None:
    async with admitted(api) as connection:
        await connection.send(text)

        assert await closed(connection) == 4400


async def test_one_name_stands_for_one_operation(api: Any) -> None:
    async with admitted(api) as connection:
        await ask(connection, "subscription { modelChanged { version } }")
        await ask(connection, "subscription { modelChanged { version } }")

        assert await closed(connection) == 4409


async def test_a_socket_has_so_many_operations_at_once(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "MOST_OPERATIONS", 3)
    async with admitted(api) as connection:
        for number in range(4):
            await ask(connection, "subscription { modelChanged { version } }", str(number))

        assert await closed(connection) == 4429


async def test_a_frame_over_the_limit_ends_the_socket(api: Any) -> None:
    async with admitted(api) as connection:
        await connection.send("x" * ((1 << 20) + 1))

        assert await closed(connection) == 1009


async def test_a_page_of_another_site_cannot_open_a_socket(api: Any) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with socket(api, Origin="https://evil.example"):
            pass

    assert refused.value.response.status_code == 403


async def test_a_socket_ends_with_its_token(api: Any) -> None:
    now = datetime.now(UTC)
    short = await people.create_token(api.database, "bob", now=now, lasts=timedelta(seconds=2))
    async with admitted(api, short) as connection:
        await ask(connection, "subscription { modelChanged { version } }")

        assert await closed(connection) == 4401


async def test_a_disabled_user_is_out_everywhere(api: Any) -> None:
    now = datetime.now(UTC)
    await people.add_user(api.database, "eve", api.password, now=now)
    token = await people.create_token(api.database, "eve", now=now, lasts=timedelta(hours=1))
    async with admitted(api, token) as connection:
        assert (await api.ask("{ me { name } }", token=token)).status_code == 200

        await people.disable_user(api.database, "eve", now=now)

        async with asyncio.timeout(5):
            assert await closed(connection) == 4401
            while (await api.ask("{ me { name } }", token=token)).status_code != 401:
                await asyncio.sleep(0.1)

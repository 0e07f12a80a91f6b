"""Sockets on a server as web applications use them: admitted, subscribed, and read with a time limit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from graph.sequencer import number
from graph.session import Database

PROTOCOL: Any = "graphql-transport-ws"
PATIENCE_S = 20.0


@dataclass
class Socket:
    """An admitted socket."""

    connection: ClientConnection

    async def tell(self, **message: Any) -> None:
        """Send a message of the protocol."""
        await self.connection.send(json.dumps(message))

    async def hear(self, patience_s: float = PATIENCE_S) -> Any:
        """The next message. Raises TimeoutError."""
        return json.loads(await asyncio.wait_for(self.connection.recv(), patience_s))

    async def ask(self, query: str, number: str = "1", **variables: Any) -> None:
        """Begin an operation."""
        await self.tell(id=number, type="subscribe", payload={"query": query, "variables": variables})

    async def told(self, patience_s: float = PATIENCE_S) -> Any:
        """The data of the next answer, which has no errors."""
        message = await self.hear(patience_s)
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def silent(self, seconds: float = 0.7) -> None:
        """Nothing comes for a while."""
        with suppress(TimeoutError):
            raise AssertionError(await self.hear(seconds))

    async def refused(self) -> str:
        """The code of the error that ends an operation."""
        message = await self.hear()
        assert message["type"] == "error", message
        code: str = message["payload"][0]["extensions"]["code"]
        return code

    async def closed(self) -> int | None:
        """The code the server ends the socket with; what it says before is passed over."""
        with suppress(ConnectionClosed):
            while True:
                await asyncio.wait_for(self.connection.recv(), PATIENCE_S)
        return self.connection.close_code


@asynccontextmanager
async def numbered(database: Database) -> AsyncIterator[None]:
    """While the block runs, changes get their numbers, as a worker would give them."""
    ended = asyncio.Event()

    async def keep_numbering() -> None:
        while not ended.is_set():
            await number(database)
            await asyncio.sleep(0.05)

    numbering = asyncio.create_task(keep_numbering())
    yield
    ended.set()
    await numbering


@asynccontextmanager
async def admitted(address: str, token: str, **options: Any) -> AsyncIterator[Socket]:
    """A socket on the server at an address, for the bearer of a token."""
    where = address.replace("http://", "ws://") + "/graphql"
    async with connect(where, subprotocols=[PROTOCOL], **options) as connection:
        socket = Socket(connection)
        await socket.tell(type="connection_init", payload={"authorization": f"Bearer {token}"})
        assert await socket.hear() == {"type": "connection_ack"}
        yield socket

"""Followers of a real server process: killed and started again, and with a database that goes away and comes back."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from gates import Gate, gate
from live_worlds import FIRMS, do, firm, resize
from sockets import admitted

from graph import people
from graph.address import Address
from graph.registry import Registry
from graph.session import Database

pytestmark = pytest.mark.anyio

EXAMPLE = Path(__file__).parents[2] / "docs" / "how-to" / "follow_changes.py"
WAIT_S = 120.0
FOLLOW = "subscription ($after: String) { firmChanged(after: $after) { kind id cursor changeSet } }"
COUNT = "subscription { firms { totalCount } }"


class Server:
    """`xrm serve`, which reaches its Neo4j through a gate."""

    def __init__(self, address: Address, door: Gate, home: Path, token: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address, self.token, self.door = f"http://127.0.0.1:{port}", token, door
        self.http = httpx.AsyncClient(base_url=self.address, timeout=60, headers={"authorization": f"Bearer {token}"})
        self._log = home / "log"
        self._environment = {
            **os.environ,
            "XRM_HOME": str(home),
            "XRM_PORT": str(port),
            "NEO4J_URI": door.uri,
            "NEO4J_USERNAME": address.username,
            "NEO4J_PASSWORD": address.password,
            "NEO4J_DATABASE": address.database,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it is ready."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "xrm", "serve", env=self._environment, stdout=log, stderr=log
            )
        await self.until_ready()

    async def until_ready(self) -> None:
        """Return when it says so."""
        async with asyncio.timeout(WAIT_S):
            while not await self._ready():
                await asyncio.sleep(0.1)

    async def _ready(self) -> bool:
        try:
            return (await self.http.get("/health/ready")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def kill(self) -> None:
        """As `kill -9` does."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def ask(self, query: str, **variables: Any) -> httpx.Response:
        """A request of the administrator."""
        return await self.http.post("/graphql", json={"query": query, "variables": variables})

    async def end(self) -> None:
        """Stop it as a service manager would."""
        assert self._process is not None
        self._process.terminate()
        await self._process.wait()
        await self.http.aclose()


@pytest.fixture
async def server(clean_neo4j: Address, tmp_path: Path) -> AsyncIterator[Server]:
    database = await Database.connect(clean_neo4j)
    await Registry.open(database)
    now = datetime.now(UTC)
    await people.add_user(database, "ann", "correct horse battery", now=now, administrator=True)
    token = await people.create_token(database, "ann", now=now, lasts=timedelta(hours=1))
    await database.close()
    async with gate(clean_neo4j.uri) as door:
        running = Server(clean_neo4j, door, tmp_path, token)
        await running.start()
        yield running
        await running.end()


@asynccontextmanager
async def example(server: Server) -> AsyncIterator[asyncio.StreamReader]:
    """The program in the docs, following; its output."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, str(EXAMPLE), server.address, "0.~", env={**os.environ, "XRM_TOKEN": server.token}, stdout=PIPE
    )
    assert program.stdout is not None
    yield program.stdout
    program.kill()
    await program.wait()


async def printed(program: asyncio.StreamReader, lines: int) -> list[Any]:
    """The next lines of the program."""
    async with asyncio.timeout(WAIT_S):
        return [json.loads(await program.readline()) for _ in range(lines)]


async def test_nothing_is_lost_when_the_server_is_killed_or_its_database_goes_away(server: Server) -> None:
    await do(server, FIRMS)
    async with example(server) as program:
        told = await followed_through_all(server)
        shown = await printed(program, 6)

    assert [each["kind"] for each in told] == ["CREATED", *["CHANGED"] * 5]
    assert len({each["changeSet"] for each in told}) == 6
    assert [each["cursor"] for each in shown] == [each["cursor"] for each in told]


async def followed_through_all(server: Server) -> list[Any]:
    """Six changes as two followers were told of them, one before the server was killed and one after."""
    async with admitted(server.address, server.token) as follower:
        await follower.ask(COUNT, "count")
        assert (await follower.told(60))["firms"] == {"totalCount": 0}
        await follower.ask(FOLLOW, "changes")
        id = await firm(server, "Acme")
        seen = [await follower.hear(60) for _ in range(2)]
        assert {each["id"] for each in seen} == {"count", "changes"}
        (first,) = (each["payload"]["data"]["firmChanged"] for each in seen if each["id"] == "changes")
        for size in (2, 3, 4):
            await resize(server, id, size)
        second = (await follower.told(60))["firmChanged"]
        await server.kill()

    await server.start()
    await resize(server, id, 5)
    async with admitted(server.address, server.token) as follower:
        await follower.ask(FOLLOW, after=second["cursor"])
        again = [(await follower.told(60))["firmChanged"] for _ in range(3)]

        await server.door.shut()
        await asyncio.sleep(1.5)
        await follower.tell(type="ping")
        assert await follower.hear() == {"type": "pong"}
        assert (await server.http.get("/health/ready")).status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert (await server.http.get("/health/live")).status_code == httpx.codes.OK
        await server.door.open()
        await server.until_ready()
        await resize(server, id, 6)
        back = (await follower.told(60))["firmChanged"]

    return [first, second, *again, back]

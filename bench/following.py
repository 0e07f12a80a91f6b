"""Two thousand open sockets: how long after a commit the first, the middle and the last of them have heard of it.

Servers of one and of two processes, on the machine that the sockets are on too; each round is one change. Everybody
follows the same changes, or one of fifty queries. It stands alone: @neo4j/graphql's
engine of changes needs the change data capture of Neo4j Enterprise.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import socket
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import httpx
import uvloop

from bench.measure import table
from graph import people
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain

SOCKETS = 2_000
AT_ONCE = 50  # sockets opened at the same time
PATIENCE_S = 60.0
TICKS = os.sysconf("SC_CLK_TCK")
PING = b"\x89\x04"  # how a ping of the server begins, with four bytes of its own
PASSWORD = "correct horse battery"  # noqa: S105  # of a user of a database that is thrown away
MODEL = {
    "types": [
        {
            "name": "Followed",
            "plural": "Followeds",
            "fields": [{"name": "name", "kind": "text", "required": True}, {"name": "size", "kind": "integer"}],
        }
    ]
}
CREATE = 'mutation { createFollowed(input: {data: {name: "all look at this", size: 0}}) { followed { id } } }'
RESIZE = "mutation ($i: UpdateFollowedInput!) { updateFollowed(input: $i) { errors { message } } }"
Round = tuple[float, float, float, float]  # seconds until the first, middle and last have heard; of the servers' CPU
WAYS: dict[str, Callable[[int], str]] = {
    "one subscription": lambda _: "subscription { followedChanged { id kind record { name size } } }",
    "fifty queries": lambda place: (
        f"subscription {{ followeds(where: {{size: {{gt: {place % 50 - 50}}}}}) {{ totalCount nodes {{ size }} }} }}"
    ),
}


def measure(
    address: Address,
    folder: Path,
    options: argparse.Namespace,
    report: Callable[[str, float | None], None],
) -> str:
    """Milliseconds from the answer to a change until sockets have heard of it, as a Markdown table."""
    rows = []
    for processes in (1, 2):
        for name, text in WAYS.items():
            report(f"{SOCKETS:,} sockets, {processes} server process(es), {name}", None)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                heard = runner.run(_measured(address, folder, processes, text, options.rounds))
            row = (str(processes), name, *_milliseconds(heard))
            report(", ".join(row), None)
            rows.append(row)
    columns = (
        "processes",
        f"{SOCKETS:,} sockets follow",
        "first, ms",
        "middle",
        "last",
        "server CPU, ms",
        "worst last",
    )
    return table(columns, rows)


def _milliseconds(heard: Sequence[Round]) -> tuple[str, ...]:
    """The medians of the rounds, and the longest that the last socket of any round has waited."""
    medians = [statistics.median(each) for each in zip(*heard, strict=True)]
    return tuple(f"{1_000 * seconds:.0f}" for seconds in (*medians, max(last for _, _, last, _ in heard)))


async def _measured(
    address: Address, folder: Path, processes: int, text: Callable[[int], str], rounds: int
) -> list[Round]:
    token = await _ready(address)
    async with _served(address, folder, processes, token) as (http, server):
        made = (await http.post("/graphql", json={"query": CREATE})).json()
        id_ = made["data"]["createFollowed"]["followed"]["id"]
        sockets = await _opened(http.base_url.port or 0, token, text)
        await asyncio.sleep(2)
        heard = []
        for size in range(1, rounds + 1):
            for each in sockets:
                each.forget()
            before = _cpu_s(server)
            await http.post("/graphql", json={"query": RESIZE, "variables": {"i": {"id": id_, "data": {"size": size}}}})
            committed = time.perf_counter()
            async with asyncio.timeout(PATIENCE_S):
                moments = sorted([await each.heard for each in sockets])
            first, middle, last = moments[0], moments[len(moments) // 2], moments[-1]
            cpu = _cpu_s(server) - before
            heard.append((first - committed, middle - committed, last - committed, cpu))
            await asyncio.sleep(1)
        for each in sockets:
            each.close()
    return heard


async def _ready(address: Address) -> str:
    database = await Database.connect(address)
    registry = await Registry.open(database)
    if "Followed" not in registry.model.types:
        patch, _ = patch_from_plain(MODEL)
        await registry.apply(SYSTEM, patch)
    now = datetime.now(UTC)
    if not [user for user in await people.list_users(database) if user.name == "follower"]:
        await people.add_user(database, "follower", PASSWORD, now=now, administrator=True)
    token = await people.create_token(database, "follower", now=now, lasts=timedelta(hours=1))
    await database.close()
    return token


@asynccontextmanager
async def _served(
    address: Address, folder: Path, processes: int, token: str
) -> AsyncIterator[tuple[httpx.AsyncClient, int]]:
    """A client of a server of so many processes on this database, and the server's process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "XRM_HOME": str(folder),
        "XRM_PORT": str(port),
        "XRM_WORKERS": str(processes),
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
    }
    with (folder / "server.log").open("ab") as log:
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "xrm", "serve", env=environment, stdout=log, stderr=log
        )
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=PATIENCE_S) as http:
        try:
            await _until_ready(http)
            yield http, server.pid
        finally:
            server.terminate()
            await server.wait()


def _cpu_s(process: int) -> float:
    """Seconds of CPU that a process and those it started have used."""
    place = Path("/proc", str(process))
    used = place.joinpath("stat").read_text().rpartition(")")[2].split()
    children = place.joinpath("task", str(process), "children").read_text().split()
    return (int(used[11]) + int(used[12])) / TICKS + sum(_cpu_s(int(child)) for child in children)


async def _until_ready(http: httpx.AsyncClient) -> None:
    async with asyncio.timeout(2 * PATIENCE_S):
        while True:
            try:
                if (await http.get("/health/ready")).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)


class _Socket(asyncio.Protocol):
    """A client that does the least there is to do, so that what is measured is the server."""

    def __init__(self, token: str, text: str) -> None:
        self._token, self._text = token, text
        self._transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        self.heard: asyncio.Future[float] = loop.create_future()
        self.subscribed: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport = cast("asyncio.Transport", transport)  # uvloop's is none by its class
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        if b"101 Switching" in data:
            self._send({"type": "connection_init", "payload": {"authorization": f"Bearer {self._token}"}})
        elif b"connection_ack" in data:
            self._send({"id": "1", "type": "subscribe", "payload": {"query": self._text}})
            self.subscribed.set_result(None)
        elif b'"next"' in data and not self.heard.done():
            self.heard.set_result(time.perf_counter())
        if (ping := data.find(PING)) >= 0:
            self._frame(0x8A, data[ping + 2 : ping + 6])

    def forget(self) -> None:
        """Listen for what comes from now on."""
        self.heard = asyncio.get_running_loop().create_future()

    def close(self) -> None:
        """Go away."""
        if self._transport is not None:
            self._transport.abort()

    def _send(self, message: object) -> None:
        """A masked text frame; the mask is nothing but zeros."""
        self._frame(0x81, json.dumps(message).encode())

    def _frame(self, kind: int, body: bytes) -> None:
        size = bytes((0x80 | len(body),)) if len(body) < 126 else bytes((0x80 | 126,)) + len(body).to_bytes(2, "big")
        assert self._transport is not None
        self._transport.write(bytes((kind,)) + size + bytes(4) + body)


async def _opened(port: int, token: str, text: Callable[[int], str]) -> list[_Socket]:
    sockets: list[_Socket] = []
    loop = asyncio.get_running_loop()
    for first in range(0, SOCKETS, AT_ONCE):
        made = await asyncio.gather(
            *(
                loop.create_connection(lambda place=place: _Socket(token, text(place)), "127.0.0.1", port)  # type: ignore[misc]  # bound
                for place in range(first, first + AT_ONCE)
            )
        )
        opened = [protocol for _, protocol in made]
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*(each.subscribed for each in opened))
        sockets += opened
    return sockets

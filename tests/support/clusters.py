"""A cluster as drivers see it: members that are proxies before one Neo4j, with the faults that networks and elections bring.

A member understands Bolt's messages well enough to answer for the routing table, to say that it is no leader, and to tell what
was asked of it. All members show the same store, so what a test proves is where things are sent and with which bookmarks.
"""

from __future__ import annotations

import asyncio
import random
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

BOLT_5_4 = bytes((0, 0, 4, 5)) + bytes(12)
RUN, BEGIN, ROUTE, RESET, LOGON = 0x10, 0x11, 0x66, 0x0F, 0x6A
SUCCESS, IGNORED, FAILURE = 0x70, 0x7E, 0x7F
HANDSHAKE = 20
NOT_A_LEADER = {"code": "Neo.ClientError.Cluster.NotALeader", "message": "No longer the leader"}


@dataclass
class Faults:
    """What goes wrong on the way to a member."""

    latency_s: float = 0.0
    resets: float = 0.0  # the share of messages at which the connection is reset
    silent: bool = False  # connections stand, but nothing goes through any more
    away: bool = False  # nobody listens
    elections: int = 0  # so many statements that write are told that somebody else leads now


@dataclass
class Member:
    """One member of the cluster; `asked` are the statements and beginnings sent to it, as they lie in the protocol."""

    cluster: Cluster
    role: str
    faults: Faults = field(default_factory=Faults)
    asked: list[bytes] = field(default_factory=list)
    port: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def connected(self, driver_in: asyncio.StreamReader, driver_out: asyncio.StreamWriter) -> None:
        """One connection of a driver, until either side or a fault ends it."""
        task = asyncio.current_task()
        assert task is not None
        self.cluster.open.add(task)
        try:
            if not self.faults.away:
                await self._passed_on(driver_in, driver_out)
        finally:
            await _abort(driver_out)
            self.cluster.open.discard(task)

    async def _passed_on(self, driver_in: asyncio.StreamReader, driver_out: asyncio.StreamWriter) -> None:
        neo4j_in, neo4j_out = await asyncio.open_connection(self.cluster.host, self.cluster.neo4j_port)
        answers = asyncio.create_task(self._answers(neo4j_in, driver_out))
        try:
            await driver_in.readexactly(HANDSHAKE)
            neo4j_out.write(b"\x60\x60\xb0\x17" + BOLT_5_4)  # a version in which failures are simple
            await self._messages(driver_in, driver_out, neo4j_out)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            answers.cancel()
            await asyncio.gather(answers, return_exceptions=True)
            await _abort(neo4j_out)

    async def _messages(
        self, driver_in: asyncio.StreamReader, driver_out: asyncio.StreamWriter, neo4j_out: asyncio.StreamWriter
    ) -> None:
        failed = False
        while True:
            framed, message = await _message(driver_in)
            await self._hinder()
            sort = message[1]
            if sort == RESET:
                failed = False
            if failed:
                driver_out.write(_framed(IGNORED))
            elif sort == ROUTE:
                driver_out.write(_framed(SUCCESS, {"rt": self.cluster.table()}))
            elif self._loses_the_lead(sort, message):
                failed = True
                driver_out.write(_framed(FAILURE, NOT_A_LEADER))
            else:
                neo4j_out.write(framed)
                await neo4j_out.drain()
            await driver_out.drain()

    async def _hinder(self) -> None:
        await asyncio.sleep(self.faults.latency_s)
        while self.faults.silent:
            await asyncio.sleep(0.05)
        if self.faults.away or self.chance.random() < self.faults.resets:
            raise ConnectionResetError

    def _loses_the_lead(self, sort: int, message: bytes) -> bool:
        if sort not in (RUN, BEGIN):
            return False
        self.asked.append(message)
        if not self.faults.elections or is_reading(message):
            return False
        self.faults.elections -= 1
        return True

    async def _answers(self, neo4j_in: asyncio.StreamReader, driver_out: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await neo4j_in.read(65_536):
                while self.faults.silent:
                    await asyncio.sleep(0.05)
                driver_out.write(data)
                await driver_out.drain()
            driver_out.write_eof()


@dataclass
class Cluster:
    """A leader, and a follower that reads are sent to."""

    host: str
    neo4j_port: int
    leader: Member = field(init=False)
    follower: Member = field(init=False)
    open: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.leader, self.follower = Member(self, "WRITE"), Member(self, "READ")

    @property
    def uri(self) -> str:
        return f"neo4j://{self.leader.place}"

    def table(self) -> dict[str, Any]:
        """Who does what, as members answer it."""
        both = [self.leader.place, self.follower.place]
        roles = {"WRITE": [self.leader.place], "READ": [self.follower.place], "ROUTE": both}
        return {"ttl": 300, "db": "neo4j", "servers": [{"addresses": a, "role": role} for role, a in roles.items()]}


@asynccontextmanager
async def clustered(uri: str) -> AsyncIterator[Cluster]:
    """A cluster before the Neo4j at an address."""
    place = urlsplit(uri)
    cluster = Cluster(str(place.hostname), place.port or 7687)
    servers = []
    for member in (cluster.leader, cluster.follower):
        server = await asyncio.start_server(member.connected, "127.0.0.1", 0)
        member.port = server.sockets[0].getsockname()[1]
        servers.append(server)
    yield cluster
    for server in servers:
        server.close()
    await asyncio.sleep(0.05)  # a connection that was just taken has begun, and will close what it holds
    for task in tuple(cluster.open):
        task.cancel()
    await asyncio.gather(*cluster.open, return_exceptions=True)


def is_reading(message: bytes) -> bool:
    """Whether a statement or a beginning says that it only reads."""
    return b"\x84mode\x81r" in message


async def _abort(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    await asyncio.gather(writer.wait_closed(), return_exceptions=True)


async def _message(source: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next message, as it came in chunks and without them."""
    framed, parts = b"", []
    while True:
        head = await source.readexactly(2)
        framed += head
        (size,) = struct.unpack(">H", head)
        if not size:
            if parts:
                return framed, b"".join(parts)
            continue
        parts.append(await source.readexactly(size))
        framed += parts[-1]


def _framed(sort: int, value: Any = None) -> bytes:
    body = bytes((0xB0, sort)) if value is None else bytes((0xB1, sort)) + _packed(value)
    return struct.pack(">H", len(body)) + body + b"\x00\x00"


def _packed(value: Any) -> bytes:
    """A small value in PackStream."""
    match value:
        case int():
            return b"\xc9" + struct.pack(">h", value)
        case str():
            return b"\xd0" + bytes((len(value.encode()),)) + value.encode()
        case list():
            return bytes((0x90 + len(value),)) + b"".join(map(_packed, value))
        case dict():
            return bytes((0xA0 + len(value),)) + b"".join(_packed(k) + _packed(v) for k, v in value.items())
    raise TypeError(type(value).__name__)

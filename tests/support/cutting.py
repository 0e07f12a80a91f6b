"""A proxy before a Neo4j that cuts a connection at the moment of a commit, as a broken network would.

A unit of work commits with a message of its own, or with the end of its only statement.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import urlsplit

BEGIN = b"\xb1\x11"  # how these messages begin or, without arguments, are framed as a whole in Bolt
COMMIT = b"\x00\x02\xb0\x12\x00\x00"
ROLLBACK = b"\x00\x02\xb0\x13\x00\x00"
CHANGES = b"ChangeSet:Unnumbered"  # in the text of every unit of work
COMMITTED = b"bookmark"  # in the answer to what has committed
AT_ONCE = 65_536


class Cut(Enum):
    """When a connection breaks: before the database has heard of the commit, or before it can say that it is done."""

    BEFORE = auto()
    AFTER = auto()


@dataclass
class Proxy:
    """Bolt passed through both ways; each of the `cuts` is made at the next commit, `made` counts them."""

    host: str
    port: int
    cuts: list[Cut] = field(default_factory=list)
    made: int = 0
    gone_after_cut: bool = False
    uri: str = ""

    async def connected(self, driver_in: asyncio.StreamReader, driver_out: asyncio.StreamWriter) -> None:
        """One connection of the driver, until either side or a cut ends it."""
        if self.made and self.gone_after_cut:
            await _close(driver_out)
            return
        neo4j_in, neo4j_out = await asyncio.open_connection(self.host, self.port)
        answers = asyncio.create_task(_pass_on(neo4j_in, driver_out))
        begun = False
        while data := await driver_in.read(AT_ONCE):
            begun = (begun or BEGIN in data) and ROLLBACK not in data
            commits = COMMIT in data or (not begun and CHANGES in data)
            begun = begun and COMMIT not in data
            if self.cuts and commits:
                await self._cut(self.cuts.pop(0), data, answers, neo4j_in, neo4j_out)
                break
            neo4j_out.write(data)
            await neo4j_out.drain()
        answers.cancel()
        await asyncio.gather(answers, return_exceptions=True)
        await _close(neo4j_out)
        await _close(driver_out)

    async def _cut(
        self,
        cut: Cut,
        commit: bytes,
        answers: asyncio.Task[None],
        neo4j_in: asyncio.StreamReader,
        neo4j_out: asyncio.StreamWriter,
    ) -> None:
        answers.cancel()
        await asyncio.gather(answers, return_exceptions=True)
        self.made += 1
        if cut is Cut.AFTER:
            neo4j_out.write(commit)
            await neo4j_out.drain()
            async with asyncio.timeout(30):
                heard = b""
                while COMMITTED not in heard:  # the answer, which the driver will never hear
                    heard += await neo4j_in.read(AT_ONCE)


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(AT_ONCE):
        target.write(data)
        await target.drain()
    target.write_eof()


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    await asyncio.gather(writer.wait_closed(), return_exceptions=True)


@asynccontextmanager
async def proxied(uri: str) -> AsyncIterator[Proxy]:
    """A proxy on a port of its own before the Neo4j at a Bolt address."""
    place = urlsplit(uri)
    proxy = Proxy(str(place.hostname), place.port or 7687)
    server = await asyncio.start_server(proxy.connected, "127.0.0.1", 0)
    proxy.uri = f"bolt://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield proxy
    server.close()

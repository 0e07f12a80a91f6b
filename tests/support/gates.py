"""A gate before a Neo4j: shut, every connection through it breaks and no new one is made; opened, they are made again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

AT_ONCE = 65_536


class Gate:
    """One port that leads to another, or nowhere."""

    def __init__(self, uri: str) -> None:
        place = urlsplit(uri)
        self._host, self._port = place.hostname or "", place.port or 7687
        self._server: asyncio.Server | None = None
        self._passing: set[asyncio.StreamWriter] = set()
        self._own = 0

    @property
    def uri(self) -> str:
        """Where the gate stands."""
        return f"bolt://127.0.0.1:{self._own}"

    async def open(self) -> None:
        """Let connections through, at the same place as before."""
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self._own)
        self._own = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Break what passes, and let nothing through."""
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._passing):
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_in, there_out = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.close()
            return
        self._passing |= {writer, there_out}
        await asyncio.gather(_carry(reader, there_out), _carry(there_in, writer))
        self._passing -= {writer, there_out}


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(AT_ONCE):
            writer.write(data)
            await writer.drain()
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@asynccontextmanager
async def gate(uri: str) -> AsyncIterator[Gate]:
    """An open gate before a Neo4j."""
    made = Gate(uri)
    await made.open()
    yield made
    await made.shut()

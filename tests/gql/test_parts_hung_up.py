"""Who leaves while an answer comes in parts ends the statements of its other parts, in the database too, over a real socket."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import anyio
import neo4j
import pytest
from live_worlds import do

pytestmark = pytest.mark.anyio

MODEL = """mutation { applyModel(input: {
  types: [{name: "Person", plural: "People", fields: [{name: "name", kind: "text"}]}]
  relations: [{name: "KNOWS", symmetric: true,
    source: {types: ["Person"], field: "knows"}, target: {types: ["Person"], field: "knows"}}]
}) { errors { message } } }"""
FILL = """UNWIND range(1, 150) AS n
CREATE (:Record:Person {id: 'p' + n, version: 1, createdAt: datetime(), updatedAt: datetime(), name: 'P' + n})
WITH count(1) AS made MATCH (a:Person), (b:Person) WHERE a.id < b.id
CREATE (a)-[:KNOWS {id: a.id + b.id, version: 1, createdAt: datetime(), updatedAt: datetime()}]->(b)"""
KNOWS = "{ knows: { every: { node: " * 4 + '{ name: { ne: "nobody" } }' + " } } }" * 4
ENDLESS = f"people(where: {KNOWS}) {{ totalCount }}"
LATER = f"{{ me {{ name }} ... @defer {{ one: {ENDLESS} }} ... @defer {{ two: {ENDLESS} }} }}"
AT_ONCE = f"{{ {ENDLESS} ... @defer {{ me {{ name }} }} }}"
RUNNING = """SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'KNOWS' AND NOT currentQuery CONTAINS 'SHOW'
RETURN count(*) AS running"""
RESET = struct.pack("ii", 1, 0)  # what is not sent yet is thrown away, and the other side told so
PATIENCE_S = 120.0


@pytest.fixture(scope="module")
async def api(stand: Callable[..., Any], neo4j_driver: neo4j.Driver) -> AsyncIterator[Any]:
    """A server that answers in parts and lets a statement run as long as it likes, before people who all know one another."""
    without_limits = {"XRM_MAX_COST": "1000000000", "XRM_COST_PER_MINUTE": "0", "XRM_TIMEOUT_S": "600"}
    async with stand(XRM_INCREMENTAL="on", **without_limits) as served:
        await do(served, MODEL)
        with neo4j_driver.session() as session:
            session.run(FILL).consume()
        yield served


class Asking:
    """A client on a socket of its own, which can leave in either way."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def begun(cls, api: Any, query: str) -> Asking:
        """The client once its request is sent."""
        host, port = api.address.removeprefix("http://").split(":")
        asking = cls(*await asyncio.open_connection(host, int(port)))
        body = json.dumps({"query": query})
        asking.writer.write(
            f"POST /graphql HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {api.admin}\r\n"
            "accept: multipart/mixed;incrementalSpec=v0.2\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n\r\n{body}".encode()
        )
        await asking.writer.drain()
        return asking

    async def heard(self, part: bytes) -> None:
        """Wait until something has come."""
        async with asyncio.timeout(PATIENCE_S):
            await self.reader.readuntil(part)

    async def leave(self, *, at_once: bool) -> None:
        """End the connection: in order, or with a reset."""
        if at_once:
            plain: socket.socket = self.writer.get_extra_info("socket")
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()


async def until(wanted: int, driver: neo4j.Driver) -> None:
    """Wait until so many statements of these tests run in the database."""

    def running() -> int:
        with driver.session() as session:
            return int(session.run(RUNNING).single(strict=True)["running"])

    async with asyncio.timeout(PATIENCE_S):
        while await anyio.to_thread.run_sync(running) != wanted:
            await asyncio.sleep(0.1)


async def until_over(before: set[asyncio.Task[Any]]) -> None:
    """Wait until nothing runs in the server that did not run before."""
    async with asyncio.timeout(PATIENCE_S):
        while asyncio.all_tasks() - before:
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("at_once", [False, True], ids=["in order", "by a reset"])
@pytest.mark.parametrize(
    ("query", "told", "statements"),
    [(LATER, b'"hasNext":true', 2), (AT_ONCE, b"", 1)],
    ids=["after the first part", "before it"],
)
async def test_who_leaves_in_the_middle_ends_what_runs_for_them(
    api: Any, neo4j_driver: neo4j.Driver, query: str, told: bytes, statements: int, at_once: bool
) -> None:
    before = asyncio.all_tasks()
    asking = await Asking.begun(api, query)
    if told:
        await asking.heard(told)
    await until(statements, neo4j_driver)

    await asking.leave(at_once=at_once)

    await until(0, neo4j_driver)
    await until_over(before)
    assert (await api.ask("{ me { name } }")).json()["data"] == {"me": {"name": "ann"}}

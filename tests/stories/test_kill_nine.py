"""kill -9 of Neo4j and of the server under fifty writers: every acknowledged write is there, once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("short_lived_java")]

WRITERS = 50
PER_WRITER = 3
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.3, 5.0
GIVE_UP_S = 300.0  # without any write acknowledged: Neo4j is started again within it, also on a busy machine
MODEL = """
mutation {
  applyModel(input: {types: [{name: "Parcel", plural: "Parcels", display: "{code}", naturalKeys: [["code"]],
    fields: [{name: "code", kind: "text", required: true, unique: true}]}]}) { errors { message } }
}
"""
CREATE = """
mutation ($code: String!) {
  createParcel(input: {data: {code: $code}, idempotencyKey: $code}) { parcel { id code } errors { code message } }
}
"""
PAGE = """
query ($after: String) {
  parcels(first: 500, after: $after, orderBy: [{code: ASC}]) { nodes { id code } totalCount pageInfo { hasNextPage endCursor } }
}
"""


class Writers:
    """Fifty who write, each one parcel after another, and ask again with the same key until they are answered."""

    def __init__(self, served: Any) -> None:
        self.served = served
        self.acknowledged: dict[str, str] = {}
        self.done = 0
        self.patience = asyncio.timeout(None)

    async def run(self) -> None:
        limits = httpx.Limits(max_connections=WRITERS)
        async with httpx.AsyncClient(headers=self.served.headers, timeout=40, limits=limits) as client:
            async with asyncio.timeout(GIVE_UP_S) as self.patience, asyncio.TaskGroup() as tasks:
                for writer in range(WRITERS):
                    tasks.create_task(self._write(client, writer))

    async def _write(self, client: httpx.AsyncClient, writer: int) -> None:
        for number in range(PER_WRITER):
            code = f"p{writer:02d}-{number:03d}"
            pause = FIRST_PAUSE_S
            while (record_id := await self._ask(client, code)) is None:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)  # fifty who ask all the time would keep Neo4j from starting
            self.acknowledged[code] = record_id
            self.done += 1
            self.patience.reschedule(asyncio.get_running_loop().time() + GIVE_UP_S)

    async def _ask(self, client: httpx.AsyncClient, code: str) -> str | None:
        try:
            answer = await client.post(
                f"{self.served.address}/graphql", json={"query": CREATE, "variables": {"code": code}}
            )
        except httpx.HTTPError:
            return None
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or answer.json().get("data") is None:
            return None
        payload = answer.json()["data"]["createParcel"]
        if payload is None:
            code_of_error = answer.json()["errors"][0]["extensions"]["code"]
            assert code_of_error in {"unavailable", "outcome_unknown", "timed_out"}, answer.text
            return None
        assert payload["errors"] == [], payload
        record_id: str = payload["parcel"]["id"]
        return record_id

    async def reached(self, share: float, storm: asyncio.Task[None]) -> None:
        """Return when this share of the work is done; what stops the storm is raised."""
        while self.done < share * WRITERS * PER_WRITER:
            if storm.done():
                await storm
            await asyncio.sleep(0.01)


def everything(served: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    after = None
    while True:
        page = served.ask(PAGE, after=after)["parcels"]
        found += [(node["code"], node["id"]) for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(found)
            return found


async def test_every_acknowledged_write_is_there_once_after_kill_nine(serve: Callable[..., Any]) -> None:
    served = await asyncio.to_thread(serve)
    assert served.ask(MODEL)["applyModel"]["errors"] == []
    writers = Writers(served)

    storm = asyncio.create_task(writers.run())
    await writers.reached(0.25, storm)
    os.kill(served.neo4j_pid(), signal.SIGKILL)
    await writers.reached(0.6, storm)
    served.kill()
    await asyncio.to_thread(served.start)
    await storm

    found = everything(served)
    assert [code for code, times in Counter(code for code, _ in found).items() if times > 1] == []
    assert dict(found) == writers.acknowledged
    assert len(found) == WRITERS * PER_WRITER

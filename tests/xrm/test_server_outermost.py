"""The last catch of the server: what a request is answered with that could not be served."""

from __future__ import annotations

import logging

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from models.errors import Unavailable
from xrm.server.metrics import Metrics
from xrm.server.outermost import Outermost

pytestmark = pytest.mark.anyio


async def away(scope: Scope, receive: Receive, send: Send) -> None:
    raise Unavailable("The Neo4j does not answer.")


async def test_while_the_database_is_away_a_caller_is_told_to_come_again_in_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    door = Outermost(away, away, Metrics(), frozenset())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://server") as http:
        with caplog.at_level(logging.WARNING, "xrm.server"):
            answer = await http.post("/graphql", json={"query": "{ me { name } }"})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json() == {
        "errors": [{"message": "The Neo4j does not answer.", "extensions": {"code": "unavailable"}}]
    }
    (record,) = caplog.records
    assert (record.levelname, record.exc_info) == ("WARNING", None)

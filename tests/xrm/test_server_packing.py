"""Answers on their way: larger ones packed for whoever takes gzip, streams piece by piece, events as they are."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from xrm.server.metrics import Metrics
from xrm.server.outermost import Outermost
from xrm.server.packing import LEAST_BYTES

pytestmark = pytest.mark.anyio
LARGE = b'{"data": {"companies": [%s]}}' % b", ".join(b'{"name": "Amberfield %d"}' % each for each in range(500))
SMALL = b'{"data": {"me": null}}'


class Says:
    """Answers everything with these pieces."""

    def __init__(self, *pieces: bytes, media: str = "application/json") -> None:
        self._pieces, self._media = pieces, media

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fields = [(b"content-type", self._media.encode()), (b"vary", b"Accept")]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        for place, piece in enumerate(self._pieces, 1):
            await send({"type": "http.response.body", "body": piece, "more_body": place < len(self._pieces)})


def door(app: Says) -> Outermost:
    return Outermost(app, app, Metrics(), frozenset())


async def asked(app: Says, encodings: str, path: str = "/graphql") -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door(app)), base_url="http://server") as http:
        return await http.get(path, headers={"accept-encoding": encodings})


async def pieces(app: Says) -> tuple[dict[bytes, bytes], Sequence[bytes]]:
    """The fields of an answer, and what was sent, one after the other."""
    sent = list[Message]()

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"accept-encoding", b"gzip")]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/graphql", "scheme": "http", "headers": headers}
    await door(app)(scope, lambda: None, send)  # type: ignore[arg-type, return-value]  # nobody receives here
    start, *rest = sent
    return dict(start["headers"]), [each["body"] for each in rest]


@pytest.mark.parametrize("path", ["/graphql", "/api/openapi.json"])
async def test_a_large_answer_is_packed_for_whoever_takes_it(path: str) -> None:
    answer = await asked(Says(LARGE), "gzip, deflate, br", path)

    assert answer.content == LARGE
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(LARGE) / 4
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(("body", "encodings"), [(LARGE, "identity"), (LARGE, "br"), (SMALL, "gzip")])
async def test_a_small_answer_and_one_for_somebody_who_takes_none_go_as_they_are(body: bytes, encodings: str) -> None:
    answer = await asked(Says(body), encodings)

    assert len(SMALL) < LEAST_BYTES < len(LARGE)
    assert (answer.content, answer.headers.get("content-encoding")) == (body, None)


async def test_each_piece_of_a_stream_can_be_read_when_it_is_sent() -> None:
    rows = [b'{"name": "Amberfield"}\n', b'{"name": "Beechwood"}\n', LARGE, b""]

    fields, sent = await pieces(Says(*rows, media="application/x-ndjson"))

    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert fields[b"content-encoding"] == b"gzip"
    assert [reader.decompress(each) for each in sent] == rows
    assert reader.eof


async def test_events_go_as_they_are() -> None:
    events = [b"event: next\ndata: {}\n\n", b": " + b"still here " * 200 + b"\n\n", b""]

    fields, sent = await pieces(Says(*events, media="text/event-stream; charset=utf-8"))

    assert b"content-encoding" not in fields
    assert list(sent) == events

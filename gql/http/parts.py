"""Answers in parts over HTTP: multipart/mixed, as incremental delivery over HTTP has it, each part sent when it comes."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

from starlette.types import Send

from gql.execute.delivering import InParts

SEND_S = 30.0  # that one part may take until the client has room for it
HEADERS = [
    (b"content-type", b'multipart/mixed; boundary="-"; incrementalSpec=v0.2'),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"vary", b"Accept, Authorization, Cookie"),
]
BOUNDARY, END = b"\r\n---", b"\r\n-----\r\n"
HEAD = b"\r\ncontent-type: application/json; charset=utf-8\r\n\r\n"


async def respond_in_parts(send: Send, answer: InParts) -> None:
    """Send an answer and what comes after it; a client that has no room for a part for so long is given up.

    The line behind a part goes out with it: only by that line does a client know that the part is complete.
    """
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    with suppress(TimeoutError):
        if answer.more is None:
            await _send(send, BOUNDARY + HEAD + answer.first.body + END)
        else:
            async with aclosing(answer.more) as more:
                await _send(send, BOUNDARY + HEAD + answer.first.body + BOUNDARY)
                async for message in more:
                    await _send(send, HEAD + message.body + (END if message.last else BOUNDARY))
    await send({"type": "http.response.body", "body": b""})


async def _send(send: Send, chunk: bytes) -> None:
    async with asyncio.timeout(SEND_S):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})

"""Responses that are sent while their rows are still read; whoever goes away ends the reading."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from enum import StrEnum

import orjson
from starlette.types import Message, Receive, Send

from gql.http.media import ranges
from gql.streaming.cells import Column, header, lines
from gql.streaming.pages import Rows

SEND_S = 60.0  # that a client may take until it has room for more


class Form(StrEnum):
    """What rows are written as."""

    CSV = "text/csv"
    NDJSON = "application/x-ndjson"

    @classmethod
    def of(cls, accept: str | None) -> Form | None:
        """The one that a client likes best; None where it takes none of them."""
        offered = {form.value: form for form in cls} | {"text/*": cls.CSV}
        taken = [(quality, name) for name, quality in ranges(accept or "") if quality and name in offered]
        return offered[max(taken, key=lambda each: each[0])[1]] if taken else None

    @property
    def suffix(self) -> str:
        """How the name of a file ends."""
        return "csv" if self is Form.CSV else "ndjson"


class CutShort(Exception):
    """A response that cannot be ended as it was begun: its connection breaks off, so that nobody takes a part for the whole."""


def writer(form: Form, columns: Sequence[Column]) -> Callable[[Rows], bytes]:
    """What turns rows into bytes."""
    if form is Form.CSV:
        return lambda rows: lines(columns, rows)
    return lambda rows: b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


async def respond(
    form: Form,
    columns: Sequence[Column],
    pages: AsyncIterator[Rows],
    name: str,
    receive: Receive,
    send: Send,
) -> None:
    """Send all rows. The first page is read before the response begins, so that what is wrong with the query has a status.

    Raises Broken for that page, and CutShort when the response cannot be ended.
    """
    written = writer(form, columns)
    async with aclosing(pages) as rest:  # type: ignore[type-var]  # it is a generator
        first = await anext(rest)
        sending = asyncio.create_task(_send(form, columns, written, first, rest, name, send))
        gone = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, gone):
                task.cancel()
            await asyncio.gather(sending, gone, return_exceptions=True)
    if not sending.cancelled() and (failed := sending.exception()) is not None:
        raise CutShort("Rows are missing from a stream.") from failed


async def _send(
    form: Form,
    columns: Sequence[Column],
    written: Callable[[Rows], bytes],
    first: Rows,
    rest: AsyncIterator[Rows],
    name: str,
    send: Send,
) -> None:
    more = "; charset=utf-8; header=present" if form is Form.CSV else "; charset=utf-8"
    headers = [
        (b"content-type", f"{form}{more}".encode()),
        (b"content-disposition", f'attachment; filename="{name}.{form.suffix}"'.encode()),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"vary", b"Accept, Authorization, Cookie"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _part(send, (header(columns) if form is Form.CSV else b"") + written(first))
    async for rows in rest:
        await _part(send, written(rows))
    await send({"type": "http.response.body", "body": b""})


async def _part(send: Send, body: bytes) -> None:
    if not body:
        return
    try:
        async with asyncio.timeout(SEND_S):
            await send({"type": "http.response.body", "body": body, "more_body": True})
    except TimeoutError:
        raise CutShort(f"The client took nothing for {SEND_S:g} s.") from None


async def _gone(receive: Receive) -> None:
    """Returns when the client has closed the connection."""
    message: Message = {"type": ""}
    while message["type"] != "http.disconnect":
        message = await receive()

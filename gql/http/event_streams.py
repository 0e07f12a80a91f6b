"""Operations over server-sent events: GraphQL over SSE in distinct connections mode, one stream for each operation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress

from starlette.types import Receive, Send

from gql.execute.answers import Answer, refusal
from gql.execute.errors import caught
from gql.http.callers import Credential
from gql.http.requests import GraphQLRequest
from gql.live.subscriber import TooSlow
from gql.subscriptions import Subscribes
from graph.standing import Held, Standing
from models.actor import Actor
from models.errors import NotSignedIn
from models.people import Admitted

ALIVE_S = 12.0  # between two signs of life, so that proxies keep a silent stream
SEND_S = 30.0  # that one event may take until the client has room for it
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"vary", b"Accept, Authorization, Cookie"),
]
COMPLETE = b"event: complete\ndata:\n\n"
ALIVE = b":\n\n"


class EventStreams:
    """The open streams of one process."""

    def __init__(self, subscriptions: Subscribes, standing: Standing) -> None:
        self._subscriptions, self._standing = subscriptions, standing
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End every stream, so that the process can end; clients come again, and go on where they were."""
        self._closing.set()

    async def respond(
        self,
        request: GraphQLRequest,
        actor: Actor,
        shown: Credential,
        admitted: Admitted,
        after: str,
        receive: Receive,
        send: Send,
    ) -> None:
        """The answers to one operation, until it completes or either side goes away."""
        async with self._standing.holding(shown.secret, admitted) as held:
            await self._respond(request, actor, held, after, receive, send)

    async def _respond(
        self, request: GraphQLRequest, actor: Actor, held: Held, after: str, receive: Receive, send: Send
    ) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        answers = self._subscriptions.answers(
            request.text, request.variables, request.operation_name, actor, after=after
        )
        sending = asyncio.create_task(self._send_all(answers, held, send))
        ends = [
            asyncio.create_task(each) for each in (_gone(receive), held.ended.wait(), self._closing.wait(), _live(send))
        ]
        try:
            await asyncio.wait({sending, *ends}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, *ends):
                task.cancel()
            await asyncio.gather(sending, *ends, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(SEND_S):
                await _send(send, self._last(sending, held))
                await send({"type": "http.response.body", "body": b""})

    async def _send_all(self, answers: AsyncIterator[Answer], held: Held, send: Send) -> None:
        async with aclosing(answers) as stream:  # type: ignore[type-var]  # it is a generator
            async for answer in stream:
                if not await self._standing.confirmed(held):
                    return
                async with asyncio.timeout(SEND_S):
                    await _send(send, event(answer))

    def _last(self, sending: asyncio.Task[None], held: Held) -> bytes:
        """What is said at the end: why, where it was not the end of the answers."""
        if held.ended.is_set():
            error = NotSignedIn("The token or session is no longer good; sign in again.")
            return event(refusal([caught(error)])) + COMPLETE
        failed = None if sending.cancelled() else sending.exception()
        if sending.cancelled() or isinstance(failed, TimeoutError):
            return b""
        if isinstance(failed, TooSlow):
            return event(refusal([caught(failed)])) + COMPLETE
        if failed is not None:
            raise failed
        return COMPLETE


def event(answer: Answer) -> bytes:
    """An answer as an event; one that tells of a change bears its cursor, from which browsers go on by themselves."""
    id_ = f"id: {answer.cursor}\n".encode() if answer.cursor else b""
    return b"event: next\n" + id_ + b"data: " + answer.body + b"\n\n"


async def _send(send: Send, chunk: bytes) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _gone(receive: Receive) -> None:
    """Returns when the client has closed the stream."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _live(send: Send) -> None:
    """Signs of life; returns when the client takes none any more."""
    while True:
        await asyncio.sleep(ALIVE_S)
        try:
            async with asyncio.timeout(SEND_S):
                await _send(send, ALIVE)
        except TimeoutError:
            return

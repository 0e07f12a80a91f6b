"""Operations over WebSocket by `graphql-transport-ws`, on strawberry's implementation of that protocol."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import orjson
from starlette.datastructures import Headers
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry import Schema
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage
from strawberry.types.unset import UNSET

from gql.execute.answers import Answer
from gql.http.callers import TIME_ZONE, Credential, bearer, credential, in_own_zone, is_foreign
from gql.http.refusals import Refused
from gql.live.subscriber import TooSlow
from gql.subscriptions import Subscribes
from graph.admission import Admission
from graph.standing import Held, Standing
from models.errors import TimedOut, Unavailable

INIT_S = 10.0
IDLE_S = 600.0  # without a message or an operation
SEND_S = 30.0  # that one message may take until the client has room for it
CUT_S = 5.0  # that the end of a socket may take
MOST_OPERATIONS = 100
INVALID, UNAUTHORIZED, TOO_SLOW, TOO_MANY = 4400, 4401, 4413, 4429
NORMAL, TRY_AGAIN = 1000, 1013


@dataclass(slots=True)
class SocketContext:
    """What belongs to one socket: how it was opened, what its client sent to begin with, and who it turned out to be."""

    headers: Headers
    connection_params: dict[str, Any] = field(default_factory=dict)
    held: Held | None = None
    time_zone: str = "UTC"
    leaving: AsyncExitStack = field(default_factory=AsyncExitStack)


class Adapter(ASGIWebSocketAdapter):
    """A socket that also takes messages which are JSON already."""

    async def send_raw(self, message: bytes) -> None:
        """Send a message as it is. Raises TimeoutError when the client makes no room for it."""
        try:
            async with asyncio.timeout(SEND_S):
                await self.ws.send_text(message.decode())
        except WebSocketDisconnect as gone:
            raise WebSocketDisconnected from gone

    @property
    def is_open(self) -> bool:
        """Whether the server has not ended it yet."""
        return self.ws.application_state is WebSocketState.CONNECTED


class TransportHandler(BaseGraphQLTransportWSHandler[SocketContext, None]):
    """Runs what one socket asks for, and closes it when its token or session is no longer good."""

    view: GraphQLOverWebSocket
    websocket: Adapter
    watch: asyncio.Task[None] | None = None
    reading: asyncio.Task[None] | None = None
    heard: float = 0.0

    async def handle(self) -> None:
        """Everything about one socket, until either side or a cut ends it."""
        self.reading = asyncio.create_task(super().handle())
        try:
            await asyncio.wait({self.reading})
        finally:
            self.reading.cancel()
        if not self.reading.cancelled():
            self.reading.result()

    async def handle_message(self, message: Any) -> None:
        """One message of the client; anything misshapen ends the socket."""
        self.heard = time.monotonic()
        if not isinstance(message, dict) or not _is_sound(message):
            await self.handle_invalid_message("The message has none of the forms of graphql-transport-ws")
            return
        await super().handle_message(message)  # type: ignore[arg-type]  # its form has just been checked

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Let the client in, and look after that it may stay."""
        try:
            await super().handle_connection_init(message)
        except (Unavailable, TimedOut):
            await self._close(TRY_AGAIN, "The database does not answer; try again later")
        if self.connection_acknowledged and self.watch is None and self.context.held is not None:
            self.watch = asyncio.create_task(self._close_in_time(self.context.held))

    async def handle_subscribe(self, message: Any) -> None:
        """Begin an operation, up to so many at once."""
        if len(self.operations) >= MOST_OPERATIONS and self.connection_acknowledged:
            await self._close(TOO_MANY, f"More than {MOST_OPERATIONS} operations at once")
            return
        await super().handle_subscribe(message)

    async def shutdown(self) -> None:
        """End what runs for this socket."""
        if self.watch is not None:
            self.watch.cancel()
            await asyncio.gather(self.watch, return_exceptions=True)
        await super().shutdown()
        await self.context.leaving.aclose()

    async def run_operation(self, operation: Operation[SocketContext, None]) -> None:
        """Everything about one operation, to its last message."""
        held = self.context.held
        if held is None or not await self.view.standing.confirmed(held):
            await self._close(UNAUTHORIZED, "Unauthorized")
            return
        actor = replace(held.actor, time_zone=self.context.time_zone)
        stream = self.view.subscriptions.answers(operation.query, operation.variables, operation.operation_name, actor)
        try:
            async with aclosing(stream):
                await self._send_all(operation, stream, held)
        except WebSocketDisconnected:
            return
        except (TooSlow, TimeoutError):
            await self._close(TOO_SLOW, "Read faster: too much waits; subscribe again with the last cursor as `after`")

    async def _send_all(
        self, operation: Operation[SocketContext, None], stream: AsyncIterator[Answer], held: Held
    ) -> None:
        head = orjson.dumps({"id": operation.id, "type": "next"})[:-1] + b',"payload":'
        async for answer in stream:
            if not await self.view.standing.confirmed(held):
                await self._close(UNAUTHORIZED, "Unauthorized")
                return
            if answer.refused:
                errors = orjson.loads(answer.body)["errors"]
                await operation.send_operation_message({"id": operation.id, "type": "error", "payload": errors})
                return
            await self.websocket.send_raw(head + answer.body + b"}")
        await operation.send_operation_message({"id": operation.id, "type": "complete"})

    async def _close_in_time(self, held: Held) -> None:
        """Close the socket when its credential ends, or when nothing was asked for a long time."""
        while not held.ended.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE_S):
                    await held.ended.wait()
            if not held.ended.is_set() and not self.operations and time.monotonic() - self.heard >= IDLE_S:
                await self._close(NORMAL, "Nothing was asked for a long time")
                return
        await self._close(UNAUTHORIZED, "Unauthorized")

    async def _close(self, code: int, reason: str) -> None:
        """End the socket; one whose client takes nothing any more is dropped."""
        if not self.websocket.is_open:
            return
        try:
            async with asyncio.timeout(CUT_S):
                await self.websocket.close(code, reason)
        except TimeoutError:
            if self.reading is not None:
                self.reading.cancel()


class GraphQLOverWebSocket(GraphQL[SocketContext, None]):
    """The sockets of /graphql; the legacy protocol `graphql-ws` is not offered."""

    graphql_transport_ws_handler_class = TransportHandler
    websocket_adapter_class = Adapter

    def __init__(self, schema: Schema, subscriptions: Subscribes, admission: Admission, standing: Standing) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            max_subscriptions_per_connection=None,
        )
        self.subscriptions = subscriptions
        self.standing = standing
        self._admission = admission

    @property
    def connection_init_wait_timeout(self) -> timedelta:
        """How long a client may take to say who it is."""
        return timedelta(seconds=INIT_S)

    @connection_init_wait_timeout.setter
    def connection_init_wait_timeout(self, given: timedelta) -> None:
        """strawberry sets its own default; ours stands."""

    async def get_context(self, request: Any, response: Any) -> SocketContext:
        """What strawberry hands around for one socket."""
        return SocketContext(request.headers)

    async def pick_websocket_subprotocol(self, request: WebSocket) -> str | None:
        """The protocol, when the client offers it."""
        return GRAPHQL_TRANSPORT_WS_PROTOCOL if GRAPHQL_TRANSPORT_WS_PROTOCOL in request["subprotocols"] else None

    async def on_ws_connect(self, context: SocketContext) -> Any:
        """Admit whoever `connection_init` or the opening request names; else the socket is closed with 4403."""
        shown = _credential(context)
        admitted = await shown.admitted(self._admission) if shown else None
        if shown is None or admitted is None:
            raise ConnectionRejectionError
        try:
            context.time_zone = in_own_zone(admitted.actor, _zone(context)).time_zone
        except Refused as error:
            raise ConnectionRejectionError from error
        context.held = await context.leaving.enter_async_context(self.standing.holding(shown.secret, admitted))
        return UNSET


def _credential(context: SocketContext) -> Credential | None:
    """What the client shows; a page of another origin cannot show the browser's session."""
    given = context.connection_params.get("Authorization", context.connection_params.get("authorization"))
    if isinstance(given, str):
        return bearer(given)
    shown = credential(context.headers) if given is None else None
    return None if shown is None or (shown.by_cookie and is_foreign(context.headers)) else shown


def _zone(context: SocketContext) -> Headers:
    """Where the time zone is named: browsers cannot set headers of a socket, so `connection_init` may name it too."""
    given = context.connection_params.get("Time-Zone")
    return Headers({TIME_ZONE: given}) if isinstance(given, str) else context.headers


def _is_sound(message: dict[str, Any]) -> bool:
    kind, payload = message.get("type"), message.get("payload")
    if kind in {"subscribe", "complete"} and not isinstance(message.get("id"), str):
        return False
    if kind != "subscribe":
        return isinstance(kind, str)
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )

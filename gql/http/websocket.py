"""Operations over WebSocket by `graphql-transport-ws`, on strawberry's implementation of that protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
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
from strawberry.types.unset import UNSET

from gql.execute.answers import Answer
from gql.http.callers import Credential, bearer, credential, is_foreign
from gql.subscriptions import Subscribes
from graph.admission import Admission
from models.actor import Actor

INIT_S = 10.0
RECHECK_S = 1.0
MOST_OPERATIONS = 100
INVALID, UNAUTHORIZED, TOO_MANY = 4400, 4401, 4429


@dataclass(slots=True)
class SocketContext:
    """What belongs to one socket: how it was opened, what its client sent to begin with, and who it turned out to be."""

    headers: Headers
    connection_params: dict[str, Any] = field(default_factory=dict)
    credential: Credential | None = None
    actor: Actor | None = None


class Adapter(ASGIWebSocketAdapter):
    """A socket that also takes messages which are JSON already."""

    async def send_raw(self, message: bytes) -> None:
        """Send a message as it is."""
        try:
            await self.ws.send_text(message.decode())
        except WebSocketDisconnect as gone:
            raise WebSocketDisconnected from gone


class TransportHandler(BaseGraphQLTransportWSHandler[SocketContext, None]):
    """Runs what one socket asks for, and closes it when its token or session is no longer good."""

    view: GraphQLOverWebSocket
    websocket: Adapter
    watch: asyncio.Task[None] | None = None

    async def handle_message(self, message: Any) -> None:
        """One message of the client; anything misshapen ends the socket."""
        if not isinstance(message, dict) or not _is_sound(message):
            await self.handle_invalid_message("The message has none of the forms of graphql-transport-ws")
            return
        await super().handle_message(message)  # type: ignore[arg-type]  # its form has just been checked
        if self.connection_acknowledged and self.watch is None:
            self.watch = asyncio.create_task(self._close_when_no_longer_admitted())

    async def handle_subscribe(self, message: Any) -> None:
        """Begin an operation, up to so many at once."""
        if len(self.operations) >= MOST_OPERATIONS and self.connection_acknowledged:
            await self.websocket.close(TOO_MANY, f"More than {MOST_OPERATIONS} operations at once")
            return
        await super().handle_subscribe(message)

    async def shutdown(self) -> None:
        """End what runs for this socket."""
        if self.watch is not None:
            self.watch.cancel()
            with suppress(asyncio.CancelledError):
                await self.watch
        await super().shutdown()

    async def run_operation(self, operation: Operation[SocketContext, None]) -> None:
        """Everything about one operation, to its last message."""
        actor = self.context.actor
        if actor is None:
            return
        with suppress(WebSocketDisconnected):
            stream = self.view.subscriptions.answers(
                operation.query, operation.variables, operation.operation_name, actor
            )
            async with aclosing(stream):
                await self._send_all(operation, stream)

    async def _send_all(self, operation: Operation[SocketContext, None], stream: AsyncIterator[Answer]) -> None:
        async for answer in stream:
            if not await self.view.readmit(self.context):
                await self.websocket.close(UNAUTHORIZED, "Unauthorized")
                return
            if answer.refused:
                errors = orjson.loads(answer.body)["errors"]
                await operation.send_operation_message({"id": operation.id, "type": "error", "payload": errors})
                return
            head = orjson.dumps({"id": operation.id, "type": "next"})[:-1]
            await self.websocket.send_raw(head + b',"payload":' + answer.body + b"}")
        await operation.send_operation_message({"id": operation.id, "type": "complete"})

    async def _close_when_no_longer_admitted(self) -> None:
        while await self.view.readmit(self.context):  # noqa: ASYNC110 - nothing tells when a token is withdrawn
            await asyncio.sleep(RECHECK_S)
        if self.websocket.ws.application_state is WebSocketState.CONNECTED:
            await self.websocket.close(UNAUTHORIZED, "Unauthorized")


class GraphQLOverWebSocket(GraphQL[SocketContext, None]):
    """The sockets of /graphql; the legacy protocol `graphql-ws` is not offered."""

    graphql_transport_ws_handler_class = TransportHandler
    websocket_adapter_class = Adapter

    def __init__(self, schema: Schema, subscriptions: Subscribes, admission: Admission) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            max_subscriptions_per_connection=None,
        )
        self.subscriptions = subscriptions
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
        given = context.connection_params.get("Authorization", context.connection_params.get("authorization"))
        if isinstance(given, str):
            context.credential = bearer(given)
        elif given is None:
            context.credential = credential(context.headers)
        if context.credential is None or (context.credential.by_cookie and is_foreign(context.headers)):
            raise ConnectionRejectionError
        if not await self.readmit(context):
            raise ConnectionRejectionError
        return UNSET

    async def readmit(self, context: SocketContext) -> bool:
        """Whether the socket's credential is still good; its actor is kept up to date."""
        admitted = await context.credential.admitted(self._admission) if context.credential else None
        context.actor = admitted.actor if admitted else None
        return admitted is not None


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

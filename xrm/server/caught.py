"""The last catch: whatever an application raises becomes an answer, masked where the fault is ours."""

from __future__ import annotations

import logging

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.errors import TimedOut, Unavailable, XrmError
from xrm.server.logs import REQUEST_ID

log = logging.getLogger("xrm.server")

MASKED = (
    b'{"errors":[{"message":"Something went wrong on our side; it is in the log under %s.",'
    b'"extensions":{"code":"internal","correlationId":"%s"}}]}'
)


class Caught:
    """Wraps an application; what goes wrong in the middle of an answer is logged and ends it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, which is always answered; a socket as the application has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def heard(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, heard)
        except (Unavailable, TimedOut) as error:
            log.warning("A request was not served: %s", error.message)
            if not begun:
                await _answer_unavailable(send, error)
        except Exception:
            log.exception("A request failed")
            if not begun:
                await _answer_masked(send, REQUEST_ID.get().encode())


async def _answer_masked(send: Send, request_id: bytes) -> None:
    await _answer(send, 500, MASKED % (request_id, request_id))


async def _answer_unavailable(send: Send, error: XrmError) -> None:
    """Nobody can be asked who this is while the database is away: come again."""
    body = orjson.dumps({"errors": [{"message": error.message, "extensions": {"code": error.code}}]})
    await _answer(send, 503, body, (b"retry-after", b"1"))


async def _answer(send: Send, status: int, body: bytes, *more: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *more]})
    await send({"type": "http.response.body", "body": body})

"""The outermost door of the server: ids of requests, security headers, packing, the access log, metrics, foreign pages."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Collection, Iterable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xrm.server.caught import Caught
from xrm.server.foreign import API, is_shared, opened_to
from xrm.server.logs import REQUEST_ID
from xrm.server.metrics import Metrics
from xrm.server.packing import packed

log = logging.getLogger("xrm.server")
access = logging.getLogger("xrm.access")

_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}\Z")
_HEADERS: Mapping[bytes, bytes] = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")
HUNG_UP = 499  # in logs and metrics, as nginx has it: the caller did not wait for an answer


class Outermost:
    """Wraps every request; the API's address goes straight to it, every other one through the router of the pages.

    Pages of the `allowed` origins may ask what is shared with them.
    """

    def __init__(
        self,
        graphql: ASGIApp,
        pages: ASGIApp,
        metrics: Metrics,
        routes: frozenset[str],
        *,
        allowed: Collection[str] = (),
    ) -> None:
        self._graphql, self._pages = packed(Caught(graphql)), packed(Caught(pages))
        self._shared_pages = opened_to(allowed, self._pages)
        self._shared_graphql = opened_to(allowed, self._graphql)
        self._metrics, self._routes = metrics, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one socket."""
        path = scope["path"]
        if scope["type"] == "http":
            await self._http(self._app(path), scope, receive, send)
        elif scope["type"] == "websocket" and path == API:
            await self._socket(self._graphql, scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _app(self, path: str) -> ASGIApp:
        if path == API:
            return self._shared_graphql
        return self._shared_pages if is_shared(path) else self._pages

    async def _http(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        request_id = _request_id(scope)
        token = REQUEST_ID.set(request_id.decode())
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_ours(message.get("headers", ()), request_id, scope["scheme"] == "https")
            await send(message)

        self._metrics.active += 1
        try:
            await app(scope, receive, send_with_headers)
        finally:
            self._metrics.active -= 1
            self._note(scope, status or HUNG_UP, time.perf_counter() - began)
            REQUEST_ID.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method, path = scope["method"], scope["path"]
        self._metrics.request(method, self._route(path), status, seconds)
        if access.isEnabledFor(logging.INFO):
            client = (scope.get("client") or ("-",))[0]
            milliseconds = round(seconds * 1000, 2)
            facts = {"method": method, "path": path, "status": status, "duration_ms": milliseconds, "client": client}
            access.info("%s %s %s %.2f ms %s", method, _shown(path), status, milliseconds, client, extra=facts)

    def _route(self, path: str) -> str:
        """What a path is counted as: there are as many of them as clients think of."""
        first = f"/{path[1:].partition('/')[0]}"
        return path if path in self._routes else first if first in self._routes else "other"

    async def _socket(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        token = REQUEST_ID.set(_request_id(scope).decode())
        self._metrics.sockets += 1
        try:
            await app(scope, receive, send)
        except Exception:
            log.exception("A socket failed")
            raise
        finally:
            self._metrics.sockets -= 1
            REQUEST_ID.reset(token)


def _request_id(scope: Scope) -> bytes:
    """The id that a proxy in front gave the request, or a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.match(value):
            return bytes(value)
    return uuid.uuid4().hex.encode()


def _with_ours(headers: Iterable[tuple[bytes, bytes]], request_id: bytes, https: bool) -> list[tuple[bytes, bytes]]:
    given = list(headers)
    present = {name for name, _ in given}
    given += [pair for pair in _HEADERS.items() if pair[0] not in present]
    if https:
        given.append(_HTTPS_ONLY)
    given.append((b"x-request-id", request_id))
    return given


def _shown(path: str) -> str:
    """A path that cannot break the line it is written on."""
    return path[:200].encode("unicode_escape").decode()

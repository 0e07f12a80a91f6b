"""What is the same for every door of the API: whose call it is, what its caller has seen, and whether they still wait.

A caller's bookmarks come in a header, or in a browser's cookie, and go back after a change. Who hangs up ends the query that
runs for them, in the database too; a change is carried out all the same. What is left to spend goes into every answer.
"""

from __future__ import annotations

import asyncio
from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql.execute.rates import CALL, Call
from gql.http.callers import COOKIE
from gql.http.refusals import errors_body
from graph.bookmarks import Kept, keeping
from models.errors import Rejected

BOOKMARK = "xrm-bookmark"
BOOKMARK_COOKIE = "xrm_bookmark"
_BOOKMARK = BOOKMARK.encode()
KEEP_S = 3_600  # that a browser sends a bookmark back; every member of a cluster has caught up long before
PATIENCE_S = 0.1  # before a request is looked after: most are answered by then


class Attending:
    """Wraps a door."""

    def __init__(self, door: ASGIApp) -> None:
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one socket."""
        bookmark, cookie = _shown(scope)
        try:
            kept = Kept(bookmark)
        except Rejected as error:
            await _refuse(scope, send, error)
            return
        call = Call(scope["client"][0] if scope.get("client") else "")
        token = CALL.set(call)
        try:
            with keeping(kept):
                if scope["type"] == "http":
                    await self._attended(scope, receive, _Telling(send, scope, cookie, kept, call))
                else:
                    await self._door(scope, receive, send)
        finally:
            CALL.reset(token)

    async def _attended(self, scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        assert task is not None
        caller = _Caller(receive, task, sends_body=scope["method"] not in {"GET", "HEAD"})
        caller.look_after_a_while()
        try:
            await self._door(scope, caller.receive, send)
        except asyncio.CancelledError:
            if not caller.hung_up or task.uncancel():
                raise
        finally:
            caller.leave()


class _Caller:
    """Whoever sent a request and waits for the answer."""

    def __init__(self, receive: Receive, task: asyncio.Task[None], *, sends_body: bool) -> None:
        self._receive, self._task = receive, task
        self._sends_body = sends_body
        self._attended = False  # the door looks itself whether they wait
        self._gone = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._watch: asyncio.Task[None] | None = None
        self.hung_up = False

    async def receive(self) -> Message:
        """What they send; after that, nothing until they are gone."""
        if self._sends_body:
            message = await self._receive()
            self._sends_body = bool(message.get("more_body", False)) and message["type"] == "http.request"
            return message
        self._attended = True
        self._look()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    def look_after_a_while(self) -> None:
        """See whether they still wait, once the answer takes its time."""
        self._timer = asyncio.get_running_loop().call_later(PATIENCE_S, self._look_or_wait)

    def leave(self) -> None:
        """The answer is given."""
        if self._timer is not None:
            self._timer.cancel()
        if self._watch is not None:
            self._watch.cancel()

    def _look_or_wait(self) -> None:
        if self._sends_body:
            self.look_after_a_while()
        else:
            self._look()

    def _look(self) -> None:
        if self._watch is None:
            self._watch = asyncio.create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone.set()
        if not self._attended:
            self.hung_up = True
            self._task.cancel()


class _Telling:
    """Sends an answer with what it is to say of bookmarks and of what is left to spend."""

    def __init__(self, send: Send, scope: Scope, cookie: str, kept: Kept, call: Call) -> None:
        self._send, self._scope, self._cookie = send, scope, cookie
        self._kept, self._call = kept, call

    async def __call__(self, message: Message) -> None:
        """One message."""
        if message["type"] == "http.response.start" and (self._kept.moved or self._call.left):
            message = {**message, "headers": [*message.get("headers", ()), *self._more()]}
            if self._call.exhausted:
                message["status"] = 429
        await self._send(message)

    def _more(self) -> list[tuple[bytes, bytes]]:
        more: list[tuple[str, str]] = []
        if self._call.left is not None:
            more += self._call.left.headers
            if self._call.exhausted:
                more.append(("retry-after", str(self._call.left.reset_s)))
        if self._kept.moved:
            more.append((BOOKMARK, self._kept.text))
            if COOKIE in self._cookie:
                secure = "; Secure" if self._scope["scheme"] == "https" else ""
                kept = f"{BOOKMARK_COOKIE}={self._kept.text}; Path=/; Max-Age={KEEP_S}; HttpOnly; SameSite=Lax{secure}"
                more.append(("set-cookie", kept))
        return [(name.encode(), value.encode()) for name, value in more]


def _shown(scope: Scope) -> tuple[str, str]:
    """The bookmarks that a caller shows, and their cookies; a header goes before a cookie."""
    bookmark = cookie = ""
    for name, value in scope["headers"]:
        if name == _BOOKMARK:
            bookmark = value.decode("latin-1")
        elif name == b"cookie":
            cookie = value.decode("latin-1")
    return bookmark or (_in(cookie) if BOOKMARK_COOKIE in cookie else ""), cookie


def _in(cookie: str) -> str:
    try:
        morsel = SimpleCookie(cookie).get(BOOKMARK_COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


async def _refuse(scope: Scope, send: Send, error: Rejected) -> None:
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = errors_body(error.problems[0].code, error.problems[0].message)
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""The door below /imports: files come in as they are, and rejected rows go out; all else of imports is GraphQL."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from exchange.runs import folder_of
from exchange.uploads import Desk
from exchange.uploads.desk import Arriving
from exchange.uploads.names import safe_name
from gql.http.callers import credential, is_foreign
from gql.http.refusals import Refused, errors_body, foreign_origin, stranger
from gql.http.requests import pour_away
from graph.admission import Admission
from models.actor import Actor
from models.errors import NotFound, Problem, Rejected

FILES, REJECTED = "/imports/files", re.compile(r"/imports/rejected/([0-9a-f-]{36})/([^/]{1,200})\.csv\Z")
IDLE_S = 60.0  # without a byte, after which a sender is taken to be gone
CHUNK = 1 << 18
# what a form of a foreign page could send without the browser asking first
SIMPLE = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
STATUS = {"upload_too_large": 413, "not_found": 404, "no_imports": 404}


class Uploads:
    """Takes files in for imports, and hands their rejected rows out. For administrators."""

    def __init__(self, desk: Desk | None, admission: Admission) -> None:
        self._desk, self._admission = desk, admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        headers = Headers(scope=scope)
        try:
            await self._answer(scope, headers, receive, send)
        except Refused as refused:
            await _respond(send, refused.status, refused.body(), refused.headers)
        except Rejected as rejected:
            await _respond(send, STATUS.get(rejected.problems[0].code, 422), _body(rejected.problems, self._desk))
        except NotFound as missing:
            await _respond(send, 404, errors_body(missing.code, missing.message))

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        actor = await self._admitted(headers)
        if self._desk is None:
            raise Refused(404, "no_imports", "This server keeps no files, so it takes no imports.")
        if path == FILES:
            if method != "POST":
                raise Refused(405, "method_not_allowed", "Send a file by POST.", ("allow", "POST"))
            await self._take(self._desk, actor, scope, headers, receive, send)
        elif found := REJECTED.match(path):
            if method not in {"GET", "HEAD"}:
                raise Refused(405, "method_not_allowed", "Use GET.", ("allow", "GET, HEAD"))
            await _hand_out(self._desk, found[1], found[2], send, body=method == "GET")
        else:
            raise Refused(404, "not_found", f"Files are sent to {FILES}?name=companies.csv.")

    async def _admitted(self, headers: Headers) -> Actor:
        """Who asks. Raises Refused for strangers, foreign pages that use a browser's session, and people who may not."""
        shown = credential(headers)
        admitted = await shown.admitted(self._admission) if shown else None
        if shown is None or admitted is None:
            raise stranger()
        if shown.by_cookie and is_foreign(headers):
            raise foreign_origin()
        if not admitted.actor.administrator:
            raise Refused(403, "forbidden", "Only administrators may import. Ask one of them to do it for you.")
        return admitted.actor

    async def _take(
        self, desk: Desk, actor: Actor, scope: Scope, headers: Headers, receive: Receive, send: Send
    ) -> None:
        given = _asked(scope, headers)
        safe_name(given["name"])  # what is no table by its name begins no upload
        upload = given.get("upload") or desk.new(actor.id, now=datetime.now(UTC))
        arriving = desk.begin(upload, given["name"])
        try:
            await _received(arriving, headers, receive)
            found = await asyncio.to_thread(arriving.settle)
        except BaseException as error:
            arriving.give_up()
            if not given.get("upload"):
                desk.forget(upload)
            if isinstance(error, Rejected):
                await pour_away(receive)
            raise
        told = {"upload": upload, "file": found.name, "rows": found.rows, "size": found.size}
        await _respond(send, 201, orjson.dumps(told))


def _asked(scope: Scope, headers: Headers) -> dict[str, str]:
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media in SIMPLE:
        told = "Send the bytes of the file as they are, as text/csv or application/octet-stream; no form."
        raise Refused(415, "unsupported_media_type", told)
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "unsupported_encoding", "Send the file as it is; one called .csv.gz may be packed.")
    try:
        given = dict(parse_qsl(scope["query_string"].decode(), errors="strict"))
    except ValueError:
        given = {}
    if not given.get("name"):
        raise Refused(400, "bad_request", f"Say the file's name: {FILES}?name=companies.csv, and &upload=ID for more.")
    return given


async def _received(arriving: Arriving, headers: Headers, receive: Receive) -> None:
    """All bytes of a file, written as they come. Raises Rejected, and Refused for a sender that goes away."""
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > arriving.left:
        arriving.refuse()
    more = True
    while more:
        try:
            async with asyncio.timeout(IDLE_S):
                message = await receive()
        except TimeoutError:
            raise Refused(408, "body_too_slow", f"Nothing came for {IDLE_S:g} s; send the file again.") from None
        if message["type"] == "http.disconnect":
            raise Refused(400, "bad_request", "The file ended too early; send it again.")
        arriving.take(message.get("body", b""))
        more = message.get("more_body", False)


async def _hand_out(desk: Desk, run: str, source: str, send: Send, *, body: bool) -> None:
    folder = (folder_of(desk.home, run) / "rejected").resolve()
    path = (folder / f"{source}.csv").resolve()
    if path.parent != folder or not path.is_file():
        raise Refused(404, "not_found", "There are no rejected rows there; another try has its own.")
    name = re.sub(r"[^\w.-]", "_", source, flags=re.ASCII)
    headers = [
        (b"content-type", b"text/csv; charset=utf-8; header=present"),
        (b"content-length", str(path.stat().st_size).encode()),
        (b"content-disposition", f'attachment; filename="rejected-{name}.csv"'.encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if body:
        await _send_file(path, send)
    else:
        await send({"type": "http.response.body", "body": b""})


async def _send_file(path: Path, send: Send) -> None:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _body(problems: Sequence[Problem], desk: Desk | None) -> bytes:
    """Problems in the form of a GraphQL answer, without where on this machine files lie."""
    told = [
        {
            "message": desk.without_places(each.message) if desk else each.message,
            "extensions": {"code": each.code, "details": dict(each.details)},
        }
        for each in problems
    ]
    return orjson.dumps({"errors": told})


async def _respond(send: Send, status: int, body: bytes, more: Sequence[tuple[str, str]] = ()) -> None:
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *((name.encode(), value.encode()) for name, value in more),
    ]
    with suppress(ConnectionError):
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

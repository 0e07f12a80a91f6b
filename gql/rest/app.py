"""The ASGI application below /api: admits the caller, understands the request, runs one operation, answers with what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from gql.editions import Edition, Editions
from gql.execute.answers import Answer
from gql.execute.errors import caught
from gql.http.callers import credential, in_own_zone, is_foreign
from gql.http.refusals import Refused, foreign_origin, stranger
from gql.http.requests import sent
from gql.rest import parameters, reading, writing
from gql.rest.addresses import DESCRIPTION, PREFIX, Address, Resource, address_of
from gql.rest.forms import check_form, wanted_form
from gql.rest.methods import offered
from gql.rest.openapi import Descriptions
from gql.rest.problems import MEDIA_TYPE, Refusal, of_operation, of_payload, refusal
from gql.rest.reading import Given, Listing, Single
from gql.rest.writing import Change
from gql.streaming.pages import PAGE, Broken, Executes, Missing, pages
from gql.streaming.responding import Form, respond
from graph.admission import Admission
from models.actor import Actor
from models.errors import XrmError

JSON = "application/json"
IDEMPOTENCY_KEY = "idempotency-key"


@dataclass(frozen=True, slots=True)
class _Request:
    """A request of somebody who may come in, on the edition it began with."""

    method: str
    path: str
    query: bytes
    headers: Headers
    edition: Edition
    actor: Actor
    receive: Receive
    send: Send


class Rest:
    """Resources of the present model."""

    def __init__(
        self, executor: Executes, editions: Editions, admission: Admission, *, max_body_bytes: int, max_page: int
    ) -> None:
        self._executor, self._editions, self._admission = executor, editions, admission
        self._max_body_bytes, self._page = max_body_bytes, min(PAGE, max_page)
        self._descriptions = Descriptions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        body = scope["method"] != "HEAD"
        try:
            await self._answer(scope, receive, send)
        except Refusal as problem:
            await _respond(send, problem.status, problem.body(), problem.headers, media=MEDIA_TYPE, whole=body)
        except Refused as refused:
            told = refusal(refused.status, refused.code, refused.message, *refused.headers)
            await _respond(send, told.status, told.body(), told.headers, media=MEDIA_TYPE, whole=body)
        except XrmError as error:
            told = of_operation([caught(error)])
            await _respond(send, told.status, told.body(), told.headers, media=MEDIA_TYPE, whole=body)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        actor = await self._admitted(headers)
        path = scope["path"].removeprefix(PREFIX)
        request = _Request(
            scope["method"], path, scope["query_string"], headers, self._editions.current, actor, receive, send
        )
        if path.strip("/") == DESCRIPTION:
            await self._describe(request)
            return
        address = address_of(path, request.edition.model)
        known = offered(address.resource, address.kind, address.side)
        method = "GET" if request.method == "HEAD" else request.method
        if method not in known:
            allowed = ", ".join([*known, *(["HEAD"] if "GET" in known else [])])
            raise refusal(405, "method_not_allowed", f"Use {allowed} here.", ("allow", allowed))
        needed = ("by",) if method == "PUT" else ()
        given = parameters.read(request.query, known[method], needed)
        if method == "GET":
            await self._read(request, address, given)
        else:
            await self._write(request, address, given | _of_headers(headers))

    async def _admitted(self, headers: Headers) -> Actor:
        """Who asks. Raises Refused for strangers, and for foreign pages that use a browser's session."""
        shown = credential(headers)
        admitted = await shown.admitted(self._admission) if shown else None
        if shown is None or admitted is None:
            raise stranger()
        if shown.by_cookie and is_foreign(headers):
            raise foreign_origin()
        return in_own_zone(admitted.actor, headers)

    async def _describe(self, request: _Request) -> None:
        if request.method not in {"GET", "HEAD"}:
            raise refusal(405, "method_not_allowed", "Use GET, HEAD here.", ("allow", "GET, HEAD"))
        parameters.read(request.query, ())
        text, tag = await self._descriptions.of(request.edition)
        headers = (("etag", tag), ("cache-control", "private, no-cache"))
        fresh = request.headers.get("if-none-match") == tag
        await _respond(
            request.send, 304 if fresh else 200, b"" if fresh else text, headers, whole=request.method != "HEAD"
        )

    # reading

    async def _read(self, request: _Request, address: Address, given: Given) -> None:
        if address.resource in {Resource.RECORD, Resource.LINK}:
            read = reading.record if address.resource is Resource.RECORD else reading.link
            await self._single(request, read(request.edition, address, given))
            return
        form = wanted_form(request.headers.get("accept"), given.get("format"))
        check_form(form, given)
        pairs = parse_qsl(request.query.decode(), keep_blank_values=True)
        if address.resource is Resource.RECORDS:
            listing = reading.records(request.edition, address, given)
        else:
            listing = reading.links(request.edition, address, given)
        if form is not None and request.method != "HEAD":
            await self._stream(request, listing, form, given)
            return
        data = await self._data(request, listing.query.text, listing.query.variables)
        page = reading.page(listing, data, PREFIX + request.path, pairs, count=bool(given.get("count")))
        following = [("link", f'<{page["next"]}>; rel="next"')] if page["next"] else []
        await self._told(request, 200, page, following)

    async def _single(self, request: _Request, single: Single) -> None:
        data = await self._data(request, single.text, single.variables)
        found = single.found(data)
        if found is None:
            raise reading.nothing()
        tag = [("etag", f'"{single.version(data)}"')] if single.version else []
        await self._told(request, 200, found, tag)

    async def _stream(self, request: _Request, listing: Listing, form: Form, given: Given) -> None:
        columns = [head.column(given.get("labels", "")) for head in listing.heads]
        rows = reading.rows(listing, pages(self._executor, listing.query, request.actor, self._page))
        try:
            await respond(form, columns, rows, listing.name, request.receive, request.send)
        except Broken as broken:
            raise of_operation(orjson.loads(broken.answer.body)["errors"]) from broken
        except Missing as missing:
            raise reading.nothing() from missing

    async def _data(
        self, request: _Request, text: str, variables: Mapping[str, Any], change: Change | None = None
    ) -> Any:
        """The data of an operation without errors. Raises Refusal."""
        answer: Answer = await self._executor.execute(
            text, variables, None, request.actor, mutations_allowed=change is not None
        )
        if answer.signed_out:
            raise stranger()
        whole = orjson.loads(answer.body)
        if whole.get("errors"):
            raise of_operation(whole["errors"], change.told if change else dict)
        return whole["data"]

    # writing

    async def _write(self, request: _Request, address: Address, given: Given) -> None:
        change = await self._change(request, address, given)
        payload = (await self._data(request, change.text, change.variables, change))[change.field]
        if payload["errors"]:
            raise of_payload(payload["errors"], change.missing, change.told)
        made: Any = change.made(payload)
        if change.tagged:
            place = [("location", f"{PREFIX}/{address.kind.many}/{made['_id']}")] if change.status == 201 else []
            await self._told(request, change.status, made["body"], [("etag", f'"{made["_version"]}"'), *place])
        else:
            await self._told(request, change.status if made is not None else 204, made)

    async def _change(self, request: _Request, address: Address, given: Given) -> Change:
        edition = request.edition
        match address.resource, request.method:
            case Resource.RECORDS, "POST":
                return writing.create(edition, address, await self._body(request), given)
            case Resource.RECORDS, _:
                return writing.upsert(edition, address, await self._body(request), given)
            case Resource.RECORD, "PATCH":
                return writing.update(edition, address, await self._body(request), given)
            case Resource.RECORD, _:
                return writing.delete(address, given)
            case Resource.RESTORATION, _:
                return writing.restore(edition, address, given)
            case Resource.LINKS, _:
                return writing.link(edition, address, await self._body(request), given)
            case Resource.LINK, "PATCH":
                return writing.relink(address, await self._body(request), given)
            case _:
                return writing.unlink(address, given)

    async def _body(self, request: _Request) -> Any:
        return await sent(request.headers, request.receive, max_bytes=self._max_body_bytes)

    async def _told(self, request: _Request, status: int, made: Any, headers: Sequence[tuple[str, str]] = ()) -> None:
        body = b"" if status == 204 else orjson.dumps(made)
        await _respond(request.send, status, body, headers, whole=request.method != "HEAD")


def _of_headers(headers: Headers) -> dict[str, Any]:
    """What a change is told in headers."""
    given: dict[str, Any] = {"version": writing.version(headers.get("if-match"))}
    if key := writing.idempotency_key(headers.get(IDEMPOTENCY_KEY)):
        given["idempotencyKey"] = key
    return given


async def _respond(
    send: Send,
    status: int,
    body: bytes,
    headers: Sequence[tuple[str, str]] = (),
    *,
    media: str = JSON,
    whole: bool = True,
) -> None:
    fields = {"cache-control": "no-store", "vary": "Accept, Authorization, Cookie"}
    if status not in {204, 304}:
        fields |= {"content-type": media, "content-length": str(len(body))}
    fields |= dict(headers)
    listed = [(name.encode(), value.encode()) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": body if whole else b""})

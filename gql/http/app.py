"""The ASGI application behind /graphql: admits the caller, reads the request, hands the executor's bytes out as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from graphql import OperationType
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gql.documents import Documents, TrustedDeferring
from gql.execute.answers import Answer
from gql.execute.answers import refusal as refused_answer
from gql.execute.delivering import InParts
from gql.execute.errors import Refused as Unknown
from gql.execute.errors import shown as shown_error
from gql.http import graphiql
from gql.http.callers import Credential, credential, in_own_zone, is_foreign
from gql.http.event_streams import EventStreams
from gql.http.media import MediaType, negotiated, status, wants_events, wants_page, wants_parts
from gql.http.parts import respond_in_parts
from gql.http.refusals import Refused, foreign_origin, page_for_strangers, stranger
from gql.http.requests import GraphQLRequest, posted, queried, sort_of
from gql.streaming.responding import Form
from gql.streaming.streams import ListStreams
from graph.admission import Admission
from models.actor import Actor
from models.people import Admitted

METHODS = ("GET", "POST")
Pairs = Sequence[tuple[str, str]]


class Executes(Protocol):
    """What runs operations."""

    async def execute(
        self,
        text: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        mutations_allowed: bool = True,
        explain: bool = False,
    ) -> Answer:
        """The answer to one operation."""
        ...


class GraphQLOverHTTP:
    """Answers POST and GET; a browser that is signed in and asks for a page gets the workbench."""

    def __init__(
        self,
        executor: Executes,
        admission: Admission,
        sockets: ASGIApp,
        streams: EventStreams,
        documents: Documents,
        lists: ListStreams,
        deferring: TrustedDeferring | None = None,
        *,
        max_body_bytes: int,
    ) -> None:
        self._executor, self._deferring = executor, deferring
        self._admission = admission
        self._sockets = sockets
        self._streams = streams
        self._documents, self._lists = documents, lists
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one socket."""
        if scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
            return
        headers = Headers(scope=scope)
        accept = headers.get("accept")
        media = negotiated(accept) or MediaType.JSON
        try:
            await self._answer(scope, headers, accept, receive, send)
        except Refused as refusal:
            await respond(send, refusal.status, media, refusal.body(), refusal.headers)
        except Unknown as unknown:
            answer = refused_answer([shown_error(error) for error in unknown.errors])
            await respond(send, status(media, errors=answer.errors, refused=True), media, answer.body)

    async def _answer(self, scope: Scope, headers: Headers, accept: str | None, receive: Receive, send: Send) -> None:
        method: str = scope["method"]
        if method not in METHODS:
            raise Refused(405, "method_not_allowed", "Use POST, or GET for queries.", ("allow", ", ".join(METHODS)))
        page = method == "GET" and not scope["query_string"] and wants_page(accept)
        shown, admitted = await self._admitted(headers, page=page)
        actor = in_own_zone(admitted.actor, headers)
        if page:
            await respond(send, 200, MediaType.HTML, graphiql.PAGE, graphiql.HEADERS)
            return
        media, as_events = negotiated(accept), wants_events(accept)
        parts = self._deferring is not None and wants_parts(accept)
        form = None if media or as_events or parts else Form.of(accept)
        if not (media or as_events or parts or form):
            offered = f"{MediaType.GRAPHQL}, {MediaType.JSON}, {MediaType.EVENTS}, {' or '.join(Form)}"
            raise Refused(406, "not_acceptable", f"Answers are {offered}; let the Accept header take one of them.")
        request = await self._asked(scope, headers, receive)
        if form is not None:
            refusal = await self._lists.respond(request, form, actor, receive, send)
            if refusal is not None:
                await respond(send, 401 if refusal.signed_out else 400, MediaType.GRAPHQL, refusal.body)
            return
        if as_events and (media is None or sort_of(request) is OperationType.SUBSCRIPTION):
            after = headers.get("last-event-id", "")
            await self._streams.respond(request, actor, shown, admitted, after, receive, send)
            return
        answer = await self._executed(request, actor, in_parts=parts, by_post=method == "POST")
        if answer.first.signed_out:
            raise stranger()
        if media is None or answer.more is not None:
            await respond_in_parts(send, answer)
            return
        code = status(media, errors=answer.first.errors, refused=answer.first.refused)
        await respond(send, code, media, answer.first.body)

    async def _executed(self, request: GraphQLRequest, actor: Actor, *, in_parts: bool, by_post: bool) -> InParts:
        """The answer: more than one part only of a query that defers something, for a client that takes parts."""
        text, variables, name = request.text, request.variables, request.operation_name
        if in_parts and self._deferring is not None and not request.explain:
            answer = await self._deferring.execute(text, variables, name, actor)
            if answer is not None:
                return answer
        whole = await self._executor.execute(
            text, variables, name, actor, mutations_allowed=by_post, explain=request.explain
        )
        return InParts(whole)

    async def _asked(self, scope: Scope, headers: Headers, receive: Receive) -> GraphQLRequest:
        """The request, with the text that its document's id stands for. Raises Refused, and Unknown for such an id."""
        if scope["method"] == "POST":
            request = await posted(headers, receive, max_bytes=self._max_body_bytes)
        else:
            request = queried(scope["query_string"])
        if request.document_id:
            text = await self._documents.text(request.document_id, request.text, by_extension=request.by_extension)
            request = replace(request, text=text)
        if scope["method"] == "GET" and sort_of(request) is OperationType.MUTATION:
            raise Refused(405, "mutation_by_get", "Mutations go by POST.", ("allow", "POST"))
        return request

    async def _admitted(self, headers: Headers, *, page: bool) -> tuple[Credential, Admitted]:
        """Who asks. Raises Refused for strangers, and for foreign pages that use a browser's session."""
        shown = credential(headers)
        admitted = await shown.admitted(self._admission) if shown else None
        if shown is None or admitted is None:
            raise page_for_strangers() if page else stranger()
        if shown.by_cookie and not page and is_foreign(headers):
            raise foreign_origin()
        return shown, admitted


async def respond(send: Send, code: int, media: MediaType, body: bytes, headers: Pairs = ()) -> None:
    """Send a whole response."""
    fields = [
        (b"content-type", f"{media}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"vary", b"Accept, Authorization, Cookie"),
        *((name.encode(), value.encode()) for name, value in headers),
    ]
    await send({"type": "http.response.start", "status": code, "headers": fields})
    await send({"type": "http.response.body", "body": body})

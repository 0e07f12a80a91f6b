"""From the bytes of a request to a text, its variables and the name of an operation."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson
from graphql import GraphQLError, OperationType, get_operation_ast, parse
from starlette.datastructures import Headers
from starlette.types import Receive

from gql.http.media import is_json
from gql.http.refusals import Refused, bad_request, too_large
from models.documents import ALGORITHM, is_id

BODY_S = 60.0
MOST_TOKENS = 10_000
POUR_AWAY_BYTES, POUR_AWAY_S = 64 << 20, 5.0


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """A well-formed request; whether its text is GraphQL is not known yet. With a document's id the text may be empty."""

    text: str
    variables: Mapping[str, Any] | None
    operation_name: str | None
    document_id: str = ""
    explain: bool = False
    by_extension: bool = False  # the id was named as the persisted queries of Apollo Client and urql name it


async def posted(headers: Headers, receive: Receive, *, max_bytes: int) -> GraphQLRequest:
    """The request in the body of a POST. Raises Refused: 400, 408, 413 or 415."""
    document = await sent(headers, receive, max_bytes=max_bytes)
    if isinstance(document, list):
        raise Refused(400, "no_batches", "Send one operation at a time; one operation may have many fields.")
    if not isinstance(document, dict):
        raise bad_request('The body must be an object: {"query": "…", "variables": {…}}.')
    return _request(document)


async def sent(headers: Headers, receive: Receive, *, max_bytes: int) -> Any:
    """What the body of a request says in JSON. Raises Refused: 400, 408, 413 or 415."""
    if not is_json(headers.get("content-type")):
        raise Refused(415, "unsupported_media_type", "Send the request as application/json in UTF-8.")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "unsupported_encoding", "Send the body uncompressed.")
    body = await _body(headers, receive, max_bytes)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"The body is no JSON: {error}.") from error


def queried(query_string: bytes) -> GraphQLRequest:
    """The request in the address of a GET. Raises Refused."""
    try:
        given: dict[str, Any] = dict(parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict"))
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = orjson.loads(given[name]) if given[name] else None
    except (ValueError, UnicodeDecodeError) as error:
        raise bad_request("The address holds no well-formed request; variables and extensions are JSON.") from error
    given["operationName"] = given.get("operationName") or None
    return _request(given)


def sort_of(request: GraphQLRequest) -> OperationType | None:
    """Whether the operation reads, changes or follows; None for a text that is no GraphQL."""
    try:
        operation = get_operation_ast(
            parse(request.text, no_location=True, max_tokens=MOST_TOKENS), request.operation_name
        )
    except GraphQLError:
        return None
    return None if operation is None else operation.operation


def _request(given: Mapping[str, Any]) -> GraphQLRequest:
    text, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    extensions = given.get("extensions")
    if not isinstance(extensions, dict | None):
        raise bad_request("`extensions` must be an object.")
    id, extended = _document_id(given, extensions or {})
    if id and text is None:
        text = ""
    elif not isinstance(text, str) or not text:
        raise bad_request("The request needs `query`, a text that is not empty, or `documentId`.")
    if not isinstance(variables, dict | None):
        raise bad_request("`variables` must be an object.")
    if not isinstance(name, str | None):
        raise bad_request("`operationName` must be a text.")
    explain = (extensions or {}).get("explain", False)
    if not isinstance(explain, bool):
        raise bad_request("`extensions.explain` must be true or false.")
    return GraphQLRequest(text, variables, name, id, explain, extended)


def _document_id(given: Mapping[str, Any], extensions: Mapping[str, Any]) -> tuple[str, bool]:
    """The id of the document that is meant, empty without one, and whether an extension names it. Raises Refused."""
    id, persisted = given.get("documentId"), extensions.get("persistedQuery")
    if id is not None:
        if not (isinstance(id, str) and is_id(id)):
            raise bad_request("`documentId` is sha256: and the 64 digits of the document's digest, in lower case.")
        return id, False
    if persisted is None:
        return "", False
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(digest, str) or not is_id(f"{ALGORITHM}{digest}"):
        raise bad_request(
            "`extensions.persistedQuery.sha256Hash` is the 64 digits of the document's digest, in lower case."
        )
    return f"{ALGORITHM}{digest}", True


async def _body(headers: Headers, receive: Receive, most: int) -> bytes:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        await pour_away(receive)
        raise too_large(most)
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body", False) and len(body) <= most:
        return body
    try:
        async with asyncio.timeout(BODY_S):
            return await _rest(body, receive, most)
    except TimeoutError:
        raise Refused(408, "body_too_slow", f"The body was not complete after {BODY_S:g} s.") from None


async def _rest(first: bytes, receive: Receive, most: int) -> bytes:
    """The whole of a body that comes in parts, counted while it comes."""
    parts, size = [first], len(first)
    while size <= most:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise bad_request("The body ended too early.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body", False) and size <= most:
            return b"".join(parts)
    await pour_away(receive)
    raise too_large(most)


async def pour_away(receive: Receive) -> None:
    """Take in and forget some more of a body: a client that is cut off while it sends never reads the answer."""
    taken = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(POUR_AWAY_S):
            while taken < POUR_AWAY_BYTES:
                message = await receive()
                taken += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return

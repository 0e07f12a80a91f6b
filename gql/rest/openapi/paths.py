"""The addresses of a type in the description: what can be done there, with what, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gql.rest.addresses import RESTORE, Resource
from gql.rest.methods import offered
from gql.rest.openapi.schemas import Schema, Schemas
from gql.rest.parameters import Parameter
from gql.streaming.responding import Form
from gql.typed.naming import along, capital
from gql.typed.wording import text
from models.metamodel import EntityType, Metamodel, Side

_JSON = "application/json"
_ID: Schema = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The record's id.",
    "schema": {"type": "string", "minLength": 1},
}
_LINK_ID: Schema = {**_ID, "name": "linkId", "description": "The link's id."}
_IF_MATCH: Schema = {
    "name": "If-Match",
    "in": "header",
    "description": "The version that was read, as ETag gave it; the change is refused (412) when it is not the present one.",
    "schema": {"type": "string", "pattern": r'^("[0-9]{1,9}"|\*)$'},
}
_IDEMPOTENCY_KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same request again under the same key does nothing twice and answers as before.",
    "schema": {"type": "string", "pattern": '^"?[A-Za-z0-9_-]{1,200}"?$'},
}
_TAG: Schema = {"ETag": {"description": "The record's version.", "schema": {"type": "string"}}}
_LOCATION: Schema = {"Location": {"description": "Its address.", "schema": {"type": "string"}}}
_STATUSES = {"401": "Nobody is signed in.", "404": "There is no such record or link."}


def paths_of(model: Metamodel, kind: EntityType, schemas: Schemas) -> Iterator[tuple[str, Schema]]:
    """The addresses of a type's records and of their links."""
    of = _Paths(kind, schemas)
    one = f"/{kind.many}/{{id}}"
    yield f"/{kind.many}", of.item(Resource.RECORDS)
    yield one, of.item(Resource.RECORD)
    if RESTORE not in model.sides[kind.name]:
        yield f"{one}/{RESTORE}", of.item(Resource.RESTORATION)
    for side in model.sides[kind.name].values():
        yield f"{one}/{side.name}", of.item(Resource.LINKS, side)
        yield f"{one}/{side.name}/{{linkId}}", of.item(Resource.LINK, side)


class _Paths:
    """Operations on one type."""

    def __init__(self, kind: EntityType, schemas: Schemas) -> None:
        self.kind, self.schemas = kind, schemas

    def item(self, resource: Resource, side: Side | None = None) -> Schema:
        """Everything that can be done at an address."""
        item: Schema = {
            method.lower(): self._operation(resource, method, parameters, side)
            for method, parameters in offered(resource, self.kind, side).items()
        }
        around = {Resource.RECORDS: [], Resource.LINK: [_ID, _LINK_ID]}.get(resource, [_ID])
        return {**item, "parameters": around} if around else item

    def _operation(self, resource: Resource, method: str, parameters: Any, side: Side | None) -> Schema:
        name, summary = self._name(resource, method, side)
        given = [_query(each, required=each.name == "by") for each in parameters]
        if method != "GET":
            given.append(_IDEMPOTENCY_KEY)
        if resource is Resource.RECORD and method != "GET":
            given.append(_IF_MATCH)
        made: Schema = {"operationId": name, "summary": summary, "tags": [self.kind.many], "parameters": given}
        body = self._body(resource, method, side)
        if body is not None:
            made["requestBody"] = {"required": True, "content": {_JSON: {"schema": body}}}
        problems = {status: {"$ref": "#/components/responses/Problem"} for status in (*_STATUSES, "default")}
        return {**made, "responses": {**self._answers(resource, method, side), **problems}}

    def _leads(self) -> Schema:
        """Where one can go from a new record: its id is known."""
        given = {"parameters": {"id": "$response.body#/id"}}
        return {verb: {"operationId": f"{verb}{self.kind.name}", **given} for verb in ("get", "update", "delete")}

    def _name(self, resource: Resource, method: str, side: Side | None) -> tuple[str, str]:
        one, many = self.kind.name, self.kind.plural
        along_ = along(self.kind, side) if side else ""
        named = {
            (Resource.RECORDS, "GET"): (f"list{many}", f"A page of {self.kind.many}, or all of them as a stream."),
            (Resource.RECORDS, "POST"): (f"create{one}", f"Create a {one}, with links."),
            (Resource.RECORDS, "PUT"): (
                f"upsert{many}",
                f"Change {self.kind.many} found by key; create those that are missing.",
            ),
            (Resource.RECORD, "GET"): (f"get{one}", f"A {one}."),
            (Resource.RECORD, "PATCH"): (f"update{one}", f"Change a {one} and its links."),
            (Resource.RECORD, "DELETE"): (f"delete{one}", f"Move a {one} to the trash."),
            (Resource.RESTORATION, "POST"): (f"restore{one}", f"Take a {one} out of the trash, with its links."),
            (Resource.LINKS, "GET"): (f"list{along_}", f"{_about(side)}: a page, or all as a stream."),
            (Resource.LINKS, "POST"): (f"link{along_}", f"{_about(side)}: a new link."),
            (Resource.LINK, "GET"): (f"get{along_}Link", f"{_about(side)}: one link."),
            (Resource.LINK, "PATCH"): (f"update{along_}Link", f"{_about(side)}: new values of a link."),
            (Resource.LINK, "DELETE"): (f"unlink{along_}", f"{_about(side)}: no link any more."),
        }
        return named[resource, method]

    def _body(self, resource: Resource, method: str, side: Side | None) -> Schema | None:
        match resource, method:
            case Resource.RECORDS, "POST":
                return self.schemas.new(self.kind)
            case Resource.RECORDS, "PUT":
                return self.schemas.upserted(self.kind)
            case Resource.RECORD, "PATCH":
                return self.schemas.changes(self.kind)
            case Resource.LINKS, "POST":
                assert side is not None
                return self.schemas.new_link(self.kind, side)
            case Resource.LINK, "PATCH":
                assert side is not None
                return self.schemas.changed_link(self.kind, side)
        return None

    def _answers(self, resource: Resource, method: str, side: Side | None) -> Schema:
        record = self.schemas.record(self.kind)
        match resource, method:
            case Resource.RECORDS, "GET":
                return _list(self.schemas.page(self.kind), record)
            case Resource.RECORDS, "POST":
                made = _answer("The record.", record, {**_TAG, **_LOCATION})
                return {"201": {**made, "links": self._leads()}}
            case Resource.RECORDS, _:
                return {"200": _answer("The records as they are now.", _upserted(record))}
            case Resource.RECORD, "GET" | "PATCH":
                return {"200": _answer("The record.", record, _TAG)}
            case Resource.RESTORATION, _:
                return {"200": _answer("The record.", record, _TAG)}
            case Resource.LINKS, _:
                assert side is not None
                one = self.schemas.linked(self.kind, side)
                if method == "GET":
                    return _list(self.schemas.links(self.kind, side), one)
                over = {"description": "The link is over already, so it does not show."}
                return {"201": _answer("The link, with the record at its other end.", one), "204": over}
            case Resource.LINK, "GET":
                assert side is not None
                return {"200": _answer("The link.", self.schemas.linked(self.kind, side))}
        return {"204": {"description": "Done."}}


def _about(side: Side | None) -> str:
    return "" if side is None else text(side.near.labels) or capital(side.name)


def _query(parameter: Parameter, *, required: bool) -> Schema:
    made = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }
    return {**made, "required": True} if required else made


def _answer(description: str, schema: Schema, headers: Schema | None = None) -> Schema:
    made: Schema = {"description": description, "content": {_JSON: {"schema": schema}}}
    return {**made, "headers": headers} if headers else made


def _list(page: Schema, row: Schema) -> Schema:
    content = {
        _JSON: {"schema": page},
        Form.NDJSON.value: {"schema": row},
        Form.CSV.value: {"schema": {"type": "string"}},
    }
    link = {"Link": {"description": "The next page.", "schema": {"type": "string"}}}
    return {"200": {"description": "A page, or every row.", "headers": link, "content": content}}


def _upserted(record: Schema) -> Schema:
    counts = {name: {"type": "integer"} for name in ("created", "updated", "unchanged")}
    properties = {"items": {"type": "array", "items": record}, "counts": {"type": "object", "properties": counts}}
    return {"type": "object", "required": ["items", "counts"], "properties": properties}

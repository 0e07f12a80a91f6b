"""Writing requests as mutations: the same inputs, the same problems, with paths from the body on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gql.editions import Edition
from gql.rest.addresses import Address, of_record
from gql.rest.asking import ERRORS, Operation
from gql.rest.fields import Fields
from gql.rest.parameters import NOW
from gql.rest.parts import Place
from gql.rest.problems import bad_parameters, refusal
from gql.rest.reading import Given, of_one, one
from gql.typed.naming import along
from gql.typed.verbs import Mutation, Verb
from models.errors import Problem
from models.keys import keys_of
from models.metamodel import EntityType

_TAG = re.compile(r'"([0-9]{1,9})"\Z')
_KEY = re.compile(r'"?([A-Za-z0-9_-]{1,200})"?\Z')
Steps = Sequence[str | int]
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A mutation: how its payload becomes an answer, and where in its input the body lies."""

    text: str
    variables: Mapping[str, Any]
    field: str
    status: int
    made: Callable[[Data], Any | None]
    prefix: tuple[str | int, ...] = ()
    missing: tuple[Steps, ...] = (("id",),)  # paths that the address itself stands for
    tagged: bool = False  # whether the answer is the record as it is now

    def told(self, error: Mapping[str, Any]) -> dict[str, Any]:
        """A problem with its path as the request has it."""
        path = list(error["path"])
        if tuple(path[: len(self.prefix)]) == self.prefix:
            path = path[len(self.prefix) :]
        return {**error, "path": path}


def create(edition: Edition, address: Address, body: Any, given: Given) -> Change:
    """POST to the records of a type."""
    return _of_record(edition, address, Verb.CREATE, {"data": body}, given, 201)


def update(edition: Edition, address: Address, body: Any, given: Given) -> Change:
    """PATCH of a record."""
    return _of_record(edition, address, Verb.UPDATE, {"id": address.id, "data": body, **_version(given)}, given, 200)


def restore(edition: Edition, address: Address, given: Given) -> Change:
    """A record out of the trash."""
    return _of_record(edition, address, Verb.RESTORE, {"id": address.id}, given, 200)


def delete(address: Address, given: Given) -> Change:
    """A record into the trash."""
    mutation = Mutation(Verb.DELETE, address.kind, many=False)
    return _change(mutation, {"id": address.id, **_version(given)}, given, "", 204, lambda data: None)


def upsert(edition: Edition, address: Address, body: Any, given: Given) -> Change:
    """PUT to the records of a type: a list of them as they shall be, found by a key."""
    kind = address.kind
    _check_key(kind, given["by"])
    mutation = Mutation(Verb.UPSERT, kind, many=True)
    parts = Fields(edition.model, edition.schema).of_records(kind, given.get("fields", ()))
    inner = f"{mutation.entry} {{ {of_one(parts)} }} counts {{ created updated unchanged }}"

    def made(payload: Data) -> Any:
        items = [one(kind, parts, row, given) for row in payload[mutation.entry]]
        return {"items": items, "counts": payload["counts"]}

    wanted = {"by": list(given["by"]), "data": body}
    return _change(mutation, wanted, given, inner, 200, made, prefix=("data",), missing=())


def _check_key(kind: EntityType, by: Sequence[str]) -> None:
    """Raises Refusal for fields that are no part of any key."""
    known = list(dict.fromkeys(name for key in keys_of(kind) for name in key))
    told = f"by: {{!r}} tells no records of {kind.name} apart; there are: {', '.join(known)}."
    if strange := [name for name in by if name not in known]:
        raise bad_parameters(Problem("no_key", told.format(name[:80]), ("by",)) for name in strange)


def link(edition: Edition, address: Address, body: Any, given: Given) -> Change:
    """POST to the links of a record: one to a record there is (`id`), or to a new one that is made with it."""
    there_is = isinstance(body, dict) and "id" in body
    way, kind, side = "link" if there_is else "create", address.kind, address.relation
    rows = Fields(edition.model, edition.schema).of_links(kind, side, given.get("fields", ()))
    operation = Operation()
    far = {"node": {"id": {"eq": str(body["id"])}}} if there_is else None
    newest = operation.arguments(
        ("where", f"{along(kind, side)}Filter", far),
        ("orderBy", f"[{along(kind, side)}Order!]", [{"link": {"createdAt": "DESC"}}]),
        ("first", "Int", 1),
    )
    mutation = Mutation(Verb.UPDATE, kind, many=False)
    inner = f"{mutation.entry} {{ {side.name}{newest} {{ {rows.rows()} }} }}"
    place = Place(of_record(kind, address.id))

    def made(payload: Data) -> Any:
        edges = _there(payload[mutation.entry])[side.name]["edges"]
        return rows.row(edges[0], place) if edges else None

    wanted = {"id": address.id, "data": {side.name: {way: [body]}}}
    return _change(mutation, wanted, given, inner, 201, made, prefix=("data", side.name, way, 0), operation=operation)


def relink(address: Address, body: Any, given: Given) -> Change:
    """PATCH of a link: new values of its own fields."""
    named = {"linkId": address.link, **body} if isinstance(body, dict) else body
    return _of_link(address, "update", named, given)


def unlink(address: Address, given: Given) -> Change:
    """DELETE of a link: it should never have been, or with `end` it is true no longer."""
    end = given.get("end")
    if end is None:
        return _of_link(address, "unlink", {"linkId": address.link}, given)
    return _of_link(address, "end", {"linkId": address.link, **({} if end == NOW else {"at": end})}, given)


def version(tag: str | None) -> int | None:
    """The version that `If-Match` asks for. Raises Refusal for what is no tag of ours."""
    if tag is None or tag.strip() == "*":
        return None
    match = _TAG.match(tag.strip())
    if match is None:
        raise refusal(
            400, "bad_if_match", 'If-Match takes one tag as ETag gave it, such as "7", or *.', path=("If-Match",)
        )
    return int(match[1])


def idempotency_key(header: str | None) -> str | None:
    """The key that a request is known by, in quotes or without. Raises Refusal for what is none."""
    if header is None:
        return None
    match = _KEY.match(header.strip())
    if match is None:
        message = (
            "Idempotency-Key takes a key of your own making of up to 200 letters, digits, - and _, such as a UUID."
        )
        raise refusal(400, "bad_idempotency_key", message, path=("Idempotency-Key",))
    return match[1]


def _of_link(address: Address, way: str, wanted: Any, given: Given) -> Change:
    side = address.relation
    mutation = Mutation(Verb.UPDATE, address.kind, many=False)
    prefix: tuple[str | int, ...] = ("data", side.name, way, 0)
    data = {"id": address.id, "data": {side.name: {way: [wanted]}}}
    return _change(
        mutation,
        data,
        given,
        "",
        204,
        lambda payload: None,
        prefix=prefix,
        missing=(("id",), prefix, (*prefix, "linkId")),
    )


def _of_record(
    edition: Edition, address: Address, verb: Verb, wanted: Mapping[str, Any], given: Given, status: int
) -> Change:
    kind = address.kind
    mutation = Mutation(verb, kind, many=False)
    parts = Fields(edition.model, edition.schema).of_records(kind, given.get("fields", ()))
    inner = f"{mutation.entry} {{ {of_one(parts)} }}"

    def made(payload: Data) -> Any:
        row = _there(payload[mutation.entry])
        return {"_id": row["_id"], "_version": row["_version"], "body": one(kind, parts, row, given)}

    missing: tuple[Steps, ...] = () if verb is Verb.CREATE else (("id",),)
    return _change(mutation, wanted, given, inner, status, made, prefix=("data",), missing=missing, tagged=True)


def _there(row: Data | None) -> Data:
    """A record that was written. Raises Refusal, 404, where it is gone: the request came again under its key, long after."""
    if row is None:
        message = "This was done before, under the same key, and the record has been deleted since."
        raise refusal(404, "not_found", message, path=("idempotencyKey",))
    return row


def _change(
    mutation: Mutation,
    wanted: Mapping[str, Any],
    given: Given,
    inner: str,
    status: int,
    made: Callable[[Data], Any | None],
    *,
    prefix: tuple[str | int, ...] = (),
    missing: tuple[Steps, ...] = (("id",),),
    tagged: bool = False,
    operation: Operation | None = None,
) -> Change:
    operation = operation or Operation()
    more = {name: given[name] for name in ("reason", "idempotencyKey") if name in given}
    arguments = operation.arguments(("input", f"{mutation.stem}Input!", {**wanted, **more}))
    text = operation.text("mutation", f"{mutation.name}{arguments} {{ {inner} {ERRORS} }}")
    return Change(text, operation.variables, mutation.name, status, made, prefix, missing, tagged)


def _version(given: Given) -> dict[str, int]:
    return {"version": given["version"]} if given.get("version") is not None else {}

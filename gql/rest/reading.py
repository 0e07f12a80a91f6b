"""Reading requests as operations, and their answers as resources."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gql.editions import Edition
from gql.rest.addresses import Address, of_record
from gql.rest.asking import INFO, Operation
from gql.rest.fields import Fields
from gql.rest.orders import linked_order, order
from gql.rest.parameters import AS_OF, KNOWN_AT
from gql.rest.parts import Head, Part, Place, heads, own_alone, selected, shaped
from gql.rest.problems import bad_parameters, refusal
from gql.streaming.pages import AFTER, FEW, FIRST, ListQuery, Rows
from gql.typed.naming import along
from models.errors import Problem
from models.metamodel import EntityType

Given = Mapping[str, Any]
Row = Mapping[str, Any]
_NOT_WITH_SEARCH = ("where", "order", AS_OF.name, KNOWN_AT.name)


@dataclass(frozen=True, slots=True)
class Single:
    """An operation that reads one record, or one of its links: `found` takes it out of the answer's data."""

    text: str
    variables: Mapping[str, Any]
    found: Callable[[Mapping[str, Any]], dict[str, Any] | None]
    version: Callable[[Mapping[str, Any]], int] | None = None  # where it says all that there is to change


@dataclass(frozen=True, slots=True)
class Listing:
    """A list query, and how its rows look over REST."""

    query: ListQuery
    row: Callable[[Row], dict[str, Any]]
    heads: Sequence[Head]
    name: str


def record(edition: Edition, address: Address, given: Given) -> Single:
    """One record."""
    kind, operation = address.kind, Operation()
    parts = Fields(edition.model, edition.schema).of_records(kind, given.get("fields", ()))
    arguments = operation.arguments(("id", "ID!", address.id), *_times(given))
    text = operation.text("query", f"{kind.one}{arguments} {{ {of_one(parts)} }}")
    present = own_alone(parts) and not _times_in(given)
    return Single(
        text,
        operation.variables,
        lambda data: one(kind, parts, data[kind.one], given),
        version_of(kind) if present else None,
    )


def of_one(parts: Sequence[Part]) -> str:
    """The selection of a record that is answered alone: with its id and version, for its address and its tag."""
    return f"_id: id _version: version {selected(parts)}"


def one(kind: EntityType, parts: Sequence[Part], row: Row | None, given: Given) -> dict[str, Any] | None:
    """A record that was asked for so."""
    return None if row is None else shaped(parts, row, Place(of_record(kind, row["_id"]), times_of(given)))


def version_of(kind: EntityType) -> Callable[[Mapping[str, Any]], int]:
    """What takes its version out of the answer's data."""
    return lambda data: int(data[kind.one]["_version"])


def records(edition: Edition, address: Address, given: Given) -> Listing:
    """The records of a type: all, those that meet a condition, or those in which something is written."""
    kind, times = address.kind, times_of(given)
    parts = Fields(edition.model, edition.schema).of_records(kind, given.get("fields", ()))

    def row(found: Row) -> dict[str, Any]:
        return shaped(parts, found, Place(of_record(kind, found["_id"]), times))

    if "search" in given:
        return _search(kind, parts, given, lambda found: row(found["node"]))
    operation = Operation()
    arguments = operation.arguments(
        ("whereText", "FilterText", given.get("where")),
        ("orderBy", f"[{kind.name}Order!]", order(edition, kind, given.get("order", ()))),
        *_times(given),
        more=_page(operation, given),
    )
    counted = _counted(given)
    text = operation.text(
        "query", f"{kind.many}{arguments} {{ nodes {{ _id: id {selected(parts)} }} {INFO} {counted}}}"
    )
    return Listing(
        ListQuery(text, operation.variables, (kind.many,), "nodes", given.get("first")),
        row,
        tuple(heads(parts)),
        kind.many,
    )


def _search(kind: EntityType, parts: Sequence[Part], given: Given, row: Callable[[Row], dict[str, Any]]) -> Listing:
    if clashing := [name for name in _NOT_WITH_SEARCH if name in given]:
        said = "A search has an order of its own and looks at the present; leave this out, or search."
        raise bad_parameters(Problem("bad_parameter", f"{name}: {said}", (name,)) for name in clashing)
    operation = Operation()
    arguments = operation.arguments(
        ("text", "String!", given["search"]), ("types", "[String!]", [kind.name]), more=_page(operation, given)
    )
    node = f"edges {{ node {{ ... on {kind.name} {{ _id: id {selected(parts)} }} }} }}"
    text = operation.text("query", f"search{arguments} {{ {node} {INFO} {_counted(given)}}}")
    return Listing(
        ListQuery(text, operation.variables, ("search",), "edges", given.get("first"), page=FEW),
        row,
        tuple(heads(parts)),
        kind.many,
    )


def links(edition: Edition, address: Address, given: Given) -> Listing:
    """The links of a record, each with the record at its other end."""
    kind, side, operation = address.kind, address.relation, Operation()
    rows = Fields(edition.model, edition.schema).of_links(kind, side, given.get("fields", ()))
    outer = operation.arguments(("id", "ID!", address.id), *_times(given))
    arguments = operation.arguments(
        ("whereText", "FilterText", given.get("where")),
        (
            "orderBy",
            f"[{along(kind, side)}Order!]",
            linked_order(edition, kind, side, given.get("order", ())),
        ),
        more=_page(operation, given),
    )
    inner = f"{side.name}{arguments} {{ {rows.rows()} {INFO} {_counted(given)}}}"
    text = operation.text("query", f"{kind.one}{outer} {{ {inner} }}")
    place = Place(f"{of_record(kind, address.id)}", times_of(given))
    query = ListQuery(text, operation.variables, (kind.one, side.name), "edges", given.get("first"))
    return Listing(query, lambda edge: rows.row(edge, place), tuple(rows.row_heads()), side.name)


def link(edition: Edition, address: Address, given: Given) -> Single:
    """One link of a record."""
    kind, side, operation = address.kind, address.relation, Operation()
    rows = Fields(edition.model, edition.schema).of_links(kind, side, given.get("fields", ()))
    outer = operation.arguments(("id", "ID!", address.id), *_times(given))
    where = {"link": {"id": {"eq": address.link}}}
    inner = operation.arguments(("where", f"{along(kind, side)}Filter", where), ("first", "Int", 1))
    text = operation.text("query", f"{kind.one}{outer} {{ {side.name}{inner} {{ {rows.rows()} }} }}")
    place = Place(of_record(kind, address.id), times_of(given))

    def found(data: Mapping[str, Any]) -> dict[str, Any] | None:
        edges = data[kind.one][side.name]["edges"] if data[kind.one] else ()
        return rows.row(edges[0], place) if edges else None

    return Single(text, operation.variables, found)


async def rows(listing: Listing, pages: AsyncIterator[Rows]) -> AsyncIterator[Rows]:
    """The rows of a list as REST shows them, page by page."""
    async with aclosing(pages) as found:  # type: ignore[type-var]  # it is a generator
        async for each in found:
            yield [listing.row(row) for row in each]


def page(listing: Listing, data: Any, address: str, pairs: Iterable[tuple[str, str]], *, count: bool) -> dict[str, Any]:
    """The answer to a list query as a page. Raises Refusal where the record around the list is not there."""
    for key in listing.query.path:
        data = data[key]
        if data is None:
            raise nothing()
    made: dict[str, Any] = {"items": [listing.row(row) for row in data[listing.query.rows]], "next": None}
    info = data["pageInfo"]
    if info["hasNextPage"] and info["endCursor"]:
        made["next"] = f"{address}?{_behind(pairs, info['endCursor'])}"
    if count:
        made["totalCount"] = data["totalCount"]
    return made


def nothing() -> Exception:
    """404: no such record or link."""
    return refusal(404, "not_found", "There is no such record or link here, or none that you may see.", path=("id",))


def times_of(given: Given) -> str:
    """The moments that a request looks at, for addresses that lead on from it."""
    found = [(name, given[name]) for name in (AS_OF.name, KNOWN_AT.name) if name in given]
    return f"&{urlencode(found)}" if found else ""


def _behind(pairs: Iterable[tuple[str, str]], cursor: str) -> str:
    return urlencode([*((name, value) for name, value in pairs if name != "after"), ("after", cursor)])


def _times(given: Given) -> tuple[tuple[str, str, Any], ...]:
    return tuple((name, "DateTime", given.get(name)) for name in (AS_OF.name, KNOWN_AT.name))


def _times_in(given: Given) -> bool:
    return AS_OF.name in given or KNOWN_AT.name in given


def _page(operation: Operation, given: Given) -> str:
    """Arguments that are there even where they have no value yet: a stream fills them in."""
    operation.variables |= {name: given[name] for name in (FIRST, AFTER) if name in given}
    return f"{FIRST}: {operation.variable(FIRST, 'Int')}, {AFTER}: {operation.variable(AFTER, 'String')}"


def _counted(given: Given) -> str:
    return "totalCount " if given.get("count") else ""

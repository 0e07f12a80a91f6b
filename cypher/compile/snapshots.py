"""The graph read whole, packed: thousands of links in a record, because a record costs the client as much as its values.

Two packings: vectors, whose bytes become arrays as they are (Cypher 25), and plain lists, which every Neo4j has. Node
ids of the database stay within one load, since it gives them again to others after a deletion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cypher.ast import (
    Call,
    CallSubquery,
    Case,
    Clause,
    Expression,
    IsNull,
    Item,
    Link,
    ListOf,
    Literal,
    Match,
    Node,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Unwind,
    Var,
    With,
    every,
)
from cypher.ast.expressions import Arithmetic, Binary
from cypher.ast.packing import Dialect, Slice
from cypher.ast.updates import Element

AFTER, SIZE = "after", "size"
NODES, IDS, SOURCES, TARGETS = "nodes", "ids", "sources", "targets"
GROUP, WIDTH = "group", "width"  # sources in a group of links; links in a record
UNIT, MOST, UNKNOWN = (
    "unit",
    "most",
    "unknown",
)  # what one is stored as; the greatest weight; a missing moment, in seconds
REFUSED = -1  # stands for a weight that is none
Columns = tuple[tuple[str, Expression, str], ...]  # name, value, type of its vector


@dataclass(frozen=True, slots=True)
class LinkShape:
    """What of a relation decides the statement that loads it; equal shapes give equal text."""

    relation: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    weight: str = ""  # the property its links' weights lie in
    temporal: bool = False
    wide: bool = False  # node ids need 64 bits


def page_of_ids(type_name: str) -> Query:
    """The next records of a type in the order of their ids, in one row: [node ids, ids]."""
    found = Match((Pattern((Node("n", (type_name,), record=(type_name,)),)),), Binary(_id("n"), ">", Param(AFTER)))
    page = With((Item(Var("n"), "n"),), order=(Order(_id("n")),), limit=Param(SIZE))
    return Query((found, page, Return((_collected(Call("id", (Var("n"),)), "nodes"), _collected(_id("n"), "ids")))))


def links_of_nodes(shape: LinkShape, *, vectors: bool) -> Query:
    """The links that leave some nodes, in the order of the nodes: a record for each so many of them.

    Each record has a vector, or a list, of source nodes, of target nodes, of weights and of the times where there are any.
    """
    ends: Columns = (("s", Var("i"), _integers(shape)), ("d", Call("id", (Var("b"),)), _integers(shape)))
    columns = (*ends, *_values("r", shape))
    near = Match((Pattern((Node("a", record=shape.sources),)),), Binary(Call("id", (Var("a"),)), "=", Var("i")))
    group = (Unwind(Slice(Param(NODES), Var("q"), Arithmetic(Var("q"), "+", Param(GROUP))), "i"), near)
    of_group = Query((*group, Match((_links(shape),)), *_gathered(columns)))
    clauses = (_groups(NODES), CallSubquery(of_group, ("q",)), *_in_records(columns, vectors=vectors))
    return Query((Dialect(25), *clauses) if vectors else clauses)


def past_links_of(shape: LinkShape) -> Query:
    """The links that are over and leave some records, by their ids: lists of both ends' ids and of the values."""
    columns: Columns = (("s", Var("i"), ""), ("d", Prop(Var("r"), "target"), ""), *_values("r", shape))
    kept = Pattern((Node("r", ("LinkVersion",), (("source", Var("i")), ("relation", Literal(shape.relation)))),))
    group = Unwind(Slice(Param(IDS), Var("q"), Arithmetic(Var("q"), "+", Param(GROUP))), "i")
    of_group = Query((group, Match((kept,), _still_believed()), *_gathered(columns)))
    returned = Return(tuple(Item(Var(name), name) for name, _, _ in columns))
    return Query((_groups(IDS), CallSubquery(of_group, ("q",)), _unless_empty(columns), returned))


def links_of_pairs(shape: LinkShape, *, past: bool = False) -> Query:
    """Every link of a relation between pairs of records, in one row of lists: the pair's place, weights and times."""
    both = (("a", SOURCES), ("b", TARGETS))
    places = Unwind(_range(SOURCES, Literal(1)), "p")
    ends = With((Item(Var("p"), "p"), *(Item(Element(Param(slot), Var("p")), f"{var}Id") for var, slot in both)))
    columns: Columns = (("p", Var("p"), ""), *_values("r", shape))
    if past:
        props = (("source", Var("aId")), ("target", Var("bId")), ("relation", Literal(shape.relation)))
        found: tuple[Clause, ...] = (Match((Pattern((Node("r", ("LinkVersion",), props),)),), _still_believed()),)
    else:
        nodes = (("a", shape.sources), ("b", shape.targets))
        patterns = (Pattern((Node(var, ("Record",), (("id", Var(f"{var}Id")),), record=of),)) for var, of in nodes)
        found = (*(Match((pattern,)) for pattern in patterns), Match((_links(shape),)))
    return Query((places, ends, *found, *_gathered(columns)))


def records_of_ids(types: tuple[str, ...]) -> Query:
    """[labels, ids] of those of some records that are there."""
    found = Match((Pattern((Node("n", ("Record",), (("id", Var("i")),), record=types),)),))
    labels = Item(Call("labels", (Var("n"),)), "labels")
    return Query((Unwind(Param(IDS), "i"), found, Return((labels, _collected(_id("n"), "ids")))))


def counts(types: tuple[str, ...], relations: tuple[str, ...]) -> Query:
    """One row: how many nodes there are, records of each type and links of each relation; the database knows them by heart."""
    patterns = [Pattern((Node("n"),)), *(Pattern((Node("n", (name,), record=(name,)),)) for name in types)]
    patterns += [Pattern((Node(), Link("n", (name,), relation=name), Node())) for name in relations]
    names = [f"c{place}" for place in range(len(patterns))]
    found = (
        CallSubquery(Query((Match((pattern,)), Return((Item(Call("count", (Var("n"),)), name),)))))
        for pattern, name in zip(patterns, names, strict=True)
    )
    return Query((*found, Return((Item(ListOf(tuple(map(Var, names))), "counts"),))))


def _links(shape: LinkShape) -> Pattern:
    link = Link("r", (shape.relation,), relation=shape.relation)
    return Pattern((Node("a", record=shape.sources), link, Node("b", record=shape.targets)))


def _values(var: str, shape: LinkShape) -> Iterator[tuple[str, Expression, str]]:
    """The weight and the times of a link, nothing missing: a weight that is none is told apart later."""
    if shape.weight:
        given = Call("coalesce", (Prop(Var(var), shape.weight), Param(UNIT)))
        bounds = every((Binary(given, ">=", Literal(0)), Binary(given, "<=", Param(MOST))))
        assert bounds is not None
        yield "w", Case(((bounds, Arithmetic(given, "/", Param(UNIT))),), Literal(REFUSED)), "FLOAT32"
    if shape.temporal:
        for name, key in (("since", "validFrom"), ("until", "validTo")):
            yield name, Call("coalesce", (Prop(Prop(Var(var), key), "epochSeconds"), Param(UNKNOWN))), "INTEGER64"


def _gathered(columns: Columns) -> tuple[Clause, ...]:
    return (Return(tuple(_collected(value, name) for name, value, _ in columns)),)


def _in_records(columns: Columns, *, vectors: bool) -> tuple[Clause, ...]:
    """The lists of a group cut to the width of a record, as vectors or as they are."""
    parts = {name: Slice(Var(name), Var("o"), Arithmetic(Var("o"), "+", Param(WIDTH))) for name, _, _ in columns}
    cut = Unwind(Call("range", (Literal(0), _last(Var("s")), Param(WIDTH))), "o")
    some = _unless_empty(columns)
    if not vectors:
        return some, cut, Return(tuple(Item(part, name) for name, part in parts.items()))
    kept = With(tuple(Item(part, name) for name, part in parts.items()))
    packed = tuple(
        Item(Call("vector", (Var(name), Call("size", (Var("s"),)), Var(type_name))), name)
        for name, _, type_name in columns
    )
    return some, cut, kept, Return(packed)


def _unless_empty(columns: Columns) -> With:
    """Groups that have links: `range(0, -1, n)` is not empty in Neo4j, but [0]."""
    some = Binary(Call("size", (Var("s"),)), ">", Literal(0))
    return With(tuple(Item(Var(name), name) for name, _, _ in columns), where=some)


def _groups(slot: str) -> Unwind:
    return Unwind(_range(slot, Param(GROUP)), "q")


def _range(slot: str, step: Expression) -> Expression:
    return Call("range", (Literal(0), _last(Param(slot)), step))


def _last(of: Expression) -> Expression:
    return Arithmetic(Call("size", (of,)), "-", Literal(1))


def _still_believed() -> Expression:
    return IsNull(Prop(Var("r"), "knownTo"))


def _integers(shape: LinkShape) -> str:
    return "INTEGER64" if shape.wide else "INTEGER32"


def _id(var: str) -> Prop:
    return Prop(Var(var), "id")


def _collected(value: Expression, name: str) -> Item:
    return Item(Call("collect", (value,)), name)

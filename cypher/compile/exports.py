"""Everything of a type or relation in pages, in the order of ids: each page begins after the last id of the one before."""

from __future__ import annotations

from cypher.ast import (
    Call,
    HasLabel,
    Item,
    Link,
    ListOf,
    Match,
    Node,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Var,
    every,
)
from cypher.ast.expressions import Binary

AFTER, SIZE = "after", "size"


def page_of_records(type_name: str) -> Query:
    """[id, properties] of the next records of a type."""
    found = Match((Pattern((Node("n", (type_name,), record=(type_name,)),)),), _later("n"))
    return Query((found, _returned("n")))


def page_of_links(
    relation: str, source: str, target: str, source_columns: tuple[str, ...], target_columns: tuple[str, ...]
) -> Query:
    """[id, properties, …] of the next links from a type to a type, and what tells their ends apart: two lists of values."""
    ends = (Node("a", record=(source,)), Node("b", record=(target,)))
    pattern = Pattern((ends[0], Link("l", (relation,), relation=relation), ends[1]))
    where = every((_later("l"), HasLabel(Var("a"), source), HasLabel(Var("b"), target)))
    keys = (_key("a", source_columns, "source"), _key("b", target_columns, "target"))
    return Query((Match((pattern,), where), _returned("l", *keys)))


def _later(var: str) -> Binary:
    return Binary(Prop(Var(var), "id"), ">", Param(AFTER))


def _key(var: str, columns: tuple[str, ...], name: str) -> Item:
    return Item(ListOf(tuple(Prop(Var(var), column) for column in columns)), name)


def _returned(var: str, *also: Item) -> Return:
    id = Prop(Var(var), "id")
    properties = Item(Call("properties", (Var(var),)), "properties")
    return Return((Item(id, "id"), properties, *also), order=(Order(id),), limit=Param(SIZE))

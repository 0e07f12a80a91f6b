"""Which records and links are there already, found by what tells them apart; asked in the transaction that writes."""

from __future__ import annotations

from collections.abc import Sequence

from cypher.ast import (
    Call,
    CallSubquery,
    Clause,
    IsNull,
    Item,
    Link,
    Literal,
    Match,
    Node,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Seek,
    Unwind,
    Var,
    every,
)
from cypher.ast.expressions import Binary
from cypher.compile.writes.changes import of_row
from cypher.compile.writes.limits import VERSION
from cypher.compile.writes.records import RECORD
from models.metamodel import Direction

ROWS = "rows"


def find_records(type_name: str, columns: tuple[str, ...]) -> Query:
    """[place, id] of every row whose key a record has; the key's values stand in the row under its columns."""
    props = tuple((column, of_row(column)) for column in columns)
    return _answered((Match((Pattern((Node("n", (type_name,), props, record=(type_name,)),)),)),), "n")


def find_links(relation: str, columns: tuple[str, ...], *, directed: bool) -> Query:
    """[place, id] of every link between two records, with the row's values in these columns; the oldest first.

    Both ends are sought before the link is: a sub-query of its own keeps the planner from walking all links of one end,
    which may have hundreds of thousands; between two known ends the database walks from the one that has fewer.
    """
    way = Direction.OUT if directed else Direction.BOTH
    between = Pattern((Node("a"), Link("l", (relation,), way, relation=relation), Node("b")))
    same = every(Binary(Prop(Var("l"), column), "=", of_row(column)) for column in columns)
    carried = ("a", "b", *(("row",) if columns else ()))
    links = CallSubquery(Query((Match((between,), same), Return((Item(Var("l"), "l"),)))), carried)
    return _answered((Match((_record("source"),)), Match((_record("target"),)), links), "l")


def links_by_id(relation: str) -> Query:
    """[id, properties] of every link that a row names by its id."""
    link = Link("l", (relation,), props=(("id", of_row("id")),), relation=relation)
    found = (Item(Prop(Var("l"), "id"), "id"), Item(Call("properties", (Var("l"),)), "properties"))
    match = Match((Pattern((Node(), link, Node())),), seek=Seek("l", relation, ("id",)))
    return Query((Unwind(Param(ROWS), "row"), match, Return(found)))


def find_past_links(relation: str, columns: tuple[str, ...]) -> Query:
    """[place, id] of every link that is over and kept beside the graph, with the row's values and its end."""
    ends = (("source", of_row("source")), ("target", of_row("target")))
    node = Pattern((Node("l", (VERSION,), ends),))
    known = every(
        (
            Binary(Prop(Var("l"), "relation"), "=", Literal(relation)),
            IsNull(Prop(Var("l"), "knownTo")),
            Binary(Prop(Var("l"), "validTo"), "=", of_row("until")),
            *(Binary(Prop(Var("l"), column), "=", of_row(column)) for column in columns),
        )
    )
    return _answered((Match((node,), known),), "l")


def _record(end: str) -> Pattern:
    return Pattern((Node("a" if end == "source" else "b", (RECORD,), (("id", of_row(end)),)),))


def _answered(found: Sequence[Clause], var: str) -> Query:
    place, id = of_row("place"), Prop(Var(var), "id")
    returned = Return((Item(place, "place"), Item(id, "id")), order=(Order(place), Order(id)))
    return Query((Unwind(Param(ROWS), "row"), *found, returned))

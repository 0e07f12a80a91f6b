"""Records in packed columns: a page of them is one row, with a list for each column; a page in the order of ids."""

from __future__ import annotations

from collections.abc import Iterable

from cypher.ast import Call, Case, Expression, Item, Match, Node, Order, Param, Pattern, Prop, Query, Return, Var, With
from cypher.ast.expressions import Binary
from cypher.compile.snapshots import AFTER, SIZE

EPOCH = "epoch"


def page(type_name: str, columns: Iterable[tuple[str, Expression]], fits: Expression | None = None) -> Query:
    """The next records `n` in the order of their ids, in one row: the last id, how many, and a list of each of the columns.

    The page is cut before the filter `fits`, so that the index on ids gives it; the lists hold what passes the filter. No
    column may be null for what passes, since a list leaves nulls out.
    """
    node = Node("n", (type_name,), record=(type_name,))
    filtered = () if fits is None else (With((Item(Var("n"), "n"), Item(fits, "fits"))),)
    lists = (
        Item(Call("collect", (value if fits is None else Case(((Var("fits"), value),)),)), name)
        for name, value in columns
    )
    return Query(
        (
            Match((Pattern((node,)),), Binary(prop("id"), ">", Param(AFTER))),
            With((Item(Var("n"), "n"),), order=(Order(prop("id")),), limit=Param(SIZE)),
            *filtered,
            Return((Item(Call("max", (prop("id"),)), "last"), Item(Call("count", (Var("n"),)), "size"), *lists)),
        )
    )


def time(key: str, *, dated: bool) -> Expression:
    """Whole days since 1970 of a date, milliseconds since 1970 of a moment."""
    if dated:
        return Prop(Call("duration.inDays", (Param(EPOCH), prop(key))), "days")
    return Prop(prop(key), "epochMillis")


def prop(key: str) -> Prop:
    """A property of the record."""
    return Prop(Var("n"), key)

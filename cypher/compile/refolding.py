"""The next records of a type whose search texts may have to be made anew, in the order of their ids."""

from __future__ import annotations

from cypher.ast import Binary, Item, Match, Node, Order, Param, Pattern, Prop, Query, Return, Var

AFTER, BATCH = "after", "batch"


def next_ids(type_name: str) -> Query:
    """The ids behind one, at most a batch of them; they come out of the type's index on ids."""
    id = Prop(Var("n"), "id")
    node = Pattern((Node("n", (type_name,), record=(type_name,)),))
    behind = Match((node,), Binary(id, ">", Param(AFTER)))
    return Query((behind, Return((Item(id, "id"),), order=(Order(id),), limit=Param(BATCH))))

"""The changes of one record or link, the newest first, with who made them and why: as much of them as a page shows."""

from __future__ import annotations

from cypher import request
from cypher.ast import (
    And,
    Binary,
    Call,
    Collect,
    Expression,
    IsNull,
    Item,
    ListOf,
    Literal,
    Match,
    Node,
    Or,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Seek,
    Var,
    With,
    every,
)
from cypher.ast.updates import Element, Listed
from models import system

OF_SET = ("actor", "actorKind", "reason", "origin")


def change_rows(var: str, wanted: request.History) -> Expression:
    """Rows [properties of the change, who, in which way, why, from where, the name] for what is bound to `var`.

    The index on the record (or the link) and the moment gives them in order, so that a page costs what it shows; it is
    named, for while a base is young its statistics can speak for reading all changes instead.
    """
    change, of_set, user = f"{var}h", f"{var}s", f"{var}u"  # the same for every type, so that they are read alike
    at, id = Prop(Var(change), "at"), Prop(Var(change), "id")
    what = "link" if wanted.of_link else "record"
    # what is the same for all stands first, or Neo4j does not see that the index has this order
    newest_first = (Order(Prop(Var(change), what), True), Order(at, True), Order(id, True))
    mine = Node(change, ("Change",), ((what, Prop(Var(var), system.ID.key)),))
    where = every((_behind(at, id, wanted.cut_slots), _touching(change, wanted.keys_slot)))
    made = Node(of_set, ("ChangeSet",), (("id", Prop(Var(change), "set")),))
    by = Node(user, ("User",), (("id", Prop(Var(of_set), "actor")),))
    told = tuple(Prop(Var(of_set), key) for key in OF_SET)
    row = ListOf((Call("properties", (Var(change),)), *told, Prop(Var(user), "name")))
    clauses = (
        Match((Pattern((mine,)),), where, seek=Seek(change, "Change", (what, "at"))),
        With((Item(Var(change), change),), order=newest_first, limit=Param(wanted.size_slot)),
        Match((Pattern((made,)),), seek=Seek(of_set, "ChangeSet", ("id",))),
        Match((Pattern((by,)),), optional=True),
        Return((Item(row, "row"),), order=newest_first),
    )
    return Collect(Query(clauses))


def _behind(at: Expression, id: Expression, cut: tuple[str, str] | None) -> Expression:
    """The changes behind the cut; a bound on the moment in any case, for the index asks for one."""
    if cut is None:
        return IsNull(at, negated=True)
    moment, tie = map(Param, cut)
    earlier = Or((Binary(at, "<", moment), And((Binary(at, "=", moment), Binary(id, "<", tie)))))
    return And((Binary(at, "<=", moment), earlier))


def _touching(change: str, keys_slot: str | None) -> Expression | None:
    if keys_slot is None:
        return None
    there = IsNull(Element(Var(change), Var("key")), negated=True)
    # a link that ends keeps its values: of the change that says so only what it gives counts
    keeps = Or(
        (Binary(Prop(Var(change), "op"), "<>", Literal("end")), Binary(Var("key"), "STARTS WITH", Literal("after.")))
    )
    return Binary(Call("size", (Listed("key", Param(keys_slot), And((there, keeps))),)), ">", Literal(0))

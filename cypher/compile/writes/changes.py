"""Change rows, as part of the group that makes the change: what was before and after, natively typed, without relationships."""

from __future__ import annotations

from cypher.ast import (
    Call,
    Case,
    Clause,
    Create,
    Expression,
    IsNull,
    Item,
    ListOf,
    Literal,
    Node,
    Param,
    Pattern,
    Prop,
    Return,
    Set,
    SetAll,
    Var,
    With,
)
from cypher.ast.expressions import Arithmetic, Binary, Not, Or
from cypher.ast.updates import Element, Foreach, Listed, Prefixed
from cypher.compile.scope import NOW

CHANGE_SET = "changeSet"
CHANGE_SET_ID = Prop(Param(CHANGE_SET), "id")
ROW, WAS, CHANGED, KEY = Var("row"), Var("was"), Var("changed"), Var("key")
MOMENT = Var("moment")  # when what is written takes hold
CHANGE = Var("c")
ONCE = ListOf((Literal(1),))
NONE = ListOf(())
SYSTEM_KEYS = ("id", "version", "createdAt", "updatedAt", "knownFrom", "held_from")


def of_row(key: str) -> Expression:
    """A value of the row at hand."""
    return Prop(ROW, key)


def change_row(type_name: str, *also: tuple[str, Expression]) -> tuple[Clause, ...]:
    """A change row as the parameters hold it, with what all rows share and what only the database knows."""
    shared = (("set", CHANGE_SET_ID), ("type", Literal(type_name)), ("at", Param(NOW)))
    node = Node("c", ("Change",), (*shared, *also))
    return (Create((Pattern((node,)),)), SetAll(CHANGE, of_row("change")))


def values_before(keys: Expression) -> Clause:
    """Into the change row: what the properties were."""
    return Foreach("key", keys, (_noted("before", Element(WAS, KEY)),))


def values_after() -> Clause:
    """Into the change row: what the properties of the row are now."""
    return Foreach("key", Call("keys", (of_row("props"),)), (_noted("after", Element(of_row("props"), KEY)),))


def values_changed(was: Var = WAS, changed: Expression = CHANGED) -> Clause:
    """Into the change row: what the changed properties were and what they are now."""
    return Foreach(
        "key", changed, (_noted("before", Element(was, KEY)), _noted("after", Element(of_row("props"), KEY)))
    )


def _noted(moment: str, value: Expression) -> Clause:
    return Set(((Element(CHANGE, Prefixed(moment, KEY)), value),))


def own_keys() -> Expression:
    """The keys of a closed link that hold its fields, not its bookkeeping."""
    system = ListOf(tuple(Literal(key) for key in SYSTEM_KEYS))
    return keys_of_was(Not(Binary(KEY, "IN", system)))


def keys_of_was(where: Expression) -> Expression:
    """Those keys of what was that meet a condition."""
    return Listed("key", Call("keys", (WAS,)), where)


def moment() -> Item:
    """When the change takes hold: now, but not before what it takes the place of, whose writer's clock may be ahead."""
    known = Prop(WAS, "knownFrom")
    return Item(Case(((Binary(known, ">", Param(NOW)), known),), Param(NOW)), MOMENT.name)


def compare(*kept: str) -> tuple[Clause, ...]:
    """Of the record or link named last: its properties as they lie, read under its lock, and the keys that differ."""
    carried = tuple(Item(Var(name), name) for name in kept)
    return (
        With((*carried, Item(Call("properties", (Var(kept[-1]),)), "was"))),
        With(
            (
                *carried,
                Item(WAS, "was"),
                moment(),
                Item(differing(WAS), "changed"),
            )
        ),
    )


def differing(was: Var) -> Expression:
    """The keys of the row whose values differ from what was."""
    new, old = Element(of_row("props"), KEY), Element(was, KEY)
    one_missing = Or((IsNull(old, negated=True), IsNull(new, negated=True)))
    return Listed("key", Call("keys", (of_row("props"),)), Call("coalesce", (Binary(old, "<>", new), one_missing)))


def where_changed(updates: tuple[Clause, ...]) -> Clause:
    """The updates, for rows that change something."""
    return Foreach("once", Case(((Binary(CHANGED, "<>", NONE), ONCE),), NONE), updates)


def moved_on(var: str) -> Clause:
    """The next version of a record or link."""
    version = Arithmetic(Prop(WAS, "version"), "+", Literal(1))
    return Set(((Prop(Var(var), "version"), version), (Prop(Var(var), "updatedAt"), Param(NOW))))


def tally(name: str, matched: Expression, changed: Expression) -> Return:
    """What a group returns: how many of its rows found all in order, and how many changed something."""
    return Return((Item(ListOf((Call("count", (matched,)), Call("count", (changed,)))), name),))


def tally_changed(name: str) -> Return:
    """The same where rows may change nothing."""
    return tally(name, ROW, Case(((Binary(CHANGED, "<>", NONE), Literal(1)),)))

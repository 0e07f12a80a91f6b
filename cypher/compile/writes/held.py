"""What a link was held to have been until a moment: fields that have changed since, links that were taken out since.

Such a LinkVersion is known as the link's present state until `knownTo`, and as its past until `held_to`, so long as
nothing corrects it (`retracted_at`). A correction takes it back and puts another in its place, which is known from then
on, and as the past only: its `knownTo` equals its `knownFrom`.
"""

from __future__ import annotations

from cypher.ast import (
    Call,
    CallSubquery,
    Clause,
    Create,
    Expression,
    IsNull,
    Item,
    ListOf,
    Literal,
    Match,
    Node,
    Pattern,
    Prop,
    Query,
    Return,
    Set,
    SetAll,
    Var,
    every,
)
from cypher.ast.expressions import Binary
from cypher.ast.updates import Element, Foreach, Listed
from cypher.compile.writes.changes import CHANGE_SET_ID, KEY, MOMENT, of_row
from cypher.compile.writes.limits import VERSION

BOUNDS = ListOf((Literal("validFrom"), Literal("validTo")))
HELD, PAST, AGAIN = Var("held"), Var("past"), Var("again")


def held_before() -> CallSubquery:
    """Everything that is held to have been true of the link in the row, as `held`."""
    version = Pattern((Node(PAST.name, (VERSION,), (("id", of_row("id")),)),))
    believed = every((IsNull(Prop(PAST, "held_to"), negated=True), IsNull(Prop(PAST, "retracted_at"))))
    gathered = Return((Item(Call("collect", (PAST,)), HELD.name),))
    return CallSubquery(Query((Match((version,), believed), gathered)), ("row",))


def held_until_now(var: str) -> Clause:
    """The version was true until now."""
    return _set(var, held_to=MOMENT)


def held_from_now() -> Clause:
    """The live link, with what it says from now on."""
    return _set("l", held_from=MOMENT)


def known_only_as_held(var: str) -> Clause:
    """The version is known from now on, and as the past only."""
    return _set(var, knownFrom=MOMENT, knownTo=MOMENT)


def not_held() -> Clause:
    """Nothing that was held is true."""
    return Foreach(PAST.name, HELD, (_retracted(),))


def held_anew() -> tuple[Clause, ...]:
    """What was held, within the bounds that the row gives."""
    again = (
        Create((Pattern((Node(AGAIN.name, (VERSION,)),)),)),
        SetAll(AGAIN, Call("properties", (PAST,)), added=False),
        known_only_as_held(AGAIN.name),
        _set(AGAIN.name, closed_in=CHANGE_SET_ID, closed_by=Literal("update")),
        within_new_bounds(AGAIN.name),
    )
    return (Foreach(PAST.name, HELD, (*again, _retracted())),)


def within_new_bounds(var: str) -> Clause:
    """The bounds that the row gives, and those that were where it gives none."""
    given = Listed("key", Call("keys", (of_row("props"),)), Binary(KEY, "IN", BOUNDS))
    return Foreach("key", given, (Set(((Element(Var(var), KEY), Element(of_row("props"), KEY)),)),))


def _retracted() -> Clause:
    return _set(PAST.name, retracted_at=MOMENT, retracted_in=CHANGE_SET_ID)


def _set(var: str, **values: Expression) -> Clause:
    return Set(tuple((Prop(Var(var), key), value) for key, value in values.items()))

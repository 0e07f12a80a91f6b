"""Values that a record must have because of others that it has, whichever of them a write gives it."""

from __future__ import annotations

from cypher.ast import Call, Expression, Filter, IsNull, ListOf, Literal, Match, Param, Prop, Query, Unwind, Var, every
from cypher.ast.expressions import Binary, Not
from cypher.compile.writes.changes import ROW, tally
from cypher.compile.writes.groups import Asked, CheckAsked
from cypher.compile.writes.records import by_id


def check_asked(group: CheckAsked, name: str) -> Query:
    """Whether the records, as this unit of work leaves them, have all that their values ask for."""
    complete = every(Not(lacks(asked)) for asked in group.asked)
    assert complete is not None
    return Query((Unwind(Param(name), "row"), record_of_row(group), Filter(complete), tally(name, ROW, ROW)))


def record_of_row(group: CheckAsked) -> Match:
    """The record whose id stands in the row."""
    return Match((by_id("n", "id", group.type),))


def lacks(asked: Asked) -> Expression:
    """Whether a record has a value that asks for another one, which it has not."""
    values = ListOf(tuple(Literal(value) for value in asked.values))
    called_for = Call("coalesce", (Binary(Prop(Var("n"), asked.by), "IN", values), Literal(False)))
    both = every((called_for, IsNull(Prop(Var("n"), asked.key))))
    assert both is not None
    return both

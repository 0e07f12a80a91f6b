"""The events of a signal in packed columns: when each happened, its value, its weight and whose it was; a page a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cypher.ast import (
    Call,
    Case,
    Expression,
    IsNull,
    Item,
    Literal,
    Match,
    Node,
    Order,
    Param,
    Pattern,
    Prop,
    Query,
    Return,
    Var,
    With,
    every,
)
from cypher.ast.expressions import Arithmetic, Binary
from cypher.ast.updates import Element
from cypher.compile.snapshots import AFTER, SIZE

EPOCH, WEIGHTS, NONE, UNSAID = "epoch", "weights", "missing", "unsaid"
INBOUND, OUTBOUND = "inbound", "outbound"


@dataclass(frozen=True, slots=True)
class EventShape:
    """What of a signal decides its statement, all by the properties that things are stored under; "" for what it lacks.

    `time` is a date where `dated`, else a moment. The values that are asked for are parameters.
    """

    type: str
    time: str
    dated: bool
    value: str = ""
    currency: str = ""
    weigh_by: str = ""
    inbound: str = ""
    outbound: str = ""
    where: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What a page has a list of, in the order of its columns."""
        return tuple(name for name, _ in _columns(self))


def page_of_events(shape: EventShape) -> Query:
    """The next records in the order of their ids, in one row: the last id, how many, and a list of each of the columns.

    The page is cut before the filter, so that the index on ids gives it; the lists hold what passes the filter.
    """
    node = Node("n", (shape.type,), record=(shape.type,))
    bounds: list[Expression] = [IsNull(_prop(shape.time), negated=True)]
    bounds += [Binary(_prop(key), "IN", Param(where_slot(place))) for place, key in enumerate(shape.where)]
    fits = every(bounds)
    assert fits is not None
    lists = (Item(Call("collect", (Case(((Var("fits"), value),)),)), name) for name, value in _columns(shape))
    return Query(
        (
            Match((Pattern((node,)),), Binary(_prop("id"), ">", Param(AFTER))),
            With((Item(Var("n"), "n"),), order=(Order(_prop("id")),), limit=Param(SIZE)),
            With((Item(Var("n"), "n"), Item(fits, "fits"))),
            Return((Item(Call("max", (_prop("id"),)), "last"), Item(Call("count", (Var("n"),)), "size"), *lists)),
        )
    )


def where_slot(place: int) -> str:
    """The parameter that holds the values of the filter at a place."""
    return f"where{place}"


def _columns(shape: EventShape) -> Iterator[tuple[str, Expression]]:
    """Names and values of the columns; none is ever null for an event that fits, since a list leaves nulls out."""
    yield "id", _prop("id")
    yield "time", _time(shape)
    if shape.value:
        yield "value", Call("coalesce", (_prop(shape.value), Param(NONE)))
    if shape.currency:
        yield "currency", Call("coalesce", (_prop(shape.currency), Param(UNSAID)))
    if shape.weigh_by:
        yield "weight", Call("coalesce", (Element(Param(WEIGHTS), _prop(shape.weigh_by)), Literal(1)))
    if shape.inbound or shape.outbound:
        yield "direction", Arithmetic(_one_if(shape.outbound, OUTBOUND), "-", _one_if(shape.inbound, INBOUND))


def _time(shape: EventShape) -> Expression:
    """Whole days since 1970 of a date, milliseconds since 1970 of a moment."""
    if shape.dated:
        return Prop(Call("duration.inDays", (Param(EPOCH), _prop(shape.time))), "days")
    return Prop(_prop(shape.time), "epochMillis")


def _one_if(key: str, slot: str) -> Expression:
    return Case(((Binary(_prop(key), "IN", Param(slot)), Literal(1)),), Literal(0)) if key else Literal(0)


def _prop(key: str) -> Prop:
    return Prop(Var("n"), key)

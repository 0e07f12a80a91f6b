"""The events of a signal in packed columns: when each happened, its value, its weight and whose it was; a page a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cypher.ast import Call, Case, Expression, IsNull, Literal, Param, Query, every
from cypher.ast.expressions import Arithmetic, Binary
from cypher.ast.updates import Element
from cypher.compile import packed
from cypher.compile.packed import prop

EPOCH = packed.EPOCH
WEIGHTS, NONE, UNSAID = "weights", "missing", "unsaid"
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
    bounds: list[Expression] = [IsNull(prop(shape.time), negated=True)]
    bounds += [Binary(prop(key), "IN", Param(where_slot(place))) for place, key in enumerate(shape.where)]
    return packed.page(shape.type, _columns(shape), every(bounds))


def where_slot(place: int) -> str:
    """The parameter that holds the values of the filter at a place."""
    return f"where{place}"


def _columns(shape: EventShape) -> Iterator[tuple[str, Expression]]:
    """Names and values of the columns; none is ever null for an event that fits, since a list leaves nulls out."""
    yield "id", prop("id")
    yield "time", packed.time(shape.time, dated=shape.dated)
    if shape.value:
        yield "value", Call("coalesce", (prop(shape.value), Param(NONE)))
    if shape.currency:
        yield "currency", Call("coalesce", (prop(shape.currency), Param(UNSAID)))
    if shape.weigh_by:
        yield "weight", Call("coalesce", (Element(Param(WEIGHTS), prop(shape.weigh_by)), Literal(1)))
    if shape.inbound or shape.outbound:
        yield "direction", Arithmetic(_one_if(shape.outbound, OUTBOUND), "-", _one_if(shape.inbound, INBOUND))


def _one_if(key: str, slot: str) -> Expression:
    return Case(((Binary(prop(key), "IN", Param(slot)), Literal(1)),), Literal(0)) if key else Literal(0)

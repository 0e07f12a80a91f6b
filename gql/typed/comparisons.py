"""What filters compare with, the same for every model: ids, counts, ranges, times told from now, ways to walk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLScalarType,
)

from gql.plan.given import Pinned, PinnedNumber
from gql.typed.scalars import GEO_POINT_INPUT, JSON, ORDER_DIRECTION, SCALARS
from gql.typed.wording import COMPARISONS
from models.fields.kind import LISTING, Operator
from models.metamodel import Direction
from models.periods import Period, TimeUnit

COUNTED = (Operator.EQ, Operator.NE, Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)


def optional(kind: Any, description: str, deprecation_reason: str | None = None) -> GraphQLInputField:
    """An input field that may be left out."""
    return GraphQLInputField(kind, description=description, deprecation_reason=deprecation_reason)


def many(kind: Any, description: str) -> GraphQLInputField:
    """An input field that takes a list."""
    return GraphQLInputField(GraphQLList(GraphQLNonNull(kind)), description=description)


def pinned(values: Mapping[str, str]) -> dict[str, GraphQLEnumValue]:
    """The words of an enumeration that shapes statements, each with what it means."""
    return {name: GraphQLEnumValue(Pinned(name), description=says) for name, says in values.items()}


ID_OPERATORS = GraphQLInputObjectType(
    "IdOperators",
    {
        "eq": optional(GraphQLID, "This id."),
        "ne": optional(GraphQLID, "Any other id."),
        "in": many(GraphQLID, "One of these ids."),
        "notIn": many(GraphQLID, "None of these ids."),
    },
    description="Comparisons of ids.",
)
RANGES: Mapping[str, GraphQLInputObjectType] = {
    name: GraphQLInputObjectType(
        f"{name}Range",
        {
            "from": GraphQLInputField(GraphQLNonNull(SCALARS[name]), description="The least value."),
            "to": GraphQLInputField(GraphQLNonNull(SCALARS[name]), description="The greatest value."),
        },
        description="From one value to another, both included.",
    )
    for name in ("Int", "BigInt", "Float", "Decimal", "String", "Date", "DateTime")
}
TIME_UNIT = GraphQLEnumType(
    "TimeUnit",
    {unit.value: GraphQLEnumValue(unit.value, description=f"{unit.value.capitalize()}s.") for unit in TimeUnit},
    description="What time is counted in, by the clock and calendar of the reader.",
)
RELATIVE_TIME = GraphQLInputObjectType(
    "RelativeTime",
    {
        "last": optional(GraphQLInt, "From so many units ago until now; of days, today included."),
        "next": optional(GraphQLInt, "From now until so many units ahead; of days, today included."),
        "unit": GraphQLInputField(GraphQLNonNull(TIME_UNIT), description="What is counted."),
    },
    description="A time that begins or ends now; exactly one of last and next.",
)
CALENDAR_PERIOD = GraphQLEnumType(
    "CalendarPeriod",
    {
        period.value: GraphQLEnumValue(period.value, description=f"{period.value.replace('_', ' ').capitalize()}.")
        for period in Period
    },
    description="A day, week, month, quarter or year told from today, in the reader's time zone; weeks begin on Monday.",
)
_WAYS = {
    Direction.OUT: "From source to target.",
    Direction.IN: "From target to source.",
    Direction.BOTH: "Either way.",
}
REACH_DIRECTION = GraphQLEnumType(
    "ReachDirection",
    pinned({way.name: says for way, says in _WAYS.items()}),
    description="Which way links are walked; those of symmetric relations always both ways.",
)


def _steps(value: Any) -> PinnedNumber:
    if isinstance(value, bool) or not isinstance(value, int):
        raise GraphQLError(f"ReachSteps is a whole number, not {str(value)[:60]!r}.")
    return PinnedNumber(value)


REACH_STEPS = GraphQLScalarType(
    "ReachSteps",
    parse_value=_steps,
    serialize=int,
    description="A number of links, from 1 to as many as the server allows.",
)


def _pinned_text(name: str, description: str) -> GraphQLScalarType:
    def parse(value: Any) -> Pinned:
        if not isinstance(value, str):
            raise GraphQLError(f"{name} is a text, not {str(value)[:60]!r}.")
        return Pinned(value)

    return GraphQLScalarType(name, parse_value=parse, serialize=str, description=description)


FILTER_TEXT = _pinned_text(
    "FilterText", "A condition in the expression language: revenue > 1000 and city in ('Berlin', 'Tehran')."
)
SEGMENT_NAME = _pinned_text("SegmentName", "The name of a saved query.")
SEGMENT_USE = GraphQLInputObjectType(
    "SegmentUse",
    {
        "name": GraphQLInputField(GraphQLNonNull(SEGMENT_NAME), description="The name of the saved query."),
        "parameters": optional(JSON, 'Values of its parameters by name: {since: "2026-01-01"}.'),
    },
    description="A saved query as a condition.",
)
GEO_NEAR = GraphQLInputObjectType(
    "GeoNear",
    {
        "point": GraphQLInputField(GraphQLNonNull(GEO_POINT_INPUT), description="The place it shall be near."),
        "within": GraphQLInputField(GraphQLNonNull(GraphQLFloat), description="At most so many metres away."),
    },
    description="A place that is not far from another.",
)
GEO_DISTANCE = GraphQLInputObjectType(
    "GeoDistance",
    {
        "from": GraphQLInputField(GraphQLNonNull(GEO_POINT_INPUT), description="The place it is measured from."),
        **{
            operator.value: optional(GraphQLFloat, COMPARISONS[operator])
            for operator in (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)
        },
    },
    description="The distance from a place, compared in metres along the surface; all given must hold.",
)
GEO_BOX = GraphQLInputObjectType(
    "GeoBox",
    {
        "southWest": GraphQLInputField(GraphQLNonNull(GEO_POINT_INPUT), description="Its corner in the south-west."),
        "northEast": GraphQLInputField(GraphQLNonNull(GEO_POINT_INPUT), description="Its corner in the north-east."),
    },
    description="A box between two corners, its sides included; it may lie across the 180th meridian.",
)
GEO_ORDER = GraphQLInputObjectType(
    "GeoOrder",
    {
        "from": GraphQLInputField(GraphQLNonNull(GEO_POINT_INPUT), description="The place it is measured from."),
        "direction": GraphQLInputField(ORDER_DIRECTION, "ASC", description="ASC has the nearest first."),
    },
    description="By the distance from a place.",
)
SHARED_BY_FILTERS: tuple[GraphQLNamedType, ...] = (
    ID_OPERATORS,
    *RANGES.values(),
    TIME_UNIT,
    RELATIVE_TIME,
    CALENDAR_PERIOD,
    REACH_DIRECTION,
    REACH_STEPS,
    FILTER_TEXT,
    SEGMENT_NAME,
    SEGMENT_USE,
    GEO_NEAR,
    GEO_DISTANCE,
    GEO_BOX,
    GEO_ORDER,
)


def compared(operator: Operator, scalar: GraphQLScalarType) -> GraphQLInputField:
    """What a comparison of values of a scalar takes."""
    says = COMPARISONS[operator]
    match operator:
        case Operator.BETWEEN:
            return optional(RANGES[scalar.name], says)
        case Operator.WITHIN:
            return optional(RELATIVE_TIME, says)
        case Operator.DURING:
            return optional(CALENDAR_PERIOD, says)
        case Operator.NEAR:
            return optional(GEO_NEAR, says)
        case Operator.DISTANCE:
            return optional(GEO_DISTANCE, says)
        case Operator.IN_BOX:
            return optional(GEO_BOX, says)
    return (many if operator in LISTING else optional)(scalar, says)


def counted() -> dict[str, GraphQLInputField]:
    """The comparisons of a number of links."""
    return {operator.value: optional(GraphQLInt, COMPARISONS[operator]) for operator in COUNTED}

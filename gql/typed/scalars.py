"""Scalars and enumerations of the API: what they look like on the wire, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from graphql import (
    FloatValueNode,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLError,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    IntValueNode,
    StringValueNode,
    ValueNode,
)

GraphQLInputType = GraphQLScalarType | GraphQLInputObjectType
GraphQLOutputType = GraphQLScalarType | GraphQLObjectType


def _literal(node: ValueNode) -> Any:
    if isinstance(node, IntValueNode):
        return int(node.value)
    if isinstance(node, FloatValueNode):
        return Decimal(node.value)
    if isinstance(node, StringValueNode):
        return node.value
    raise GraphQLError("Give a number or a string.", node)


def _scalar(name: str, description: str, accepted: tuple[type, ...], url: str | None = None) -> GraphQLScalarType:
    def parse(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, accepted):
            raise GraphQLError(f"{name} cannot be made from {str(value)[:60]!r}.")
        return value

    def parse_literal(node: ValueNode, _: Mapping[str, Any] | None = None) -> Any:
        return parse(_literal(node))

    return GraphQLScalarType(
        name,
        serialize=lambda value: value,
        parse_value=parse,
        parse_literal=parse_literal,
        description=description,
        specified_by_url=url,
    )


BIG_INT = _scalar(
    "BigInt",
    "A whole number of up to 64 bits: a number up to 9007199254740991 either way from 0, which every reader of JSON "
    "keeps exactly (RFC 7493), and a string of digits beyond. Accepts both.",
    (int, str),
)
DECIMAL = _scalar("Decimal", 'An exact decimal, as a string: "1265793.04".', (int, float, str, Decimal))
DATE = _scalar("Date", 'A day, as in RFC 3339: "2026-11-24".', (str,))
DATE_TIME = _scalar(
    "DateTime",
    'A moment, as in RFC 3339, in UTC when answered: "2026-11-24T09:30:00Z".',
    (str,),
    "https://scalars.graphql.org/andimarek/date-time",
)

JSON = GraphQLScalarType("JSON", description="Any value, as in JSON.")
PATH_STEP = _scalar("PathStep", "A step on the way to a value: the name of an entry, or a place from 0.", (int, str))

MONEY = GraphQLObjectType(
    "Money",
    {
        "amount": GraphQLField(GraphQLNonNull(DECIMAL), description="The exact amount."),
        "currency": GraphQLField(GraphQLNonNull(GraphQLString), description="The currency, as in ISO 4217."),
    },
    description="An exact amount of money.",
)
MONEY_INPUT = GraphQLInputObjectType(
    "MoneyInput",
    {
        "amount": GraphQLInputField(GraphQLNonNull(DECIMAL), description="The exact amount."),
        "currency": GraphQLInputField(
            GraphQLString,
            description="The currency, as in ISO 4217; may be left out where the field has a fixed one.",
        ),
    },
    description="An exact amount of money.",
)

GEO_POINT_INPUT = GraphQLInputObjectType(
    "GeoPointInput",
    {
        "latitude": GraphQLInputField(GraphQLNonNull(GraphQLFloat), description="Degrees north; south is negative."),
        "longitude": GraphQLInputField(GraphQLNonNull(GraphQLFloat), description="Degrees east; west is negative."),
    },
    description="A place on the earth, in degrees (WGS-84).",
)
GEO_POINT = GraphQLObjectType(
    "GeoPoint",
    {
        "latitude": GraphQLField(GraphQLNonNull(GraphQLFloat), description="Degrees north; south is negative."),
        "longitude": GraphQLField(GraphQLNonNull(GraphQLFloat), description="Degrees east; west is negative."),
        "distance": GraphQLField(
            GraphQLNonNull(GraphQLFloat),
            {"from": GraphQLArgument(GraphQLNonNull(GEO_POINT_INPUT), description="The other place.")},
            description="How many metres it lies from another place, along the surface, to the millimetre.",
        ),
    },
    description="A place on the earth, in degrees (WGS-84).",
)

ORDER_DIRECTION = GraphQLEnumType(
    "OrderDirection",
    {
        "ASC": GraphQLEnumValue("ASC", "From the least value to the greatest; what has none comes last."),
        "DESC": GraphQLEnumValue("DESC", "From the greatest value to the least; what has none comes last here too."),
    },
    description="Up or down.",
)

SCALARS: Mapping[str, GraphQLScalarType] = {
    "ID": GraphQLID,
    "String": GraphQLString,
    "Int": GraphQLInt,
    "Float": GraphQLFloat,
    "Boolean": GraphQLBoolean,
    "BigInt": BIG_INT,
    "Decimal": DECIMAL,
    "Date": DATE,
    "DateTime": DATE_TIME,
}


_OBJECTS: Mapping[str, GraphQLOutputType] = {"Money": MONEY, "GeoPoint": GEO_POINT}
_COMPARED_BY: Mapping[str, GraphQLScalarType] = {"Money": DECIMAL, "GeoPoint": GraphQLFloat}
_INPUTS: Mapping[str, GraphQLInputType] = {"Money": MONEY_INPUT, "GeoPoint": GEO_POINT_INPUT}


def output_scalar(name: str) -> GraphQLOutputType:
    """The type a field of this scalar answers with."""
    return _OBJECTS.get(name) or SCALARS[name]


def input_scalar(name: str) -> GraphQLInputType:
    """The type a field of this scalar is given in."""
    return _INPUTS.get(name) or SCALARS[name]


def operand_scalar(name: str) -> GraphQLScalarType:
    """What a filter compares a field of this scalar with: money is compared by its amount, a place by distances."""
    return _COMPARED_BY.get(name) or SCALARS[name]

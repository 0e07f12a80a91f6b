"""The fixed half's types beside the typed ones: where both have a type of one name, the typed one stands for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
)


def adopted(fixed: GraphQLSchema, own: Mapping[str, GraphQLNamedType]) -> dict[str, GraphQLNamedType]:
    """The fixed schema's types without its roots and without those in `own`, to which all references now lead.

    The fixed schema is changed in place; it is never served by itself.
    """
    roots = {root.name for root in (fixed.query_type, fixed.mutation_type, fixed.subscription_type) if root}
    for found in fixed.type_map.values():
        _refer(found, own.get)
    return {
        name: found
        for name, found in fixed.type_map.items()
        if name not in own and name not in roots and not name.startswith("__")
    }


def _refer(found: GraphQLNamedType, stand_in: Callable[[str], GraphQLNamedType | None]) -> None:
    if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
        found.__dict__["interfaces"] = tuple(stand_in(each.name) or each for each in found.interfaces)
        for field in found.fields.values():
            field.type = _replaced(field.type, stand_in)
            for argument in field.args.values():
                argument.type = _replaced(argument.type, stand_in)
    if isinstance(found, GraphQLInputObjectType):
        for inner in found.fields.values():
            inner.type = _replaced(inner.type, stand_in)


def _replaced(kind: Any, stand_in: Callable[[str], GraphQLNamedType | None]) -> Any:
    if isinstance(kind, GraphQLList | GraphQLNonNull):
        inner = _replaced(kind.of_type, stand_in)
        return kind if inner is kind.of_type else type(kind)(inner)
    return stand_in(kind.name) or kind

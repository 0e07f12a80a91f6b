"""A field of the model, or a score, as a field of an object type."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLField, GraphQLList, GraphQLNonNull

from gql.typed.scalars import output_scalar
from gql.typed.wording import said
from models.fields import kind_of
from models.metamodel import Field


def value_field(field: Field) -> GraphQLField:
    """What the field answers with; required ones never with null."""
    scalar: Any = output_scalar(kind_of(field).graphql_scalar(field))
    if kind_of(field).is_list:
        scalar = GraphQLList(GraphQLNonNull(scalar))
    return GraphQLField(
        GraphQLNonNull(scalar) if field.required else scalar,
        **said(field),
    )

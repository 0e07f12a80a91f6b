"""`history(fields, first, after)` of every record and link: one field, and the types of changes that the fixed half has too."""

from __future__ import annotations

import strawberry
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from gql.fixed.change_types import ChangeConnection
from gql.typed.adoption import adopted
from gql.typed.pages import PAGE_INFO
from gql.typed.scalars import DATE_TIME, JSON, SCALARS

HISTORY = "history"
DEFAULT_SIZE = 20


@strawberry.type
class _Query:
    changes: ChangeConnection


def _types() -> dict[str, GraphQLObjectType]:
    """The types of changes as the fixed half defines them, made of the typed half's own scalars."""
    own = {kind.name: kind for kind in (*SCALARS.values(), DATE_TIME, JSON, PAGE_INFO)}
    made = adopted(strawberry.Schema(_Query)._schema, own)  # noqa: SLF001 - strawberry has no public name for it
    return {name: kind for name, kind in made.items() if isinstance(kind, GraphQLObjectType)}


HISTORY_TYPES = tuple(_types().values())
(_CONNECTION,) = (kind for kind in HISTORY_TYPES if kind.name == "ChangeConnection")


def history_field(what: str) -> GraphQLField:
    """The history of a record, or of a link."""
    arguments = {
        "fields": GraphQLArgument(
            GraphQLList(GraphQLNonNull(GraphQLString)),
            description="Only changes that touched one of these fields; all changes, when left out.",
        ),
        "first": GraphQLArgument(GraphQLInt, description=f"How many, the newest first; {DEFAULT_SIZE} when left out."),
        "after": GraphQLArgument(GraphQLString, description="Begin behind this cursor."),
    }
    about = f"The {what}'s changes, the newest first: who, when, why, before and after."
    return GraphQLField(GraphQLNonNull(_CONNECTION), args=arguments, description=about)

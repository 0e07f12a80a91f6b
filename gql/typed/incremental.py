"""The directives of incremental delivery, which every schema has, whether the server answers in parts or not."""

from __future__ import annotations

from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDirective,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLString,
)

_WHEN = (
    "It does where the server answers in parts (XRM_INCREMENTAL=on) and the client accepts multipart/mixed; "
    "else it comes with the rest."
)
_LABEL = GraphQLArgument(GraphQLString, description="A name for the part, which is told with it; unique in a document.")


def _if(says: str) -> GraphQLArgument:
    return GraphQLArgument(GraphQLNonNull(GraphQLBoolean), default_value=True, description=says)


DEFER = GraphQLDirective(
    "defer",
    [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
    {"if": _if("Whether the fragment may come later."), "label": _LABEL},
    description=f"What this fragment asks of a record, a list or the query itself may come later. {_WHEN}",
)
STREAM = GraphQLDirective(
    "stream",
    [DirectiveLocation.FIELD],
    {
        "if": _if("Whether elements may come later."),
        "label": _LABEL,
        "initialCount": GraphQLArgument(
            GraphQLInt, default_value=0, description="How many elements are wanted in the first part."
        ),
    },
    description="Elements of this list may come later. XRM answers lists whole; page them with first and after.",
)
NAMES = frozenset({DEFER.name, STREAM.name})

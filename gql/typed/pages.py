"""Where a page lies in its list: one type for all lists."""

from __future__ import annotations

from graphql import GraphQLBoolean, GraphQLField, GraphQLNonNull, GraphQLObjectType, GraphQLString

PAGE_INFO = GraphQLObjectType(
    "PageInfo",
    {
        "hasNextPage": GraphQLField(GraphQLNonNull(GraphQLBoolean), description="Whether rows follow."),
        "hasPreviousPage": GraphQLField(GraphQLNonNull(GraphQLBoolean), description="Whether rows come before."),
        "startCursor": GraphQLField(GraphQLString, description="The cursor of the first row; null on an empty page."),
        "endCursor": GraphQLField(GraphQLString, description="The cursor of the last row; null on an empty page."),
    },
    description="Where a page lies in its list.",
)

"""The types of `search`: what was found, where it matches, how many of each type."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from gql.plan.given import Pinned
from gql.typed.comparisons import pinned
from gql.typed.outputs import RECORD
from gql.typed.pages import PAGE_INFO


def _list_of(kind: Any) -> GraphQLNonNull[Any]:
    return GraphQLNonNull(GraphQLList(GraphQLNonNull(kind)))


MODE = GraphQLEnumType(
    "SearchMode",
    pinned(
        {
            "WORDS": "Records that hold the words, however they are written.",
            "MEANING": "The 200 records whose texts mean what is nearest, by the model of this server.",
            "BOTH": "Both at once: what is among the first of either comes first.",
        }
    ),
    description="How search goes about it.",
)
RANGE = GraphQLObjectType(
    "SearchRange",
    {
        "start": GraphQLField(GraphQLNonNull(GraphQLInt), description="The first character that matches."),
        "end": GraphQLField(GraphQLNonNull(GraphQLInt), description="The first character behind it."),
    },
    description="A part of a text that matches, counted in UTF-16 units as browsers do.",
)
HIGHLIGHT = GraphQLObjectType(
    "SearchHighlight",
    {
        "field": GraphQLField(GraphQLNonNull(GraphQLString), description="The field's name."),
        "text": GraphQLField(
            GraphQLNonNull(GraphQLString), description="Its text; of a long one the part around the first match."
        ),
        "ranges": GraphQLField(_list_of(RANGE), description="The parts of the text that match, in their order."),
    },
    description="A field that matches.",
)
FACET = GraphQLObjectType(
    "SearchFacet",
    {
        "type": GraphQLField(GraphQLNonNull(GraphQLString), description="The name of a type."),
        "count": GraphQLField(GraphQLNonNull(GraphQLInt), description="How many records of it were found."),
    },
    description="How many records of one type were found.",
)
EDGE = GraphQLObjectType(
    "SearchEdge",
    {
        "cursor": GraphQLField(GraphQLNonNull(GraphQLString), description="Where this record lies in what was found."),
        "node": GraphQLField(GraphQLNonNull(RECORD), description="The record."),
        "score": GraphQLField(
            GraphQLNonNull(GraphQLFloat), description="How well it matches, compared with the others of this search."
        ),
        "highlights": GraphQLField(_list_of(HIGHLIGHT), description="The fields that match, and where."),
    },
    description="One record that was found.",
)
CONNECTION = GraphQLObjectType(
    "SearchConnection",
    {
        "edges": GraphQLField(
            _list_of(EDGE), description="The records of this page, the best first, with how they match."
        ),
        "nodes": GraphQLField(_list_of(RECORD), description="The records of this page, the best first."),
        "pageInfo": GraphQLField(GraphQLNonNull(PAGE_INFO), description="Where this page lies in what was found."),
        "totalCount": GraphQLField(
            GraphQLNonNull(GraphQLInt), description="How many records were found; counting stops at 10,000."
        ),
        "totalCountIsExact": GraphQLField(
            GraphQLNonNull(GraphQLBoolean), description="Whether the count did not stop before the end."
        ),
        "facets": GraphQLField(
            _list_of(FACET),
            description="How many of each type were found, whatever `types` says; counting stops at 10,000 in all.",
        ),
    },
    description="A page of what a search found; the best 200 can be paged through.",
)
SEARCH_TYPES = (MODE, RANGE, HIGHLIGHT, FACET, EDGE, CONNECTION)

FIELD = GraphQLField(
    GraphQLNonNull(CONNECTION),
    args={
        "text": GraphQLArgument(
            GraphQLNonNull(GraphQLString),
            description='What to look for: words or how they begin, "phrases", city:Berlin; a record must have all of it.',
        ),
        "types": GraphQLArgument(
            GraphQLList(GraphQLNonNull(GraphQLString)),
            description="Records of these types alone; of all, when left out.",
        ),
        "mode": GraphQLArgument(MODE, Pinned("WORDS"), description="Whether by words, by meaning, or by both."),
        "first": GraphQLArgument(GraphQLInt, description="How many from the beginning; 50 when left out."),
        "after": GraphQLArgument(GraphQLString, description="Begin behind this cursor of the same search."),
    },
    description="Records of any type by what is written in them, the best matches first.",
)

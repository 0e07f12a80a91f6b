"""`insights { churn { risk … reasons … } … }`: what analytics says of a record, the same types for records of every type.

The object types hold for every model. Filters, orders and figures are made with those of the model's own fields, since
they share the comparisons and figures of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    get_named_type,
)

from gql.typed.naming import capital
from gql.typed.scalars import JSON, ORDER_DIRECTION
from gql.typed.values import value_field
from gql.typed.wording import ONE_KEY, describe, text
from models import scores
from models.scores import EngineDefinition

if TYPE_CHECKING:
    from gql.typed.inputs import Inputs
    from gql.typed.outputs import Outputs

MOST_REASONS, LANGUAGE = 20, "en"
_A_TEXT = GraphQLNonNull(GraphQLString)


def _many(of: GraphQLObjectType | GraphQLScalarType) -> GraphQLNonNull[Any]:
    return GraphQLNonNull(GraphQLList(GraphQLNonNull(of)))


RECORD_PART = GraphQLObjectType(
    "RecordInsightPart",
    {
        "id": GraphQLField(GraphQLNonNull(GraphQLID), description="The record's id."),
    },
    description="A record that a reason or a path leads to; read it with record or nodes.",
)
REASON = GraphQLObjectType(
    "ReasonInsightPart",
    {
        "code": GraphQLField(_A_TEXT, description="The sort of reason, for programs; it stays the same."),
        "text": GraphQLField(_A_TEXT, description="The reason in words."),
        "contribution": GraphQLField(
            GraphQLNonNull(GraphQLFloat), description="What it adds to the score; all reasons together sum to it."
        ),
        "facts": GraphQLField(GraphQLNonNull(JSON), description="The facts the words are made of."),
        "records": GraphQLField(_many(RECORD_PART), description="The records it stands on."),
    },
    description="One signed part of a score.",
)
PATH = GraphQLObjectType(
    "PathInsightPart",
    {
        "text": GraphQLField(_A_TEXT, description="The path in words."),
        "strength": GraphQLField(
            GraphQLNonNull(GraphQLFloat),
            description="How strong it is, 0 to 1: what is left of a risk, or the score of an offer.",
        ),
        "contribution": GraphQLField(GraphQLFloat, description="What it adds to the score."),
        "relations": GraphQLField(_many(GraphQLString), description="The relations it follows, from its beginning."),
        "records": GraphQLField(_many(RECORD_PART), description="The records it leads over, from its beginning."),
        "facts": GraphQLField(GraphQLNonNull(JSON), description="Further facts."),
    },
    description="A way from the record to others: along which risk comes, to whom it is related, or to what it may be offered.",
)
COUNTERFACTUAL = GraphQLObjectType(
    "CounterfactualInsightPart",
    {
        "code": GraphQLField(_A_TEXT, description="The sort of change, for programs; it stays the same."),
        "text": GraphQLField(_A_TEXT, description="What would have to happen, in words."),
        "change": GraphQLField(
            GraphQLNonNull(GraphQLFloat), description="How much more the score would be; below 0 it would fall."
        ),
        "record": GraphQLField(RECORD_PART, description="The record that something else would be so of."),
        "facts": GraphQLField(GraphQLNonNull(JSON), description="The facts the words are made of."),
    },
    description="What would change a score.",
)
_ARGUMENTS = {
    "first": GraphQLArgument(GraphQLInt, MOST_REASONS, description="How many, the weightiest first."),
    "language": GraphQLArgument(GraphQLString, LANGUAGE, description='The language of the texts: "en", "ru" or "fa".'),
}
_WAYS = {
    "churn": "The ways along which risk comes to it.",
    "strength": "With whom it has relationships, the strongest first.",
    "recommend": "What to offer it, the best first.",
}


def _stem(engine: EngineDefinition) -> str:
    return f"{capital(engine.name)}Insight"


def _engine_fields(engine: EngineDefinition) -> dict[str, GraphQLField]:
    fields = {name: value_field(field) for name, field in scores.fields(engine.name).items()}
    if engine.reasons:
        says = "Why it has these scores, stored for the records they say most of; others are asked for one by one."
        fields["reasons"] = GraphQLField(_many(REASON), args=_ARGUMENTS, description=says)
    if engine.paths:
        fields["paths"] = GraphQLField(_many(PATH), args=_ARGUMENTS, description=_WAYS[engine.name])
    if engine.counterfactuals:
        says = "What would change the leading score, most first; stored beside the reasons."
        fields["counterfactuals"] = GraphQLField(_many(COUNTERFACTUAL), args=_ARGUMENTS, description=says)
    return fields


_OF_ENGINES = {
    name: GraphQLObjectType(_stem(engine), _engine_fields(engine), description=text(engine.description))
    for name, engine in scores.ENGINES.items()
}
INSIGHTS_TYPE = GraphQLObjectType(
    "Insights",
    {
        name: GraphQLField(GraphQLNonNull(of_engine), description=text(scores.ENGINES[name].description))
        for name, of_engine in _OF_ENGINES.items()
    },
    description="What analytics says of a record; scores are null where no run has given it any.",
)
INSIGHTS_FIELD = GraphQLField(GraphQLNonNull(INSIGHTS_TYPE), description="What analytics says of the record.")
INSIGHT_TYPES: tuple[GraphQLNamedType, ...] = (
    INSIGHTS_TYPE,
    REASON,
    PATH,
    COUNTERFACTUAL,
    RECORD_PART,
    *_OF_ENGINES.values(),
)


# filters, orders and figures


def filter_field(inputs: Inputs) -> GraphQLInputField:
    """`insights` in a filter: `{churn: {risk: {gte: 0.5}}}`."""

    def of(engine: EngineDefinition) -> GraphQLInputField:
        name, says = f"{_stem(engine)}Filter", f"Conditions on scores of {engine.name}; all given must hold."
        made = inputs.once(name, lambda: inputs.compared(scores.fields(engine.name)), says)
        return GraphQLInputField(made, description=text(engine.description))

    says = "Conditions on scores; all given must hold."
    whole = inputs.once("InsightsFilter", lambda: {name: of(each) for name, each in scores.ENGINES.items()}, says)
    return GraphQLInputField(whole, description="By what analytics says of the record.")


def order_field(inputs: Inputs) -> GraphQLInputField:
    """`insights` in a sort key: `{churn: {risk: DESC}}`."""

    def of(engine: EngineDefinition) -> GraphQLInputField:
        made = inputs.once(f"{_stem(engine)}Order", lambda: _directions(engine), ONE_KEY)
        return GraphQLInputField(made, description=text(engine.description))

    whole = inputs.once("InsightsOrder", lambda: {name: of(each) for name, each in scores.ENGINES.items()}, ONE_KEY)
    return GraphQLInputField(whole, description="By what analytics says of the record.")


def _directions(engine: EngineDefinition) -> dict[str, GraphQLInputField]:
    fields = scores.fields(engine.name)
    return {name: GraphQLInputField(ORDER_DIRECTION, description=describe(field)) for name, field in fields.items()}


def figures_field(outputs: Outputs) -> GraphQLField:
    """`insights` in an aggregate: `{churn { risk { average } }}`."""

    def of(engine: EngineDefinition) -> GraphQLField:
        name, says = f"{_stem(engine)}Aggregate", f"Figures over scores of {engine.name}."
        made = outputs.once(name, lambda: outputs.all_figures(scores.fields(engine.name)), says)
        return GraphQLField(GraphQLNonNull(made), description=text(engine.description))

    says = "Figures over scores."
    whole = outputs.once("InsightsAggregate", lambda: {name: of(each) for name, each in scores.ENGINES.items()}, says)
    return GraphQLField(GraphQLNonNull(whole), description=says)


def named_types(inputs: Inputs, outputs: Outputs) -> Iterator[GraphQLNamedType]:
    """The filters, orders and figures by name, for whoever looks one up."""
    fields = (filter_field(inputs).type, order_field(inputs).type, figures_field(outputs).type)
    for whole in map(get_named_type, fields):
        assert isinstance(whole, GraphQLInputObjectType | GraphQLObjectType)
        yield whole
        yield from (get_named_type(inner.type) for inner in whole.fields.values())

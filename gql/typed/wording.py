"""What the schema says of types and fields: the model's English texts, or their names where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from models.fields.kind import Aggregate, Operator
from models.metamodel import EntityType, Field, Labels, Side


class Said(TypedDict):
    """What the schema says of a field, an entry or a value, as graphql-core takes it."""

    description: str
    deprecation_reason: str | None


COMPARISONS: Mapping[Operator, str] = {
    Operator.EQ: "Equal to this; null finds what has no value.",
    Operator.NE: "Not equal to this; null finds what has a value.",
    Operator.IN: "Equal to one of these.",
    Operator.NOT_IN: "Equal to none of these.",
    Operator.LT: "Below this.",
    Operator.LTE: "At most this.",
    Operator.GT: "Above this.",
    Operator.GTE: "At least this.",
    Operator.STARTS_WITH: "Begins with this text.",
    Operator.ENDS_WITH: "Ends with this text.",
    Operator.CONTAINS: "Contains this text.",
    Operator.BETWEEN: "From one value to another, both included.",
    Operator.EQ_IGNORE_CASE: "Equal to this, whatever the case.",
    Operator.IN_IGNORE_CASE: "Equal to one of these, whatever the case.",
    Operator.STARTS_WITH_IGNORE_CASE: "Begins with this text, whatever the case.",
    Operator.ENDS_WITH_IGNORE_CASE: "Ends with this text, whatever the case.",
    Operator.CONTAINS_IGNORE_CASE: "Contains this text, whatever the case.",
    Operator.WITHIN: "Not longer ago than this, or not further ahead: {last: 30, unit: DAY}.",
    Operator.DURING: "In this day, week, month, quarter or year, told from today on the reader's calendar.",
    Operator.MATCHES: "Fits this pattern, whatever the case: * for any text, ? for one character.",
    Operator.HAS: "Has this value among others.",
    Operator.HAS_ANY: "Has at least one of these values.",
    Operator.HAS_ALL: "Has all of these values.",
    Operator.NEAR: "Not farther than so many metres from a place: {point: {latitude: 41, longitude: 29}, within: 5000}.",
    Operator.DISTANCE: "The distance from a place, compared in metres.",
    Operator.IN_BOX: "Between two corners.",
    Operator.IS_NULL: "Whether there is no value.",
}
FIGURES: Mapping[Aggregate, str] = {
    Aggregate.COUNT: "How many have a value.",
    Aggregate.COUNT_DISTINCT: "How many different values there are.",
    Aggregate.SUM: "All values added up, exactly.",
    Aggregate.AVERAGE: "The mean of the values.",
    Aggregate.MIN: "The least value.",
    Aggregate.MAX: "The greatest value.",
    Aggregate.MEDIAN: "The value in the middle; of two, their mean.",
    Aggregate.STANDARD_DEVIATION: "How far values lie from their mean, as of a sample, to nine digits; null below two values.",
    Aggregate.PERCENTILE: "The value that a share p of the values lie below, exactly between two where it falls between them.",
}
SHARE = "From 0, the least value, to 1, the greatest, with at most six digits after the point: 0.95."
ONE_KEY = "One sort key: exactly one field."


def text(labels: Labels) -> str | None:
    """A label's English text, for descriptions."""
    forms = labels.get("en") or next(iter(labels.values()), {})
    return forms.get("other") or forms.get("one")


def describe(field: Field) -> str:
    """What a field means."""
    return text(field.help) or text(field.labels) or field.name


def said(field: Field) -> Said:
    """What is said of whatever stands for a field."""
    return {"description": describe(field), "deprecation_reason": field.deprecated or None}


def said_of_side(side: Side) -> Said:
    """What is said of whatever stands for a relation, as seen from one of its ends."""
    return {"description": text(side.near.labels) or side.name, "deprecation_reason": side.deprecated or None}


def said_of_type(kind: EntityType, description: str) -> Said:
    """What is said of something that is there for one type only."""
    return {"description": description, "deprecation_reason": kind.deprecated or None}

"""What the values of the fixed half's enums mean: their classes belong to other rooms, which know no GraphQL."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import GraphQLEnumType, GraphQLSchema

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "ModelValidity": {
        "NONE": "Links hold until they are removed.",
        "OVERLAPS": "Links hold for a time; two records may be linked several times at once.",
        "EXCLUSIVE": "Links hold for a time; two records are linked once at a time.",
    },
    "ModelOnDelete": {
        "UNLINK": "The links are closed.",
        "REFUSE": "The deletion is refused while there are links.",
        "CASCADE": "The records at the other ends are deleted too.",
    },
    "ModelSignalRole": {
        "CONTACT": "Somebody was in touch with the record.",
        "BUSINESS": "The record did business.",
        "TROUBLE": "Something went wrong with the record.",
    },
    "ModelKpiMeasure": {
        "COUNT": "How many there are.",
        "SUM": "All values added up.",
        "AVERAGE": "The mean of the values.",
        "LAST": "The value of the newest.",
        "RATE": "How many of all meet the condition.",
    },
    "ModelKpiBetter": {"MORE": "More is better.", "LESS": "Less is better."},
    "ModelEffect": {
        "SAFE": "Data stays as it is.",
        "FILLS": "Values are written where there are none.",
        "DESTROYS": "Values, records or links are lost.",
    },
    "UndoOnConflict": {
        "REFUSE": "Nothing is taken back while anything was changed since.",
        "KEEP": "What was changed since stays; the rest is taken back.",
        "OVERRIDE": "Everything is taken back, what was changed since too.",
    },
    "AccountChangeKind": {
        "ADDED": "It was made.",
        "PASSWORD": "It has a new password.",
        "ADMINISTRATOR": "It was made an administrator's, or no longer.",
        "DISABLED": "It was shut out.",
        "ENABLED": "It was let in again.",
        "ALLOWANCE": "What it may spend was set.",
        "PERSON": "It was linked with a record, or with none.",
        "TOKEN_ADDED": "A token was made for it.",
        "TOKEN_ALLOWANCE": "What may be spent with a token was set.",
        "TOKEN_WITHDRAWN": "A token of it was withdrawn.",
        "SESSION_ENDED": "A browser was signed out.",
    },
    "SavedPageKind": {
        "DASHBOARD": "Tiles with figures and drawings.",
        "SCENE": "A picture of the graph: what is shown, where and how.",
        "SCENARIO": "What is supposed in a what-if.",
    },
    "DeliveryEvery": {
        "DAY": "Every day.",
        "WEEK": "Once a week.",
        "MONTH": "Once a month.",
        "QUARTER": "Once a quarter.",
    },
    "DeliveryCalendar": {
        "ISO": "The Gregorian calendar.",
        "PERSIAN": "The Persian (solar Hijri) calendar.",
    },
    "PackOnConflict": {
        "REFUSE": "Nothing is installed.",
        "KEEP": "What the model says stays.",
        "TAKE": "What the pack says is taken.",
    },
    "ImportJobKind": {
        "TRY": "Try an upload; nothing is changed.",
        "RUN": "Carry an upload out.",
        "UNDO": "Take a run back.",
    },
    "ImportJobStatus": {
        "WAITING": "It waits for a worker.",
        "RUNNING": "A worker is at it.",
        "DONE": "It has ended.",
        "FAILED": "Something was in the way of all of it.",
        "CANCELLED": "Somebody has ended it; what is in stays.",
    },
    "RunStatus": {
        "QUEUED": "It waits for a worker.",
        "RUNNING": "A worker is at it.",
        "DONE": "Its scores are stored.",
        "FAILED": "It has ended with an error.",
        "CANCELLED": "Somebody has ended it.",
    },
}


def describe_values(schema: GraphQLSchema) -> None:
    """Give each value its meaning."""
    for name, meanings in MEANINGS.items():
        found = schema.type_map[name]
        assert isinstance(found, GraphQLEnumType)
        for value, meaning in meanings.items():
            found.values[value].description = meaning

"""Root fields that follow: changes of records and of links as they happen, and every list and record kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLID,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from gql.typed.inputs import Inputs
from gql.typed.outputs import RECORD, Outputs
from gql.typed.scalars import DATE_TIME
from gql.typed.wording import said_of_type
from models.metamodel import EntityType, Metamodel

RECORD_CHANGED, LINK_CHANGED = "recordChanged", "linkChanged"
SUFFIX = "Changed"


class RecordKind(StrEnum):
    """What happened to a record; the name is the API's, the value is the change row's."""

    CREATED = "create"
    CHANGED = "update"
    DELETED = "delete"
    RESTORED = "restore"
    ERASED = "erase"


class LinkKind(StrEnum):
    """What happened to a link, likewise."""

    CREATED = "create"
    CHANGED = "update"
    ENDED = "end"
    REMOVED = "unlink"
    RESTORED = "restore"


_OF_RECORDS: Mapping[RecordKind, str] = {
    RecordKind.CREATED: "It was made.",
    RecordKind.CHANGED: "It was given other values.",
    RecordKind.DELETED: "It was moved to the trash.",
    RecordKind.RESTORED: "It was taken out of the trash.",
    RecordKind.ERASED: "It is gone for good.",
}
_OF_LINKS: Mapping[LinkKind, str] = {
    LinkKind.CREATED: "It was made.",
    LinkKind.CHANGED: "It was given other values.",
    LinkKind.ENDED: "It holds no longer.",
    LinkKind.REMOVED: "It was taken out, alone or with a record at one of its ends.",
    LinkKind.RESTORED: "It came back with a record that was restored.",
}


def _enum(name: str, meanings: Mapping[Any, str], description: str) -> GraphQLEnumType:
    values = {kind.name: GraphQLEnumValue(kind.name, description=about) for kind, about in meanings.items()}
    return GraphQLEnumType(name, values, description=description)


RECORD_CHANGE_KIND = _enum("RecordChangeKind", _OF_RECORDS, "What happened to a record.")
LINK_CHANGE_KIND = _enum("LinkChangeKind", _OF_LINKS, "What happened to a link.")
_NAMES = GraphQLNonNull(GraphQLList(GraphQLNonNull(GraphQLString)))
_COMMON: Mapping[str, GraphQLField] = {
    "fields": GraphQLField(_NAMES, description="The names of the fields that were given, changed or taken away."),
    "at": GraphQLField(GraphQLNonNull(DATE_TIME), description="When."),
    "by": GraphQLField(GraphQLNonNull(GraphQLID), description="The user who did it, or `system`."),
    "reason": GraphQLField(GraphQLString, description="Why, where somebody said so."),
    "origin": GraphQLField(GraphQLNonNull(GraphQLString), description="From where, such as api or import."),
    "changeSet": GraphQLField(GraphQLNonNull(GraphQLID), description="The change set: all that was done at once."),
    "cursor": GraphQLField(
        GraphQLNonNull(GraphQLString), description="The place in the feed of changes; give it to `after` to go on."
    ),
}


def _event_fields(record: Any) -> dict[str, GraphQLField]:
    return {
        "kind": GraphQLField(GraphQLNonNull(RECORD_CHANGE_KIND), description="What happened."),
        "id": GraphQLField(GraphQLNonNull(GraphQLID), description="The record's id."),
        "type": GraphQLField(GraphQLNonNull(GraphQLString), description="The record's type."),
        **_COMMON,
        "record": GraphQLField(record, description="The record as it is by now; null when it is there no longer."),
    }


RECORD_EVENT = GraphQLObjectType("RecordChanged", lambda: _event_fields(RECORD), description="A change of a record.")
LINK_EVENT = GraphQLObjectType(
    "LinkChanged",
    lambda: {
        "kind": GraphQLField(GraphQLNonNull(LINK_CHANGE_KIND), description="What happened."),
        "id": GraphQLField(GraphQLNonNull(GraphQLID), description="The link's id."),
        "relation": GraphQLField(GraphQLNonNull(GraphQLString), description="The relation, such as WORKS_AT."),
        "sourceId": GraphQLField(GraphQLNonNull(GraphQLID), description="The id of the record it leads from."),
        "targetId": GraphQLField(GraphQLNonNull(GraphQLID), description="The id of the record it leads to."),
        **_COMMON,
        "source": GraphQLField(RECORD, description="The record it leads from, as it is by now; null when it is gone."),
        "target": GraphQLField(RECORD, description="The record it leads to, as it is by now; null when it is gone."),
    },
    description="A change of a link.",
)
SHARED: tuple[GraphQLNamedType, ...] = (RECORD_CHANGE_KIND, LINK_CHANGE_KIND, RECORD_EVENT, LINK_EVENT)


def _many(kind: Any, description: str) -> GraphQLArgument:
    return GraphQLArgument(GraphQLList(GraphQLNonNull(kind)), description=description)


_AFTER = GraphQLArgument(
    GraphQLString, description="Go on behind the change with this cursor; without it, with what happens from now on."
)
_IDS = _many(GraphQLID, "Only changes of these records.")
_KINDS = _many(RECORD_CHANGE_KIND, "Only what is one of these.")
_WHERE = (
    "Only changes of records that meet this by now; a deleted one as it was when it was deleted, an erased one always."
)


def subscription_fields(
    model: Metamodel, inputs: Inputs, outputs: Outputs, read: Mapping[str, GraphQLField]
) -> dict[str, GraphQLField]:
    """The root fields that follow; each of the `read` ones answers at once, and again whenever its answer changes."""
    live = {
        name: GraphQLField(
            field.type,
            args=field.args,
            description=f"{field.description} Kept up to date.",
            deprecation_reason=field.deprecation_reason,
        )
        for name, field in read.items()
    }
    of_types = {f"{kind.one}{SUFFIX}": _changes_of(kind, inputs, outputs) for kind in model.types.values()}
    return {**live, **of_types, RECORD_CHANGED: _changes(inputs), LINK_CHANGED: _link_changes()}


def event(kind: EntityType, outputs: Outputs) -> GraphQLObjectType:
    """`CompanyChanged`: a change of a record of one type."""
    return outputs.once(
        f"{kind.name}{SUFFIX}",
        lambda: _event_fields(outputs.record(kind.name)),
        f"A change of a record of the type {kind.name}.",
    )


def _changes_of(kind: EntityType, inputs: Inputs, outputs: Outputs) -> GraphQLField:
    where = GraphQLArgument(inputs.filter(kind), description=_WHERE)
    return GraphQLField(
        GraphQLNonNull(event(kind, outputs)),
        args={"ids": _IDS, "kinds": _KINDS, "where": where, "after": _AFTER},
        **said_of_type(kind, f"Every change of {kind.plural}, each once and in order."),
    )


def _changes(inputs: Inputs) -> GraphQLField:
    where = GraphQLArgument(inputs.record_filter(), description=_WHERE)
    types = _many(GraphQLString, "Only records of these types.")
    return GraphQLField(
        GraphQLNonNull(RECORD_EVENT),
        args={"types": types, "ids": _IDS, "kinds": _KINDS, "where": where, "after": _AFTER},
        description="Every change of records of any type, each once and in order.",
    )


def _link_changes() -> GraphQLField:
    return GraphQLField(
        GraphQLNonNull(LINK_EVENT),
        args={
            "relations": _many(GraphQLString, "Only links of these relations, such as WORKS_AT."),
            "ids": _many(GraphQLID, "Only links from or to one of these records."),
            "kinds": _many(LINK_CHANGE_KIND, "Only what is one of these."),
            "after": _AFTER,
        },
        description="Every change of links, each once and in order.",
    )

"""Root fields that write, with their inputs and payloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from gql.typed.data import END_LINK, UNLINK, DataInputs
from gql.typed.inputs import Inputs
from gql.typed.outputs import Outputs
from gql.typed.scalars import JSON, PATH_STEP
from gql.typed.verbs import Mutation, Verb, mutations_of
from gql.typed.wording import said_of_type
from models.metamodel import EntityType, Metamodel

MUTATION_ERROR = GraphQLObjectType(
    "MutationError",
    {
        "code": GraphQLField(
            GraphQLNonNull(GraphQLString), description="What is wrong, for programs; it stays the same."
        ),
        "message": GraphQLField(GraphQLNonNull(GraphQLString), description="What is wrong and how to mend it."),
        "path": GraphQLField(
            GraphQLNonNull(GraphQLList(GraphQLNonNull(PATH_STEP))), description="Where it is, from the input on."
        ),
        "details": GraphQLField(JSON, description="Facts for programs, such as both values of a conflict."),
    },
    description="One thing wrong with what was asked for; nothing of the request was done.",
)
COUNTED: Mapping[str, str] = {
    "created": "Records made.",
    "updated": "Records changed.",
    "deleted": "Records moved to the trash.",
    "restored": "Records taken out of the trash.",
    "erased": "Records gone for good.",
    "unchanged": "Records that were as asked for already.",
    "linked": "Links made.",
    "relinked": "Links changed.",
    "ended": "Links that hold no longer.",
    "unlinked": "Links removed.",
}
CHANGE_COUNTS = GraphQLObjectType(
    "ChangeCounts",
    {name: GraphQLField(GraphQLNonNull(GraphQLInt), description=meaning) for name, meaning in COUNTED.items()},
    description="How much a request changed; all zero when it was refused.",
)
SHARED: tuple[GraphQLNamedType, ...] = (MUTATION_ERROR, CHANGE_COUNTS, END_LINK, UNLINK, JSON, PATH_STEP)

# what every payload says beside the record it is about
_COMMON: Mapping[str, GraphQLField] = {
    "errors": GraphQLField(
        GraphQLNonNull(GraphQLList(GraphQLNonNull(MUTATION_ERROR))),
        description="Everything wrong with the input; empty when it was done.",
    ),
    "counts": GraphQLField(GraphQLNonNull(CHANGE_COUNTS), description="How much changed."),
    "changeSet": GraphQLField(GraphQLID, description="The change set that was written; null when nothing was changed."),
    "clientMutationId": GraphQLField(GraphQLString, description="As it was given."),
}
_ENTRIES: Mapping[str, GraphQLInputField] = {
    "reason": GraphQLInputField(GraphQLString, description="Why; kept with the change."),
    "idempotencyKey": GraphQLInputField(
        GraphQLString, description="The same input again under the same key does nothing twice and answers as before."
    ),
    "clientMutationId": GraphQLInputField(GraphQLString, description="Given back in the payload."),
}
_ID = GraphQLInputField(GraphQLNonNull(GraphQLID), description="The record.")
_VERSION = GraphQLInputField(
    GraphQLInt, description="The version that was read; the change is refused when it is no longer the present one."
)
_DOES = {
    Verb.CREATE: "Create {}, with links.",
    Verb.UPDATE: "Change {} and links.",
    Verb.UPSERT: "Change {} found by key; those that are missing are created.",
    Verb.DELETE: "Move {} to the trash.",
    Verb.RESTORE: "Take {} out of the trash, with the links that were closed.",
    Verb.ERASE: "Erase {} for good; for administrators.",
}


def mutation_fields(model: Metamodel, inputs: Inputs, outputs: Outputs) -> dict[str, GraphQLField]:
    """The root fields that write records of the model's types; their inner types are made when first asked for."""
    found = (mutation for kind in model.types.values() for mutation in mutations_of(kind))
    return {mutation.name: _LateField(mutation, inputs.data, outputs) for mutation in found}


class _LateField(GraphQLField):
    """A field that is made when it is first looked at: nine to a type are too many to make for every new model."""

    def __init__(self, mutation: Mutation, data: DataInputs, outputs: Outputs) -> None:
        self._of = (mutation, data, outputs)

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet."""
        if name.startswith("_") or "type" in vars(self):
            raise AttributeError(name)
        vars(self).update(vars(_field(*self._of)))
        return getattr(self, name)


def _field(mutation: Mutation, data: DataInputs, outputs: Outputs) -> GraphQLField:
    what = f"many {mutation.kind.plural}, all or none" if mutation.many else f"a {mutation.kind.name}"
    does = _DOES[mutation.verb].format(what)
    given = GraphQLInputObjectType(
        f"{mutation.stem}Input", lambda: {**_given(mutation, data), **_ENTRIES}, description=does
    )
    payload = GraphQLObjectType(
        mutation.payload,
        lambda: {mutation.entry: _answer(mutation, outputs), **_COMMON},
        description=f"What became of it: {does}",
    )
    argument = GraphQLArgument(GraphQLNonNull(given), description="What is to be done.")
    # may be null: what other fields of the operation did is told even if this one fails
    return GraphQLField(payload, args={"input": argument}, **said_of_type(mutation.kind, does))


def _answer(mutation: Mutation, outputs: Outputs) -> GraphQLField:
    found: Any = GraphQLID if mutation.answers_ids else outputs.record(mutation.kind.name)
    if mutation.many:
        found = GraphQLList(GraphQLNonNull(found))
        return GraphQLField(found, description="One for each that was given, in their order; null when refused.")
    return GraphQLField(found, description="The record; null when it was refused.")


def _given(mutation: Mutation, data: DataInputs) -> dict[str, GraphQLInputField]:
    kind = mutation.kind
    match mutation.verb, mutation.many:
        case Verb.CREATE, many:
            return {"data": _records(data.new(kind), many=many)}
        case Verb.UPDATE, False:
            return _change(kind, data)
        case Verb.UPDATE, _:
            return {"data": _records(_change_of_one(mutation, lambda: _change(kind, data)), many=True)}
        case Verb.UPSERT, _:
            by = GraphQLInputField(_each(data.key(kind)), description="The key that finds a record: its fields.")
            return {"by": by, "data": _records(data.upsert(kind), many=True)}
        case Verb.DELETE, True:
            return {"ids": GraphQLInputField(_each(GraphQLID), description="The records, at most 10,000.")}
        case Verb.DELETE, _:
            return {"id": _ID, "version": _VERSION}
        case _:
            return {"id": _ID}


def _change(kind: EntityType, data: DataInputs) -> dict[str, GraphQLInputField]:
    return {"id": _ID, "version": _VERSION, "data": _records(data.changes(kind), many=False)}


def _change_of_one(mutation: Mutation, entries: Callable[[], dict[str, GraphQLInputField]]) -> GraphQLInputObjectType:
    about = f"Which {mutation.kind.name} to change, and how."
    return GraphQLInputObjectType(f"{mutation.stem}EntryInput", entries, description=about)


def _records(of: GraphQLInputObjectType, *, many: bool) -> GraphQLInputField:
    if many:
        return GraphQLInputField(_each(of), description="The records, at most 10,000.")
    return GraphQLInputField(GraphQLNonNull(of), description="The values.")


def _each(kind: Any) -> Any:
    return GraphQLNonNull(GraphQLList(GraphQLNonNull(kind)))

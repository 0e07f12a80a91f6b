"""What a new model breaks for API clients: GraphQL's own rules, applied to the part of both schemas that can differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from graphql import (
    BreakingChange,
    BreakingChangeType,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    find_breaking_changes,
)

from gql.parts import Parts
from gql.schema import build_schema
from gql.typed.catalogue import neighbours
from gql.typed.changes import RECORD_CHANGED
from gql.typed.naming import link_names
from gql.typed.verbs import mutations_of
from models.api_breaks import ApiBreak
from models.metamodel import Metamodel

_NAME = re.compile(
    r"(?:(?:Field|Argument|Enum value|A required (?:field|argument)|Standard scalar) )?(\w[\w.]*(?:\(\w+:\))?)"
)
_BETWEEN = re.compile(r" from (\S+) to (\S+)\.$")
_OF = re.compile(r" (?:union type|interface) (\w+)\.$")
_COORDINATE = re.compile(r"\b([A-Za-z_]\w*)\.(\w+)")


def breaks(old: Metamodel, new: Metamodel) -> tuple[ApiBreak, ...]:
    """Every break for clients that a new model brings, those of records first; () when none.

    What was deprecated is told with the reason that clients were given. Costs what the changed types amount to: schemas
    are made of these and of what they are linked to, whatever else the model has.
    """
    parts = Parts(old, new)
    if not parts.touched:
        return ()
    before, after = _Part(old, parts), _Part(new, parts)
    found = [each for each in find_breaking_changes(before, after) if not _stays(each, after, parts)]
    told = {_told(each, before) for each in found}
    return tuple(sorted(told, key=lambda one: (_place(one, parts.touched), one.sentence)))


def _stays(change: BreakingChange, after: _Part, parts: Parts) -> bool:
    """Whether a type that the changed part has no use for any more is there for others."""
    if change.type is not BreakingChangeType.TYPE_REMOVED:
        return False
    name = change.description.split(" ")[0]
    return name in after.all_names or parts.elsewhere(name)


def _told(change: BreakingChange, before: GraphQLSchema) -> ApiBreak:
    """What is said of a break, with why clients had been asked to expect it."""
    said, facts = change.description, _facts(change.description)
    found = _COORDINATE.search(said)
    reason = _reason(before.type_map.get(found[1]), found[2]) if found else None
    if not reason:
        return ApiBreak(change.type.name, said, facts)
    return ApiBreak(change.type.name, f"{said} It was deprecated: {reason}", {**facts, "reason": reason})


def _facts(said: str) -> dict[str, str]:
    """What a sentence of GraphQL's own tools speaks of."""
    named, between, of = _NAME.match(said), _BETWEEN.search(said), _OF.search(said)
    return {
        **({"name": named[1].rstrip(".")} if named else {}),
        **({"before": between[1], "after": between[2]} if between else {}),
        **({"of": of[1]} if of else {}),
    }


def _reason(kind: GraphQLNamedType | None, name: str) -> str | None:
    if isinstance(kind, GraphQLEnumType):
        return kind.values[name].deprecation_reason if name in kind.values else None
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        return kind.fields[name].deprecation_reason if name in kind.fields else None
    return None


def _place(one: ApiBreak, names: frozenset[str]) -> int:
    """Records before root fields before everything that follows from them."""
    subject = one.sentence.removeprefix("Field ").split(" ")[0].partition(".")[0]
    return 0 if subject in names else 1 if subject in ("Query", "Mutation", "Subscription") else 2


class _Part(GraphQLSchema):
    """As much of a model's schema as the touched types have to do with; to be compared, not to be asked."""

    def __init__(self, model: Metamodel, parts: Parts) -> None:
        super().__init__(assume_valid=True)
        part, touched = parts.of(model), parts.touched
        self.whole = build_schema(part, None, link_names(model))
        own, others = _stems(part, model, touched), _stems(part, model, part.types.keys() - touched)
        roots = (self.whole.query_type, self.whole.mutation_type, self.whole.subscription_type)
        starts = [_narrowed(root, part, touched) for root in roots if root]
        self.type_map = {found.name: found for found in _reached(starts, own, others)}

    @cached_property
    def all_names(self) -> frozenset[str]:
        """The names of all types of the part, whomever they belong to."""
        return frozenset(self.whole.type_map)


def _stems(part: Metamodel, model: Metamodel, names: Iterable[str]) -> tuple[str, ...]:
    """How the names of the types made for entity types begin."""
    kinds = [part.types[name] for name in names if name in part.types]
    return tuple(
        stem
        for kind in kinds
        for stem in (
            kind.name,
            *(mutation.stem for mutation in mutations_of(kind)),
            *(link_names(model).stem(side) for side in part.sides[kind.name].values()),
        )
    )


def _narrowed(root: GraphQLObjectType, model: Metamodel, names: frozenset[str]) -> GraphQLObjectType:
    """A root with the fields of some entity types, and the one that leads to what all of them share."""
    kinds = [model.types[name] for name in names if name in model.types]
    stems = tuple(stem for kind in kinds for stem in (kind.one, kind.many, *(one.name for one in mutations_of(kind))))
    fields = {name: field for name, field in root.fields.items() if name.startswith(stems) or name == RECORD_CHANGED}
    return GraphQLObjectType(root.name, fields)


def _reached(
    starts: Iterable[GraphQLNamedType], own: tuple[str, ...], others: tuple[str, ...]
) -> Iterator[GraphQLNamedType]:
    """The starts and what they lead to, but for what belongs to other entity types."""
    waiting, seen = list(starts), set()
    while waiting:
        found = waiting.pop()
        if found.name in seen or (found.name.startswith(others) and not found.name.startswith(own)):
            continue
        seen.add(found.name)
        yield found
        waiting.extend(neighbours(found))

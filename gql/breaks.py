"""What a new model breaks for API clients: GraphQL's own rules, applied to the part of both schemas that can differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    BreakingChange,
    BreakingChangeType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    find_breaking_changes,
)

from gql.schema import build_schema
from gql.typed.catalogue import neighbours
from gql.typed.naming import link_names
from gql.typed.verbs import mutations_of
from models.api_breaks import ApiBreak
from models.metamodel import Metamodel


def breaks(old: Metamodel, new: Metamodel) -> tuple[ApiBreak, ...]:
    """Every break for clients that a new model brings, those of records first; () when none.

    Costs what the changed types amount to: types that neither changed nor are linked to such are not looked at.
    """
    names = _touched(old, new)
    if not names:
        return ()
    before, after = build_schema(old, None), build_schema(new, None)
    found = find_breaking_changes(_Part(before, old, names), _Part(after, new, names))
    told = {ApiBreak(change.type.name, change.description) for change in found if not _stays(change, after)}
    return tuple(sorted(told, key=lambda one: (_place(one, names), one.sentence)))


def _stays(change: BreakingChange, after: GraphQLSchema) -> bool:
    """Whether a type that the changed part has no use for any more is there for others."""
    return change.type is BreakingChangeType.TYPE_REMOVED and bool(after.get_type(change.description.split(" ")[0]))


def _place(one: ApiBreak, names: frozenset[str]) -> int:
    """Records before root fields before everything that follows from them."""
    subject = one.sentence.removeprefix("Field ").split(" ")[0].partition(".")[0]
    return 0 if subject in names else 1 if subject in ("Query", "Mutation", "Subscription") else 2


class _Part(GraphQLSchema):
    """As much of a model's schema as some of its types have to do with; to be compared, not to be asked."""

    def __init__(self, whole: GraphQLSchema, model: Metamodel, names: frozenset[str]) -> None:
        super().__init__(assume_valid=True)
        own, others = _stems(model, names), _stems(model, model.types.keys() - names)
        roots = (whole.query_type, whole.mutation_type, whole.subscription_type)
        starts = [_narrowed(root, model, names) for root in roots if root]
        self.type_map = {found.name: found for found in _reached(starts, own, others)}


def _stems(model: Metamodel, names: Iterable[str]) -> tuple[str, ...]:
    """How the names of the types made for entity types begin."""
    kinds = [model.types[name] for name in names if name in model.types]
    return tuple(
        stem
        for kind in kinds
        for stem in (
            kind.name,
            *(mutation.stem for mutation in mutations_of(kind)),
            *(link_names(model).stem(side) for side in model.sides[kind.name].values()),
        )
    )


def _narrowed(root: GraphQLObjectType, model: Metamodel, names: frozenset[str]) -> GraphQLObjectType:
    """A root with the fields of some entity types only."""
    kinds = [model.types[name] for name in names if name in model.types]
    stems = tuple(stem for kind in kinds for stem in (kind.one, kind.many, *(one.name for one in mutations_of(kind))))
    return GraphQLObjectType(root.name, {name: field for name, field in root.fields.items() if name.startswith(stems)})


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


def _touched(old: Metamodel, new: Metamodel) -> frozenset[str]:
    """The types whose part of the schema may differ: changed ones, and those that relations lead from to them."""
    names = {name for name in {*old.types, *new.types} if old.types.get(name) != new.types.get(name)}
    for before, after in ((old, new), (new, old)):
        names |= {name for name in before.types if _sides(before, name) != _sides(after, name)}
    near = {
        name
        for model in (old, new)
        for name, sides in model.sides.items()
        for side in sides.values()
        if not names.isdisjoint(side.far.types)
    }
    return frozenset(names | near)


def _sides(model: Metamodel, name: str) -> Mapping[str, object]:
    """A type's relations, with what their links are called."""
    return {key: (side, link_names(model).stem(side)) for key, side in model.sides.get(name, {}).items()}

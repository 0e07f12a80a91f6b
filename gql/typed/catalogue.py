"""The types of a schema by name, each made when it is first asked for: a model of hundreds of types has tens of thousands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
)

from gql.typed import changes, insights
from gql.typed.groups import GroupInputs
from gql.typed.inputs import Inputs
from gql.typed.outputs import Outputs
from models import scores, system
from models.fields import kind_of
from models.metamodel import Field, Metamodel


class Catalogue(Mapping[str, GraphQLNamedType]):
    """Every type of the schema. Looking a name up makes what may bear it; counting or listing makes everything."""

    def __init__(
        self, model: Metamodel, inputs: Inputs, outputs: Outputs, known: Mapping[str, GraphQLNamedType]
    ) -> None:
        self.model, self.inputs, self.outputs = model, inputs, outputs
        self._made: dict[str, GraphQLNamedType] = dict(known)
        self._roots = tuple(known.values())
        self._reached: set[tuple[str, ...]] = set()
        self._whole = False

    def __getitem__(self, name: str) -> GraphQLNamedType:
        if name not in self._made and not self._whole:
            for stems, starts in self._candidates(name):
                if name in self._made:
                    break
                if stems not in self._reached:
                    self._reached.add(stems)
                    self._reach(starts, stems)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        try:
            return self[name] is not None if isinstance(name, str) else False
        except KeyError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self.complete())

    def __len__(self) -> int:
        return len(self.complete())

    def complete(self) -> dict[str, GraphQLNamedType]:
        """All types, made now if they were not: slow for large models, so call it off the event loop."""
        if not self._whole:
            records = [self.outputs.record(name) for name in self.model.types]
            self._reach([*self._roots, *records], ())
            self._whole = True
        return self._made

    def _candidates(self, name: str) -> Iterator[tuple[tuple[str, ...], Iterable[GraphQLNamedType]]]:
        """What a name may begin with, and the types from which those so named are reached."""
        for end in range(1, len(name) + 1):
            start = name[:end]
            if start in self.model.types:
                yield (start,), self._of_type(start)
            for near in self.inputs.links.near(start):
                yield (start, near), self._of_type(near)
            if start[0].lower() + start[1:] in self._mutations:
                yield (start,), self._of_mutation(start[0].lower() + start[1:])
        yield ("",), self._shared()

    def _of_type(self, name: str) -> Iterator[GraphQLNamedType]:
        kind, inputs = self.model.types[name], self.inputs
        yield from (self.outputs.record(name), self.outputs.connection(kind))
        yield from (inputs.filter(kind), inputs.order(kind), *inputs.data.of_type(kind))
        yield changes.event(kind, self.outputs)

    @property
    def _mutations(self) -> Mapping[str, GraphQLField]:
        root = self._made.get("Mutation")
        return root.fields if isinstance(root, GraphQLObjectType) else {}

    def _of_mutation(self, name: str) -> Iterator[GraphQLNamedType]:
        field = self._mutations[name]
        yield get_named_type(field.type)
        yield from (get_named_type(argument.type) for argument in field.args.values())

    def _shared(self) -> Iterator[GraphQLNamedType]:
        """The types that many types share, named for none of them: comparisons and figures of one kind of field."""
        of_records = (kind.fields.values() for kind in self.model.types.values())
        of_links = (relation.fields.values() for relation in self.model.relations.values())
        of_insights = (scores.fields(engine).values() for engine in scores.ENGINES)
        alike = {_family(field): field for field in chain.from_iterable(chain(of_records, of_links, of_insights))}
        for field in alike.values():
            yield from (self.inputs.operators(field), self.outputs.figures(field))
        yield from map(self.inputs.operators, system.OF_TEMPORAL_LINKS.values())
        yield from (self.inputs.record_filter(), self.inputs.record_order())
        if self.model.types:
            yield self.inputs.of_type_filter()
        if self.model.relations:
            yield from (self.inputs.reach_filter(), self.inputs.relation_names())
        yield from insights.named_types(self.inputs, self.outputs)
        yield from GroupInputs(self.inputs).named_types()

    def _reach(self, starts: Iterable[GraphQLNamedType], stems: tuple[str, ...]) -> None:
        """Make what the starts lead to, walking on from those named by a stem; no stems: from all of them."""
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            found = waiting.pop()
            if found.name in seen:
                continue
            seen.add(found.name)
            if self._made.setdefault(found.name, found) is not found:
                raise TypeError(f"Two types of the schema are named {found.name!r}; rename one of them.")
            if not stems or (stems != ("",) and found.name.startswith(stems)):
                waiting.extend(neighbours(found))


def _family(field: Field) -> tuple[str, str, bool]:
    """Fields of one family share their comparisons and figures."""
    return field.kind, kind_of(field).graphql_scalar(field), bool(field.options.get("currency"))


def neighbours(found: GraphQLNamedType) -> Iterator[GraphQLNamedType]:
    """The types that a type names directly."""
    if isinstance(found, GraphQLUnionType):
        yield from found.types
    if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
        yield from found.interfaces
        for field in found.fields.values():
            yield get_named_type(field.type)
            for argument in field.args.values():
                yield get_named_type(argument.type)
    if isinstance(found, GraphQLInputObjectType):
        for inner in found.fields.values():
            yield get_named_type(inner.type)

"""The part of two models that their API can differ in: what changed, what is linked to it, and one witness of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from gql.typed.inputs import Inputs
from gql.typed.naming import link_names
from gql.typed.outputs import figures_name
from models.metamodel import EntityType, Field, Metamodel, RelationType

T = TypeVar("T", EntityType, RelationType)
_OF_SEVERAL = ("RecordOrder", "RecordGroupedBy")  # are made where a relation leads to records of several types


class Parts:
    """Which types are touched by a change, and as much of each model as the schema of these is made of."""

    def __init__(self, old: Metamodel, new: Metamodel) -> None:
        self._old, self._new = old, new
        changed = frozenset(_differing(old.types, new.types))
        relations = {*_differing(old.relations, new.relations), *link_names(old).differing(link_names(new))}
        moved = changed.union(*(_ends(model, relations) for model in (old, new)))
        self.touched = moved.union(*(_leading_to(model, moved) for model in (old, new))) if moved else moved
        self._relations = {name for model in (old, new) for name in _touching(model, self.touched)}
        witness = next((name for name in new.relations if name in old.relations and name not in self._relations), None)
        self._relations |= {witness} if witness else set()
        self._types = self.touched.union(*(_ends(model, self._relations) for model in (old, new)))
        stranger = next((name for name in new.types if name in old.types and name not in self._types), None)
        self._types |= {stranger} if stranger else set()

    def of(self, model: Metamodel) -> Metamodel:
        """The part of one of the two models, in its order."""
        return Metamodel(
            model.version,
            MappingProxyType({name: kind for name, kind in model.types.items() if name in self._types}),
            MappingProxyType({name: one for name, one in model.relations.items() if name in self._relations}),
        )

    def elsewhere(self, name: str) -> bool:
        """Whether a type of the schema that many types share is still there in the new model for those not touched."""
        if name in _OF_SEVERAL:
            return any(len(end.types) > 1 for one in self._new.relations.values() for end in (one.source, one.target))
        if name.endswith("Figures"):
            return any(figures_name(field) == name for field in self._fields())
        if name.endswith("Operators"):
            inputs = Inputs(self._new)
            return any(inputs.operators(field).name == name for field in self._fields())
        return False

    def _fields(self) -> Iterator[Field]:
        owners: Iterator[EntityType | RelationType] = chain(self._new.types.values(), self._new.relations.values())
        return (field for owner in owners for field in owner.fields.values())


def _differing(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[str]:
    """The names that stand for something else, or for nothing, in one of two models."""
    yield from (name for name in old if name not in new)
    for name, one in new.items():
        before = old.get(name)
        if before is not one and before != one:
            yield name


def _ends(model: Metamodel, relations: Iterable[str]) -> frozenset[str]:
    found = (model.relations[name] for name in relations if name in model.relations)
    return frozenset(name for one in found for name in (*one.source.types, *one.target.types))


def _leading_to(model: Metamodel, names: frozenset[str]) -> frozenset[str]:
    """The types from which a relation leads to one of these: figures and groups along it are made of their fields."""
    return frozenset(
        name
        for one in model.relations.values()
        for near, far in ((one.source.types, one.target.types), (one.target.types, one.source.types))
        if not names.isdisjoint(far)
        for name in near
    )


def _touching(model: Metamodel, names: frozenset[str]) -> Iterator[str]:
    for name, one in model.relations.items():
        if not names.isdisjoint(one.source.types) or not names.isdisjoint(one.target.types):
            yield name

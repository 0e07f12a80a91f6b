"""Where a pack and the model say different things about the same type, field, relation or profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from models.definitions import ModelPatch, RelationPatch, TypePatch
from models.metamodel import End, EntityType, Field, Metamodel, RelationType
from packs import profiles
from packs.conflict import Conflict, Path


def conflicts(model: Metamodel, patch: ModelPatch) -> tuple[Conflict, ...]:
    """Every attribute that both give and give differently; what only one of them has is none."""
    found: list[Conflict] = []
    for entry in patch.types:
        kind = model.types.get(entry.name)
        if kind is not None:
            found += _described(kind, entry, ("types", entry.name))
    for link in patch.relations:
        relation = model.relations.get(link.name)
        if relation is not None:
            found += _described(relation, link, ("relations", link.name))
            found += _end(relation.source, link.source, ("relations", link.name, "source"))
            found += _end(relation.target, link.target, ("relations", link.name, "target"))
    for given in patch.profiles:
        if given.name in model.profiles:
            found += profiles.conflicts(model.profiles[given.name], given)
    return tuple(found)


def without(patch: ModelPatch, found: Sequence[Conflict]) -> ModelPatch:
    """The patch without what is in conflict: fields as a whole, other attributes one by one."""
    paths = {conflict.path for conflict in found}
    fields_kept = {path[:4] for path in paths if path[2] == "fields"}
    return replace(
        patch,
        types=tuple(_reduced(entry, ("types", entry.name), paths, fields_kept) for entry in patch.types),
        relations=tuple(
            replace(
                _reduced(link, ("relations", link.name), paths, fields_kept),
                source=_less(link.source, ("relations", link.name, "source"), paths),
                target=_less(link.target, ("relations", link.name, "target"), paths),
            )
            for link in patch.relations
        ),
        profiles=tuple(profiles.reduced(entry, paths) for entry in patch.profiles),
    )


def _described(present: EntityType | RelationType, entry: TypePatch | RelationPatch, path: Path) -> Iterator[Conflict]:
    for name, wanted in entry.attributes.items():
        if name != "pack" and getattr(present, name) != wanted:
            yield Conflict((*path, name), getattr(present, name), wanted)
    for name, field in entry.fields.items():
        if name in present.fields:
            yield from _field(present.fields[name], field, (*path, "fields", name))


def _field(present: Field, wanted: Field, path: Path) -> Iterator[Conflict]:
    for attribute in fields(Field):
        one, other = getattr(present, attribute.name), getattr(wanted, attribute.name)
        if attribute.name != "stored_as" and one != other:
            yield Conflict((*path, attribute.name), one, other)


def _end(present: End, given: Mapping[str, Any], path: Path) -> Iterator[Conflict]:
    for name, wanted in given.items():
        if getattr(present, name) != wanted:
            yield Conflict((*path, name), getattr(present, name), wanted)


def _reduced(entry: Any, path: Path, paths: set[Path], fields_kept: set[Path]) -> Any:
    kept = {name: field for name, field in entry.fields.items() if (*path, "fields", name) not in fields_kept}
    return replace(entry, attributes=_less(entry.attributes, path, paths), fields=MappingProxyType(kept))


def _less(given: Mapping[str, Any], path: Path, paths: set[Path]) -> Mapping[str, Any]:
    return MappingProxyType({name: value for name, value in given.items() if (*path, name) not in paths})

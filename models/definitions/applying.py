"""A patch on a model: the model as it would be, and everything that keeps it from being sound."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from models.definitions.checking import check
from models.definitions.given import near
from models.definitions.patch import ModelPatch, Path, ProfilePatch, RelationPatch, TypePatch
from models.definitions.profiles.merging import merged, with_types
from models.errors import Near, Problem, told
from models.metamodel import End, EntityType, Field, Metamodel, RelationType, says_the_same
from models.profiles import Profile

_BOTH = "{name} is both dropped and described here."


def patched(model: Metamodel, patch: ModelPatch) -> tuple[Metamodel, list[Problem]]:
    """The next version of the model, checked whole. With problems, the model is what was meant, fit for no use.

    Problems of parts that the document names have the document's paths; others lead through names, as in
    `("relations", "WORKS_AT", "source", "types")`.
    """
    change = _Change(model, patch)
    change.drop()
    for entry in patch.types:
        change.type(entry)
    for link in patch.relations:
        change.relation(link)
    for profile in patch.profiles:
        change.profile(profile)
    changed = change.made()
    problems = [*change.problems, *check(changed, since=model)]
    return changed, [replace(problem, path=_placed(problem.path, patch.places)) for problem in problems]


class _Change:
    def __init__(self, model: Metamodel, patch: ModelPatch) -> None:
        self.patch = patch
        self.types = dict(model.types)
        self.version = model.version + 1
        self.relations = dict(model.relations)
        self.before = model.profiles
        self.profiles: dict[str, Profile] = dict(model.profiles)
        self.described: dict[str, TypePatch | RelationPatch] = {entry.name: entry for entry in patch.types}
        self.described.update((entry.name, entry) for entry in patch.relations)
        self.problems: list[Problem] = []

    def fault(self, code: str, sentence: str, *path: str | int, **facts: Any) -> None:
        self.problems.append(told(code, sentence, path, **facts))

    # dropping

    def made(self) -> Metamodel:
        """The model as it would be; what a profile leaves out because the model says it is filled in."""
        bare = Metamodel(self.version, MappingProxyType(self.types), MappingProxyType(self.relations))
        sound = all(
            far in self.types for one in self.relations.values() for far in (*one.source.types, *one.target.types)
        )
        profiles = {name: with_types(bare, one) if sound else one for name, one in self.profiles.items()}
        kept = {name: _unless_equal(self.before.get(name, one), one) for name, one in profiles.items()}
        return replace(bare, profiles=MappingProxyType(kept))

    def drop(self) -> None:
        described = frozenset(entry.name for entry in self.patch.profiles)
        self._drop("types", self.patch.drop_types, self.types, self.described)
        self._drop("relations", self.patch.drop_relations, self.relations, self.described)
        self._drop("profiles", self.patch.drop_profiles, self.profiles, described)
        for name in self.patch.drop_types:
            self.profiles.pop(name, None)  # a type's profile goes with it
        self._shrink_ends(frozenset(self.patch.drop_types))
        for place, (owner, name) in enumerate(self.patch.drop_fields):
            self._drop_field(owner, name, place)

    def _drop(self, where: str, names: tuple[str, ...], kept: dict[str, Any], described: Container[str]) -> None:
        for place, name in enumerate(names):
            what = f"profile of {name}" if where == "profiles" else name
            if name in described:
                self.fault("dropped_and_changed", _BOTH, "drop", where, place, name=what)
            elif kept.pop(name, None) is None:
                sentence = "There is no {name} to drop. {near}"
                self.fault("unknown", sentence, "drop", where, place, name=what, near=_near(name, kept))

    def _shrink_ends(self, gone: frozenset[str]) -> None:
        for relation in self.relations.values() if gone else ():
            if gone.isdisjoint((*relation.source.types, *relation.target.types)):
                continue
            source, target = (
                replace(end, types=tuple(name for name in end.types if name not in gone))
                for end in (relation.source, relation.target)
            )
            self.relations[relation.name] = replace(relation, source=source, target=target)

    def _drop_field(self, owner: str, name: str, place: int) -> None:
        described = self.described.get(owner)
        kind: EntityType | RelationType | None = self.types.get(owner) or self.relations.get(owner)
        if kind is None or name not in kind.fields:
            known = _near(name, kind.fields) if kind else _near(owner, {**self.types, **self.relations})
            sentence = "There is no field {name} to drop. {near}"
            self.fault("unknown", sentence, "drop", "fields", place, case="field", name=f"{owner}.{name}", near=known)
        elif described is not None and name in described.fields:
            self.fault("dropped_and_changed", _BOTH, "drop", "fields", place, name=f"{owner}.{name}")
        else:
            fields = MappingProxyType({key: field for key, field in kind.fields.items() if key != name})
            if isinstance(kind, EntityType):
                self.types[owner] = replace(kind, fields=fields)
            else:
                self.relations[owner] = replace(kind, fields=fields)

    # adding and changing

    def type(self, entry: TypePatch) -> None:
        old = self.types.get(entry.name)
        if old is None and not self._may_be_new(entry, self.types, "types"):
            return
        if old is None and "plural" not in entry.attributes:
            sentence = "Give the plural of {name}, such as {name}s."
            self.fault("no_plural", sentence, "types", entry.name, "plural", name=entry.name)
            return
        fields = self._fields(old.fields if old else {}, entry, ("types", entry.name))
        attributes = _attributes(entry.attributes, keep_pack=old is not None)
        if old is None:
            self.types[entry.name] = EntityType(entry.name, fields=fields, **attributes)
        else:
            self.types[entry.name] = _unless_equal(old, replace(old, fields=fields, **attributes))

    def relation(self, entry: RelationPatch) -> None:
        old = self.relations.get(entry.name)
        if old is None and not self._may_be_new(entry, self.relations, "relations"):
            return
        symmetric = entry.attributes.get("symmetric", old.symmetric if old else False)
        given_target = entry.target or (entry.source if symmetric else entry.target)
        source = self._end(old.source if old else None, entry.source, ("relations", entry.name, "source"))
        target = self._end(old.target if old else None, given_target, ("relations", entry.name, "target"))
        if source is None or target is None:
            return
        fields = self._fields(old.fields if old else {}, entry, ("relations", entry.name))
        attributes = _attributes(entry.attributes, keep_pack=old is not None)
        if old is None:
            self.relations[entry.name] = RelationType(entry.name, source, target, fields, **attributes)
        else:
            changed = replace(old, source=source, target=target, fields=fields, **attributes)
            self.relations[entry.name] = _unless_equal(old, changed)

    def profile(self, entry: ProfilePatch) -> None:
        old = self.profiles.get(entry.name)
        if old is None and entry.extends:
            sentence = "{name} has no profile to extend; install what it comes from first, or give a whole one."
            self.fault("unknown", sentence, "profiles", entry.name, "extends", case="profile", name=entry.name)
            return
        self.profiles[entry.name] = merged(old, entry)

    def _may_be_new(self, entry: TypePatch | RelationPatch, known: Mapping[str, object], where: str) -> bool:
        if not entry.extends:
            return True
        sentence = "There is no {name} to extend; install what it comes from first. {near}"
        facts = {"name": entry.name, "near": _near(entry.name, known)}
        self.fault("unknown", sentence, where, entry.name, "extends", case="extended", **facts)
        return False

    def _fields(self, old: Mapping[str, Field], entry: TypePatch | RelationPatch, path: Path) -> Mapping[str, Field]:
        fields = dict(old)
        for name, field in entry.fields.items():
            before = old.get(name)
            if before is not None and field.stored_as and field.stored_as != before.key:
                sentence = "{name} is stored as {key}; leave storedAs out."
                self.fault("stored_elsewhere", sentence, *path, "fields", name, name=name, key=before.key)
            fields[name] = (
                field if before is None else _unless_equal(before, replace(field, stored_as=before.stored_as))
            )
        return MappingProxyType(self._ordered(fields, entry.field_order, (*path, "fieldOrder")))

    def _ordered(self, fields: dict[str, Field], names: tuple[str, ...], path: Path) -> dict[str, Field]:
        for place, name in enumerate(names):
            if name not in fields:
                sentence = "There is no field {name} to put in order. {near}"
                self.fault("unknown", sentence, *path, place, case="order", name=name, near=_near(name, fields))
        return {name: fields[name] for name in (*(name for name in names if name in fields), *fields)}

    def _end(self, old: End | None, given: Mapping[str, Any], path: Path) -> End | None:
        if old is not None:
            return replace(old, **given)
        missing = [name for name in ("types", "field") if not given.get(name)]
        for name in missing:
            if name == "types":
                sentence = "Give `types` of this end: the types that may stand there."
                self.fault("incomplete_end", sentence, *path, name, case="types")
            else:
                sentence = "Give `field` of this end: what the relation is called there."
                self.fault("incomplete_end", sentence, *path, name)
        return None if missing else End(**given)


def _attributes(given: Mapping[str, Any], *, keep_pack: bool) -> dict[str, Any]:
    return {name: value for name, value in given.items() if not (keep_pack and name == "pack")}


def _unless_equal(old: Any, new: Any) -> Any:
    """The old object where the new one says the same, so that what did not change need not be checked again."""
    return old if says_the_same(old, new) else new


def _near(name: str, known: Iterable[str]) -> Near:
    return near(name, frozenset(known))


def _placed(path: Path, places: Mapping[Path, Path]) -> Path:
    """The path in the document, where the document has the thing that a path by names leads to."""
    for length in range(len(path), 1, -1):
        if (place := places.get(path[:length])) is not None:
            return (*place, *path[length:])
    return path

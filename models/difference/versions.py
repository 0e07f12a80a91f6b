"""What sets two versions of the model apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.difference.changes import Effect, ModelChange, Path, Question, model_change
from models.difference.fields import Owner, deprecation, field_order, of_fields
from models.difference.relations import links_of, of_relation
from models.fields import kind_of
from models.metamodel import EntityType, Metamodel
from models.profiles.difference import changes

_TYPE_WORDS = ("plural", "labels", "description", "icon", "color", "display", "order", "pack")


def difference(old: Metamodel, new: Metamodel) -> tuple[ModelChange, ...]:
    """Every change from one version to another, in the order of the model; () when they say the same."""
    return (
        *_added_and_dropped(old, new),
        *(change for name, kind in new.types.items() if name in old.types for change in of_type(old.types[name], kind)),
        *(
            change
            for name, relation in new.relations.items()
            if name in old.relations
            for change in of_relation(old.relations[name], relation)
        ),
        *(model_change(code, path, said, **facts) for code, path, said, facts in changes(old.profiles, new.profiles)),
    )


def _added_and_dropped(old: Metamodel, new: Metamodel) -> Iterator[ModelChange]:
    for name, relation in old.relations.items():
        if name not in new.relations:
            sentence = "The relation {name} goes; its links are closed."
            yield model_change(
                "relation_dropped", ("relations", name), sentence, Effect.DESTROYS, (links_of(relation),), name=name
            )
    for name in old.types:
        if name not in new.types:
            touches = (Question("records", {"type": name}), Question("links_of_type", {"type": name}, of_links=True))
            sentence = "The type {name} goes; its records move to the trash, their links are closed."
            yield model_change("type_dropped", ("types", name), sentence, Effect.DESTROYS, touches, name=name)
    for name, kind in new.types.items():
        if name not in old.types:
            sentence = "The type {name} is new, with {count} fields."
            yield model_change("type_added", ("types", name), sentence, name=name, count=len(kind.fields))
    for name, relation in new.relations.items():
        if name not in old.relations:
            sentence = "The relation {name} is new: {sources} to {targets}."
            ends: dict[str, Any] = {"sources": relation.source.types, "targets": relation.target.types}
            yield model_change("relation_added", ("relations", name), sentence, name=name, **ends)


def of_type(old: EntityType, new: EntityType) -> Iterator[ModelChange]:
    if old is new:
        return
    path: Path = ("types", new.name)
    yield from of_fields(Owner(new.name, of_links=False), old.fields, new.fields, path)
    yield from field_order(old, new, path)
    for key in new.natural_keys:
        if key not in old.natural_keys:
            yield _natural_key(new, key)
    for key in old.natural_keys:
        if key not in new.natural_keys:
            sentence = "{key} no longer tells records of {name} apart."
            yield model_change("key_dropped", (*path, "naturalKeys"), sentence, key=key, name=new.name)
    for word in _TYPE_WORDS:
        if getattr(old, word) != getattr(new, word):
            yield model_change("type_changed", (*path, word), "{name}: another {word}.", name=new.name, word=word)
    yield from deprecation(new.name, old, new, path)


def _natural_key(kind: EntityType, key: tuple[str, ...]) -> ModelChange:
    columns = [column.key for name in key for column in kind_of(kind.fields[name]).columns(kind.fields[name])]
    return model_change(
        "key_added",
        ("types", kind.name, "naturalKeys"),
        "{key} tells records of {name} apart; no two may share it.",
        obstacle=Question("duplicates", {"type": kind.name, "keys": columns}),
        cure="Records of {name} share the same {key}. Change or delete the duplicates, then make it a key.",
        key=key,
        name=kind.name,
    )

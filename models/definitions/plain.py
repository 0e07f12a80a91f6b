"""From a model to plain data: what a file, an export or a client gets, and `patch_from_plain` reads back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.definitions.profiles.plain import profile_to_plain
from models.definitions.texts import labels_to_plain
from models.metamodel import End, EntityType, Field, Metamodel, OnDelete, RelationType, Validity, When


def to_plain(model: Metamodel) -> dict[str, Any]:
    """The whole model as a document; read back on an empty model it gives an equal one. Defaults are left out."""
    return {
        "types": [type_to_plain(kind) for kind in model.types.values()],
        "relations": [relation_to_plain(relation) for relation in model.relations.values()],
        **_given(profiles=[profile_to_plain(profile) for profile in model.profiles.values()]),
    }


def type_to_plain(kind: EntityType) -> dict[str, Any]:
    """One type as an entry of a document."""
    return {
        "name": kind.name,
        "plural": kind.plural,
        **_given(
            labels=labels_to_plain(kind.labels),
            description=labels_to_plain(kind.description),
            icon=kind.icon,
            color=kind.color,
            display=kind.display,
            naturalKeys=[list(key) for key in kind.natural_keys],
            order=[{"field": name, "direction": direction} for name, direction in kind.order],
            pack=kind.pack,
            deprecated=kind.deprecated,
        ),
        "fields": [field_to_plain(field) for field in kind.fields.values()],
    }


def relation_to_plain(relation: RelationType) -> dict[str, Any]:
    """One relation as an entry of a document."""
    return {
        "name": relation.name,
        **_given(
            labels=labels_to_plain(relation.labels),
            description=labels_to_plain(relation.description),
            symmetric=relation.symmetric,
            repeatable=relation.repeatable,
            validity=relation.validity.value if relation.validity is not Validity.NONE else "",
            pack=relation.pack,
        ),
        "source": _end(relation.source),
        "target": _end(relation.target),
        "fields": [field_to_plain(field) for field in relation.fields.values()],
    }


def field_to_plain(field: Field) -> dict[str, Any]:
    """One field as an entry of a document."""
    return {
        "name": field.name,
        "kind": field.kind,
        **_given(
            labels=labels_to_plain(field.labels),
            help=labels_to_plain(field.help),
            required=field.required,
            unique=field.unique,
            readOnly=field.read_only,
            searchable=field.searchable,
            personal=field.personal,
            sensitive=field.sensitive,
            options=_options(field.options),
            storedAs=field.stored_as,
            deprecated=field.deprecated,
            when=when_to_plain(field.when),
        ),
        **({} if field.default is None else {"default": thawed(field.default)}),
    }


def when_to_plain(when: When | None) -> dict[str, Any] | None:
    """When a field is asked for, as an entry of a document."""
    if when is None:
        return None
    return {"field": when.field, "values": list(when.values), **({"required": True} if when.required else {})}


def thawed(value: Any) -> Any:
    """Frozen data as dicts and lists, ready for JSON."""
    if isinstance(value, Mapping):
        return {key: thawed(entry) for key, entry in value.items()}
    return [thawed(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def _end(end: End) -> dict[str, Any]:
    on_delete = end.on_delete.value if end.on_delete is not OnDelete.UNLINK else ""
    rest = _given(labels=labels_to_plain(end.labels), most=end.most, onDelete=on_delete, deprecated=end.deprecated)
    return {"types": list(end.types), "field": end.field, **rest}


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = thawed(options)
    for choice in plain.get("choices", ()):
        if "labels" in choice:
            choice["labels"] = labels_to_plain(choice["labels"])
    return plain


def _given(**attributes: Any) -> dict[str, Any]:
    """The attributes that say something: false, empty and missing ones are the defaults."""
    return {
        name: value
        for name, value in attributes.items()
        if value is not None and value != "" and value is not False and value != {} and value != []
    }

"""The model as nodes: loading it whole, and saving what a change makes of it; a statement each, however large."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import orjson

from cypher import weave
from graph.session import Database, Row, Transaction
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.definitions.freezing import frozen, frozen_labels, frozen_options, frozen_when
from models.definitions.plain import field_to_plain, relation_to_plain, type_to_plain
from models.definitions.profiles.merging import merged
from models.definitions.profiles.plain import profile_to_plain
from models.metamodel import End, EntityType, Field, Metamodel, OnDelete, RelationType, Validity, says_the_same
from models.nodes.model import EntityTypeDefinition, FieldDefinition, ProfileDefinition, RelationTypeDefinition
from models.profiles import Profile

Properties = Mapping[str, Any]
LOAD_S = 300.0  # a Neo4j that has just started on a busy machine takes its time
PLACES = 1_000_000  # definitions of one version come after those of all versions before it


async def load_version(database: Database) -> int:
    """The number of the model in force; 0 where there is none yet."""
    (version,) = await database.read(weave.fixed("model_version", SYSTEM), {})
    return int(version)


async def load(database: Database) -> Metamodel:
    """The model in force. Loaded again where a change was published while it was being read."""
    while True:
        version = await load_version(database)
        rows = await database.rows(weave.fixed("model_load", SYSTEM), {}, timeout_s=LOAD_S)
        if version == await load_version(database):
            return _model(version, sorted(rows, key=lambda row: _position(row[1])))


async def lock(transaction: Transaction) -> int:
    """The number of the model in force; nobody else changes the model until the transaction ends."""
    ((version,),) = await transaction.run(weave.fixed("model_lock", SYSTEM, reads=False), {})
    return int(version)


async def save(transaction: Transaction, old: Metamodel, new: Metamodel) -> None:
    """Put the definitions that differ in place of the old ones."""
    gone = [name for name in (*old.types, *old.relations) if name not in new.types and name not in new.relations]
    gone_profiles = [name for name in old.profiles if name not in new.profiles]
    start = new.version * PLACES
    types = [_type_row(kind, start + place) for place, kind in enumerate(_changed(old.types, new.types))]
    relations = [_relation_row(one, start + place) for place, one in enumerate(_changed(old.relations, new.relations))]
    profiles = [_profile_row(one, start + place) for place, one in enumerate(_changed(old.profiles, new.profiles))]
    for name, parameters in (
        ("model_drop_definitions", {"names": gone}),
        ("model_drop_profiles", {"names": gone_profiles}),
        ("model_save_types", {"types": types}),
        ("model_save_relations", {"relations": relations}),
        ("model_save_profiles", {"profiles": profiles}),
    ):
        if any(parameters.values()):
            await transaction.run(weave.fixed(name, SYSTEM, reads=False), parameters)


def changes_as_document(old: Metamodel, new: Metamodel) -> dict[str, Any]:
    """The document that leads from one version to the next."""
    gone_types = [name for name in old.types if name not in new.types]
    gone_relations = [name for name in old.relations if name not in new.relations]
    types, relations = _changed(old.types, new.types), _changed(old.relations, new.relations)
    return {
        "types": [type_to_plain(kind) | _order(old.types, kind) for kind in types],
        "relations": [relation_to_plain(relation) | _order(old.relations, relation) for relation in relations],
        "profiles": [profile_to_plain(profile) for profile in _changed(old.profiles, new.profiles)],
        "drop": {
            "types": gone_types,
            "relations": gone_relations,
            "fields": [*_gone_fields(old.types, types), *_gone_fields(old.relations, relations)],
            "profiles": [name for name in old.profiles if name not in new.profiles and name in new.types],
        },
    }


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Any]:
    return [value for name, value in new.items() if not says_the_same(old.get(name), value)]


def _order(old: Mapping[str, Any], owner: EntityType | RelationType) -> dict[str, Any]:
    """The order of the fields, where it is another one than adding what is new would give."""
    before = old.get(owner.name)
    stood = dict.fromkeys((*(before.fields if before else ()), *owner.fields))
    kept = [name for name in stood if name in owner.fields]
    return {} if kept == list(owner.fields) else {"fieldOrder": list(owner.fields)}


def _gone_fields(old: Mapping[str, Any], changed: Iterable[EntityType | RelationType]) -> list[str]:
    return [
        f"{owner.name}.{name}"
        for owner in changed
        if owner.name in old
        for name in old[owner.name].fields
        if name not in owner.fields
    ]


# nodes from definitions


def _type_row(kind: EntityType, position: int) -> Properties:
    plain = type_to_plain(kind)
    properties = {
        "name": kind.name,
        "position": position,
        "plural": kind.plural,
        "labels": plain.get("labels"),
        "description": plain.get("description"),
        "icon": kind.icon or None,
        "color": kind.color or None,
        "display": kind.display or None,
        "natural_keys": plain.get("naturalKeys"),
        "order": plain.get("order"),
        "pack": kind.pack or None,
        "deprecated": kind.deprecated or None,
    }
    return _row(EntityTypeDefinition, properties, kind)


def _relation_row(relation: RelationType, position: int) -> Properties:
    plain = relation_to_plain(relation)
    properties = {
        "name": relation.name,
        "position": position,
        "labels": plain.get("labels"),
        "description": plain.get("description"),
        "source": plain["source"],
        "target": plain["target"],
        "symmetric": relation.symmetric,
        "repeatable": relation.repeatable,
        "validity": relation.validity.value,
        "pack": relation.pack or None,
    }
    row = _row(RelationTypeDefinition, properties, relation)
    return {**row, "sources": list(relation.source.types), "targets": list(relation.target.types)}


def _profile_row(profile: Profile, position: int) -> Properties:
    properties = {"name": profile.type, "position": position, "document": profile_to_plain(profile)}
    return dict(ProfileDefinition.deflate(properties, skip_empty=False))


def _row(node: Any, properties: Properties, owner: EntityType | RelationType) -> dict[str, Any]:
    stored = node.deflate(properties, skip_empty=False)
    position = stored.pop("position")
    fields = [_field_row(owner.name, field, place) for place, field in enumerate(owner.fields.values())]
    return {"name": owner.name, "position": position, "properties": stored, "fields": fields}


def _field_row(owner: str, field: Field, position: int) -> dict[str, Any]:
    plain = field_to_plain(field)
    properties = {
        "key": f"{owner}.{field.name}",
        "position": position,
        "name": field.name,
        "kind": field.kind,
        "labels": plain.get("labels"),
        "help": plain.get("help"),
        "required": field.required,
        "unique": field.unique,
        "default_value": plain.get("default"),
        "read_only": field.read_only,
        "searchable": field.searchable,
        "personal": field.personal,
        "sensitive": field.sensitive,
        "options": plain.get("options"),
        "stored_as": field.stored_as or None,
        "deprecated": field.deprecated or None,
        "when": plain.get("when"),
    }
    return dict(FieldDefinition.deflate(properties, skip_empty=True))


# definitions from nodes


def _model(version: int, rows: list[Row]) -> Metamodel:
    """The model of all definitions: the label of each, what it says, and its fields, in the order of their positions."""
    types = {node["name"]: _type(node, fields) for label, node, fields in rows if label == "EntityTypeDefinition"}
    relations = {
        node["name"]: _relation(node, fields) for label, node, fields in rows if label == "RelationTypeDefinition"
    }
    profiles = [node["document"] for label, node, _ in rows if label == "ProfileDefinition"]
    return _with_profiles(Metamodel(version, MappingProxyType(types), MappingProxyType(relations)), profiles)


def _type(node: Properties, fields: list[Properties]) -> EntityType:
    return EntityType(
        node["name"],
        node["plural"],
        _fields(fields),
        frozen_labels(_json(node, "labels")),
        frozen_labels(_json(node, "description")),
        node.get("icon") or "",
        node.get("color") or "",
        node.get("display") or "",
        frozen(_json(node, "naturalKeys") or ()),
        tuple((entry["field"], entry["direction"]) for entry in _json(node, "order") or ()),
        node.get("pack") or "",
        node.get("deprecated") or "",
    )


def _relation(node: Properties, fields: list[Properties]) -> RelationType:
    return RelationType(
        node["name"],
        _end(_json(node, "source")),
        _end(_json(node, "target")),
        _fields(fields),
        frozen_labels(_json(node, "labels")),
        frozen_labels(_json(node, "description")),
        node["symmetric"],
        node["repeatable"],
        Validity(node["validity"]),
        node.get("pack") or "",
    )


def _with_profiles(bare: Metamodel, documents: list[str]) -> Metamodel:
    """The model with its profiles, which are read like any document, though nothing in them can be wrong any more."""
    if not documents:
        return bare
    patch, problems = patch_from_plain({"profiles": [orjson.loads(document) for document in documents]})
    assert not problems, problems
    return replace(bare, profiles=MappingProxyType({entry.name: merged(None, entry) for entry in patch.profiles}))


def _end(plain: Properties) -> End:
    return End(
        tuple(plain["types"]),
        plain["field"],
        frozen_labels(plain.get("labels")),
        plain.get("most"),
        OnDelete(plain.get("onDelete", "unlink")),
        plain.get("deprecated", ""),
    )


def _fields(nodes: list[Properties]) -> Mapping[str, Field]:
    return MappingProxyType({node["name"]: _field(node) for node in sorted(nodes, key=_position)})


def _position(node: Properties) -> int:
    return int(node["position"])


def _field(node: Properties) -> Field:
    return Field(
        node["name"],
        node["kind"],
        frozen_labels(_json(node, "labels")),
        frozen_labels(_json(node, "help")),
        node["required"],
        node["unique"],
        frozen(_json(node, "default")),
        node["readOnly"],
        node["searchable"],
        node["personal"],
        node["sensitive"],
        frozen_options(_json(node, "options")),
        node.get("storedAs") or "",
        node.get("deprecated") or "",
        frozen_when(_json(node, "when")),
    )


def _json(node: Properties, key: str) -> Any:
    text = node.get(key)
    return None if text is None else orjson.loads(text)

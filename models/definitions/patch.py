"""A change of the model as data: what to add, replace and drop, each part sound by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from types import MappingProxyType
from typing import Any

from models.metamodel import Field

Path = tuple[str | int, ...]
NOWHERE: Mapping[Path, Path] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TypePatch:
    """Attributes and fields of one type; the rest stays. `extends` asks that the type be there already."""

    name: str
    attributes: Mapping[str, Any]
    fields: Mapping[str, Field]
    extends: bool = False
    field_order: tuple[str, ...] = ()  # how its fields stand from now on; those left out come after, as they stood


@dataclass(frozen=True, slots=True)
class RelationPatch:
    """Attributes, fields and ends of one relation; the rest stays."""

    name: str
    attributes: Mapping[str, Any]
    fields: Mapping[str, Field]
    source: Mapping[str, Any]
    target: Mapping[str, Any]
    extends: bool = False
    field_order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfilePatch:
    """The profile of one type: what is given is the whole of it, or with `extends` is added to the one that is there."""

    name: str
    parts: Mapping[str, Any]
    extends: bool = False


@dataclass(frozen=True, slots=True)
class ModelPatch:
    """What to add, change and drop. `places` says where in the document each named thing stood."""

    types: tuple[TypePatch, ...] = ()
    relations: tuple[RelationPatch, ...] = ()
    drop_types: tuple[str, ...] = ()
    drop_relations: tuple[str, ...] = ()
    drop_fields: tuple[tuple[str, str], ...] = ()
    pack: str = ""
    places: Mapping[Path, Path] = attribute(default_factory=lambda: NOWHERE, compare=False)
    profiles: tuple[ProfilePatch, ...] = ()
    drop_profiles: tuple[str, ...] = ()

"""A change of the model as GraphQL input; it says what a pack's file says, under the same names."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import Any

import strawberry
from strawberry.scalars import JSON
from strawberry.utils.str_converters import to_camel_case

from gql.fixed.profile_patches import ModelProfileInput
from models.metamodel import OnDelete, Validity

LABELS = 'Texts by language, plain or by plural form: {"en": {"one": "company", "other": "companies"}}.'

FIELD_ORDER = "The names of its fields as they are to stand; those left out come after, as they stood."
DEPRECATED = "Why clients should use it no longer, and what to use instead."


def _maybe(description: str) -> Any:
    """A part that may be left out, and then leaves the model as it is."""
    return strawberry.field(default=strawberry.UNSET, description=description)


WHEN = "With which values of another field it is asked for; left out or null: always."


@strawberry.input(description="With which values of another field of the same type a field is asked for.")
class ModelFieldWhenInput:
    """A condition of a field."""

    field: str = strawberry.field(description="The field that decides: a choice, or one of yes and no.")
    values: list[JSON] = strawberry.field(description="Its values with which the field is asked for.")
    required: bool | None = _maybe("Whether the field must then have a value.")


@strawberry.input(description="A field to add, or to put in the place of the one with its name.")
class ModelFieldInput:
    """One field."""

    name: str = strawberry.field(description="Its name, in camelCase.")
    kind: str = strawberry.field(description="Its kind: text, money, date and so on.")
    labels: JSON | None = _maybe(LABELS)
    help: JSON | None = _maybe("What to enter; texts by language.")
    required: bool | None = _maybe("Whether every record must have a value.")
    unique: bool | None = _maybe("Whether no two records may have the same value.")
    default: JSON | None = _maybe("The value of a new record that is given none.")
    read_only: bool | None = _maybe("Whether clients may not set it.")
    searchable: bool | None = _maybe("Whether full-text search looks into it.")
    personal: bool | None = _maybe("Whether it says something about a person.")
    sensitive: bool | None = _maybe("Whether few people should see it.")
    options: JSON | None = _maybe("What its kind lets be set: choices, limits, currency and so on.")
    stored_as: str | None = _maybe("The property it is stored under, where that is not its name.")
    deprecated: str | None = _maybe(DEPRECATED)
    when: ModelFieldWhenInput | None = _maybe(WHEN)


@strawberry.input(description="One step of a default order.")
class ModelOrderInput:
    """A field and a direction."""

    field: str = strawberry.field(description="The field to sort by.")
    direction: str | None = _maybe('"asc" or "desc".')


@strawberry.input(description="A type to add or to change. What is left out stays as it is.")
class ModelTypeInput:
    """One type."""

    name: str | None = _maybe("Its name, in PascalCase.")
    extends: str | None = _maybe("Instead of name: the type must be there already.")
    plural: str | None = _maybe("Its name for many, in PascalCase.")
    labels: JSON | None = _maybe(LABELS)
    description: JSON | None = _maybe("What its records are; texts by language.")
    icon: str | None = _maybe("The name of its icon.")
    color: str | None = _maybe("Its colour, as #rrggbb.")
    display: str | None = _maybe('The template of a record\'s name: "{firstName} {lastName}".')
    natural_keys: list[list[str]] | None = _maybe("Sets of fields that tell one record from all others.")
    order: list[ModelOrderInput] | None = _maybe("The order of a list that asks for none.")
    deprecated: str | None = _maybe(f"{DEPRECATED} Null takes it back.")
    fields: list[ModelFieldInput] | None = _maybe("Fields to add or replace; others stay.")
    field_order: list[str] | None = _maybe(FIELD_ORDER)


@strawberry.input(description="One end of a relation.")
class ModelEndInput:
    """Which types stand there, and what the relation is called from there."""

    types: list[str] | None = _maybe("The types that may stand here.")
    field: str | None = _maybe("The relation's name on records of this end, in camelCase.")
    labels: JSON | None = _maybe(LABELS)
    most: int | None = _maybe("How many live links such a record may have; null for any number.")
    on_delete: OnDelete | None = _maybe("What a deletion here does to the links.")
    deprecated: str | None = _maybe(f"{DEPRECATED} Null takes it back.")


@strawberry.input(description="A relation to add or to change. What is left out stays as it is.")
class ModelRelationInput:
    """One relation."""

    name: str | None = _maybe("Its name, in UPPER_SNAKE_CASE.")
    extends: str | None = _maybe("Instead of name: the relation must be there already.")
    labels: JSON | None = _maybe(LABELS)
    description: JSON | None = _maybe("What its links mean; texts by language.")
    source: ModelEndInput | None = _maybe("Where its links begin.")
    target: ModelEndInput | None = _maybe("Where its links end.")
    fields: list[ModelFieldInput] | None = _maybe("Fields of the links, to add or replace; others stay.")
    field_order: list[str] | None = _maybe(FIELD_ORDER)
    symmetric: bool | None = _maybe("Whether both ends mean the same.")
    repeatable: bool | None = _maybe("Whether two records may be linked several times.")
    validity: Validity | None = _maybe("Whether its links hold for a time.")


@strawberry.input(description="What to take out of the model, with all its data.")
class ModelDropInput:
    """Names of types, relations, fields and profiles."""

    types: list[str] | None = _maybe("Types.")
    relations: list[str] | None = _maybe("Relations.")
    fields: list[str] | None = _maybe('Fields, as "Company.revenue" or "WORKS_AT.role".')
    profiles: list[str] | None = _maybe("Types whose profiles go; what is known of them is made from the model then.")


@strawberry.input(description="What to add, change and drop in the model.")
class ModelPatchInput:
    """A whole patch."""

    types: list[ModelTypeInput] | None = _maybe("Types to add or change.")
    relations: list[ModelRelationInput] | None = _maybe("Relations to add or change.")
    profiles: list[ModelProfileInput] | None = _maybe("Profiles of types, to give or to add to.")
    drop: ModelDropInput | None = _maybe("What to take out.")


@strawberry.input(description="A change of the model, and how it is to be made.")
class ApplyModelInput(ModelPatchInput):
    """A whole patch, with what belongs to applying it."""

    expected_version: int | None = _maybe("Refuse unless the model still has this version.")
    reason: str | None = _maybe("Why, for those who look back later.")
    client_mutation_id: str | None = _maybe("Comes back in the payload.")


def document(patch: ModelPatchInput) -> dict[str, Any]:
    """The patch as the plain document that `models.definitions` reads."""
    return {
        name: _plain(getattr(patch, name)) for name in ("types", "relations", "profiles", "drop") if _given(patch, name)
    }


def _given(owner: object, name: str) -> bool:
    return getattr(owner, name) is not strawberry.UNSET


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        names = [each.name for each in dataclasses.fields(value) if _given(value, each.name)]
        return {to_camel_case(name): _plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value

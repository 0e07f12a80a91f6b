"""The model for clients that learn it at run time: types, fields, relations, profiles, with labels in any language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from gql.fixed.context import FixedInfo
from gql.fixed.labels import Form, Language, plain
from gql.fixed.profiles import ProfileShown, shown_profile
from models import metamodel
from models.fields import kind_of
from models.labels import label
from models.metamodel import OnDelete, Validity

strawberry.enum(
    OnDelete,
    name="ModelOnDelete",
    description="What becomes of the links when the record at this end is deleted.",
)
strawberry.enum(
    Validity,
    name="ModelValidity",
    description="Whether links hold for a time, and whether the times of one pair of records may overlap.",
)


DEPRECATED = "Why clients should use it no longer, and what to use instead; null while they may."


@strawberry.type(
    name="FieldWhen", description="With which values of another field of the same type a field is asked for."
)
class FieldWhenShown:
    """The condition of a field, as the API shows it."""

    field: str = strawberry.field(description="The field that decides: a choice, or one of yes and no.")
    values: list[JSON] = strawberry.field(description="Its values with which the field is asked for.")
    required: bool = strawberry.field(description="Whether the field must then have a value.")


@strawberry.type(name="Field", description="A field of a type or of a relation.")
class FieldShown:
    """A field, as the API shows it."""

    field: strawberry.Private[metamodel.Field]
    name: str = strawberry.field(description="Its name in filters, inputs and answers.")
    kind: str = strawberry.field(description="Its kind: text, money, date and so on.")
    required: bool = strawberry.field(description="Whether every record must have a value.")
    unique: bool = strawberry.field(description="Whether no two records may have the same value.")
    read_only: bool = strawberry.field(description="Whether clients may not set it.")
    searchable: bool = strawberry.field(description="Whether full-text search looks into it.")
    personal: bool = strawberry.field(description="Whether it says something about a person.")
    sensitive: bool = strawberry.field(description="Whether few people should see it.")
    deprecated: str | None = strawberry.field(description=DEPRECATED)

    @strawberry.field(
        description="With which values of another field it is asked for; null where it is asked for always."
    )
    def when(self) -> FieldWhenShown | None:
        when = self.field.when
        return (
            None if when is None else FieldWhenShown(field=when.field, values=list(when.values), required=when.required)
        )

    @strawberry.field(description="The scalar it has in this API.")
    def scalar(self) -> str:
        return kind_of(self.field).graphql_scalar(self.field)

    @strawberry.field(description="Whether its value is a list.")
    def is_list(self) -> bool:
        return kind_of(self.field).is_list

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en", form: Form = "other") -> str:
        return label(self.field.labels, language, form) or self.field.name

    @strawberry.field(description="What to enter, for people.")
    def help(self, language: Language = "en") -> str | None:
        return label(self.field.help, language)

    @strawberry.field(description="All labels: language, plural form, text.")
    def labels(self) -> JSON:
        return plain(self.field.labels)

    @strawberry.field(description="What to enter, in every language: language, plural form, text.")
    def helps(self) -> JSON:
        return plain(self.field.help)

    @strawberry.field(description="The value of a new record that is given none.")
    def default(self) -> JSON | None:
        return None if self.field.default is None else plain(self.field.default)

    @strawberry.field(description="What its kind lets be set: choices, limits, currency and so on.")
    def options(self) -> JSON:
        return plain(self.field.options)


@strawberry.type(name="RelationSide", description="A relation as seen from a type: a field of its records.")
class SideShown:
    """A side, as the API shows it."""

    side: strawberry.Private[metamodel.Side]

    @strawberry.field(description="The name of the field on the records.")
    def name(self) -> str:
        return self.side.name

    @strawberry.field(description="The relation's name.")
    def relation(self) -> str:
        return self.side.relation.name

    @strawberry.field(description='Which way it is walked: "out", "in" or "both".')
    def direction(self) -> str:
        return self.side.direction.value

    @strawberry.field(description="The types that may stand at the far end.")
    def types(self) -> list[str]:
        return list(self.side.far.types)

    @strawberry.field(description=DEPRECATED)
    def deprecated(self) -> str | None:
        return self.side.deprecated or None

    @strawberry.field(description="How many live links a record may have here; null means any number.")
    def most(self) -> int | None:
        return self.side.near.most

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en", form: Form = "other") -> str:
        return label(self.side.near.labels, language, form) or self.side.name


@strawberry.type(name="FieldOrder", description="One step of the order a list has by default.")
class OrderShown:
    """A step of an order, as the API shows it."""

    field: str = strawberry.field(description="The field sorted by.")
    direction: str = strawberry.field(description='"asc" or "desc".')


@strawberry.type(name="EntityType", description="A type of records.")
class TypeShown:
    """An entity type, as the API shows it."""

    kind: strawberry.Private[metamodel.EntityType]
    sides: strawberry.Private[Mapping[str, metamodel.Side]]
    name: str = strawberry.field(description="Its name, and the name of its GraphQL type.")
    plural: str = strawberry.field(description="Its name for many.")
    icon: str = strawberry.field(description="The name of its icon.")
    color: str = strawberry.field(description="Its colour, as #rrggbb.")
    display: str = strawberry.field(description="The template of a record's name.")
    pack: str = strawberry.field(description="The pack it came with, or nothing.")
    deprecated: str | None = strawberry.field(description=DEPRECATED)

    @strawberry.field(description="The root field that reads one record.")
    def one(self) -> str:
        return self.kind.one

    @strawberry.field(description="The root field that lists records.")
    def many(self) -> str:
        return self.kind.many

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en", form: Form = "one") -> str:
        return label(self.kind.labels, language, form) or self.kind.name

    @strawberry.field(description="All labels: language, plural form, text.")
    def labels(self) -> JSON:
        return plain(self.kind.labels)

    @strawberry.field(description="What its records are, for people.")
    def description(self, language: Language = "en") -> str | None:
        return label(self.kind.description, language)

    @strawberry.field(description="What its records are, in every language: language, plural form, text.")
    def descriptions(self) -> JSON:
        return plain(self.kind.description)

    @strawberry.field(description="Sets of fields that tell one record from all others.")
    def natural_keys(self) -> list[list[str]]:
        return [list(key) for key in self.kind.natural_keys]

    @strawberry.field(description="The order of a list that asks for none.")
    def order(self) -> list[OrderShown]:
        return [OrderShown(field=field, direction=direction) for field, direction in self.kind.order]

    @strawberry.field(description="Its fields.")
    def fields(self) -> list[FieldShown]:
        return shown_fields(self.kind.fields)

    @strawberry.field(description="Its relations, each under the name its records have it by.")
    def relations(self) -> list[SideShown]:
        return [SideShown(side=side) for side in self.sides.values()]


@strawberry.type(name="RelationEnd", description="One end of a relation.")
class EndShown:
    """An end, as the API shows it."""

    end: strawberry.Private[metamodel.End]
    field: str = strawberry.field(description="The relation's name on records of this end.")
    types: list[str] = strawberry.field(description="The types that may stand here.")
    most: int | None = strawberry.field(description="How many live links such a record may have.")
    on_delete: OnDelete = strawberry.field(description="What a deletion here does to the links.")
    deprecated: str | None = strawberry.field(description=DEPRECATED)

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en", form: Form = "other") -> str:
        return label(self.end.labels, language, form) or self.end.field

    @strawberry.field(description="All labels: language, plural form, text.")
    def labels(self) -> JSON:
        return plain(self.end.labels)


@strawberry.type(name="RelationType", description="A type of links.")
class RelationShown:
    """A relation type, as the API shows it."""

    relation: strawberry.Private[metamodel.RelationType]
    name: str = strawberry.field(description="Its name, and the type of its relationships in Neo4j.")
    symmetric: bool = strawberry.field(description="Whether both ends mean the same.")
    repeatable: bool = strawberry.field(description="Whether two records may be linked several times.")
    validity: Validity = strawberry.field(description="Whether its links hold for a time.")
    pack: str = strawberry.field(description="The pack it came with, or nothing.")

    @strawberry.field(description="Where its links begin.")
    def source(self) -> EndShown:
        return shown_end(self.relation.source)

    @strawberry.field(description="Where its links end.")
    def target(self) -> EndShown:
        return shown_end(self.relation.target)

    @strawberry.field(description="Its name for people.")
    def label(self, language: Language = "en", form: Form = "other") -> str:
        return label(self.relation.labels, language, form) or self.relation.name

    @strawberry.field(description="All labels: language, plural form, text.")
    def labels(self) -> JSON:
        return plain(self.relation.labels)

    @strawberry.field(description="What its links mean, for people.")
    def description(self, language: Language = "en") -> str | None:
        return label(self.relation.description, language)

    @strawberry.field(description="What its links mean, in every language: language, plural form, text.")
    def descriptions(self) -> JSON:
        return plain(self.relation.description)

    @strawberry.field(description="The fields of its links.")
    def fields(self) -> list[FieldShown]:
        return shown_fields(self.relation.fields)


@strawberry.type(name="Model", description="All types and relations at one version.")
class ModelShown:
    """A model, as the API shows it."""

    model: strawberry.Private[metamodel.Metamodel]
    version: int = strawberry.field(description="Counts the changes of the model.")

    @strawberry.field(description="The types of records; all, or those named.")
    def types(
        self,
        names: Annotated[
            list[str] | None, strawberry.argument(description="Only the types of these names; all, when left out.")
        ] = None,
    ) -> list[TypeShown]:
        chosen = self.model.types.values()
        return [shown_type(kind, self.model) for kind in chosen if names is None or kind.name in names]

    @strawberry.field(description="The types of links; all, or those named.")
    def relations(
        self,
        names: Annotated[
            list[str] | None, strawberry.argument(description="Only the relations of these names; all, when left out.")
        ] = None,
    ) -> list[RelationShown]:
        chosen = self.model.relations.values()
        return [shown_relation(relation) for relation in chosen if names is None or relation.name in names]

    @strawberry.field(
        description="What analytics knows of types: as it was declared, or with `derived` also as made from the model."
    )
    def profiles(
        self,
        names: Annotated[
            list[str] | None, strawberry.argument(description="Only the profiles of these types; all, when left out.")
        ] = None,
        derived: Annotated[
            bool, strawberry.argument(description="Whether profiles that are made from the model are told too.")
        ] = False,
    ) -> list[ProfileShown]:
        chosen = self.model.types if derived else self.model.profiles
        return [shown_profile(self.model, name) for name in chosen if names is None or name in names]


def model(info: FixedInfo) -> ModelShown:
    """The model the operation began with."""
    return shown_model(info.context.model)


def shown_model(model: metamodel.Metamodel) -> ModelShown:
    """A model for the API."""
    return ModelShown(model=model, version=model.version)


def shown_type(kind: metamodel.EntityType, model: metamodel.Metamodel) -> TypeShown:
    """A type for the API."""
    return TypeShown(
        kind=kind,
        sides=model.sides[kind.name],
        name=kind.name,
        plural=kind.plural,
        icon=kind.icon,
        color=kind.color,
        display=kind.display,
        pack=kind.pack,
        deprecated=kind.deprecated or None,
    )


def shown_relation(relation: metamodel.RelationType) -> RelationShown:
    """A relation for the API."""
    return RelationShown(
        relation=relation,
        name=relation.name,
        symmetric=relation.symmetric,
        repeatable=relation.repeatable,
        validity=relation.validity,
        pack=relation.pack,
    )


def shown_end(end: metamodel.End) -> EndShown:
    """An end for the API."""
    return EndShown(
        end=end,
        field=end.field,
        types=list(end.types),
        most=end.most,
        on_delete=end.on_delete,
        deprecated=end.deprecated or None,
    )


def shown_fields(fields: Mapping[str, metamodel.Field]) -> list[FieldShown]:
    """Fields for the API."""
    return [
        FieldShown(
            field=field,
            name=field.name,
            kind=field.kind,
            required=field.required,
            unique=field.unique,
            read_only=field.read_only,
            searchable=field.searchable,
            personal=field.personal,
            sensitive=field.sensitive,
            deprecated=field.deprecated or None,
        )
        for field in fields.values()
    ]

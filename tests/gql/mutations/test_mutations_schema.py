"""The generated half of the schema explains itself, and its names are those the model's check knows of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from gql.fixed.schema import fixed_schema
from gql.schema import RuntimeSchema, build_schema
from gql.typed.scalars import JSON
from gql.typed.verbs import mutation_named, mutations_of
from models.definitions import patch_from_plain, patched
from models.definitions.clashes import generated_names
from models.metamodel import EMPTY, Metamodel
from models.names import check_type_name


def model_of(document: dict[str, Any]) -> Metamodel:
    patch, problems = patch_from_plain(document)
    model, more = patched(EMPTY, patch)
    assert [*problems, *more] == []
    return model


def unexplained(schema: RuntimeSchema) -> Iterator[str]:
    for name, found in schema.type_map.items():
        if name.startswith("__") or name in ("Query", "Mutation"):
            continue
        if not found.description:
            yield name
        if isinstance(found, GraphQLEnumType):
            yield from (f"{name}.{each}" for each, value in found.values.items() if not value.description)
        if isinstance(found, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            yield from (f"{name}.{each}" for each, field in found.fields.items() if not field.description)


def test_every_type_field_argument_and_value_is_described(office_document: dict[str, Any]) -> None:
    schema = build_schema(model_of(office_document), None)

    assert sorted(unexplained(schema)) == []
    for root in (schema.query_type, schema.mutation_type):
        assert root is not None
        for name, field in root.fields.items():
            assert field.description, name
            assert all(argument.description for argument in field.args.values()), name


def test_every_generated_name_is_known_to_the_check_of_clashes_or_reserved(office_document: dict[str, Any]) -> None:
    model = model_of(office_document)
    known = {name for name, _, _ in generated_names(model)}

    for name in build_schema(model, None).type_map:
        assert name in known or name.startswith("__") or check_type_name(name), name


def test_a_type_without_a_key_has_no_upsert(office_document: dict[str, Any]) -> None:
    model = model_of(office_document)

    names = [mutation.name for mutation in mutations_of(model.types["Note"])]

    assert names == [
        "createNote",
        "createNotes",
        "updateNote",
        "updateNotes",
        "deleteNote",
        "deleteNotes",
        "restoreNote",
        "eraseNote",
    ]
    assert "upsertCompanies" in [mutation.name for mutation in mutations_of(model.types["Company"])]


def test_a_root_field_leads_back_to_its_mutation(office_document: dict[str, Any]) -> None:
    model = model_of(office_document)

    for kind in model.types.values():
        for mutation in mutations_of(kind):
            assert mutation_named(model, mutation.name) == mutation
    assert mutation_named(model, "applyModel") is None
    assert mutation_named(model, "create") is None


def test_root_fields_are_made_when_they_are_looked_at(office_document: dict[str, Any]) -> None:
    schema = build_schema(model_of(office_document), None)
    assert schema.mutation_type is not None

    field = schema.mutation_type.fields["createCompany"]

    assert "type" not in vars(field)
    assert str(field.type) == "CreateCompanyPayload"
    assert str(field.args["input"].type) == "CreateCompanyInput!"


def test_every_type_is_found_by_its_name_alone(office_document: dict[str, Any]) -> None:
    model = model_of(office_document)
    names = [name for name in build_schema(model, None).type_map if not name.startswith("__")]

    missing = [name for name in names if name not in build_schema(model, None).type_map]

    assert missing == []


def test_both_halves_share_the_types_that_bear_one_name(office_document: dict[str, Any]) -> None:
    schema = build_schema(model_of(office_document), fixed_schema())

    assert schema.type_map["JSON"] is JSON
    error = schema.type_map["MutationError"]
    assert isinstance(error, GraphQLObjectType)
    assert error.fields["details"].type is JSON

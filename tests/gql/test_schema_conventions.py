"""Conventions that the whole schema keeps, both halves, over a model with every kind of field: descriptions, Relay's rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_specified_scalar_type,
)
from small_worlds import MODEL

from gql.fixed.schema import fixed_schema
from gql.schema import build_schema, complete
from models.fields import KINDS

Described = Iterator[tuple[str, str | None]]


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return complete(build_schema(MODEL, fixed_schema()))


def own_types(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    for found in schema.type_map.values():
        if not found.name.startswith("__") and not is_specified_scalar_type(found):
            yield found


def everything(schema: GraphQLSchema) -> Described:
    for found in own_types(schema):
        yield found.name, found.description
        if isinstance(found, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in found.fields.items():
                yield f"{found.name}.{name}", field.description
                for argument, one in field.args.items():
                    yield f"{found.name}.{name}({argument}:)", one.description
        if isinstance(found, GraphQLInputObjectType):
            yield from ((f"{found.name}.{name}", field.description) for name, field in found.fields.items())
        if isinstance(found, GraphQLEnumType):
            yield from ((f"{found.name}.{name}", value.description) for name, value in found.values.items())


def test_the_model_of_these_tests_has_every_kind() -> None:
    assert {field.kind for kind in MODEL.types.values() for field in kind.fields.values()} == set(KINDS)


def test_nothing_in_the_schema_lacks_a_description(schema: GraphQLSchema) -> None:
    assert [name for name, description in everything(schema) if not (description or "").strip()] == []


def test_whatever_is_a_node_has_an_id_and_is_found_by_it(schema: GraphQLSchema) -> None:
    node, query = schema.type_map["Node"], schema.query_type
    assert isinstance(node, GraphQLInterfaceType)
    assert query is not None

    assert {name: str(field.type) for name, field in node.fields.items()} == {"id": "ID!"}
    assert {str(found) for found in schema.get_possible_types(node)} >= set(MODEL.types)
    one, many = query.fields["node"], query.fields["nodes"]
    assert (str(one.type), str(one.args["id"].type)) == ("Node", "ID!")
    assert (str(many.type), str(many.args["ids"].type)) == ("[Node]!", "[ID!]!")


def connections(schema: GraphQLSchema) -> list[GraphQLObjectType]:
    found = [each for each in own_types(schema) if each.name.endswith("Connection")]
    assert len(found) > 10
    assert all(isinstance(each, GraphQLObjectType) for each in found)
    return found  # type: ignore[return-value]  # every named type


def test_every_connection_has_edges_with_a_node_and_a_cursor(schema: GraphQLSchema) -> None:
    for connection in connections(schema):
        edges = get_nullable_type(connection.fields["edges"].type)
        edge = get_named_type(connection.fields["edges"].type)

        assert is_list_type(edges), connection.name
        assert edge.name == connection.name.removesuffix("Connection") + "Edge"
        assert isinstance(edge, GraphQLObjectType)
        assert str(edge.fields["cursor"].type) == "String!", edge.name
        assert not is_list_type(get_nullable_type(edge.fields["node"].type)), edge.name
        assert str(connection.fields["pageInfo"].type) == "PageInfo!", connection.name


def test_page_info_is_as_relay_has_it(schema: GraphQLSchema) -> None:
    page_info = schema.type_map["PageInfo"]
    assert isinstance(page_info, GraphQLObjectType)

    assert {name: str(field.type) for name, field in page_info.fields.items()} == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }


def test_whatever_answers_with_a_connection_is_paged(schema: GraphQLSchema) -> None:
    names = {connection.name for connection in connections(schema)}
    for found in own_types(schema):
        for name, field in found.fields.items() if isinstance(found, GraphQLObjectType) else ():
            if get_named_type(field.type).name in names and found.name != "Subscription":
                given = {key: str(get_nullable_type(argument.type)) for key, argument in field.args.items()}
                assert {"first": "Int", "after": "String"}.items() <= given.items(), f"{found.name}.{name}"
                assert ("last" in given) == ("before" in given), f"{found.name}.{name}"

"""The schema of a model: valid as a whole, made bit by bit, merged with a fixed half, swapped in one step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import orjson
import pytest
import strawberry
from asking import Asking
from graphql import GraphQLSchema
from small_worlds import MODEL

from gql.editions import Editions
from gql.schema import build_schema, complete
from graph.address import Address
from graph.session import Database
from models.metamodel import EMPTY, End, EntityType, Field, Metamodel, RelationType

pytestmark = pytest.mark.anyio


@strawberry.type
class Me:
    name: str
    since: datetime


@strawberry.type
class Query:
    @strawberry.field
    def me(self) -> Me:
        return Me(name="Ann", since=datetime(2026, 1, 1, tzinfo=UTC))

    @strawberry.field
    def broken(self) -> int | None:
        raise RuntimeError("a secret")


@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self, times: int) -> int:
        return times


def _fixed() -> GraphQLSchema:
    schema: GraphQLSchema = strawberry.Schema(Query, Mutation)._schema
    return schema


def large(number: int) -> Metamodel:
    """A model of many types, each with eight fields and four relations to others."""
    fields = {name: Field(name, kind) for name, kind in zip("abcdefgh", ("text", "date") * 4, strict=True)}
    types = {f"T{n}": EntityType(f"T{n}", f"T{n}s", fields) for n in range(number)}
    relations = {
        f"R{n}X{way}": RelationType(
            f"R{n}X{way}",
            End((f"T{n}",), f"r{n}x{way}"),
            End((f"T{(n * 7 + way * 13 + 1) % number}",), f"b{n}x{way}"),
            {"since": Field("since", "date")},
        )
        for n in range(number)
        for way in range(4)
    }
    return Metamodel(1, types, relations)


@pytest.mark.parametrize("model", [EMPTY, MODEL, large(1), large(12)], ids=["empty", "small", "one", "twelve"])
@pytest.mark.parametrize("with_fixed", [False, True])
async def test_every_model_gives_a_schema_that_graphql_core_finds_valid(model: Metamodel, with_fixed: bool) -> None:
    complete(build_schema(model, _fixed() if with_fixed else None))


async def test_a_type_is_found_by_its_name_before_all_types_are_made() -> None:
    names = list(complete(build_schema(MODEL, None)).type_map)

    for name in names:
        assert build_schema(MODEL, None).get_type(name) is not None, name
    assert build_schema(MODEL, None).get_type("CompanyNothing") is None
    assert "Nothing" not in build_schema(MODEL, None).type_map


async def test_building_makes_few_of_a_large_models_types() -> None:
    schema = build_schema(large(200), _fixed())

    made = len(schema.type_map._made)  # type: ignore[attr-defined]  # what looking at it from outside would change
    assert made < 130
    assert schema.get_type("T7Filter") is not None
    assert len(schema.type_map._made) < 1_000  # type: ignore[attr-defined]


async def test_a_root_field_that_both_halves_want_is_refused() -> None:
    me = Metamodel(1, {"Me": EntityType("Me", "Mes", {"a": Field("a", "text")})}, {})

    with pytest.raises(TypeError, match="me would be there twice"):
        build_schema(me, _fixed())


@pytest.fixture
async def asking(clean_neo4j: Address) -> AsyncIterator[Asking]:
    database = await Database.connect(clean_neo4j)
    yield Asking(database, Editions(_fixed(), MODEL))
    await database.close()


async def test_fields_of_both_halves_are_answered_in_the_order_asked_for(asking: Asking) -> None:
    text = """query Q($on: Boolean!) { a: me { __typename ...Name } companies { totalCount }
      b: me @skip(if: $on) { name } __typename c: me { since } } fragment Name on Me { name }"""

    answer = await asking.answer(text, {"on": True})

    assert answer.body.startswith(
        b'{"data":{"a":{"__typename":"Me","name":"Ann"},"companies":{"totalCount":0},"__typename":"Query",'
        b'"c":{"since":"2026-01-01T00:00:00Z"}},'
    )


async def test_our_own_fault_is_masked_and_leaves_the_rest_of_the_answer(asking: Asking) -> None:
    body = orjson.loads((await asking.answer("{ broken companies { totalCount } }")).body)

    assert body["data"] == {"broken": None, "companies": {"totalCount": 0}}
    (error,) = body["errors"]
    assert error["path"] == ["broken"]
    assert error["extensions"]["code"] == "internal"
    assert error["extensions"]["correlationId"] in error["message"]
    assert "secret" not in str(error)


async def test_mutations_of_the_fixed_half_run_one_after_the_other(asking: Asking) -> None:
    data = await asking.data("mutation($n: Int!) { a: touch(times: 1) __typename b: touch(times: $n) }", {"n": 2})

    assert data == {"a": 1, "__typename": "Mutation", "b": 2}


async def test_introspection_sees_both_halves(asking: Asking) -> None:
    text = (
        '{ __schema { queryType { fields { name } } } __type(name: "CompanyFilter") { kind } companies { totalCount } }'
    )

    data = await asking.data(text)

    names = {field["name"] for field in data["__schema"]["queryType"]["fields"]}
    assert {"me", "company", "companies", "node", "nodes", "record"} <= names
    assert data["__type"] == {"kind": "INPUT_OBJECT"}


async def test_a_new_model_is_in_force_after_publishing_and_old_requests_keep_theirs(asking: Asking) -> None:
    before = asking.editions.current
    smaller = Metamodel(2, {"Person": EntityType("Person", "People", {"name": Field("name", "text")})}, {})

    await asking.editions.publish(smaller)
    await asking.editions.publish(MODEL)  # older, comes too late

    assert asking.editions.current.model is smaller
    assert before.model is MODEL
    assert await asking.codes("{ companies { totalCount } }") == ["invalid_operation"]
    assert await asking.data("{ people { totalCount } }") == {"people": {"totalCount": 0}}

"""Answers in parts: what is deferred comes later, in a statement of its own, and all together is the plain answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import anyio
import neo4j
import orjson
import pytest
from asking import Asking
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from parts import in_parts, together
from random_operations import Writer
from small_worlds import MODEL, load, random_world

from gql.editions import Editions
from gql.execute.delivering import Deferring
from gql.execute.limits import Limits
from gql.schema import complete
from graph.address import Address
from graph.session import Database
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio

OPERATIONS, SOAK_OPERATIONS = 3, 2_000
WIDE = Limits(
    max_depth=40, max_cost=10**12, max_fields=10_000, max_aliases=1_000, max_directives=1_000, timeout_s=300.0
)
FILL = """CREATE (acme:Record:Company {id: 'acme', version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1,
  name: 'Acme', size: 7, validFrom: datetime('2020-01-01'), knownFrom: datetime('2020-01-01')})
CREATE (:RecordVersion {id: 'acme', type: 'Company', version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1,
  name: 'Acorn', size: 3, validFrom: datetime('2010-01-01'), knownFrom: datetime('2010-01-01'),
  validTo: datetime('2020-01-01'), closed_at: datetime('2020-01-01')})
WITH acme UNWIND [['ann', 'Ann', 1], ['bob', 'Bob', 1], ['cyd', 'Cyd', null]] AS row
CREATE (p:Record:Person {id: row[0], version: 1, createdAt: datetime(), updatedAt: datetime(), name: row[1], mark: row[2]})
CREATE (p)-[:WORKS_AT {id: 'l' + row[0], version: 1, createdAt: datetime(), updatedAt: datetime()}]->(acme)
WITH count(1) AS made UNWIND range(1, 150) AS n
CREATE (:Record:Thing {id: 't' + n, version: 1, createdAt: datetime(), updatedAt: datetime(), mark: 1, label: 'T' + n})"""
KNOWING = """MATCH (a:Thing), (b:Thing) WHERE a.id < b.id
SET a:Person, b:Person CREATE (a)-[:KNOWS {id: a.id + b.id, version: 1, createdAt: datetime(), updatedAt: datetime()}]->(b)"""
KNOWS = "{ knows: { every: { node: " * 4 + "{ name: { ne: $x } }" + " } } }" * 4
ENDLESS = (
    f"query($x: String) {{ companies {{ nodes {{ name }} }} ... @defer {{ people(where: {KNOWS}) {{ totalCount }} }} }}"
)
RUNNING = """SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'KNOWS' AND NOT currentQuery CONTAINS 'SHOW'
RETURN count(*) AS running"""


@pytest.fixture
async def asking(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Asking]:
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        session.run(FILL).consume()
    database = await Database.connect(clean_neo4j)
    yield Asking(database, Editions(None, MODEL))
    await database.close()


async def test_each_deferred_fragment_is_announced_brought_and_completed(asking: Asking) -> None:
    text = """query ($n: Int!) { firms: companies { nodes { name staff: employees(first: $n, orderBy: [{node: {name: ASC}}]) {
        nodes { id ...More @defer(label: "more") } ... @defer(label: "count") { totalCount } } } } }
        fragment More on Person { called: name }"""

    first, *rest = await in_parts(asking.executor, text, {"n": 2})

    staff = ["firms", "nodes", 0, "staff"]
    assert first["data"] == {"firms": {"nodes": [{"name": "Acme", "staff": {"nodes": [{"id": "ann"}, {"id": "bob"}]}}]}}
    assert first["hasNext"] is True
    announced = {each["id"]: (each["label"], each["path"]) for each in first["pending"]}
    assert sorted(announced.values()) == [
        ("count", staff),
        ("more", [*staff, "nodes", 0]),
        ("more", [*staff, "nodes", 1]),
    ]
    brought = {tuple(announced[each["id"]][1]): each["data"] for message in rest for each in message["incremental"]}
    assert brought == {
        (*staff,): {"totalCount": 3},
        (*staff, "nodes", 0): {"called": "Ann"},
        (*staff, "nodes", 1): {"called": "Bob"},
    }
    assert sorted(each["id"] for message in rest for each in message["completed"]) == sorted(announced)
    assert [message["hasNext"] for message in rest] == [True] * (len(rest) - 1) + [False]


async def test_records_in_many_places_are_read_by_one_statement_and_once(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    rows = asking.database.rows

    async def counted(guarded: Any, parameters: Any, **more: Any) -> Any:
        asked.append(parameters)
        return await rows(guarded, parameters, **more)

    monkeypatch.setattr(asking.database, "rows", counted)
    text = "{ people(first: 3) { nodes { employers { nodes { ... @defer { name size } } } } } }"

    whole = together(await in_parts(asking.executor, text))

    assert whole.data["people"]["nodes"] == [{"employers": {"nodes": [{"name": "Acme", "size": 7}]}}] * 3
    assert len(whole.announced) == 3
    assert [each for each in asked[1].values() if isinstance(each, list)] == [["acme"]]
    assert len(asked) == 2


async def test_what_is_inside_a_deferred_fragment_is_announced_with_it(asking: Asking) -> None:
    text = """{ ... @defer(label: "a") { company(id: "acme") { name
        ... @defer(label: "b") { employees(first: 1) { nodes { ... @defer(label: "c") { name } } } } } } }"""

    messages = await in_parts(asking.executor, text)

    assert messages[0]["data"] == {}
    assert together(messages).announced == [
        ("a", []),
        ("b", ["company"]),
        ("c", ["company", "employees", "nodes", 0]),
    ]
    assert len(messages) == 4


async def test_a_missing_value_ends_the_part_it_is_in_and_no_other(asking: Asking) -> None:
    text = "{ people(orderBy: [{name: ASC}]) { nodes { name ... @defer { mark } } } }"

    whole = together(await in_parts(asking.executor, text))

    assert whole.data["people"]["nodes"] == [{"name": "Ann", "mark": 1}, {"name": "Bob", "mark": 1}, {"name": "Cyd"}]
    assert whole.failed == [["people", "nodes", 2]]
    ((error),) = whole.errors
    assert (error["path"], error["extensions"]["code"]) == (["people", "nodes", 2, "mark"], "missing_value")


async def test_a_null_that_rises_out_of_a_deferred_fragment_ends_it_alone(asking: Asking) -> None:
    text = '{ company(id: "acme") { ... @defer { name employees { edges { person: node { mark } } } } } }'

    whole = together(await in_parts(asking.executor, text))

    assert [each["path"] for each in whole.errors] == [["company", "employees", "edges", 2, "person", "mark"]]
    assert whole.failed == [["company"]]
    assert whole.data == {"company": {}}


async def test_a_record_that_is_deleted_meanwhile_is_told_of(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    text = '{ person(id: "bob") { id ... @defer { name } } }'
    answer = await Deferring(asking.executor).execute(text, None, None, SYSTEM)
    assert answer is not None
    assert answer.more is not None
    with neo4j_driver.session(database=asking.database.name) as session:
        session.run("MATCH (p:Person {id: 'bob'}) DETACH DELETE p").consume()

    (last,) = [orjson.loads(each.body) async for each in answer.more]

    ((error),) = last["completed"][0]["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["person"], "not_found")


@pytest.mark.parametrize(("as_of", "name", "size"), [("2015-05-05T00:00:00Z", "Acorn", 3), (None, "Acme", 7)])
async def test_all_parts_are_of_the_moment_that_was_asked_for(
    asking: Asking, as_of: str | None, name: str, size: int
) -> None:
    text = 'query ($t: DateTime) { company(id: "acme", asOf: $t) { name ... @defer { size } } }'

    whole = together(await in_parts(asking.executor, text, {"t": as_of}))

    assert whole.data == {"company": {"name": name, "size": size}}


async def test_what_takes_too_long_is_told_at_its_place_and_the_rest_stands(
    asking: Asking, neo4j_driver: neo4j.Driver
) -> None:
    _let_know(neo4j_driver, asking)
    hasty = Asking(asking.database, asking.editions, Limits(timeout_s=2.0))

    whole = together(await in_parts(hasty.executor, ENDLESS, {"x": "nobody"}))

    assert whole.data == {"companies": {"nodes": [{"name": "Acme"}]}}
    assert [(each["path"], each["extensions"]["code"]) for each in whole.errors] == [([], "timed_out")]


async def test_whoever_leaves_off_reading_ends_the_statement(asking: Asking, neo4j_driver: neo4j.Driver) -> None:
    _let_know(neo4j_driver, asking)
    patient = Asking(asking.database, asking.editions, Limits(timeout_s=600.0))
    answer = await Deferring(patient.executor).execute(ENDLESS, {"x": "nobody"}, None, SYSTEM)
    assert answer is not None
    assert answer.more is not None
    reading = asyncio.create_task(anext(answer.more))
    while not await anyio.to_thread.run_sync(_running, neo4j_driver):
        await anyio.sleep(0.05)

    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    with anyio.fail_after(10):
        while await anyio.to_thread.run_sync(_running, neo4j_driver):
            await anyio.sleep(0.05)


async def test_the_whole_operation_is_paid_before_anything_is_read(asking: Asking) -> None:
    text = "{ companies { nodes { id ... @defer { employees(first: 1000) { nodes { name } } } } } }"
    plain = orjson.loads((await asking.answer(text)).body)["extensions"]["cost"]

    first, *_, last = await in_parts(asking.executor, text)
    poor = Asking(asking.database, asking.editions, Limits(max_cost=plain["requested"] - 1))
    (refused,) = await in_parts(poor.executor, text)

    assert first["extensions"]["cost"]["requested"] == plain["requested"]
    assert last["extensions"]["cost"]["actual"] >= plain["actual"]
    assert refused["errors"][0]["extensions"]["code"] == "too_costly"


async def test_what_defers_nothing_is_answered_whole(asking: Asking) -> None:
    deferring = Deferring(asking.executor)

    for text in (
        "{ companies { nodes { name } } }",
        "{ companies { nodes { ... @defer(if: false) { name } } } }",
        "{ companies { pageInfo { ... @defer { hasNextPage } } } }",
    ):
        assert await deferring.execute(text, None, None, SYSTEM) is None
    nobody = await deferring.execute('{ person(id: "nobody") { ... @defer { name } } }', None, None, SYSTEM)
    assert nobody is not None
    assert nobody.more is None
    assert orjson.loads(nobody.first.body)["data"] == {"person": None}
    assert await asking.data("{ companies { nodes { ... @defer { name } } } }") == {
        "companies": {"nodes": [{"name": "Acme"}]}
    }


def test_random_operations_in_parts_are_the_plain_answers(
    clean_neo4j: Address, neo4j_driver: neo4j.Driver, soak: bool
) -> None:
    with asyncio.Runner() as runner:
        database = runner.run(Database.connect(clean_neo4j))
        asking = Asking(database, Editions(None, MODEL), WIDE)
        schema = complete(asking.editions.current.schema)
        for number in range(20 if soak else 1):
            world = random_world(number)
            load(world, neo4j_driver, clean_neo4j.database)
            _check(runner, asking, schema, [*world.records], number, SOAK_OPERATIONS // 20 if soak else OPERATIONS)
        runner.run(database.close())


def _check(runner: asyncio.Runner, asking: Asking, schema: Any, ids: list[str], number: int, operations: int) -> None:
    in_parts_too = 0

    @seed(number)
    @settings(
        max_examples=operations,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal in_parts_too
        writer = Writer(data.draw, schema, ids, defers=True)
        text = writer.operation(2)
        answer = runner.run(_parts(asking, text, writer.variables))
        plain = orjson.loads(runner.run(asking.answer(text, writer.variables)).body)

        if answer is not None:
            in_parts_too += 1
            whole = together(answer)
            assert whole.data == plain["data"]
            # those of a part come with it, so their order is that of the parts
            assert sorted(whole.errors, key=str) == sorted(plain.get("errors", []), key=str)

    check()
    assert in_parts_too > 0


async def _parts(asking: Asking, text: str, variables: dict[str, Any]) -> list[Any] | None:
    answer = await Deferring(asking.executor).execute(text, variables, None, SYSTEM)
    if answer is None or answer.more is None:
        return None
    return [orjson.loads(answer.first.body), *[orjson.loads(each.body) async for each in answer.more]]


def _let_know(driver: neo4j.Driver, asking: Asking) -> None:
    with driver.session(database=asking.database.name) as session:
        session.run(KNOWING).consume()


def _running(driver: neo4j.Driver) -> int:
    with driver.session() as session:
        return int(session.run(RUNNING).single(strict=True)["running"])

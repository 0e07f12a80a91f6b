"""The model at run time: published whole, seen by everybody, never lost, and the data follows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import neo4j
import pytest

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import STRANGER, SYSTEM, Actor, ActorKind
from models.definitions import ModelPatch, patch_from_plain
from models.difference import Effect
from models.errors import ModelChanged, NotSignedIn, Rejected
from models.metamodel import Metamodel

pytestmark = pytest.mark.anyio
ANN = Actor("ann", "Ann", ActorKind.PERSON, administrator=True)
COMPANY = {
    "name": "Company",
    "plural": "Companies",
    "naturalKeys": [["taxId"]],
    "fields": [{"name": "name", "kind": "text", "required": True}, {"name": "taxId", "kind": "text"}],
}
PERSON = {"name": "Person", "plural": "Persons", "fields": [{"name": "name", "kind": "text"}]}
WORKS_AT = {
    "name": "WORKS_AT",
    "source": {"types": ["Person"], "field": "employers"},
    "target": {"types": ["Company"], "field": "employees"},
    "fields": [{"name": "role", "kind": "text"}],
    "repeatable": True,
}
ALL = {"types": [COMPANY, PERSON], "relations": [WORKS_AT]}


def patch(document: dict[str, Any]) -> ModelPatch:
    made, problems = patch_from_plain(document)
    assert problems == []
    return made


@pytest.fixture
async def database(clean_neo4j: Address) -> AsyncIterator[Database]:
    opened = await Database.connect(clean_neo4j)
    yield opened
    await opened.close()


@pytest.fixture
async def registry(database: Database) -> Registry:
    opened = await Registry.open(database)
    await opened.apply(ANN, patch(ALL))
    return opened


@pytest.fixture
def look(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> Any:
    """Runs a statement from outside and returns the values of its only row."""

    def run(statement: str, **parameters: Any) -> Any:
        with neo4j_driver.session(database=clean_neo4j.database) as session:
            record = session.run(statement, parameters).single()
            return None if record is None else record.values() if len(record) > 1 else record.value()

    return run


def two_employees(look: Any) -> None:
    look(
        "CREATE (c:Record:Company {id: 'c', version: 1, name: 'Acme', taxId: '1'})"
        "<-[:WORKS_AT {id: 'l1', role: 'cook', knownFrom: datetime()}]-(p:Record:Person {id: 'p', version: 1, name: 'Ann'})"
        "-[:WORKS_AT {id: 'l2', role: 'baker', knownFrom: datetime()}]->(c)"
    )


async def test_an_empty_database_has_model_zero(database: Database) -> None:
    registry = await Registry.open(database)

    assert (registry.model.version, dict(registry.model.types), dict(registry.model.relations)) == (0, {}, {})


async def test_an_applied_model_is_there_for_whoever_opens_it_next(database: Database, registry: Registry) -> None:
    again = await Registry.open(database)

    assert again.model.version == 1
    assert again.model.types == registry.model.types
    assert again.model.relations == registry.model.relations
    assert list(again.model.types) == ["Company", "Person"]
    assert list(again.model.types["Company"].fields) == ["name", "taxId"]


async def test_every_change_is_on_record_with_who_and_why(registry: Registry, look: Any) -> None:
    await registry.apply(ANN, patch({"types": [{"extends": "Company", "icon": "building"}]}), reason="prettier")

    row = look("MATCH (v:ModelVersion {version: 2}) RETURN v.actor, v.actorName, v.reason, v.summary, v.document")

    assert row[:4] == ["ann", "Ann", "prettier", ["Company: another icon."]]
    assert '"icon": "building"' in row[4]


async def test_an_order_of_fields_is_kept_for_whoever_opens_it_next(
    database: Database, registry: Registry, look: Any
) -> None:
    plan = await registry.apply(
        ANN, patch({"types": [{"extends": "Company", "fieldOrder": ["taxId"]}]}), reason="by weight"
    )
    again = await Registry.open(database)

    assert [planned.change.code for planned in plan.changes] == ["fields_ordered"]
    assert list(again.model.types["Company"].fields) == ["taxId", "name"]
    assert '"fieldOrder": ["taxId", "name"]' in look("MATCH (v:ModelVersion {version: 2}) RETURN v.document")


async def test_a_patch_that_changes_nothing_leaves_the_version(registry: Registry) -> None:
    plan = await registry.apply(ANN, patch(ALL))

    assert plan.changes == ()
    assert registry.model.version == 1


async def test_a_stranger_changes_nothing_and_learns_nothing(registry: Registry) -> None:
    for ask in (registry.plan, registry.apply):
        with pytest.raises(NotSignedIn):
            await ask(STRANGER, patch({"drop": {"types": ["Company"], "relations": ["WORKS_AT"]}}))

    assert registry.model.version == 1


async def test_other_registries_follow_and_tell_their_listeners(database: Database, registry: Registry) -> None:
    other, heard = await Registry.open(database), []

    async def listen(model: Metamodel) -> None:
        heard.append(model.version)

    other.listen(listen)
    watching = asyncio.create_task(other.watch(every_s=0.05))
    await registry.apply(ANN, patch({"types": [{"extends": "Company", "icon": "building"}]}))
    async with asyncio.timeout(30):
        while not heard:
            await asyncio.sleep(0.05)
    watching.cancel()

    assert heard == [2]
    assert other.model.types["Company"].icon == "building"


async def test_the_second_of_two_administrators_hears_what_the_first_changed(
    database: Database, registry: Registry
) -> None:
    other = await Registry.open(database)
    await registry.apply(ANN, patch({"types": [{"extends": "Company", "icon": "building"}]}), expected_version=1)

    with pytest.raises(
        ModelChanged, match=r"at version 2, no longer at 1\. Ann made version 2: Company: another icon\."
    ):
        await other.apply(SYSTEM, patch({"types": [{"extends": "Company", "icon": "bank"}]}), expected_version=1)

    assert (await other.refresh()).types["Company"].icon == "building"


async def test_changes_made_at_once_without_a_version_are_all_kept(database: Database, registry: Registry) -> None:
    others = [await Registry.open(database) for _ in range(4)]
    patches = [
        patch({"types": [{"extends": "Person", "fields": [{"name": f"field{place}", "kind": "text"}]}]})
        for place in range(4)
    ]

    await asyncio.gather(*(other.apply(ANN, one) for other, one in zip(others, patches, strict=True)))

    model = await registry.refresh()
    assert model.version == 5
    assert set(model.types["Person"].fields) == {"name", "field0", "field1", "field2", "field3"}


async def test_a_plan_counts_what_a_drop_would_touch_and_changes_nothing(registry: Registry, look: Any) -> None:
    two_employees(look)

    plan = await registry.plan(ANN, patch({"drop": {"types": ["Company"], "relations": ["WORKS_AT"]}}))

    counted = {planned.change.code: (planned.change.effect, planned.records, planned.links) for planned in plan.changes}
    assert counted == {
        "relation_dropped": (Effect.DESTROYS, 0, 2),
        "type_dropped": (Effect.DESTROYS, 1, 2),
    }
    assert plan.effect is Effect.DESTROYS
    assert registry.model.version == 1
    assert look("MATCH (:Company)<-[l:WORKS_AT]-() RETURN count(l)") == 2


async def test_a_dropped_type_goes_to_the_trash_and_its_links_are_kept_as_closed(registry: Registry, look: Any) -> None:
    two_employees(look)

    await registry.apply(ANN, patch({"drop": {"types": ["Company"], "relations": ["WORKS_AT"]}}))

    trashed = look("MATCH (d:Deleted) RETURN labels(d), d.id, d.type, d.deletedBy, d.name")
    assert trashed == [["Deleted"], "c", "Company", "ann", "Acme"]
    closed = look(
        "MATCH (v:LinkVersion) WITH v ORDER BY v.id "
        "RETURN collect([v.id, v.relation, v.source, v.target, v.role, v.knownTo IS NOT NULL])"
    )
    assert closed == [["l1", "WORKS_AT", "p", "c", "cook", True], ["l2", "WORKS_AT", "p", "c", "baker", True]]
    assert look("MATCH (:Record)-[l]-() RETURN count(l)") == 0
    assert look("MATCH (v:ModelVersion {version: 2}), (d:Deleted) RETURN v.id = d.deletedIn") is True
    assert look("MATCH (c:ModelCleanup) RETURN count(c)") == 0


async def test_a_writer_who_is_under_way_when_a_type_is_dropped_leaves_nothing_behind(
    clean_neo4j: Address, registry: Registry, neo4j_driver: neo4j.Driver, look: Any
) -> None:
    document = {"drop": {"types": ["Company"], "relations": ["WORKS_AT"]}}
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        writer = session.begin_transaction()
        late = "CREATE (:Record:Company {id: 'late'})<-[:WORKS_AT {id: 'l'}]-(:Record:Person {id: 'p'})"
        await asyncio.to_thread(lambda: writer.run(late).consume())
        dropping = asyncio.create_task(registry.apply(ANN, patch(document)))
        while await asyncio.to_thread(look, "MATCH (root:ModelRoot) RETURN root.version") != 2:
            await asyncio.sleep(0.05)

        await asyncio.to_thread(writer.commit)
        await dropping

    assert look("MATCH (n:Company) RETURN count(n)") == 0
    assert look("MATCH (d:Deleted {id: 'late'}) RETURN d.type") == "Company"
    assert look("MATCH ()-[l:WORKS_AT]->() RETURN count(l)") == 0


async def test_what_a_killed_process_left_undone_is_done_by_the_next(
    database: Database, registry: Registry, look: Any
) -> None:
    two_employees(look)
    document = {"drop": {"types": ["Company"], "relations": ["WORKS_AT"]}}
    await registry._publish(ANN, patch(document), None, "killed before anything followed")
    assert look("MATCH (:Company)<-[l:WORKS_AT]-() RETURN count(l)") == 2

    await Registry.open(database)

    assert look("MATCH (n:Company) RETURN count(n)") == 0
    assert look("MATCH (v:LinkVersion) RETURN count(v)") == 2
    assert look("MATCH (c:ModelCleanup) RETURN count(c)") == 0


async def test_a_dropped_type_may_come_back_without_its_old_records(registry: Registry, look: Any) -> None:
    two_employees(look)
    await registry.apply(ANN, patch({"drop": {"types": ["Company"], "relations": ["WORKS_AT"]}}))

    await registry.apply(ANN, patch({"types": [COMPANY]}))

    assert registry.model.version == 3
    assert look("MATCH (n:Company) RETURN count(n)") == 0


async def test_a_type_taken_from_an_end_closes_only_its_links(registry: Registry, look: Any) -> None:
    widened = {**WORKS_AT, "target": {"types": ["Company", "Person"], "field": "employees"}}
    await registry.apply(ANN, patch({"relations": [widened]}))
    two_employees(look)
    look("MATCH (p:Person) CREATE (p)-[:WORKS_AT {id: 'l3'}]->(:Record:Person {id: 'q'})")

    await registry.apply(ANN, patch({"relations": [WORKS_AT]}))

    assert look("MATCH ()-[l:WORKS_AT]->() RETURN count(l)") == 2
    assert look("MATCH (v:LinkVersion) RETURN v.id") == "l3"


async def test_the_values_of_a_dropped_field_go(registry: Registry, look: Any) -> None:
    two_employees(look)

    plan = await registry.apply(ANN, patch({"drop": {"fields": ["Company.name", "WORKS_AT.role"]}}))

    assert [(planned.change.code, planned.records, planned.links) for planned in plan.changes] == [
        ("field_dropped", 1, 0),
        ("field_dropped", 0, 2),
    ]
    assert look("MATCH (c:Company)<-[l:WORKS_AT]-() RETURN DISTINCT c.name, l.role, c.taxId") == [None, None, "1"]


async def test_a_required_field_with_a_default_fills_what_is_there(registry: Registry, look: Any) -> None:
    two_employees(look)
    rating = {"name": "rating", "kind": "decimal", "required": True, "default": "1.50"}
    since = {"name": "since", "kind": "date", "required": True, "default": "2026-01-31"}

    plan = await registry.apply(
        ANN,
        patch(
            {
                "types": [{"extends": "Company", "fields": [rating]}],
                "relations": [{"extends": "WORKS_AT", "fields": [since]}],
            }
        ),
    )

    assert [(p.change.effect, p.records, p.links) for p in plan.changes] == [(Effect.FILLS, 1, 0), (Effect.FILLS, 0, 2)]
    assert look("MATCH (c:Company) RETURN c.rating_e2") == 150
    assert look("MATCH ()-[l:WORKS_AT]->() RETURN collect(DISTINCT toString(l.since))") == ["2026-01-31"]


@pytest.mark.parametrize(
    ("document", "count", "path"),
    [
        (
            {"types": [{"extends": "Company", "fields": [{"name": "city", "kind": "text", "required": True}]}]},
            3,
            ("types", "Company", "fields", "city"),
        ),
        ({"types": [{"extends": "Company", "naturalKeys": [["name"]]}]}, 2, ("types", "Company", "naturalKeys")),
        (
            {"types": [{"extends": "Company", "fields": [{"name": "taxId", "kind": "integer"}]}]},
            3,
            ("types", "Company", "fields", "taxId", "kind"),
        ),
        (
            {
                "types": [
                    {
                        "extends": "Company",
                        "fields": [{"name": "name", "kind": "choice", "options": {"choices": [{"value": "Twin"}]}}],
                    }
                ]
            },
            1,
            ("types", "Company", "fields", "name", "options", "choices"),
        ),
        ({"relations": [{"extends": "WORKS_AT", "repeatable": False}]}, 1, ("relations", "WORKS_AT", "repeatable")),
        (
            {"relations": [{"extends": "WORKS_AT", "source": {"most": 1}}]},
            1,
            ("relations", "WORKS_AT", "source", "most"),
        ),
    ],
    ids=["required", "key", "kind", "choices", "repeatable", "most"],
)
async def test_what_the_data_does_not_allow_is_refused_with_its_count(
    registry: Registry, look: Any, document: dict[str, Any], count: int, path: tuple[str, ...]
) -> None:
    two_employees(look)
    look("UNWIND [2, 3] AS n CREATE (:Record:Company {id: 'c' + n, name: 'Twin', taxId: toString(n)})")

    with pytest.raises(Rejected) as refused:
        await registry.apply(ANN, patch(document))

    assert [(problem.code, problem.path, problem.details["count"]) for problem in refused.value.problems] == [
        ("data_in_the_way", path, count)
    ]
    assert registry.model.version == 1
    assert look("MATCH (v:ModelVersion) RETURN count(v)") == 1


async def test_a_field_with_an_index_becomes_unique_and_is_indexed_again_when_it_no_longer_is(
    registry: Registry, look: Any
) -> None:
    listed = "SHOW INDEXES YIELD name WHERE name ENDS WITH '.Person.name' RETURN collect(name)"
    assert look(listed) == ["range.Person.name"]

    for unique, wanted in ((True, ["unique.Person.name"]), (False, ["range.Person.name"])):
        field = {"name": "name", "kind": "text", "unique": unique}
        await registry.apply(ANN, patch({"types": [{"extends": "Person", "fields": [field]}]}))
        assert look(listed) == wanted


async def test_duplicates_written_after_the_count_refuse_the_change_too(registry: Registry, look: Any) -> None:
    unique = {"types": [{"extends": "Person", "fields": [{"name": "name", "kind": "text", "unique": True}]}]}
    plan = await registry.plan(ANN, patch(unique))
    look("UNWIND [1, 2] AS n CREATE (:Record:Person {id: 'p' + n, name: 'Ann'})")

    with pytest.raises(Rejected, match="Change or delete the duplicates first"):
        await registry._make_unique(plan.after)

    assert registry.model.version == 1
    assert look("SHOW INDEXES YIELD name WHERE name ENDS WITH '.Person.name' RETURN collect(name)") == [
        "range.Person.name"
    ]

"""Constraints and indexes: the fixed ones, those of the model, and none that nobody asks for."""

from __future__ import annotations

from collections.abc import AsyncIterator

import neo4j
import pytest

from cypher.schema import derived, named
from graph.address import Address
from graph.registry import Registry
from graph.schema import fixed_names, install_fixed, reconcile
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain, patched
from models.metamodel import EMPTY, Metamodel

DOCUMENT = {
    "types": [
        {
            "name": "Company",
            "plural": "Companies",
            "naturalKeys": [["taxId"], ["country", "number"]],
            "order": [{"field": "revenue", "direction": "desc"}],
            "fields": [
                {"name": "taxId", "kind": "text"},
                {"name": "country", "kind": "text"},
                {"name": "number", "kind": "integer"},
                {"name": "code", "kind": "text", "unique": True},
                {"name": "revenue", "kind": "money", "options": {"currency": "EUR"}},
                {"name": "notes", "kind": "longText"},
                {"name": "active", "kind": "boolean"},
            ],
        }
    ],
    "relations": [
        {
            "name": "OWNS",
            "source": {"types": ["Company"], "field": "holdings"},
            "target": {"types": ["Company"], "field": "owners"},
            "validity": "overlaps",
        }
    ],
}
WANTED = {
    "unique.Company.taxId",
    "unique.Company.code",
    "unique.Company.country.number",
    "range.Company.id",
    "range.Company.createdAt",
    "range.Company.updatedAt",
    "range.Company.country",
    "range.Company.number",
    "range.Company.revenue_e2",
    "range.Company.revenue_e2.id",
    "link.OWNS.id",
    "link.OWNS.validTo",
}


def model() -> Metamodel:
    patch, problems = patch_from_plain(DOCUMENT)
    made, more = patched(EMPTY, patch)
    assert (problems, more) == ([], [])
    return made


def present(address: Address, driver: neo4j.Driver) -> dict[str, str]:
    with driver.session(database=address.database) as session:
        return dict(session.run("SHOW INDEXES YIELD name, state").values())


@pytest.fixture
async def database(clean_neo4j: Address) -> AsyncIterator[Database]:
    opened = await Database.connect(clean_neo4j)
    yield opened
    await opened.close()


def test_a_model_asks_for_uniqueness_of_its_keys_and_an_index_for_whatever_sorts() -> None:
    assert set(derived(model())) == WANTED


def test_the_commands_say_what_they_make() -> None:
    commands = derived(model())

    assert commands["unique.Company.country.number"].create == (
        "CREATE CONSTRAINT `unique.Company.country.number` IF NOT EXISTS "
        "FOR (n:Company) REQUIRE (n.country, n.number) IS UNIQUE"
    )
    assert commands["range.Company.revenue_e2"].create == (
        "CREATE INDEX `range.Company.revenue_e2` IF NOT EXISTS FOR (n:Company) ON (n.revenue_e2)"
    )
    assert commands["link.OWNS.id"].create == ("CREATE INDEX `link.OWNS.id` IF NOT EXISTS FOR ()-[r:OWNS]-() ON (r.id)")
    assert commands["unique.Company.taxId"].drop == "DROP CONSTRAINT `unique.Company.taxId` IF EXISTS"
    assert commands["link.OWNS.id"].drop == "DROP INDEX `link.OWNS.id` IF EXISTS"


def test_a_long_name_ends_in_a_digest_and_stays_one_of_its_own() -> None:
    one, other = (named("unique", "T" * 60, "f" * 60, "g" * 60 + end) for end in "ab")

    assert len(one) == len(other) == 110
    assert one != other


@pytest.mark.anyio
async def test_fixed_constraints_are_there_once_installed_and_installing_again_does_nothing(
    database: Database, clean_neo4j: Address, neo4j_driver: neo4j.Driver
) -> None:
    await install_fixed(database)
    before = present(clean_neo4j, neo4j_driver)
    await install_fixed(database)

    assert {"record_id", "change_set_id", "change_set_idempotency", "outbox_id", "unique.User.nameKey"} <= before.keys()
    assert fixed_names() <= before.keys()  # or every start would ask for all of them again
    assert set(before.values()) == {"ONLINE"}
    assert present(clean_neo4j, neo4j_driver) == before


@pytest.mark.anyio
async def test_indexes_follow_the_model_both_ways(
    database: Database, model_neo4j: Address, neo4j_driver: neo4j.Driver
) -> None:
    registry = await Registry.open(database)
    fixed = present(model_neo4j, neo4j_driver)
    patch, _ = patch_from_plain(DOCUMENT)

    await registry.apply(SYSTEM, patch)
    filled = present(model_neo4j, neo4j_driver)
    await reconcile(database, EMPTY)

    assert filled.keys() - fixed.keys() == WANTED
    assert {filled[name] for name in WANTED} == {"ONLINE"}
    assert present(model_neo4j, neo4j_driver).keys() == fixed.keys()

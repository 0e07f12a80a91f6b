"""The own fields of a type's records as columns, and who of them has left."""

from __future__ import annotations

from datetime import date

import neo4j
import numpy as np
import pytest

from analytics.fields_loading import OwnFields, own_fields
from analytics.snapshot import take
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain

pytestmark = pytest.mark.anyio

NOW = (date(2026, 11, 25) - date(1970, 1, 1)).days + 0.5
FIELDS = [
    {"name": "goneOn", "kind": "date"},
    {"name": "gone", "kind": "boolean"},
    {"name": "stage", "kind": "choice", "options": {"choices": [{"value": "new"}, {"value": "lost"}]}},
    {"name": "size", "kind": "integer"},
    {"name": "share", "kind": "percent"},
    {"name": "worth", "kind": "money"},
    {"name": "seenAt", "kind": "dateTime"},
    {"name": "name", "kind": "text"},
    {"name": "born", "kind": "date", "personal": True},
    {"name": "illness", "kind": "integer", "sensitive": True},
]
FILL = """UNWIND [
 {id: 'a', goneOn: date('2026-11-01'), gone: true, stage: 'lost', size: 3, share_e2: 1250, worth_e2: 500,
  worth_currency: 'EUR', seenAt: datetime('1970-01-02T12:00:00Z'), born: date('1990-01-01'), illness: 1},
 {id: 'b', goneOn: date('2026-12-01'), gone: false, stage: 'new', worth_e2: 700, worth_currency: 'EUR'},
 {id: 'c', worth_e2: 900, worth_currency: 'USD'}] AS row
CREATE (n:Record:Member) SET n = row, n.id = '01936f2e-0000-7000-8000-00000000000' + row.id, n.version = 1"""


async def loaded(address: Address, driver: neo4j.Driver, leaving: dict[str, object] | None) -> OwnFields:
    database = await Database.connect(address)
    registry = await Registry.open(database)
    profile = {"type": "Member"} | ({} if leaving is None else {"leaving": leaving})
    patch, problems = patch_from_plain(
        {"types": [{"name": "Member", "plural": "Members", "fields": FIELDS}], "profiles": [profile]}
    )
    assert problems == []
    await registry.apply(SYSTEM, patch)
    driver.execute_query(FILL)
    snapshot = await take(database, registry.model, SYSTEM)
    found = await own_fields(database, registry.model, SYSTEM, snapshot, "Member", now=NOW)
    await database.close()
    return found


@pytest.mark.parametrize(
    ("leaving", "left"),
    [
        ({"field": "goneOn"}, [True, False, False]),  # the second leaves next month
        ({"field": "gone", "values": [True]}, [True, False, False]),
        ({"field": "stage", "values": ["lost"]}, [True, False, False]),
    ],
)
async def test_who_left_is_known_by_a_day_a_mark_or_a_choice(
    model_neo4j: Address, neo4j_driver: neo4j.Driver, leaving: dict[str, object], left: list[bool]
) -> None:
    found = await loaded(model_neo4j, neo4j_driver, leaving)

    assert found.leavers is not None
    assert found.leavers.left.tolist() == left
    assert found.leavers.is_dated == (leaving["field"] == "goneOn")
    assert leaving["field"] not in {feature.name for feature in found.features}


async def test_fields_are_columns_without_what_is_personal_or_sensitive(
    model_neo4j: Address, neo4j_driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.packed.PAGE", 2)

    found = await loaded(model_neo4j, neo4j_driver, {"field": "goneOn"})

    features = {feature.name: feature for feature in found.features}
    assert features.keys() == {"gone", "stage", "size", "share", "worth", "seenAt"}
    nothing = np.nan
    np.testing.assert_array_equal(features["gone"].values, [1, 0, nothing])
    np.testing.assert_array_equal(features["size"].values, [3, nothing, nothing])
    np.testing.assert_array_equal(features["share"].values, [12.5, nothing, nothing])
    np.testing.assert_array_equal(features["worth"].values, [5, 7, nothing])  # in the commonest currency
    np.testing.assert_array_equal(features["seenAt"].values, [1.5, nothing, nothing])
    assert [features["stage"].shown(value) for value in features["stage"].values] == ["lost", "new", None]


async def test_without_a_mark_of_leaving_nothing_is_read(model_neo4j: Address, neo4j_driver: neo4j.Driver) -> None:
    assert await loaded(model_neo4j, neo4j_driver, None) == OwnFields()

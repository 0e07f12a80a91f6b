"""Scores beside records: stored under their run, and in nobody's way when a record is deleted, restored, changed or erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import neo4j
import pytest

from graph import exports, insights, runs
from graph.address import Address
from graph.insights import Stamp
from graph.registry import Registry
from graph.runs import Claim
from graph.schema import build_score_indexes, reconcile
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import Command, CreateRecord, DeleteRecord, EraseRecord, RestoreRecord, UpdateRecord
from models.definitions import patch_from_plain
from models.metamodel import EMPTY
from models.runs import RunRequest

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SCORES = {"risk": [0.75], "own": [0.5], "received": [0.25], "band": ["high"], "trend": [None], "left": [False]}
MODEL = {"types": [{"name": "Firm", "plural": "Firms", "fields": [{"name": "name", "kind": "text"}]}]}
A, B, C = (f"01936f2e-0000-7000-8000-{number:012x}" for number in range(3))


class World:
    """A model of one type, a hand that writes, and an eye on the database from outside."""

    def __init__(self, database: Database, registry: Registry, driver: neo4j.Driver) -> None:
        self.database, self.registry, self.driver = database, registry, driver

    async def write(self, *commands: Command) -> None:
        await write(self.database, self.registry.model, SYSTEM, commands, now=NOW)

    def look(self, cypher: str, **parameters: Any) -> list[Any]:
        records = self.driver.execute_query(cypher, parameters, database_=self.database.name).records
        return [record.value() for record in records]

    async def claimed(self, engine: str = "churn") -> Claim:
        wanted = await runs.request(self.database, SYSTEM, RunRequest(engine, "Firm"))
        claim = await runs.claim(self.database, "w", id=wanted.id)
        assert claim is not None
        return claim

    async def scored(self, *ids: str) -> Stamp:
        claim = await self.claimed()
        stamp = Stamp(claim.run.id, claim.run.number, NOW, "w")
        columns = {name: column * len(ids) for name, column in SCORES.items()}
        assert await insights.store(self.database, stamp, "Firm", "churn", ids, columns) == len(ids)
        await insights.explain(self.database, stamp, "Firm", "churn", dict.fromkeys(ids, '{"reasons": []}'), {})
        await runs.finish(self.database, claim, runs.RunStatus.DONE)
        return stamp


@pytest.fixture
async def world(model_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[World]:
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    patch, _ = patch_from_plain(MODEL)
    await registry.apply(SYSTEM, patch)
    made = World(database, registry, neo4j_driver)
    await made.write(*(CreateRecord("Firm", id, {"name": name}) for id, name in ((A, "a"), (B, "b"), (C, "c"))))
    yield made
    await database.close()


async def test_scores_lie_natively_beside_the_record_and_leave_its_version_and_history_alone(world: World) -> None:
    before = world.look("MATCH (c:Change) RETURN count(c)")

    stamp = await world.scored(A, B)

    (found,) = world.look("MATCH (n:Firm {id: $id}) RETURN properties(n)", id=A)
    assert {key: value for key, value in found.items() if key.startswith("insight_")} == {
        "insight_churn_risk": 0.75,
        "insight_churn_own": 0.5,
        "insight_churn_left": False,
        "insight_churn_received": 0.25,
        "insight_churn_band": "high",
        "insight_churn_run": stamp.number,
        "insight_churn_at": found["insight_churn_at"],
    }
    assert found["insight_churn_at"].to_native() == NOW
    assert (found["version"], found["updatedAt"].to_native()) == (1, NOW)
    assert world.look("MATCH (c:Change) RETURN count(c)") == before


async def test_whole_numbers_truth_values_and_days_are_stored_as_such(world: World) -> None:
    claim = await world.claimed("purchase")
    stamp = Stamp(claim.run.id, claim.run.number, NOW, "w")

    await insights.store(world.database, stamp, "Firm", "purchase", [A], {"nextOn": [date(2026, 12, 1)]})
    await insights.store(world.database, stamp, "Firm", "communities", [A], {"community": [3], "bridging": [True]})

    asked = "MATCH (n:Firm {id: $id}) RETURN [toString(n.insight_purchase_nextOn), n.insight_communities_community, "
    assert world.look(asked + "n.insight_communities_bridging]", id=A) == [["2026-12-01", 3, True]]


async def test_a_deleted_record_takes_no_scores_along_and_a_restored_one_has_none(world: World) -> None:
    await world.scored(A)

    await world.write(DeleteRecord("Firm", A))
    (trashed,) = world.look("MATCH (d:Deleted {id: $id}) RETURN keys(d)", id=A)
    rows = world.look("MATCH (c:Change {record: $id}) RETURN keys(c)", id=A)
    await world.write(RestoreRecord("Firm", A))
    (restored,) = world.look("MATCH (n:Firm {id: $id}) RETURN properties(n)", id=A)

    assert [key for key in [*trashed, *chain(*rows)] if "insight" in key] == []
    assert sorted(restored) == ["createdAt", "id", "knownFrom", "name", "updatedAt", "validFrom", "version"]
    (row,) = world.look("MATCH (c:Change {record: $id, op: 'restore'}) RETURN keys(c)", id=A)
    assert "after.name" in row


async def test_a_changed_record_keeps_its_scores_and_its_change_row_does_not_tell_them(world: World) -> None:
    await world.scored(A)

    await world.write(UpdateRecord("Firm", A, {"name": "other"}))
    await world.write(UpdateRecord("Firm", A, {"name": "other"}))

    (found,) = world.look("MATCH (n:Firm {id: $id}) RETURN n", id=A)
    rows = world.look("MATCH (c:Change {record: $id, op: 'update'}) RETURN keys(c)", id=A)
    assert (found["insight_churn_risk"], found["version"]) == (0.75, 2)
    assert [sorted(row) for row in rows] == [["after.name", "at", "before.name", "id", "op", "record", "set", "type"]]


async def test_an_erased_record_leaves_no_reasons_behind(world: World) -> None:
    await world.scored(A, B)

    await world.write(DeleteRecord("Firm", A))
    await world.write(EraseRecord("Firm", A))

    assert world.look("MATCH (x:Insight) RETURN x.record") == [B]


async def test_an_export_reads_the_fields_of_the_model_and_no_scores(world: World) -> None:
    await world.scored(A)
    kind = world.registry.model.types["Firm"]

    found = [each async for each in exports.records(world.database, SYSTEM, kind)]

    assert [each["name"] for each in found] == ["a", "b", "c"]


async def test_a_later_run_takes_the_scores_of_records_it_did_not_score_and_an_earlier_one_overwrites_nothing(
    world: World,
) -> None:
    first = await world.scored(A, B, C)
    second = await world.scored(B)

    swept = await insights.sweep(world.database, second.number, "Firm", "churn", batch=1)
    late = Stamp(first.run, first.number, NOW, "w")
    stored = await insights.store(world.database, late, "Firm", "churn", [B], {"risk": [0.1]})

    assert swept == 2
    assert stored == 0
    assert world.look("MATCH (n:Firm) WHERE n.insight_churn_run IS NOT NULL RETURN n.id") == [B]
    assert world.look("MATCH (n:Firm {id: $id}) RETURN keys(n)", id=A) == [
        world.look("MATCH (n:Firm {id: $id}) RETURN keys(n)", id=C)[0]
    ]
    assert world.look("MATCH (x:Insight) RETURN x.record") == [B]


async def test_nothing_is_written_for_a_run_that_is_another_workers(world: World) -> None:
    claim = await world.claimed()
    other = Stamp(claim.run.id, claim.run.number, NOW, "somebody else")

    stored = await insights.store(world.database, other, "Firm", "churn", [A], {"risk": [0.1]})
    await insights.explain(world.database, other, "Firm", "churn", {A: "{}"}, {A: [B]})
    await insights.keep(world.database, other, "scores-0", {"ids": b"1"})

    assert stored == 0
    assert world.look("MATCH (n) WHERE n:Insight OR n:RunScores OR n.insight_churn_run IS NOT NULL RETURN n") == []


async def test_main_scores_are_indexed_once_for_a_type_and_the_indexes_go_with_it(world: World) -> None:
    asked = "SHOW INDEXES YIELD name WHERE name STARTS WITH 'insight.' RETURN name ORDER BY name"
    wanted = ["insight.Firm.insight_churn_band", "insight.Firm.insight_churn_risk", "insight.Firm.insight_churn_run"]

    await build_score_indexes(world.database, "Firm", "churn")
    await build_score_indexes(world.database, "Firm", "churn")
    await reconcile(world.database, world.registry.model)
    kept = world.look(asked)
    await reconcile(world.database, EMPTY)

    assert kept == wanted
    assert world.look(asked) == []


async def test_a_dropped_type_leaves_no_scores_in_the_trash_and_no_reasons(world: World) -> None:
    await world.scored(A)
    patch, _ = patch_from_plain({"drop": {"types": ["Firm"]}})

    await world.registry.apply(SYSTEM, patch)

    keys = chain(*world.look("MATCH (d:Deleted) RETURN keys(d)"))
    assert len(world.look("MATCH (d:Deleted) RETURN d")) == 3
    assert [key for key in keys if key.startswith("insight_")] == []
    assert world.look("MATCH (x:Insight) RETURN x") == []


async def test_packed_scores_of_the_latest_runs_are_kept_and_the_rest_forgotten(world: World) -> None:
    for _ in range(4):
        claim = await world.claimed()
        stamp = Stamp(claim.run.id, claim.run.number, NOW, "w")
        await insights.keep(world.database, stamp, "scores-0", {"ids": b"\x01\x02", "risk": b"\x03"})
        await runs.finish(world.database, claim, runs.RunStatus.DONE)

    await insights.prune(world.database, "churn:Firm", scores_of=2, runs=3, batch=1)

    assert sorted(world.look("MATCH (r:AnalyticsRun) RETURN r.number")) == [2, 3, 4]
    assert len(world.look("MATCH (s:RunScores) RETURN s")) == 2
    (part,) = await insights.kept(world.database, SYSTEM, stamp.run, "scores")
    assert (part["ids"], part["risk"]) == (b"\x01\x02", b"\x03")

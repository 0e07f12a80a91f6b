"""Runs carried out: the same data, parameters and seed give the same scores; what is stored, kept, recomputed, compared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import neo4j
import numpy as np
import pytest

from analytics import packing
from analytics.comparing import compare
from analytics.engines import influence
from analytics.parameters import parameters_of
from analytics.runs import carry_out, kind_of, recompute
from analytics.scoring import Scores, days
from analytics.snapshot import Snapshot, take
from graph import insights, runs, schema, sequencer
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateLink, CreateRecord, DeleteRecord
from models.definitions import patch_from_plain
from models.errors import Rejected
from models.runs import Run, RunRequest, RunStatus

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MODEL = {
    "types": [
        {"name": "Firm", "plural": "Firms", "fields": [{"name": "name", "kind": "text"}]},
        {"name": "Worker", "plural": "Workers", "fields": [{"name": "name", "kind": "text"}]},
    ],
    "relations": [
        {
            "name": "SERVES",
            "source": {"types": ["Worker"], "field": "serves"},
            "target": {"types": ["Firm"], "field": "servedBy"},
        }
    ],
}
FIRMS, WORKERS = 3, 6


def named(number: int) -> str:
    return f"01936f2e-0000-7000-8000-{number:012x}"


class World:
    """Three firms: everyone serves the first, two the second, nobody the third."""

    def __init__(self, database: Database, registry: Registry, driver: neo4j.Driver) -> None:
        self.database, self.registry, self.driver = database, registry, driver

    async def fill(self) -> None:
        firms = [CreateRecord("Firm", named(i), {"name": f"firm {i}"}) for i in range(FIRMS)]
        workers = [CreateRecord("Worker", named(100 + i), {"name": f"w {i}"}) for i in range(WORKERS)]
        await self.write(*firms, *workers)
        links = [CreateLink("SERVES", named(500 + i), named(100 + i), named(0), {}) for i in range(WORKERS)]
        await self.write(*links, *(self.serves(i, 1) for i in range(2)))

    def serves(self, worker: int, firm: int) -> CreateLink:
        return CreateLink("SERVES", named(600 + 10 * worker + firm), named(100 + worker), named(firm), {})

    async def write(self, *commands: Any) -> None:
        await write(self.database, self.registry.model, SYSTEM, commands, now=NOW)
        await sequencer.number(self.database)

    async def analysed(self, request: RunRequest, snapshot: Snapshot | None = None) -> Run:
        asked = await runs.request(self.database, SYSTEM, request)
        claim = await runs.claim(self.database, asked.id, id=asked.id)
        assert claim is not None
        return (await carry_out(self.database, self.registry, claim, folder=None, snapshot=snapshot)).run

    def look(self, cypher: str, **parameters: Any) -> list[Any]:
        records = self.driver.execute_query(cypher, parameters, database_=self.database.name).records
        return [record.value() for record in records]


@pytest.fixture
async def world(model_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[World]:
    database = await Database.connect(model_neo4j)
    await schema.install_fixed(database)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(MODEL)
    assert problems == []
    await registry.apply(SYSTEM, patch)
    made = World(database, registry, neo4j_driver)
    await made.fill()
    yield made
    await database.close()


async def test_a_run_scores_records_of_all_types_with_reasons_and_tells_what_it_was_made_from(world: World) -> None:
    run = await world.analysed(RunRequest("influence", seed=3))

    ranks = world.look("MATCH (n:Firm) RETURN n.insight_influence_rank ORDER BY n.id")
    assert run.status is RunStatus.DONE
    assert ranks == [1, 2, 3]
    assert world.look("MATCH (n:Worker) RETURN count(n.insight_influence_pageRank)") == [WORKERS]
    assert {key: run.counts[key] for key in ("records", "links", "scored", "explained", "swept")} == {
        "records": FIRMS + WORKERS,
        "links": WORKERS + 2,
        "scored": FIRMS + WORKERS,
        "explained": FIRMS + WORKERS,
        "swept": 0,
    }
    assert run.request.seed == 3
    assert run.origin["modelVersion"] == world.registry.model.version
    assert {"numpy", "numba"} <= run.origin["libraries"].keys()
    assert run.timings_s.keys() == {"snapshot", "events", "computing", "storing", "sweeping"}
    (found,) = await insights.documents(world.database, SYSTEM, [named(0)], ["influence"])
    assert found.run == run.number


async def test_the_same_snapshot_parameters_and_seed_give_the_same_scores_and_recomputing_proves_it(
    world: World,
) -> None:
    run = await world.analysed(RunRequest("influence", "Firm", {"relations": ["SERVES"], "damping": 0.7}))
    snapshot = await take(world.database, world.registry.model, SYSTEM)

    same = await recompute(world.database, world.registry, run, snapshot)
    await world.write(DeleteRecord("Worker", named(103)))
    later = await take(world.database, world.registry.model, SYSTEM)
    other = await recompute(world.database, world.registry, run, later)

    assert (same.compared, same.differing) == (FIRMS, 0)
    assert other.differing == FIRMS
    assert world.look("MATCH (n:Worker) WHERE n.insight_influence_rank IS NOT NULL RETURN n") == []


async def test_two_runs_are_compared_by_what_moved_and_why(world: World) -> None:
    first = await world.analysed(RunRequest("influence"))
    await world.write(*(world.serves(i, 2) for i in range(5)))
    second = await world.analysed(RunRequest("influence", parameters={"damping": 0.9}, seed=1))

    found = await compare(world.database, SYSTEM, first.id, second.id, first=3)

    assert {each.code for each in found.differences} >= {"parameters", "seed", "data"}
    assert (found.both, found.entered, found.left) == (FIRMS + WORKERS, 0, 0)
    assert found.moved[0].record == named(2)
    assert found.moved[0].type == "Firm"
    assert found.moved[0].after > found.moved[0].before
    parameters, model = ([each for each in found.differences if each.code == code] for code in ("parameters", "model"))
    assert [(each.before, each.after, each.details) for each in parameters] == [
        ({"damping": None}, {"damping": 0.9}, ("damping: – → 0.9",))
    ]
    assert model == []
    came = [each.records for each in found.moved[0].reasons if each.code == "from_link" and each.before == 0.0]
    assert sorted(came) == [(named(100 + i),) for i in range(5)]
    assert sum(each.after - each.before for each in found.moved[0].reasons) == pytest.approx(
        found.moved[0].after - found.moved[0].before
    )
    of_workers = await compare(world.database, SYSTEM, first.id, second.id, first=3, type_name="Worker")
    assert (of_workers.both, of_workers.changed) == (WORKERS, WORKERS)
    assert {each.type for each in of_workers.moved} == {"Worker"}
    assert (await compare(world.database, SYSTEM, first.id, second.id, first=3, type_name="Nobody")).both == 0


async def test_runs_on_two_models_tell_what_was_changed_in_between(world: World) -> None:
    first = await world.analysed(RunRequest("influence"))
    patch, problems = patch_from_plain({"types": [{"name": "Depot", "plural": "Depots"}]})
    assert problems == []
    await world.registry.apply(SYSTEM, patch)
    second = await world.analysed(RunRequest("influence"))

    for a, b in ((first, second), (second, first)):
        found = await compare(world.database, SYSTEM, a.id, b.id, first=3)
        (model,) = [each for each in found.differences if each.code == "model"]
        assert abs(model.after - model.before) == 1
        assert any("Depot" in each for each in model.details)


async def test_a_run_that_cannot_be_carried_out_says_why_and_leaves_the_scores_as_they_were(world: World) -> None:
    await world.analysed(RunRequest("influence", "Firm"))
    before = world.look("MATCH (n:Firm) RETURN properties(n) ORDER BY n.id")
    asked = await runs.request(world.database, SYSTEM, RunRequest("influence", "Firm", {"relations": ["GONE"]}))
    claim = await runs.claim(world.database, "w", id=asked.id)
    assert claim is not None

    with pytest.raises(Rejected):
        await carry_out(world.database, world.registry, claim, folder=None)

    failed = await runs.run(world.database, SYSTEM, asked.id)
    assert (failed.status, failed.error) == (
        RunStatus.FAILED,
        "The graph has no relation 'GONE', or no longer; there are: SERVES.",
    )
    assert world.look("MATCH (n:Firm) RETURN properties(n) ORDER BY n.id") == before


async def test_an_empty_graph_is_scored_without_complaint(model_neo4j: Address) -> None:
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    asked = await runs.request(database, SYSTEM, RunRequest("influence"))
    claim = await runs.claim(database, "w", id=asked.id)
    assert claim is not None

    carried = await carry_out(database, registry, claim, folder=None)

    assert (carried.run.status, carried.counts["scored"]) == (RunStatus.DONE, 0)
    await database.close()


def test_scores_come_out_of_their_bytes_as_they_went_in() -> None:
    ids = np.frombuffer(bytes(range(48)), np.uint8).reshape(3, 16)[::-1]
    columns = {
        "risk": np.array([0.5, np.nan, 0.25]),
        "band": np.array(["high", None, "low"], object),
    }
    scores = Scores("Firm", np.arange(3, dtype=np.int32), columns)

    stored = [facts for _, facts in packing.parts(scores, ids, "churn", chunk=2)]
    found = packing.unpacked(stored)["Firm"]

    assert len(stored) == 2
    assert found.ids.tolist() == ids[::-1].tolist()
    np.testing.assert_array_equal(found.columns["risk"], [0.25, np.nan, 0.5])
    assert found.columns["band"].tolist() == ["low", None, "high"]
    assert days([0.5, np.nan, 20_000]).tolist() == [date(1970, 1, 1), None, date(2024, 10, 4)]


def test_parameters_are_checked_whole() -> None:
    good = parameters_of(influence.Parameters, {"exactUpTo": 10, "damping": 1 / 2, "around": [1, 2]})
    with pytest.raises(Rejected) as caught:
        parameters_of(influence.Parameters, {"damping": "much", "weighted": 1, "nonsense": 1, "sources": True})
    with pytest.raises(Rejected) as bounded:
        parameters_of(influence.Parameters, {"damping": 1.5})

    assert (good.exact_up_to, good.damping, good.around) == (10, 0.5, (1, 2))
    assert [problem.path for problem in caught.value.problems] == [
        ("parameters", "damping"),
        ("parameters", "weighted"),
        ("parameters", "nonsense"),
        ("parameters", "sources"),
    ]
    assert bounded.value.problems[0].code == "bad_parameter"
    with pytest.raises(Rejected):
        kind_of("astrology")

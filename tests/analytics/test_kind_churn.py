"""Churn as a run on a sample organisation: learned from who has left, with the ways of risk and what would change it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

import neo4j
import pytest

from analytics.runs import carry_out
from analytics.snapshot import take
from graph import runs
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.runs import Run, RunRequest
from packs.installing import install
from packs.requirements import gather
from packs.sample.companies import chain_of
from packs.sample.generator import parts_of
from packs.sample.loading import with_defaults
from packs.sample.parameters import Parameters
from packs.sample.world import World, draw_world

pytestmark = pytest.mark.anyio

SIZE = 0.08
NEEDED = ("Company", "Person", "Order", "Activity", "WORKS_AT", "OWNS", "REFERRED", "PLACED", "TOOK_PART")
LEARNING = {"moments": 6, "leastLeft": 8, "backtest": 1}


async def analysed(database: Database, registry: Registry, request: RunRequest) -> Run:
    asked = await runs.request(database, SYSTEM, request)
    claim = await runs.claim(database, asked.id, id=asked.id)
    assert claim is not None
    snapshot = await take(database, registry.model, SYSTEM)
    return (await carry_out(database, registry, claim, folder=None, snapshot=snapshot)).run


async def sample(database: Database) -> tuple[Registry, World]:
    """Companies with their people, orders, activities and referrals; deals, cases and marketing are left out."""
    packs, problems = gather(["crm"])
    assert problems == []
    registry = await Registry.open(database)
    await install(registry, SYSTEM, packs)
    world = draw_world(Parameters(datetime.now(UTC).date(), size=SIZE))
    noon = datetime.combine(world.parameters.until, time(12), UTC)
    for part in parts_of(world):
        commands = [with_defaults(registry.model, command) for command in part.draw()] if part.name in NEEDED else []
        if commands:
            await write(database, registry.model, SYSTEM, commands, now=noon, timeout_s=300.0)
    return registry, world


def told(driver: neo4j.Driver) -> dict[str, dict[str, Any]]:
    """The documents of churn, by record, with the stored scores."""
    found = driver.execute_query(
        """MATCH (x:Insight {engine: 'churn'}) MATCH (n:Record {id: x.record})
        RETURN x.record, x.document, n.insight_churn_risk, n.insight_churn_received"""
    )
    return {id: json.loads(text) | {"risk": risk, "received": got} for id, text, risk, got in found.records}


async def test_the_sample_is_learned_from_who_left_and_its_risk_comes_down_the_referral_chain(
    database: Database, neo4j_driver: neo4j.Driver
) -> None:
    registry, world = await sample(database)

    run = await analysed(database, registry, RunRequest("churn", "Company", LEARNING, seed=5))

    quality, documents = run.quality["Company"], told(neo4j_driver)
    assert run.counts["scored"] == len(documents) == len(world.companies)
    assert quality["basis"] == "events"
    assert quality["left"] == len(world.lost)
    assert 0.5 < quality["auc"] <= 1
    assert sum(each["count"] for each in quality["calibration"]["bins"]) == quality["examples"]
    assert 0 <= quality["calibration"]["error"] <= 1
    assert (
        quality["backtest"].keys() >= {"auc", "precision", "medianLeadDays", "calibration"}
        or quality["backtest"]["refused"]
    )
    for document in documents.values():
        parts = sum(reason["contribution"] for reason in document["reasons"])
        assert parts == pytest.approx(document["risk"], abs=1e-6)
        assert sum(path["contribution"] for path in document["paths"]) <= document["received"] + 1e-6

    chain = [world.companies[number].id for number in chain_of(world.companies)]
    ways = [path["records"] for path in documents[chain[-1]]["paths"]]
    assert any(way[-2:] == chain[-2:] for way in ways)
    ways = [path["records"] for id in chain for path in documents[id]["paths"]]
    assert any(contains(way, chain[at : at + 3]) for way in ways for at in range(len(chain) - 2))
    changes = [change for document in documents.values() for change in document["counterfactuals"]]
    assert {change["code"] for change in changes} >= {"if_answers", "if_put_right"}
    for change in changes:
        assert change["change"] == pytest.approx(change["facts"]["after"] - change["facts"]["before"])
        assert change["change"] <= -0.005
    people = {person.id for person in world.people}
    assert any(change["record"] in people for change in changes if change["code"] == "if_answers")


def contains(way: list[str], part: list[str]) -> bool:
    return any(way[at : at + len(part)] == part for at in range(len(way)))


MEMBERS = {
    "types": [
        {"name": "Member", "plural": "Members", "fields": [{"name": "name", "kind": "text"}]},
        {"name": "Visit", "plural": "Visits", "fields": [{"name": "heldOn", "kind": "date", "required": True}]},
    ],
    "relations": [
        {
            "name": "PAID",
            "source": {"types": ["Member"], "field": "visits"},
            "target": {"types": ["Visit"], "field": "visitor"},
        }
    ],
    "profiles": [
        {"type": "Member", "signals": [{"name": "visits", "path": ["visits"], "role": "contact", "time": "heldOn"}]}
    ],
}
VISITS = """UNWIND range(0, 9) AS m CREATE (n:Record:Member {id: $stem + '000' + toString(m), version: 1})
WITH n, m UNWIND range(0, 5 - m % 2) AS v
CREATE (n)-[:PAID {id: n.id + toString(v), version: 1}]->(:Record:Visit
  {id: $stem + '1' + toString(10 * m + v + 100), version: 1, heldOn: date() - duration({days: (10 * m + 5) * (v + 1)})})"""


async def test_a_type_invented_a_minute_ago_without_a_mark_of_leaving_has_its_risk_from_silence(
    database: Database, neo4j_driver: neo4j.Driver
) -> None:
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(MEMBERS)
    assert problems == []
    await registry.apply(SYSTEM, patch)
    neo4j_driver.execute_query(VISITS, stem="01936f2e-0000-7000-8000-00000000")

    run = await analysed(database, registry, RunRequest("churn", "Member"))

    quality, documents = run.quality["Member"], told(neo4j_driver)
    assert (quality["basis"], quality["left"]) == ("silence", 0)
    assert "learner" not in quality
    assert quality["backtest"]["refused"].startswith("Too few")
    assert len(documents) == 10
    for id, document in documents.items():
        assert {reason["code"] for reason in document["reasons"]} == {"rhythm", "silence"}
        assert document["paths"] == []
        for change in document["counterfactuals"]:
            assert (change["code"], change["record"]) == ("if_answers", id)

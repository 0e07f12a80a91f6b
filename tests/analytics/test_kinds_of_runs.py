"""Every engine as a run over a small shop: scores where they belong, reasons that sum, the same seed giving the same."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import neo4j
import pytest

from analytics.runs import carry_out, recompute
from analytics.snapshot import Snapshot, take
from graph import runs
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models import scores
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.errors import Rejected, XrmError
from models.runs import Run, RunRequest, RunStatus

pytestmark = pytest.mark.anyio

NOW = datetime.now(UTC)
CUSTOMERS, PRODUCTS = 60, 60
MODEL = {
    "types": [
        {
            "name": "Customer",
            "plural": "Customers",
            "fields": [{"name": "name", "kind": "text"}, {"name": "leftOn", "kind": "date"}],
        },
        {"name": "Product", "plural": "Products", "fields": [{"name": "name", "kind": "text"}]},
        {
            "name": "Order",
            "plural": "Orders",
            "fields": [
                {"name": "orderedOn", "kind": "date", "required": True},
                {"name": "total", "kind": "money", "options": {"currency": "EUR"}},
            ],
        },
    ],
    "relations": [
        {
            "name": "PLACED_BY",
            "source": {"types": ["Order"], "field": "placedBy"},
            "target": {"types": ["Customer"], "field": "orders"},
        },
        {
            "name": "HOLDS",
            "source": {"types": ["Order"], "field": "holds"},
            "target": {"types": ["Product"], "field": "heldIn"},
        },
        {
            "name": "KNOWS",
            "source": {"types": ["Customer"], "field": "knows"},
            "target": {"types": ["Customer"], "field": "knows"},
            "symmetric": True,
        },
    ],
    "profiles": [
        {
            "type": "Customer",
            "signals": [
                {"name": "orders", "path": ["orders"], "role": "business", "time": "orderedOn", "value": "total"}
            ],
            "leaving": {"field": "leftOn"},
            "offers": {"path": ["orders", "holds"]},
            "spreads": [{"path": ["knows"], "factor": 0.5}],
        }
    ],
}


def shop() -> dict[str, list[dict[str, Any]]]:
    """Sixty customers with a pace each, some of whom have stopped; products are taken in two circles."""
    chance = random.Random(7)
    orders, number = [], 0
    for customer in range(CUSTOMERS):
        gap, day = chance.choice([10, 20, 40]), chance.uniform(200, 700)
        stops = chance.uniform(0, 300) if customer % 3 == 0 else 0
        while day > stops:
            taken = {int(30 * chance.random() ** 3) + 30 * (customer % 2) for _ in range(2)}
            orders.append(
                {
                    "id": identity(10_000 + number),
                    "customer": identity(customer),
                    "on": NOW.date() - timedelta(days=int(day)),
                    "total": chance.randint(10, 900) * 100,
                    "products": [identity(1_000 + each) for each in taken],
                }
            )
            number, day = number + 1, day - max(1.0, chance.expovariate(1 / gap))
    left = {0: NOW.date() - timedelta(days=5), 1: NOW.date() - timedelta(days=9), 2: NOW.date() + timedelta(days=1)}
    return {
        "orders": orders,
        "customers": [{"id": identity(i), "left": left.get(i)} for i in range(CUSTOMERS)],
        "products": [{"id": identity(1_000 + i)} for i in range(PRODUCTS)],
    }


def identity(number: int) -> str:
    return f"01936f2e-0000-7000-8000-{number:012x}"


FILL = (
    "UNWIND $customers AS row CREATE (n:Record:Customer {id: row.id, version: 1, leftOn: row.left})",
    "UNWIND $products AS row CREATE (n:Record:Product {id: row.id, version: 1})",
    """MATCH (c:Customer) WITH c ORDER BY c.id WITH collect(c) AS them UNWIND range(1, size(them) - 1) AS i
    WITH them[i / 2] AS a, them[i] AS b, i CREATE (a)-[:KNOWS {id: 'k' + toString(i), version: 1}]->(b)""",
    """UNWIND $orders AS row MATCH (c:Record {id: row.customer})
    CREATE (o:Record:Order {id: row.id, version: 1, orderedOn: row.on, total_e2: row.total, total_currency: 'EUR'})
    CREATE (o)-[:PLACED_BY {id: row.id + 'p', version: 1}]->(c)
    WITH o, row UNWIND row.products AS product MATCH (p:Record {id: product})
    CREATE (o)-[:HOLDS {id: row.id + product, version: 1}]->(p)""",
)

SCORED = [scores.key(engine, each.name) for engine, found in scores.SCORES.items() for each in found]
FORGET = (
    "MATCH (n:Insight|AnalyticsRun) DETACH DELETE n",
    f"MATCH (n:Record) REMOVE {', '.join(f'n.{key}' for key in SCORED)}",
)


class Shop:
    """The shop's database and what can be asked of it."""

    def __init__(self, database: Database, registry: Registry, driver: neo4j.Driver) -> None:
        self.database, self.registry, self.driver = database, registry, driver
        self.snapshot: Snapshot

    async def analysed(self, request: RunRequest) -> Run:
        asked = await runs.request(self.database, SYSTEM, request)
        claim = await runs.claim(self.database, asked.id, id=asked.id)
        assert claim is not None
        return (await carry_out(self.database, self.registry, claim, folder=None, snapshot=self.snapshot)).run

    def scored(self, engine: str, label: str = "Customer") -> list[dict[str, Any]]:
        names = [each.name for each in scores.SCORES[engine]]
        shown = ", ".join(f"{name}: n.{scores.key(engine, name)}" for name in names)
        scored = f"MATCH (n:{label}) WHERE n.{scores.key(engine, 'run')} IS NOT NULL"
        text = f"{scored} RETURN {{id: n.id, {shown}}} AS row ORDER BY n.id"
        return [record["row"] for record in self.driver.execute_query(text).records]

    def documents(self, engine: str) -> dict[str, dict[str, Any]]:
        found = self.driver.execute_query(
            "MATCH (x:Insight {engine: $engine}) RETURN x.record, x.document", engine=engine
        )
        return {record[0]: json.loads(record[1]) for record in found.records}


@pytest.fixture(scope="module")
async def standing_shop(emptied_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Shop]:
    database = await Database.connect(emptied_neo4j)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(MODEL)
    assert problems == []
    await registry.apply(SYSTEM, patch)
    for text in FILL:
        neo4j_driver.execute_query(text, shop())
    made = Shop(database, registry, neo4j_driver)
    made.snapshot = await take(database, registry.model, SYSTEM)
    yield made
    await database.close()


@pytest.fixture
def small_shop(standing_shop: Shop) -> Shop:
    """The shop as no run has seen it yet."""
    for text in FORGET:
        standing_shop.driver.execute_query(text)
    return standing_shop


SUMS = {
    "churn": "risk",
    "rotation": "quiet",
    "recency": "score",
    "purchase": "alive",
    "lifetime": "value",
    "segments": "fit",
    "recommend": "score",
    "communities": "fit",
    "influence": "pageRank",
}


@pytest.mark.parametrize("engine", [*SUMS])
async def test_scores_are_stored_with_reasons_that_sum_to_them_and_can_be_made_again(
    small_shop: Shop, engine: str
) -> None:
    run = await small_shop.analysed(RunRequest(engine, "Customer", seed=3))
    again = await recompute(small_shop.database, small_shop.registry, run, small_shop.snapshot)

    rows, documents = small_shop.scored(engine), small_shop.documents(engine)
    assert run.status is RunStatus.DONE
    assert run.counts["scored"] == len(rows) == again.compared > CUSTOMERS // 2
    assert again.differing == 0
    told = [row for row in rows if row["id"] in documents]
    assert len(told) > CUSTOMERS // 3
    for row in told:
        reasons = documents[row["id"]]["reasons"]
        total = sum(reason["contribution"] for reason in reasons)
        assert total == pytest.approx(row[SUMS[engine]], abs=1e-6), (row, reasons)


async def test_each_score_lies_in_the_form_its_definition_says(small_shop: Shop) -> None:
    forms = {"number": float, "integer": int, "text": str, "boolean": bool}
    for engine in ("rotation", "recency", "purchase", "lifetime", "segments", "recommend", "communities", "influence"):
        await small_shop.analysed(RunRequest(engine, "Customer"))
        rows = small_shop.scored(engine)
        for each in scores.SCORES[engine]:
            values = [row[each.name] for row in rows if row[each.name] is not None]
            assert values, (engine, each.name)
            if each.kind == "date":
                assert {type(value.to_native()) for value in values} == {date}
            else:
                assert {type(value) for value in values} == {forms[each.kind]}, (engine, each.name)


async def test_without_a_type_a_run_scores_every_type_that_has_a_profile(small_shop: Shop) -> None:
    run = await small_shop.analysed(RunRequest("recency"))

    assert run.counts["scored"] == CUSTOMERS == len(small_shop.scored("recency"))
    assert small_shop.scored("recency", "Product") == []


async def test_risk_comes_along_relations_by_paths_and_has_a_trend_from_the_second_run_on(small_shop: Shop) -> None:
    await small_shop.analysed(RunRequest("churn", "Customer"))
    first = small_shop.scored("churn")
    run = await small_shop.analysed(RunRequest("churn", "Customer", {"received": 0.5}))

    rows, documents = small_shop.scored("churn"), small_shop.documents("churn")
    assert {row["trend"] for row in first} == {None}
    for row, earlier in zip(rows, first, strict=True):
        assert row["risk"] == pytest.approx(row["own"] + row["received"])
        assert row["trend"] == pytest.approx(row["risk"] - earlier["risk"])
        assert row["band"] == ("low" if row["risk"] < 0.3 else "medium" if row["risk"] < 0.6 else "high")
    assert [row["own"] for row in rows[:2]] == pytest.approx(
        [0.75, 0.75]
    )  # they have left, and half of half is received
    assert [row["left"] for row in rows[:3]] == [True, True, False]
    assert documents[rows[0]["id"]]["reasons"][0]["code"] == "left"
    assert "left" not in {reason["code"] for reason in documents[rows[2]["id"]]["reasons"]}  # it leaves tomorrow
    assert run.quality["Customer"]["basis"] == "silence"
    assert run.quality["Customer"]["notLearned"].startswith("Too few ")
    way = documents[rows[0]["id"]]["paths"][0]
    assert way["records"][-1] == rows[0]["id"]
    assert way["strength"] <= way["facts"]["risk"]


async def test_strength_is_that_with_everybody_an_event_brings_together(small_shop: Shop) -> None:
    patch, problems = patch_from_plain(
        {
            "profiles": [
                {
                    "type": "Product",
                    "signals": [{"name": "sales", "path": ["heldIn"], "role": "business", "time": "orderedOn"}],
                }
            ]
        }
    )
    assert problems == []
    await small_shop.registry.apply(SYSTEM, patch)

    run = await small_shop.analysed(RunRequest("strength", "Customer"))

    rows, documents = small_shop.scored("strength"), small_shop.documents("strength")
    assert run.counts["scored"] == len(rows) == CUSTOMERS
    assert max(row["contacts"] for row in rows) <= PRODUCTS // 2
    for row in rows:
        paths = documents[row["id"]]["paths"]
        assert len(paths) == min(row["contacts"], 25)
        assert paths[0]["strength"] == row["strongest"]


async def test_an_engine_refuses_a_type_whose_records_nothing_happens_to(small_shop: Shop) -> None:
    with pytest.raises(Rejected) as caught:
        await small_shop.analysed(RunRequest("recommend", "Product"))
    with pytest.raises(XrmError):
        await small_shop.analysed(RunRequest("purchase", "Order"))

    assert caught.value.problems[0].code == "no_offers"
    assert small_shop.scored("recommend", "Product") == []

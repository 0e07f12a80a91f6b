"""The page on figures as its readers meet it: every operation on it is asked, and every answer compared."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path

import neo4j
import pytest
from asking import Asking
from small_worlds import Thing, World, load

from gql.editions import Editions
from graph.address import Address
from graph.session import Database
from models.fields.money import Money
from models.metamodel import End, EntityType, Field, Metamodel, RelationType

pytestmark = pytest.mark.anyio

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "ask-for-figures.md"
STEP = re.compile(r"```graphql\n(.*?)```\n```json\n(.*?)```\n", re.DOTALL)
COMPANY = EntityType("Company", "Companies", {name: Field(name, "text", required=True) for name in ("name", "city")})
DEAL = EntityType(
    "Deal",
    "Deals",
    {
        "title": Field("title", "text", required=True),
        "stage": Field("stage", "choice", options={"choices": [{"value": "open"}, {"value": "won"}]}),
        "amount": Field("amount", "money", options={"currency": "EUR"}),
        "signedAt": Field("signedAt", "dateTime"),
    },
)
DEAL_WITH = RelationType("DEAL_WITH", End(("Deal",), "company", most=1), End(("Company",), "deals"))
MODEL = Metamodel(1, {"Company": COMPANY, "Deal": DEAL}, {"DEAL_WITH": DEAL_WITH})
COMPANIES = {"c1": ("Arvand", "Tehran"), "c2": ("Brandt", "Berlin"), "c3": ("Caspar", "Berlin")}
DEALS = [
    ("d1", "Cranes", "won", "1200.00", "2026-03-20T19:00:00", "c1"),
    ("d2", "Pumps", "won", "300.50", "2026-03-20T21:00:00", "c1"),
    ("d3", "Valves", "open", "80.00", None, "c2"),
    ("d4", "Rails", "won", "4000.00", "2026-04-02T10:00:00", "c2"),
    ("d5", "Lifts", "won", "950.00", "2026-05-30T22:30:00", "c3"),
    ("d6", "Seals", "open", None, None, None),
]


def world() -> World:
    """Three companies with six deals."""
    made = World(MODEL)
    for id, (name, city) in COMPANIES.items():
        made.records[id] = Thing(id, "Company", {"version": 1, "name": name, "city": city})
    for id, title, stage, amount, signed, company in DEALS:
        values = {"version": 1, "title": title, "stage": stage}
        if amount:
            values["amount"] = Money(Decimal(amount), "EUR")
        if signed:
            values["signedAt"] = dt.datetime.fromisoformat(signed).replace(tzinfo=dt.UTC)
        made.records[id] = Thing(id, "Deal", values)
        if company:
            made.links.append(Thing(f"l{id}", "DEAL_WITH", {"version": 1}, id, company))
    return made


async def test_every_operation_of_the_page_answers_as_it_says(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> None:
    load(world(), neo4j_driver, clean_neo4j.database)
    database = await Database.connect(clean_neo4j)
    asking = Asking(database, Editions(None, MODEL))

    text = PAGE.read_text(encoding="utf-8")
    for operation, answer in STEP.findall(text):
        assert json.dumps(await asking.data(operation)) == json.dumps(json.loads(answer)), operation

    assert len(STEP.findall(text)) == text.count("```graphql") > 4
    await database.close()

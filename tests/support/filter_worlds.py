"""Companies that own each other, people who work there, deals: a small model on a server, for tests of filters."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crm_worlds import CrmWorld

from graph.registry import Registry
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.fields.money import Money

DOCUMENT = {
    "types": [
        {
            "name": "Company",
            "plural": "Companies",
            "fields": [
                {"name": "name", "kind": "text", "required": True},
                {"name": "city", "kind": "text"},
                {"name": "revenue", "kind": "money", "options": {"currency": "EUR"}},
                {"name": "customerSince", "kind": "date"},
            ],
        },
        {"name": "Person", "plural": "People", "fields": [{"name": "lastName", "kind": "text"}]},
        {
            "name": "Deal",
            "plural": "Deals",
            "fields": [
                {"name": "amount", "kind": "money", "options": {"currency": "EUR"}},
                {"name": "engagedOn", "kind": "date"},
                {"name": "expectedOn", "kind": "date"},
            ],
        },
        {"name": "Place", "plural": "Places", "fields": [{"name": "town", "kind": "text"}]},
        {
            "name": "Office",
            "plural": "Offices",
            "fields": [{"name": "name", "kind": "text"}, {"name": "place", "kind": "geoPoint"}],
        },
    ],
    "relations": [
        {
            "name": "WORKS_AT",
            "source": {"types": ["Person"], "field": "employers"},
            "target": {"types": ["Company"], "field": "employees"},
            "fields": [{"name": "role", "kind": "text"}],
        },
        {
            "name": "DEAL_WITH",
            "source": {"types": ["Deal"], "field": "company"},
            "target": {"types": ["Company"], "field": "deals"},
        },
        {
            "name": "OWNS",
            "source": {"types": ["Company", "Person"], "field": "holdings"},
            "target": {"types": ["Company"], "field": "owners"},
            "validity": "overlaps",
        },
    ],
}


async def made(api: Any) -> Registry:
    """The model and its records, served: Holding owns Acme, which owns Bit, which owns Acme again and, no longer, Old."""
    registry = await Registry.open(api.database)
    patch, problems = patch_from_plain(DOCUMENT)
    assert not problems
    await registry.apply(SYSTEM, patch)
    world, past = CrmWorld(), datetime(2020, 1, 1, tzinfo=UTC)
    ids = {
        name: world.record("Company", name=name, **values)
        for name, values in (
            ("Holding", {"revenue": euros("90")}),
            ("ACME Straße", {"revenue": euros("5000"), "city": "Berlin"}),
            ("Bit", {"revenue": euros("2000"), "city": "Oslo"}),
            ("Old", {"city": "Tehran"}),
        )
    }
    for owner, owned in (("Holding", "ACME Straße"), ("ACME Straße", "Bit"), ("Bit", "ACME Straße")):
        world.link(ids[owner], "OWNS", ids[owned], since=past)
    world.link(ids["Bit"], "OWNS", ids["Old"], since=past, until=past + timedelta(days=9))
    world.link(world.record("Person", lastName="Smith"), "WORKS_AT", ids["ACME Straße"], role="CEO")
    recent = datetime.now(UTC).date() - timedelta(days=30)
    world.link(world.record("Deal", amount=euros("600"), engagedOn=recent), "DEAL_WITH", ids["ACME Straße"])
    world.record("Deal", engagedOn=date(2019, 1, 1))
    await world.write(api.database, registry.model)
    await eventually(api, "{ companies(first: 0) { totalCount } }")
    return registry


def euros(amount: str) -> Money:
    """An amount in the one currency of these worlds."""
    return Money(Decimal(amount), "EUR")


async def eventually(api: Any, query: str, *, fails: bool = False) -> None:
    """Until the server has heard of the model, so that a query is answered, or is so no longer."""
    async with asyncio.timeout(60):
        while ("errors" in (await api.ask(query)).json()) is not fails:
            await asyncio.sleep(0.1)

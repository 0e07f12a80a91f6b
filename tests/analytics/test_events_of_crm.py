"""What the crm pack's profiles make of a company's orders, talks, deals and complaints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from analytics.events import day_of
from analytics.events_loading import events
from analytics.snapshot import take
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateLink, CreateRecord
from models.fields.money import Money
from models.ids import new_id
from packs.installing import install
from packs.requirements import gather

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
ON = date(2026, 6, 1)
RECORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "acme": ("Company", {"name": "Acme"}),
    "eve": ("Person", {"name": "Eve"}),
    "order": (
        "Order",
        {"number": "1", "orderedOn": ON, "status": "shipped", "total": Money(Decimal("10.5000"), "USD")},
    ),
    "cancelled": ("Order", {"number": "2", "orderedOn": ON, "status": "cancelled", "total": Money(Decimal(9), "USD")}),
    "won": ("Deal", {"name": "won", "stage": "won", "closedOn": ON, "amount": Money(Decimal("99.00"), "USD")}),
    "open": ("Deal", {"name": "open", "stage": "proposal", "engagedOn": ON}),
    "meeting": ("Activity", {"subject": "m", "kind": "meeting", "happenedAt": AT, "direction": "mutual"}),
    "mail": ("Activity", {"subject": "e", "kind": "email", "happenedAt": AT, "direction": "inbound"}),
    "visit": ("Activity", {"subject": "v", "kind": "visit", "happenedAt": AT, "direction": "outbound"}),
    "complaint": (
        "Case",
        {"number": "1", "subject": "c", "status": "new", "kind": "complaint", "priority": "urgent", "openedAt": AT},
    ),
    "question": ("Case", {"number": "2", "subject": "q", "status": "new", "kind": "question", "openedAt": AT}),
}
LINKS = [
    ("WORKS_AT", "eve", "acme"),
    ("PLACED", "acme", "order"),
    ("PLACED", "acme", "cancelled"),
    ("DEAL_WITH", "won", "acme"),
    ("DEAL_WITH", "open", "acme"),
    ("ABOUT", "meeting", "acme"),
    ("ABOUT", "mail", "acme"),
    ("TOOK_PART", "eve", "mail"),
    ("TOOK_PART", "eve", "visit"),
    ("ABOUT", "complaint", "acme"),
    ("RAISED", "eve", "complaint"),
    ("RAISED", "acme", "question"),
]


async def test_a_company_and_a_person_have_the_events_that_the_pack_names(database: Database) -> None:
    registry = await Registry.open(database)
    packs, problems = gather(["crm"])
    await install(registry, SYSTEM, packs)
    ids = {name: new_id() for name in RECORDS}
    commands = [CreateRecord(type_name, ids[name], values) for name, (type_name, values) in RECORDS.items()]
    links = [CreateLink(relation, new_id(), ids[one], ids[other], {}) for relation, one, other in LINKS]
    await write(database, registry.model, SYSTEM, [*commands, *links], now=NOW)
    snapshot = await take(database, registry.model, SYSTEM, clock=lambda: NOW)
    names = {id: name for name, id in ids.items()}

    async def found(type_name: str) -> list[tuple[Any, ...]]:
        them = await events(database, registry.model, SYSTEM, snapshot, type_name)
        return sorted(
            (
                names[snapshot.id(int(them.event[place]))],
                them.signals[them.signal[place]].name,
                float(them.day[place]),
                None if np.isnan(them.value[place]) else float(them.value[place]),
                float(them.weight[place]) * int(them.sign[place]),
                int(them.direction[place]),
            )
            for place in range(len(them))
        )

    on, at = float((ON - date(1970, 1, 1)).days), day_of(AT)
    assert problems == []
    assert await found("Company") == [
        ("complaint", "casesAbout", at, None, -3.0, 0),
        ("mail", "activities", at, None, 1.0, -1),
        ("meeting", "activities", at, None, 3.0, 0),
        ("order", "orders", on, 10.5, 3.0, 0),
        ("visit", "peopleActivities", at, None, 4.0, 1),
        ("won", "wonDeals", on, None, 4.0, 0),
    ]
    assert await found("Person") == [
        ("complaint", "cases", at, None, -3.0, 0),
        ("mail", "activities", at, None, 1.0, -1),
        ("visit", "activities", at, None, 4.0, 1),
    ]

"""Dashboards that come to people by themselves: kept for each person, and told when they are due.

A due one is told once whichever process finds it: what a process takes is counted on in the transaction that tells.
What was missed while no process ran is told once, for the latest time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from cypher import weave
from graph import notifications
from graph.session import Database, Row, Transaction
from models.actor import SYSTEM, Actor
from models.calendars import Calendar
from models.errors import NotFound
from models.notices import notice
from models.rhythms import Every, Rhythm

LOOK_EVERY_S = 5.0
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Delivery:
    """A saved page that comes to one person: its id and name, when it comes, and when it came last."""

    page: str
    name: str
    rhythm: Rhythm
    next_at: datetime
    last_at: datetime | None


async def keep(database: Database, actor: Actor, page: str, rhythm: Rhythm, *, now: datetime) -> Delivery:
    """Have a page come to the actor, in the place of the rhythm it had. Raises NotFound."""
    facts = {
        "every": rhythm.every.value,
        "on": rhythm.on,
        "at": rhythm.at,
        "zone": rhythm.zone,
        "calendar": rhythm.calendar.value,
        "nextAt": rhythm.after(now),
    }
    rows = await _written(database, actor, "page_delivery_save", {"page": page, "person": actor.id, "facts": facts})
    if not rows:
        raise NotFound(f"There is no saved page {page[:60]!r} that you may see; savedPages lists those there are.")
    return _delivery(*rows[0])


async def drop(database: Database, actor: Actor, page: str) -> bool:
    """Let a page come no longer; whether it came."""
    ((count,),) = await _written(database, actor, "page_delivery_drop", {"page": page, "person": actor.id})
    return bool(count)


async def deliveries(database: Database, actor: Actor) -> list[Delivery]:
    """What comes to the actor, by name."""
    rows = await database.rows(weave.fixed("page_deliveries", actor), {"person": actor.id})
    return [_delivery(*row) for row in rows]


async def deliver_due(database: Database, *, now: datetime) -> int:
    """Tell everybody what is due; how many were told. Several processes may do so at once."""
    asked = {"now": now, "most": MOST_AT_ONCE}
    due = await database.rows(weave.fixed("page_deliveries_due", SYSTEM), asked)
    return sum([await _deliver(database, facts, now) for (facts,) in due])


async def keep_delivering(database: Database) -> None:
    """Endless: tell what is due."""
    while True:
        if await deliver_due(database, now=datetime.now(UTC)) < MOST_AT_ONCE:
            await asyncio.sleep(LOOK_EVERY_S)


async def _deliver(database: Database, facts: Mapping[str, Any], now: datetime) -> bool:
    rhythm, person, page = _rhythm(facts), facts["person"], facts["page"]
    taken = {"person": person, "page": page, "turns": facts["turns"], "due": now, "next": rhythm.after(now)}

    async def work(transaction: Transaction) -> bool:
        rows = await transaction.run(weave.fixed("page_delivery_taken", SYSTEM, reads=False), taken)
        for name, of in rows:
            await notifications.tell(transaction, notice("page_due", page, name=name, of=of), person=person)
        return bool(rows)

    return await database.write(work)


async def _written(database: Database, actor: Actor, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed(name, actor, reads=False), parameters)

    return await database.write(work)


def _delivery(name: str, facts: Mapping[str, Any]) -> Delivery:
    last = facts.get("lastAt")
    return Delivery(
        facts["page"], name, _rhythm(facts), facts["nextAt"].to_native(), last.to_native() if last is not None else None
    )


def _rhythm(facts: Mapping[str, Any]) -> Rhythm:
    at: time = facts["at"].to_native()
    return Rhythm(Every(facts["every"]), facts.get("on"), at, facts["zone"], Calendar(facts["calendar"]))

"""What people are to be told: kept for each person until it is read, and told at once to whoever listens."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from cypher import weave
from graph.session import Database, Row, Transaction
from models.actor import SYSTEM, Actor
from models.errors import NotFound, Rejected, TimedOut, Unavailable
from models.ids import earliest_id, new_id
from models.notices import Fact, Notice, unwanted_problems

log = logging.getLogger(__name__)

EVERY_S = 0.5
LATE_S = 60  # that a notification may be committed after its id was made
MOST_WAITING = 100  # for one listener; the oldest goes first, it can be read from the list
_LATEST = "~"  # behind every id


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing one person is told: what kind of thing, of what (an id), in a sentence, and the facts of the sentence.

    Notifications of before facts were kept have none.
    """

    id: str
    kind: str
    subject: str
    text: str
    at: datetime
    read_at: datetime | None
    facts: Mapping[str, Fact]


async def tell(transaction: Transaction, notice: Notice, *, person: str | None) -> None:
    """Tell a person, or all administrators where there is none, when the transaction commits."""
    kept = {
        "kind": notice.kind,
        "subject": notice.subject,
        "text": notice.text,
        "facts": orjson.dumps(dict(notice.facts)).decode(),
    }
    parameters = {"id": new_id(), "person": person, "facts": kept}
    await transaction.run(weave.fixed("notification_tell", SYSTEM, reads=False), parameters)


async def unwanted(database: Database, actor: Actor) -> frozenset[str]:
    """The kinds that the actor does not want to be told."""
    (kinds,) = await database.read(weave.fixed("notification_wishes", actor), {"person": actor.id})
    return frozenset(kinds)


async def leave_out(database: Database, actor: Actor, kinds: Sequence[str]) -> frozenset[str]:
    """Tell the actor nothing of these kinds from now on, and of all others. Raises Rejected, NotFound for who is nobody."""
    if problems := unwanted_problems(kinds):
        raise Rejected(problems)
    parameters = {"person": actor.id, "unwanted": sorted(set(kinds))}

    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed("notification_wishes_save", actor, reads=False), parameters)

    rows = await database.write(work)
    if not rows:
        raise NotFound("Only people are told something; sign in as one.")
    return frozenset(rows[0][0])


async def notifications(
    database: Database, actor: Actor, *, first: int, before: str | None = None, unread: bool = False
) -> list[Notification]:
    """What the actor was told, the newest first, of what was told before another."""
    parameters = {"person": actor.id, "first": first, "before": before or _LATEST, "unread": unread}
    return [_notification(*row) for row in await database.rows(weave.fixed("notifications", actor), parameters)]


async def unread(database: Database, actor: Actor) -> int:
    """How much of it the actor has not read."""
    (count,) = await database.read(weave.fixed("notifications_unread", actor), {"person": actor.id})
    return int(count)


async def mark_read(database: Database, actor: Actor, ids: Sequence[str] | None) -> int:
    """Mark these as read, or all; how many were not so before. What belongs to others is left as it is."""
    parameters: Mapping[str, Any] = {"person": actor.id, "ids": None if ids is None else list(ids)}

    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed("notifications_read", actor, reads=False), parameters)

    ((count,),) = await database.write(work)
    return int(count)


@dataclass(eq=False)
class _Listener:
    person: str
    seen: set[str]
    waiting: deque[Notification] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))
    came: asyncio.Event = field(default_factory=asyncio.Event)


class Bell:
    """Looks for what is new, for all who listen in one process together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: set[_Listener] = set()
        self._looking: asyncio.Task[None] | None = None

    async def heard(self, person: str) -> AsyncIterator[Notification]:
        """What a person is told from now on, each once."""
        known = await self._of_late([person])
        listener = _Listener(person, {notification.id for _, notification in known})
        self._listeners.add(listener)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._keep_looking())
        try:
            while True:
                await listener.came.wait()
                listener.came.clear()
                while listener.waiting:
                    yield listener.waiting.popleft()
        finally:
            self._listeners.discard(listener)

    async def _keep_looking(self) -> None:
        """Until nobody listens; a look under way is not broken off, which would cost its connection."""
        waits = False
        while self._listeners:
            try:
                self._hand_out(await self._of_late(sorted({listener.person for listener in self._listeners})))
            except (Unavailable, TimedOut) as error:
                if not waits:  # told once
                    log.warning("Notifications wait: %s", error.message)
                waits = True
            except Exception:  # the outermost door of this task: told, and tried again
                log.exception("Notifications could not be read")
            else:
                waits = False
            await asyncio.sleep(EVERY_S)

    async def _of_late(self, persons: Sequence[str]) -> list[tuple[str, Notification]]:
        parameters = {"persons": list(persons), "since": earliest_id(LATE_S)}
        rows = await self._database.rows(weave.fixed("notifications_of_late", SYSTEM), parameters)
        return [(person, _notification(*rest)) for person, *rest in rows]

    def _hand_out(self, found: Sequence[tuple[str, Notification]]) -> None:
        of_late = {notification.id for _, notification in found}
        for listener in self._listeners:
            for person, notification in found:
                if person == listener.person and notification.id not in listener.seen:
                    listener.waiting.append(notification)
                    listener.came.set()
            listener.seen = (listener.seen & of_late) | {each.id for person, each in found if person == listener.person}


def _notification(
    id: str, kind: str, subject: str, text: str, at: Any, read_at: Any, facts: str | None
) -> Notification:
    read = read_at.to_native() if read_at else None
    return Notification(id, kind, subject, text, at.to_native(), read, orjson.loads(facts) if facts else {})

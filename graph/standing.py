"""Whether those who keep a connection open may still do so: all of them asked for at once, twice a second."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cypher import weave
from graph.admission import admitted_of
from graph.session import Database, Row
from models import people
from models.actor import SYSTEM, Actor, ActorKind
from models.errors import TimedOut, Unavailable
from models.people import Admitted

log = logging.getLogger(__name__)

EVERY_S = 0.4
KEEP_S = 1.0


@dataclass(eq=False)
class Held:
    """A token or a session that connections stay open with."""

    admitted: Admitted
    kind: ActorKind
    asked: float
    ended: asyncio.Event = field(default_factory=asyncio.Event)  # set once it lets nobody in any more
    connections: int = 0

    @property
    def actor(self) -> Actor:
        """Who it lets in."""
        return self.admitted.actor

    @property
    def fresh(self) -> bool:
        """Whether it was found good a moment ago."""
        return time.monotonic() - self.asked < KEEP_S

    def end_when_over(self) -> None:
        """Time alone ends one, whether the database answers or not."""
        if datetime.now(UTC) >= self.admitted.until:
            self.ended.set()


class Standing:
    """Credentials of the open connections of one process; whoever is withdrawn is out at most `KEEP_S` later."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[str, Held] = {}
        self._asking: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()

    @asynccontextmanager
    async def holding(self, secret: str, admitted: Admitted) -> AsyncIterator[Held]:
        """While the block runs, the credential is looked after; it has just been found good."""
        digest = people.digest(secret)
        kind = ActorKind.TOKEN if people.is_token(secret) else ActorKind.PERSON
        held = self._held.get(digest)
        if held is None or held.ended.is_set():
            held = self._held[digest] = Held(admitted, kind, time.monotonic())
        held.connections += 1
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._keep_asking())
        try:
            yield held
        finally:
            held.connections -= 1
            if not held.connections and self._held.get(digest) is held:
                del self._held[digest]

    async def confirmed(self, held: Held) -> bool:
        """Whether the credential is good now; where the database is away, this waits for it."""
        held.end_when_over()
        while not held.fresh and not held.ended.is_set():
            await self._answered.wait()
        return not held.ended.is_set()

    async def _keep_asking(self) -> None:
        """Until nobody holds anything; a question under way is not broken off, which would cost its connection."""
        waits = False
        while self._held:
            await asyncio.sleep(EVERY_S)
            try:
                await self._ask()
                waits = False
            except (Unavailable, TimedOut) as error:
                if not waits:  # told once
                    log.warning("Open connections wait to be confirmed: %s", error.message)
                waits = True
                self._end_those_over()
            except Exception:  # the outermost door of this task: told, and asked again
                log.exception("Open connections could not be confirmed")

    def _end_those_over(self) -> None:
        for held in self._held.values():
            held.end_when_over()

    async def _ask(self) -> None:
        asked, now = time.monotonic(), datetime.now(UTC)
        held = dict(self._held)
        digests: dict[ActorKind, list[str]] = {ActorKind.TOKEN: [], ActorKind.PERSON: []}
        for digest, each in held.items():
            digests[each.kind].append(digest)
        parameters = {"tokens": digests[ActorKind.TOKEN], "sessions": digests[ActorKind.PERSON], "now": now}
        rows = await self._database.rows(weave.fixed("admitted_still", SYSTEM), parameters)
        good: dict[str, Row] = {row[0]: row[1] for row in rows}
        for digest, each in held.items():
            if digest in good:
                each.asked, each.admitted = asked, admitted_of(good[digest], each.kind)
            else:
                each.ended.set()
        answered, self._answered = self._answered, asyncio.Event()
        answered.set()

"""The one reader of the feed of changes in a process: hands every change, once and in order, to whoever follows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

from graph import feed
from graph.feed import Change, Position
from graph.session import Database
from models.errors import TimedOut, Unavailable

log = logging.getLogger(__name__)

POLL_S = 0.1
AGAIN_S = 0.5


class Follower(Protocol):
    """Who wants to hear of changes; it must not wait."""

    def hear(self, changes: Sequence[Change]) -> None:
        """Changes that come behind all that was heard before."""

    def begin_anew(self) -> None:
        """The database is another one than before; nothing is known of what happened between."""


class Tail:
    """Reads while anybody follows; a database that is away is waited for, and nothing is lost meanwhile."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followers: set[Follower] = set()
        self._reading: asyncio.Task[None] | None = None
        self._beginning = asyncio.Lock()
        self.position = Position(0)  # behind everything that was handed out

    async def follow(self, follower: Follower) -> None:
        """Hand this follower what comes behind `position` from now on. Raises TimedOut and Unavailable."""
        async with self._beginning:
            if self._reading is None or self._reading.done():
                self.position = await feed.latest(self._database)
                self._followers.add(follower)
                self._reading = asyncio.create_task(self._read_on())
            self._followers.add(follower)

    def leave(self, follower: Follower) -> None:
        """Hand this one nothing any more; when nobody is left, reading ends soon."""
        self._followers.discard(follower)

    async def _read_on(self) -> None:
        """Until nobody follows; a reading under way is not broken off, which would cost its connection."""
        waits = False
        while self._followers:
            try:
                more = await self._read()
            except (Unavailable, TimedOut) as error:
                if not waits:  # told once
                    log.warning("The feed of changes waits: %s", error.message)
                waits = True
                await asyncio.sleep(AGAIN_S)
            except Exception:  # the outermost door of this task: told, and tried again from where it was
                log.exception("The feed of changes could not be read; it is tried again in %s s", AGAIN_S)
                await asyncio.sleep(AGAIN_S)
            else:
                waits = False
                if not more:
                    await asyncio.sleep(POLL_S)

    async def _read(self) -> bool:
        page = await feed.changes_after(self._database, self.position)
        if not page.known:
            self.position = await feed.latest(self._database)
            log.warning("The database holds other changes than before; following begins anew at %s", self.position.seq)
            for follower in tuple(self._followers):
                follower.begin_anew()
            return False
        self.position = page.position
        if page.changes:
            for follower in tuple(self._followers):
                follower.hear(page.changes)
        return page.more

"""The numbers of records and links that Neo4j keeps itself, read now and then: nothing is counted, and no request waits."""

from __future__ import annotations

import asyncio
import logging

from cypher import weave
from graph.session import Database
from models.actor import SYSTEM
from models.counts import NOTHING_KNOWN, Known
from models.errors import TimedOut, Unavailable

log = logging.getLogger(__name__)

EVERY_S = 10.0
RECORD = "Record"


class Counts:
    """What was known last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.present: Known = NOTHING_KNOWN

    async def refresh(self) -> None:
        """Ask anew. Raises TimedOut and Unavailable."""
        labels, relations = await self._database.read(weave.fixed("counts", SYSTEM), {})
        by_type = dict(labels)
        self.present = Known(by_type, dict(relations), by_type.get(RECORD, 0))

    async def watch(self, every_s: float = EVERY_S) -> None:
        """Endless: keep up with the database; while it is away, what was known last holds."""
        while True:
            await asyncio.sleep(every_s)
            try:
                await self.refresh()
            except (TimedOut, Unavailable) as error:
                log.warning("The numbers of records are not read anew: %s", error.message)

"""Numbers change sets without gaps after they are committed, so that writers share no lock; the order is that of the numbers."""

from __future__ import annotations

import asyncio

from cypher import weave
from graph.session import Contested, Database
from models.actor import SYSTEM
from models.errors import Unavailable

BATCH = 1000


async def number(database: Database, *, batch: int = BATCH) -> int:
    """Number up to `batch` committed change sets that have no number yet; how many there were.

    Safe to run in several processes: the batch is one statement under the lock of the counter. A change set that
    commits late gets a later number than those numbered before it, so a reader of numbers misses none.
    """
    statement = weave.fixed("sequence_change_sets", SYSTEM, reads=False)
    (numbered,) = await database.write_one(statement, {"batch": batch})
    return int(numbered)


async def keep_numbering(database: Database, every_s: float = 0.2) -> None:
    """Endless: number what is committed, and wait for more when all is numbered."""
    while True:
        try:
            numbered = await number(database)
        except (Contested, Unavailable):
            numbered = 0
        if numbered < BATCH:
            await asyncio.sleep(every_s)

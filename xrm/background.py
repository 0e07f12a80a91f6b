"""Work apart from answering requests: what a process that died has left undone, the numbers of changes, what has expired,
analytics, what comes to people by itself."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from graph import people, search, sequencer
from graph.address import Address
from graph.deliveries import keep_delivering
from graph.meanings import keep_meanings
from graph.registry import Registry
from graph.session import Database
from models.errors import XrmError
from models.search.meaning import Meaning
from xrm.analyses.watching import keep_analysing
from xrm.imports.watching import keep_importing

LOOK_EVERY_S = 30.0
FORGET_EVERY_S = 600.0
AGAIN_S = 2.0

log = logging.getLogger("xrm.worker")


async def work(
    address: Address,
    home: Path,
    *,
    ready: Callable[[], None],
    every_s: float = LOOK_EVERY_S,
    meaning: Meaning | None = None,
) -> None:
    """Bring data, constraints and indexes to the model in force, again and again, until SIGINT or SIGTERM.

    A database that cannot be reached is waited for. Raises Unavailable only before `ready`.
    """
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    database = await Database.connect(address)
    try:
        await _look(database)
        ready()
        async with chores(database, address, home, meaning):
            while not await _ended_within(ended, every_s):
                try:
                    await _look(database)
                except XrmError as error:
                    log.warning("waiting: %s", error.message)
    finally:
        await database.close()


@asynccontextmanager
async def chores(
    database: Database, address: Address, home: Path, meaning: Meaning | None = None
) -> AsyncIterator[None]:
    """While the block runs, number what was changed, make records findable as the model asks, and by their meaning
    where there is a model for that, forget what has expired, deliver pages that are due, and carry out analytics and
    imports that wait or are due.

    Several processes may do so at once.
    """
    tasks = [
        asyncio.create_task(kept_going("analytics", lambda: keep_analysing(database, address, home))),
        asyncio.create_task(kept_going("imports", lambda: keep_importing(address, home))),
        asyncio.create_task(kept_going("deliveries", lambda: keep_delivering(database))),
        asyncio.create_task(kept_going("numbering change sets", lambda: sequencer.keep_numbering(database))),
        asyncio.create_task(kept_going("making records findable", lambda: search.keep_findable(database))),
        asyncio.create_task(kept_going("forgetting what has expired", lambda: _keep_forgetting(database))),
    ]
    if meaning is not None:
        tasks.append(asyncio.create_task(kept_going("following meanings", lambda: keep_meanings(database, meaning))))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def kept_going(name: str, do: Callable[[], Awaitable[None]]) -> None:
    """Endless: begin the work again whenever it fails or ends."""
    while True:
        try:
            await do()
        except Exception:  # the outermost door of background work: told, and begun again
            log.exception("%s failed; it begins again in %s s", name, AGAIN_S)
        await asyncio.sleep(AGAIN_S)


async def _keep_forgetting(database: Database) -> None:
    while True:
        await people.forget_expired(database, now=datetime.now(UTC))
        await asyncio.sleep(FORGET_EVERY_S)


async def _look(database: Database) -> None:
    registry = await Registry.open(database)
    await registry.indexed()


async def _ended_within(ended: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await ended.wait()
    except TimeoutError:
        return False
    return True

"""Work apart from answering requests: what a process that died has left undone is done by the next look."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.errors import XrmError

LOOK_EVERY_S = 30.0

log = logging.getLogger("xrm.worker")


async def work(address: Address, *, ready: Callable[[], None], every_s: float = LOOK_EVERY_S) -> None:
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
        while not await _ended_within(ended, every_s):
            try:
                await _look(database)
            except XrmError as error:
                log.warning("waiting: %s", error.message)
    finally:
        await database.close()


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

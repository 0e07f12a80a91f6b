"""A database for one command: the Neo4j found running or started, connected, and left as it was found."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from graph.registry import Registry
from graph.session import Database
from xrm import database, settings
from xrm.cli import console

T = TypeVar("T")


def on_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """What `work` returns, given the database with the fixed constraints in place. Raises Unavailable."""
    return on_all(lambda database, registry, progress: work(database))


def on_registry(work: Callable[[Registry], Awaitable[T]]) -> T:
    """What `work` returns, given the model in force. Raises Unavailable."""
    return on_all(lambda database, registry, progress: work(registry))


def on_all(work: Callable[[Database, Registry, console.Report], Awaitable[T]]) -> T:
    """What `work` returns, given the database, the model in force, and whom to tell how far it is. Raises Unavailable."""
    with console.progress() as progress, database.opened(settings.load(), progress) as address:

        async def run() -> T:
            from gql.breaks import breaks

            connected = await Database.connect(address)
            try:
                return await work(connected, await Registry.open(connected, breaks), progress)
            finally:
                await connected.close()

        return asyncio.run(run())

"""Snapshots for notebooks and scripts: no event loop to start, no session to close."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from analytics.snapshot.state import NO_WEIGHTS, Snapshot
from analytics.snapshot.taking import take
from graph import model_store
from graph.address import Address
from graph.session import Database
from models.actor import SYSTEM
from models.metamodel import Metamodel

T = TypeVar("T")


class Source:
    """An open database from which snapshots are taken, with all rights: who has its password needs no others."""

    def __init__(self, thread: _Thread, database: Database, folder: Path | None) -> None:
        self._thread = thread
        self._database = database
        self._folder = folder

    @property
    def model(self) -> Metamodel:
        """The model in force."""
        return self._thread.run(model_store.load(self._database))

    def take(
        self,
        relations: Sequence[str] | None = None,
        *,
        as_of: datetime | None = None,
        weights: Mapping[str, str] = NO_WEIGHTS,
    ) -> Snapshot:
        """The graph up to now: some relations or all, read at a moment or now, weighed by a field of each relation."""
        how: dict[str, Any] = {"relations": relations, "as_of": as_of, "weights": weights, "folder": self._folder}
        return self._thread.run(take(self._database, self.model, SYSTEM, **how))


class _Thread:
    """An event loop in a thread of its own, since a notebook's is running already."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="snapshot")
        self._runner = asyncio.Runner()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What the work comes to, waited for."""
        return self._worker.submit(self._runner.run, work).result()

    def close(self) -> None:
        """End loop and thread."""
        self._worker.submit(self._runner.close).result()
        self._worker.shutdown()


@contextmanager
def open(  # noqa: A001  # read as snapshot.open
    uri: str,
    *,
    username: str = "neo4j",
    password: str = "",
    database: str = "neo4j",
    folder: Path | str | None = None,
) -> Iterator[Source]:
    """A database to take snapshots from; `folder` keeps them for the next time. Raises Unavailable.

    Snapshots that were taken stay usable when it is closed.
    """
    thread = _Thread()
    try:
        opened = thread.run(Database.connect(Address(uri, username, password, database)))
        try:
            yield Source(thread, opened, None if folder is None else Path(folder))
        finally:
            thread.run(opened.close())
    finally:
        thread.close()

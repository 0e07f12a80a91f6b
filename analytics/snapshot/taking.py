"""The one way to a snapshot: from the cache and brought up to now, else loaded, kept, and brought up to now too."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from analytics.snapshot import disk
from analytics.snapshot.loading import Progress, load
from analytics.snapshot.memory import TooLarge
from analytics.snapshot.planning import Plan, plans
from analytics.snapshot.refreshing import Outdated, refreshed
from analytics.snapshot.state import NO_WEIGHTS, Snapshot
from cypher import weave
from graph.session import Database
from graph.snapshots import Reader
from models.actor import Actor
from models.metamodel import Metamodel

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
KEPT_S = 300.0  # how often the disk gets a newer snapshot at most


def silent(text: str, share: float | None) -> None:
    """Progress that nobody watches."""


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


async def take(
    database: Database,
    model: Metamodel,
    actor: Actor,
    *,
    relations: Sequence[str] | None = None,
    as_of: datetime | None = None,
    folder: Path | None = None,
    progress: Progress = silent,
    weights: Mapping[str, str] = NO_WEIGHTS,
    limit_bytes: int | None = None,
    clock: Clock = utc_now,
) -> Snapshot:
    """The graph as this actor may see it, up to now: from `folder` and the changes since, else loaded and kept there.

    `relations` chooses some of them, `as_of` the moment at which graphs are read, `weights` the field that weighs the
    links of a relation. Raises NotSignedIn, NotFound, Rejected (a field that is no number), BadWeight (links named),
    TooLarge before anything is loaded (more than `limit_bytes` or than is free), TimedOut and Unavailable.
    """
    rights = weave.rights(actor)
    wanted = plans(model, weights, relations)
    reader = Reader(database, actor)
    if folder is None:
        return (await fresh(reader, model, wanted, progress, clock, limit_bytes)).at(as_of)
    every = plans(model, weights)
    state = await reader.state()
    name = disk.fingerprint(state.identity, model.version, rights, weights)
    kept = await asyncio.to_thread(disk.read, folder, name)
    snapshot = await brought_up(reader, model, every, kept, clock)
    if snapshot is not None and is_worth_keeping(kept, snapshot):
        await keep(snapshot, folder, name)
    if snapshot is None:
        try:
            snapshot = await fresh(reader, model, every, progress, clock, limit_bytes)
        except TooLarge:
            if relations is None:
                raise
            return (await fresh(reader, model, wanted, progress, clock, limit_bytes)).at(as_of)
        if not state.unsettled:
            await keep(snapshot, folder, name)
    return snapshot.only([plan.name for plan in wanted]).at(as_of)


async def brought_up(
    reader: Reader, model: Metamodel, wanted: Sequence[Plan], snapshot: Snapshot | None, clock: Clock
) -> Snapshot | None:
    """A snapshot brought up to now; None where there is none, or where it must be loaded anew."""
    if snapshot is None:
        return None
    try:
        return await refreshed(reader, model, wanted, snapshot, clock())
    except Outdated as reason:
        log.info("The snapshot is loaded anew: %s.", reason)
        return None


async def fresh(
    reader: Reader,
    model: Metamodel,
    wanted: Sequence[Plan],
    progress: Progress,
    clock: Clock,
    limit_bytes: int | None,
) -> Snapshot:
    """A snapshot loaded anew, with what was written while it was loaded."""
    loaded = await load(reader, model, wanted, now=clock(), progress=progress, limit_bytes=limit_bytes)
    with contextlib.suppress(Outdated):  # the model is on the move: the next who asks loads again
        return await refreshed(reader, model, wanted, loaded, clock())
    return loaded


def is_worth_keeping(kept: Snapshot | None, newer: Snapshot, *, kept_s: float = KEPT_S) -> bool:
    """Whether a newer snapshot should take the place of the one on disk: it says more, and some time has gone by."""
    if kept is None or kept.model_version != newer.model_version:
        return True
    return kept.seq != newer.seq and abs((newer.taken_at - kept.taken_at).total_seconds()) >= kept_s


async def keep(snapshot: Snapshot, folder: Path, name: str) -> None:
    """Keep a snapshot on disk; a disk that is full or read-only costs a load at the next start, no more."""
    try:
        await asyncio.to_thread(disk.save, snapshot, folder, name)
    except OSError as error:
        log.warning("The snapshot could not be kept in %s: %s. It is loaded anew at the next start.", folder, error)

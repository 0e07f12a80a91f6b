"""The newest snapshot of a process: taken once, brought up to now when it has grown old, one load at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import datetime
from pathlib import Path

from analytics.snapshot import disk
from analytics.snapshot.loading import Progress
from analytics.snapshot.planning import plans
from analytics.snapshot.state import NO_WEIGHTS, Snapshot
from analytics.snapshot.taking import KEPT_S, Clock, brought_up, fresh, is_worth_keeping, keep, silent, utc_now
from cypher import weave
from graph.session import Database
from graph.snapshots import Reader
from models.actor import Actor
from models.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a snapshot is brought up to now: after so many changes, or after so many seconds where there is any."""

    changes: int = 1_000
    seconds: float = 60.0
    looked_s: float = 1.0  # how often the database is asked at most
    kept_s: float = KEPT_S


@dataclass
class _Kept:
    """A snapshot, who may move it on, when it was last compared with the database, and what of it is on disk.

    `begun` counts the times it was moved on; `contained` is the count when the snapshot there is was begun.
    """

    lock: asyncio.Lock = attribute(default_factory=asyncio.Lock)
    snapshot: Snapshot | None = None
    looked_at: datetime | None = None
    saved: Snapshot | None = None
    begun: int = 0
    contained: int = 0


class Snapshots:
    """The snapshots of one process, one for all actors with equal rights.

    `model` is asked for the model in force at each call, so that a change of it leads to a new snapshot.
    """

    def __init__(
        self,
        database: Database,
        model: Callable[[], Metamodel],
        *,
        folder: Path | None = None,
        weights: Mapping[str, str] | Callable[[Metamodel], Mapping[str, str]] = NO_WEIGHTS,
        freshness: Freshness = Freshness(),
        limit_bytes: int | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._model = model
        self._folder = folder
        self._weights = weights
        self._freshness = freshness
        self._limit_bytes = limit_bytes
        self._clock = clock
        self._kept: dict[Hashable, _Kept] = {}

    async def current(self, actor: Actor, *, progress: Progress = silent, up_to_now: bool = False) -> Snapshot:
        """The newest snapshot for an actor, no older than the freshness rule lets it be; `up_to_now`: with every change.

        Callers at the same time share one load. Raises what `take` raises.
        """
        kept = self._kept.setdefault(weave.rights(actor), _Kept())
        begun_before = kept.begun
        async with kept.lock:
            # who waited for one that was begun after the question has what was asked for
            if not up_to_now or kept.contained <= begun_before:
                await self._move_on(kept, actor, progress, up_to_now=up_to_now)
            assert kept.snapshot is not None
            return kept.snapshot

    def age_s(self, actor: Actor) -> float | None:
        """How many seconds old the actor's snapshot is; None before there is one."""
        kept = self._kept.get(weave.rights(actor))
        return None if kept is None or kept.snapshot is None else kept.snapshot.age_s(self._clock())

    async def _move_on(self, kept: _Kept, actor: Actor, progress: Progress, *, up_to_now: bool) -> None:
        model = self._model()
        weights = self._weights(model) if callable(self._weights) else self._weights
        wanted = plans(model, weights)
        reader = Reader(self._database, actor)
        now = self._clock()
        if kept.snapshot is not None and not up_to_now and not await self._is_old(kept, reader, model, now):
            return
        kept.begun = begun = kept.begun + 1
        name = ""
        state = await reader.state()
        if self._folder is not None and not state.unsettled:
            name = disk.fingerprint(state.identity, model.version, weave.rights(actor), weights)
            if kept.snapshot is None:
                kept.saved = kept.snapshot = await asyncio.to_thread(disk.read, self._folder, name)
        newer = await brought_up(reader, model, wanted, kept.snapshot, self._clock)
        if newer is None:
            newer = await fresh(reader, model, wanted, progress, self._clock, self._limit_bytes)
        kept.snapshot, kept.looked_at, kept.contained = newer, now, begun
        if name and is_worth_keeping(kept.saved, newer, kept_s=self._freshness.kept_s):
            assert self._folder is not None
            await keep(newer, self._folder, name)
            kept.saved = newer

    async def _is_old(self, kept: _Kept, reader: Reader, model: Metamodel, now: datetime) -> bool:
        """Whether the rule asks for a newer one; the database is not asked at every call."""
        snapshot = kept.snapshot
        if snapshot is None or snapshot.model_version != model.version:
            return True
        if snapshot.age_s(now) >= self._freshness.seconds or now < snapshot.taken_at:  # the clock was put back
            return True
        if kept.looked_at is not None and 0 <= (now - kept.looked_at).total_seconds() < self._freshness.looked_s:
            return False
        kept.looked_at = now
        return await reader.changes_counted(snapshot.seq) >= self._freshness.changes

"""What an engine is given: the events, fields and earlier scores it asks for, beside the snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analytics import packing
from analytics.events import Events
from analytics.runs.work import Work, engines_own
from analytics.scoring import Context, RunKind
from analytics.snapshot import Snapshot
from graph import insights, runs
from models.actor import SYSTEM
from models.metamodel import Metamodel
from models.profiles import profile_of

if TYPE_CHECKING:
    from analytics.fields_loading import OwnFields

DAY_S = 86_400


async def context_of(work: Work, kind: RunKind, model: Metamodel, snapshot: Snapshot, type_name: str) -> Context:
    request = work.claim.run.request
    parameters = engines_own(request)
    wanted = {type_name} if kind.needs_events else set()
    if kind.needs_all_events:
        wanted |= {name for name in snapshot.types if name in model.types and profile_of(model, name).signals}
    events = {name: await _events(work, model, snapshot, name) for name in sorted(wanted)}
    own = await _own_fields(work, model, snapshot, type_name) if kind.needs_leavers and type_name else None
    return Context(
        snapshot=snapshot,
        model=model,
        type=type_name,
        parameters=parameters,
        seed=request.seed,
        now=snapshot.taken_at,
        profile=profile_of(model, type_name) if type_name else None,
        events=events.get(type_name),
        all_events=events if kind.needs_all_events else {},
        leavers=None if own is None else own.leavers,
        features=() if own is None else own.features,
        before=await _before(work, snapshot),
        progress=lambda stage, done: work.progress(stage, 0.4 + 0.3 * done),
    )


async def _events(work: Work, model: Metamodel, snapshot: Snapshot, type_name: str) -> Events:
    from analytics.events_loading import events as load

    work.progress("events", 0.3)
    return await load(work.database, model, SYSTEM, snapshot, type_name)


async def _own_fields(work: Work, model: Metamodel, snapshot: Snapshot, type_name: str) -> OwnFields:
    from analytics.fields_loading import own_fields

    now = snapshot.taken_at.timestamp() / DAY_S
    return await own_fields(work.database, model, SYSTEM, snapshot, type_name, now=now)


async def _before(work: Work, snapshot: Snapshot) -> dict[str, NDArray[Any]]:
    """The scores of the run of the kind before this one, by score, for every record of the snapshot; NaN or None: none."""
    run = work.claim.run
    last = await runs.latest(work.database, SYSTEM, run.request.kind, before=run.number)
    if last is None:
        return {}
    stored = await insights.kept(work.database, SYSTEM, last.id, packing.SCORES_PART)
    columns: dict[str, NDArray[Any]] = {}
    own = packing.keys(snapshot.ids)
    order = np.argsort(own, kind="stable")
    for packed in packing.unpacked(stored).values():
        keys = packing.keys(packed.ids)
        if not len(keys) or not len(own):
            continue
        places = np.clip(np.searchsorted(own[order], keys), 0, len(own) - 1)
        there = own[order][places] == keys
        for name, column in packed.columns.items():
            empty = None if column.dtype == object else np.nan
            mine = columns.setdefault(name, np.full(snapshot.n, empty, column.dtype))
            mine[order[places[there]]] = column[there]
    return columns

"""Run kinds on the newest snapshot: what they work with, and their scores, without a run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from analytics.answering.answers import Asked
from analytics.fields_loading import OwnFields, own_fields
from analytics.scoring import Context
from analytics.snapshot import Snapshot
from models.profiles import profile_of

DAY_S = 86_400
_NOTHING: Mapping[str, Any] = MappingProxyType({})


async def context(
    asked: Asked,
    snapshot: Snapshot,
    type_name: str,
    *,
    parameters: Mapping[str, Any] = _NOTHING,
    seed: int = 0,
    events: bool = True,
    all_events: bool = False,
    leavers: bool = False,
) -> Context:
    """What a run kind works with, on this snapshot; the type's events, those of all types and who left where asked for."""
    wanted = {type_name} if type_name and (events or all_events) else set()
    if all_events:
        wanted |= {name for name in snapshot.types if name in asked.model.types}
    found = {
        name: await asked.events(snapshot, name) for name in sorted(wanted) if profile_of(asked.model, name).signals
    }
    own = await _own_fields(asked, snapshot, type_name) if leavers and type_name else OwnFields()
    return Context(
        snapshot=snapshot,
        model=asked.model,
        type=type_name,
        parameters=parameters,
        seed=seed,
        now=snapshot.taken_at,
        profile=profile_of(asked.model, type_name) if type_name else None,
        events=found.get(type_name),
        all_events=found if all_events else {},
        leavers=own.leavers,
        features=own.features,
    )


async def _own_fields(asked: Asked, snapshot: Snapshot, type_name: str) -> OwnFields:
    """Loaded once for each snapshot."""
    database, now = asked.answers.database, snapshot.taken_at.timestamp() / DAY_S

    async def loaded() -> OwnFields:
        return await own_fields(database, asked.model, asked.actor, snapshot, type_name, now=now)

    return await asked.kept(
        "own fields", (snapshot, type_name), loaded, again=lambda later: _own_fields(asked, later, type_name)
    )

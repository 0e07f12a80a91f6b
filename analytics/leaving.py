"""Who of a type's records has left, and when: read from the field that its profile names."""

from __future__ import annotations

from typing import Any

import numpy as np

from analytics.engines.churn.leavers import Leavers
from analytics.events import day_of
from analytics.snapshot import Snapshot
from graph import exports
from graph.session import Database
from models.actor import Actor
from models.fields import kind_of
from models.fields.date_time import moment
from models.metamodel import Field, Metamodel
from models.profiles import Leaving, profile_of

DATED = ("date", "dateTime")


async def leavers(
    database: Database, model: Metamodel, actor: Actor, snapshot: Snapshot, type_name: str, *, now: float
) -> Leavers | None:
    """The leavers among the snapshot's records of a type, in their order; None where its profile does not say who left.

    A date or moment says on which day; one after `now`, in days since 1970, has not come yet.
    """
    leaving, kind = profile_of(model, type_name).leaving, model.types[type_name]
    if leaving is None:
        return None
    field, span = kind.fields[leaving.field], snapshot.range_of(type_name)
    key = kind_of(field).columns(field)[0].key
    found = [(each["id"], each[key]) async for each in exports.records(database, actor, kind) if key in each]
    places = snapshot.indices(id for id, _ in found)
    days, left = np.full(len(span), np.nan), np.zeros(len(span), bool)
    for place, (_, value) in zip(places.tolist(), found, strict=True):
        if place in span:
            days[place - span.start] = _day(value) if field.kind in DATED else np.nan
            left[place - span.start] = _gone(field, leaving, value)
    return Leavers.dated(days, now=now) if field.kind in DATED else Leavers.undated(left)


def _day(value: str) -> float:
    return day_of(moment(value if "T" in value else f"{value}T00:00:00Z"))


def _gone(field: Field, leaving: Leaving, value: Any) -> bool:
    values = leaving.values or ((True,) if field.kind == "boolean" else ())
    return any(each in values for each in value) if isinstance(value, list) else value in values

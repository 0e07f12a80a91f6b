"""Events of a type's records: paths walked on a snapshot, joined with what the database says of each event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.events import Events, day_of
from analytics.snapshot import Snapshot
from analytics.walking import Walker
from graph.events import NOTHING, EventPage, pages
from graph.session import Database
from models.actor import Actor
from models.metamodel import Metamodel
from models.profiles import Profile, Role, profile_of

MS_A_DAY = 86_400_000
ROLES = tuple(Role)


async def events(
    database: Database,
    model: Metamodel,
    actor: Actor,
    snapshot: Snapshot,
    type_name: str,
    as_of: datetime | None = None,
) -> Events:
    """What happened to each record of a type, by its profile: declared, or made from the model.

    Paths are walked on the snapshot, at `as_of` (or the moment that the snapshot is read at), and events after it are
    left out then; without either, events to come are kept, for engines to cut. An event that several signals of one
    role lead to counts once, for the first of them. Money is in the commonest currency of all events; what is in others
    is counted in `other_currencies`. Records that came after the snapshot are not there. Raises NotFound, TimedOut and
    Unavailable.
    """
    profile = profile_of(model, type_name)
    as_of = as_of or snapshot.moment
    walker = Walker(model, snapshot, as_of)
    found = [
        await _found(database, model, actor, snapshot, walker, profile, place) for place in range(len(profile.signals))
    ]
    if not found:
        return Events.none()
    joined = _once(profile, {name: np.concatenate([part[name] for part in found]) for name in found[0]})
    currency, others = one_currency(joined)
    loaded = Events.from_columns(profile.signals, **joined, currency=currency, other_currencies=others)
    return loaded if as_of is None else loaded.until(day_of(as_of))


Columns = dict[str, NDArray[Any]]


async def _found(
    database: Database,
    model: Metamodel,
    actor: Actor,
    snapshot: Snapshot,
    walker: Walker,
    profile: Profile,
    place: int,
) -> Columns:
    """The events of one signal, with whose they are."""
    signal = profile.signals[place]
    subjects, ends = walker.pairs(profile.type, signal.path)
    if not len(ends):
        return _joined(subjects, ends, _Known.none(), signal.weight, place)
    known = [_Known.of(page, snapshot) async for page in pages(database, model, actor, signal)]
    return _joined(subjects, ends, _Known.together(known), signal.weight, place)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says of events, sorted by their numbers."""

    number: NDArray[np.int32]
    day: NDArray[np.float64]
    value: NDArray[np.float64]
    weight: NDArray[np.float64]
    direction: NDArray[np.int8]
    currency: NDArray[np.str_]

    @classmethod
    def none(cls) -> _Known:
        return cls.together([])

    @classmethod
    def of(cls, page: EventPage, snapshot: Snapshot) -> _Known:
        size = len(page.id)
        return cls(
            snapshot.indices(page.id),
            np.asarray(page.time, np.float64) / (1 if page.dated else MS_A_DAY),
            unscaled(page.value, page.scale) if len(page.value) else np.full(size, np.nan),
            np.asarray(page.weight, np.float64) if len(page.weight) else np.ones(size),
            np.asarray(page.direction, np.int8) if len(page.direction) else np.zeros(size, np.int8),
            np.asarray(page.currency, "U3")
            if len(page.currency) == size
            else np.full(size, [*page.currency, ""][0], "U3"),
        )

    @classmethod
    def together(cls, parts: Sequence[_Known]) -> _Known:
        """All of them; events that the snapshot does not have are left out."""
        number = np.concatenate([np.empty(0, np.int32), *(part.number for part in parts)])
        order = np.argsort(number, kind="stable")
        order = order[np.count_nonzero(number < 0) :]
        return cls(
            number[order],
            np.concatenate([np.empty(0), *(part.day for part in parts)])[order],
            np.concatenate([np.empty(0), *(part.value for part in parts)])[order],
            np.concatenate([np.empty(0), *(part.weight for part in parts)])[order],
            np.concatenate([np.empty(0, np.int8), *(part.direction for part in parts)])[order],
            np.concatenate([np.empty(0, "U3"), *(part.currency for part in parts)])[order],
        )


def unscaled(units: Sequence[int] | NDArray[np.int64], scale: int) -> NDArray[np.float64]:
    """Exact units of 10^-`scale` as the nearest floats, NaN for none."""
    counted = np.asarray(units, np.int64)
    return np.where(counted == NOTHING, np.nan, counted / 10.0**scale)


def _joined(subjects: NDArray[np.int32], ends: NDArray[np.int32], known: _Known, weight: float, place: int) -> Columns:
    """The pairs whose end is a known event, with what is known of it."""
    rows = np.searchsorted(known.number, ends)
    there = rows < len(known.number)
    there[there] = known.number[rows[there]] == ends[there]
    rows = rows[there]
    return {
        "subject": subjects[there],
        "event": ends[there],
        "day": known.day[rows],
        "value": known.value[rows],
        "weight": known.weight[rows] * weight,
        "direction": known.direction[rows],
        "signal": np.full(len(rows), place, np.int16),
        "currency": known.currency[rows],
    }


def _once(profile: Profile, columns: Columns) -> Columns:
    """Each event of a subject once for each role: that of the first signal that leads to it."""
    roles = np.array([ROLES.index(signal.role) for signal in profile.signals], np.int64)[columns["signal"]]
    event = columns["event"].astype(np.int64)
    after = int(event.max(initial=0)) + 1
    keys = (columns["subject"].astype(np.int64) * after + event) * len(ROLES) + roles
    _, first = np.unique(keys, return_index=True)
    return {name: column[first] for name, column in columns.items()}


def one_currency(columns: Columns) -> tuple[str, Mapping[str, int]]:
    """The commonest currency, the first in the alphabet of equals; values in others become NaN and are counted."""
    currencies = columns.pop("currency")
    paid = ~np.isnan(columns["value"]) & (currencies != "")
    names, counts = np.unique(currencies[paid], return_counts=True)
    if not len(names):
        return "", {}
    best = str(names[np.argmax(counts)])
    columns["value"] = np.where(paid & (currencies != best), np.nan, columns["value"])
    return best, {str(name): int(count) for name, count in zip(names, counts, strict=True) if name != best}

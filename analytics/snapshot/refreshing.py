"""A snapshot brought up to now: what its later change rows are about is read again, and merged in one step.

Change rows say which records and pairs to look at, never what became of them: so it does not matter whether the load
saw a change already, nor in which order change sets got their numbers. Change sets without a number are looked at too,
and again once they have one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.links import Columns
from analytics.snapshot.loading import joined, refuse_bad_weights, values_of
from analytics.snapshot.merging import Renumbering, relinked, renumbered
from analytics.snapshot.planning import Plan
from analytics.snapshot.records import Bytes, Numbers, packed, unpacked_all
from analytics.snapshot.state import Snapshot
from graph.snapshots import Reader, State
from models.metamodel import Metamodel

SHARE = 5  # from a fifth of all links on, a load is cheaper
FREE = 20_000  # so many changes are merged in any case
MOST = 500_000  # and never more, whose rows would take much memory


class Outdated(Exception):
    """The snapshot cannot be brought up to now: another database, another model, or more changes than are worth it."""


@dataclass(frozen=True)
class News:
    """What has changed, as the database has it now: records that came and went, and pairs with all of their links."""

    gone: Numbers
    came: Mapping[str, Bytes]
    pairs: Mapping[str, Bytes]  # by relation: two ids, 32 bytes, a pair


async def refreshed(
    reader: Reader, model: Metamodel, plans: Sequence[Plan], snapshot: Snapshot, now: datetime
) -> Snapshot:
    """The snapshot with every change that is committed. Raises Outdated, BadWeight, TimedOut and Unavailable."""
    state = await reader.state(snapshot.seq)
    check(snapshot, state, model, plans)
    changes = await reader.changes_counted(snapshot.seq)
    if changes > min(MOST, max(FREE, snapshot.m // SHARE)):
        raise Outdated(f"{changes} changes")
    later: dict[str, Any] = {"seq": state.seq, "mark": state.mark, "taken_at": now}
    if not changes:
        return replace(snapshot, **later)
    news = await _news(reader, model, snapshot)
    moved = bool(len(news.gone) or news.came)
    renumbering = await asyncio.to_thread(renumbered, snapshot.records, news.gone, news.came)
    links = dict(snapshot.links)
    for plan in plans:
        pairs = news.pairs.get(plan.name)
        if moved or pairs is not None:
            both = _ends(renumbering, pairs)
            fresh = await _fresh(reader, plan, renumbering, both)
            links[plan.name] = await asyncio.to_thread(
                relinked, links[plan.name], renumbering, both, fresh, moved=moved
            )
    return replace(snapshot, records=renumbering.records, links=links, **later)


def check(snapshot: Snapshot, state: State, model: Metamodel, plans: Sequence[Plan]) -> None:
    """Raises Outdated when changes since could not tell all: the data is another, or follows another model."""
    if state.unsettled or snapshot.model_version != model.version or set(snapshot.links) != {p.name for p in plans}:
        raise Outdated("the model has moved on")
    if {plan.name: plan.weight for plan in plans if plan.weight} != dict(snapshot.weight_fields):
        raise Outdated("other weights are wanted")
    if snapshot.seq > state.seq or snapshot.mark != state.known:
        raise Outdated("the database has another history")


async def _news(reader: Reader, model: Metamodel, snapshot: Snapshot) -> News:
    ids, pairs = await reader.changes(snapshot.seq)
    there = await reader.records_of(model, ids)
    known = dict(zip(ids, snapshot.indices(ids), strict=True))
    came = {name: [id for id in found if known[id] < 0] for name, found in there.items()}
    living = {id for found in there.values() for id in found}
    gone = np.array(sorted(number for id, number in known.items() if number >= 0 and id not in living), np.int32)
    new = [id for found in came.values() for id in found]
    # a link may have been passed over because its end was not known yet
    for relation, more in (await reader.pairs_of(new)).items() if new else ():
        pairs[relation] = [*pairs.get(relation, ()), *more]
    packed_pairs = {relation: _unique(each) for relation, each in pairs.items() if relation in snapshot.links}
    return News(gone, {name: packed(found) for name, found in came.items() if found}, packed_pairs)


def _unique(pairs: Iterable[str]) -> Bytes:
    texts = [part for pair in dict.fromkeys(pairs) for part in (pair[:36], pair[36:])]
    return packed(texts).reshape(-1, 32)


def _ends(renumbering: Renumbering, pairs: Bytes | None) -> tuple[Numbers, Numbers]:
    """The later numbers of pairs, without those that have an end outside the snapshot."""
    if pairs is None:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    source, target = (renumbering.records.indices_of(pairs[:, part : part + 16]) for part in (0, 16))
    known = (source >= 0) & (target >= 0)
    return source[known], target[known]


async def _fresh(reader: Reader, plan: Plan, renumbering: Renumbering, ends: tuple[Numbers, Numbers]) -> Columns:
    """Every link of the pairs as it is now."""
    ids = [unpacked_all(renumbering.records.ids[numbers]) for numbers in ends]
    parts: list[Columns] = []
    async for found in reader.links_of_pairs(plan.shape(), *ids, unit=plan.unit):
        places = np.array(found.places, np.int64)
        both: dict[str, NDArray[Any]] = {"source": ends[0][places], "target": ends[1][places]}
        parts.append(both | dict(values_of(plan, found)))
    fresh = joined(parts, weighted=bool(plan.weight), temporal=plan.relation.temporal)
    await refuse_bad_weights(reader, plan, fresh)
    return fresh

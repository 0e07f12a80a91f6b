"""The links of a few records, both ways, read from a snapshot's rows: the cost is their own links, not the graph's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot import LinkArrays, Snapshot
from analytics.snapshot.links import ALWAYS, FOREVER

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Touching:
    """Links as columns: both ends, the weight (1 where there is none), which of the relations asked for, and when they hold.

    `begins` and `ends` are minutes as in LinkArrays: `ALWAYS` and `FOREVER` where open.
    """

    source: Numbers
    target: Numbers
    weight: NDArray[np.float64]
    relation: NDArray[np.int16]
    begins: Numbers
    ends: Numbers

    def where(self, kept: NDArray[Any]) -> Touching:
        """Those that are marked, or those at the places given, in their order."""
        return Touching(*(getattr(self, column.name)[kept] for column in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class _Back:
    """Links by target: those into record i are `place[starts[i]:starts[i + 1]]`, with their sources.

    `loops` are the places of links that lead from a record to itself.
    """

    starts: NDArray[np.int64]
    place: NDArray[np.int64]
    source: Numbers
    loops: NDArray[np.int64]


# links never change, so what is derived from them is made once and goes with them; what-if copies share most of it
_BACK: WeakKeyDictionary[LinkArrays, _Back] = WeakKeyDictionary()


def touching(
    snapshot: Snapshot, nodes: Numbers, *, done: Numbers, relations: Sequence[str], minute: int | None
) -> Touching:
    """Every link in force at a minute that starts or ends at one of `nodes` and has no end among those `done`; each once.

    No minute: whenever they hold. `nodes` and `done` are sorted. O(links of the nodes), and once for each relation O(its links).
    """
    parts = [
        _of_relation(snapshot.links[name], nodes, done, minute, place)
        for place, name in enumerate(relations)
        if snapshot.links[name].m
    ]
    return joined(parts)


def link_counts(snapshot: Snapshot, relations: Sequence[str], minute: int | None) -> NDArray[np.int64]:
    """How many links of these relations each record has, either way, in force at a minute or (None) whenever.

    The rows' lengths are known, so that it costs O(records), and for relations with validity a look at each link's time.
    """
    counts = np.zeros(snapshot.n, np.int64)
    for links in (snapshot.links[name] for name in relations):
        if links.m:
            _count(counts, links, minute)
    return counts


def row_lengths(snapshot: Snapshot, nodes: Numbers, relations: Sequence[str]) -> NDArray[np.int64]:
    """How many links of these relations each of some records has, either way, whenever they hold: what reading them passes over.

    A link of a record with itself counts twice. O(nodes · relations).
    """
    lengths = np.zeros(len(nodes), np.int64)
    for links in (snapshot.links[name] for name in relations):
        if links.m:
            for starts, at in ((links.indptr, nodes - links.source_first), (_back(links).starts, nodes)):
                inside = (at >= 0) & (at < len(starts) - 1)
                lengths[inside] += starts[at[inside] + 1] - starts[at[inside]]
    return lengths


def _count(counts: NDArray[np.int64], links: LinkArrays, minute: int | None) -> None:
    """Add how many links of one relation each record has; one that leads from a record to itself counts once."""
    back = _back(links)
    first = links.source_first
    counts[first : first + len(links.indptr) - 1] += np.diff(links.indptr)
    counts[: len(back.starts) - 1] += np.diff(back.starts)
    np.subtract.at(counts, links.target[back.loops], 1)
    in_force = None if minute is None else links.in_force(minute)
    if in_force is not None:
        away = np.flatnonzero(~in_force)
        source = first + np.searchsorted(links.indptr, away, side="right") - 1
        target = links.target[away]
        counts -= np.bincount(source, minlength=len(counts))
        counts -= np.bincount(target[source != target], minlength=len(counts))


def joined(parts: Sequence[Touching]) -> Touching:
    """All of them as one."""
    if not parts:
        none = np.zeros(0, np.int32)
        return Touching(none, none, np.zeros(0), np.zeros(0, np.int16), none, none)
    names = [column.name for column in fields(Touching)]
    return Touching(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def distinct(nodes: Numbers, n: int) -> Numbers:
    """Each of some records of a graph of n once, in their order; of many they are marked rather than sorted."""
    if len(nodes) * 16 < n:
        return np.unique(nodes)
    marked = np.zeros(n, np.bool_)
    marked[nodes] = True
    return np.flatnonzero(marked).astype(np.int32)


def among(values: Numbers, ordered: Numbers) -> NDArray[np.bool_]:
    """Which of the values are in a sorted array."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.asarray(ordered[place] == values)


def _of_relation(links: LinkArrays, nodes: Numbers, done: Numbers, minute: int | None, relation: int) -> Touching:
    out_place, out_source = _rows(links.indptr, nodes - links.source_first, nodes)
    back = _back(links)
    found, in_target = _rows(back.starts, nodes, nodes)
    in_place, in_source = back.place[found], back.source[found]
    place = np.concatenate([out_place, in_place])
    source = np.concatenate([out_source, in_source])
    target = np.concatenate([links.target[out_place], in_target])
    kept = ~among(source, done) & ~among(target, done)
    kept[len(out_place) :] &= ~among(in_source, nodes)  # those were found from their source
    begins = np.full(len(place), ALWAYS, np.int32) if links.valid_from is None else links.valid_from[place]
    ends = np.full(len(place), FOREVER, np.int32) if links.valid_to is None else links.valid_to[place]
    if minute is not None:
        kept &= (begins <= minute) & (minute < ends)
    weight = np.ones(len(place)) if links.weight is None else links.weight[place].astype(np.float64)
    return Touching(source, target, weight, np.full(len(place), relation, np.int16), begins, ends).where(kept)


def _rows(indptr: NDArray[np.int64], at: Numbers, nodes: Numbers) -> tuple[NDArray[np.int64], Numbers]:
    """The places in the rows `at` (those outside have none), each with the node that the row belongs to."""
    inside = (at >= 0) & (at < len(indptr) - 1)
    at, nodes = at[inside], nodes[inside]
    first, sizes = indptr[at], indptr[at + 1] - indptr[at]
    before = np.cumsum(sizes) - sizes
    return np.repeat(first - before, sizes) + np.arange(sizes.sum()), np.repeat(nodes, sizes)


def _back(links: LinkArrays) -> _Back:
    if links not in _BACK:
        from analytics.kernels import rows  # numba is imported when links are turned round, not at a start

        targets = np.ascontiguousarray(links.target)
        starts = rows.starts_of(int(targets.max(initial=-1)) + 1, targets)
        place = rows.order_by(starts, targets)
        sources = links.sources()
        _BACK[links] = _Back(starts, place, sources[place], np.flatnonzero(sources == targets))
    return _BACK[links]

"""A part of the graph that is fit to be drawn: around some records, ranked and capped, telling what it left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines.features import checked_mask
from analytics.snapshot import Snapshot
from analytics.snapshot.links import minute_of
from analytics.surroundings import Numbers, Touching, among, distinct, joined, link_counts, touching
from models.errors import NotFound


@dataclass(frozen=True, slots=True)
class Caps:
    """How far from the seeds, and how many records and links at most; seeds are always shown."""

    hops: int = 2
    records: int = 60
    links: int = 200


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Records, seeds first, then hop by hop the best first; and the links drawn between them, parallel ones as one.

    `strength` is the weight of a record's links with those it was reached from; `count` says how many links a drawn one
    stands for. `records_left_out` counts by type the records within the hops asked for that are linked to a shown one
    and not shown, `beyond` those that are linked to the outermost shown ones only; `links_left_out` counts by relation
    all links of shown records that are not drawn.
    """

    nodes: Numbers
    hops: NDArray[np.int64]
    strength: NDArray[np.float64]
    links: Touching
    count: NDArray[np.int64]
    relations: tuple[str, ...]
    records_left_out: Mapping[str, int]
    beyond: Mapping[str, int]
    links_left_out: Mapping[str, int]


def drawing(
    snapshot: Snapshot,
    seeds: Sequence[int],
    caps: Caps = Caps(),
    *,
    relations: Sequence[str] | None = None,
    as_of: datetime | None = None,
    scores: NDArray[np.float64] | None = None,
    visible: NDArray[np.bool_] | None = None,
    any_time: bool = False,
) -> Drawing:
    """What is around some records, the best of it, and exactly what was left out.

    Records are ranked by `scores` (a number each, NaN last) and by the weight of their links with those shown, ties by
    number; each hop has its part of the room, and room that stays free goes to the best left out, nearest first. The link by
    which a record was reached is drawn before others, then the heaviest. Links hold `as_of` (when the snapshot was taken),
    or `any_time`. What is not `visible` is neither shown nor counted. The same arguments give the same drawing.

    Raises NotFound for relations that the snapshot does not have, IndexError for seeds outside it.
    Cost: O(links of the shown records); a hub costs one pass over its links. The first call on a snapshot also sorts the
    links of each relation by target.
    """
    names = _names(snapshot, relations)
    grown = _Grown(snapshot, _seeds(snapshot, seeds), names, _minute(snapshot, as_of, any_time=any_time))
    grown.scores = None if scores is None else np.nan_to_num(scores, nan=-np.inf)
    grown.visible = None if visible is None else checked_mask(visible, snapshot.n)
    grown.grow(caps)
    return grown.drawn(caps)


def whole(
    snapshot: Snapshot,
    caps: Caps,
    *,
    relations: Sequence[str] | None = None,
    as_of: datetime | None = None,
    visible: NDArray[np.bool_] | None = None,
    any_time: bool = False,
) -> Drawing:
    """The graph itself as far as there is room: the records with the most links, ties by number, and the links among them.

    `caps.hops` says nothing; `records_left_out` counts all the rest by type. Else as `drawing`. Cost: O(records · log, and
    links of the shown records); relations with validity cost a look at the time of each link.
    """
    names, minute = _names(snapshot, relations), _minute(snapshot, as_of, any_time=any_time)
    counts = link_counts(snapshot, names, minute)
    if visible is not None:
        counts[~checked_mask(visible, snapshot.n)] = -1
    chosen = np.argsort(-counts, kind="stable")[: caps.records].astype(np.int32)
    chosen = chosen[counts[chosen] >= 0]
    grown = _Grown(snapshot, chosen, names, minute)
    grown.visible = visible
    grown.grow(replace(caps, hops=0))
    rest = counts >= 0
    rest[chosen] = False
    return replace(grown.drawn(caps, around=False), records_left_out=grown.by_type(np.flatnonzero(rest)))


def _names(snapshot: Snapshot, relations: Sequence[str] | None) -> tuple[str, ...]:
    names = tuple(snapshot.links) if relations is None else tuple(dict.fromkeys(relations))
    for name in names:
        if name not in snapshot.links:
            raise NotFound(f"The snapshot has no relation {name!r}; it has: {', '.join(snapshot.links) or 'none'}.")
    return names


def _minute(snapshot: Snapshot, as_of: datetime | None, *, any_time: bool) -> int | None:
    return None if any_time else minute_of(as_of or snapshot.taken_at)


class _Grown:
    """Records shown so far with their hops, and every link of theirs."""

    def __init__(self, snapshot: Snapshot, seeds: Numbers, relations: tuple[str, ...], minute: int | None) -> None:
        self.snapshot = snapshot
        self.relations = relations
        self.minute = minute
        self.scores: NDArray[np.float64] | None = None
        self.visible: NDArray[np.bool_] | None = None
        self.layers: list[tuple[int, Numbers, NDArray[np.float64]]] = [(0, seeds, np.zeros(len(seeds)))]
        self.links: list[Touching] = []
        self.read: Numbers = np.zeros(0, np.int32)

    def grow(self, caps: Caps) -> None:
        """Show hop after hop, then fill what room is left."""
        room = max(caps.records - len(self.layers[0][1]), 0)
        left: list[tuple[int, Numbers, NDArray[np.float64]]] = []
        for hop in range(1, caps.hops + 1):
            found, strength = self._candidates(self.layers[-1][1])
            part = -(-room // (caps.hops + 1 - hop))
            self.layers.append((hop, found[:part], strength[:part]))
            left.append((hop, found[part:], strength[part:]))
            room -= len(found[:part])
        self._fill(left, room)
        self._read(self.shown)

    @property
    def shown(self) -> Numbers:
        """All records shown, sorted."""
        return np.unique(np.concatenate([nodes for _, nodes, _ in self.layers]))

    def _read(self, nodes: Numbers) -> Touching:
        """The links of records that have not been read before."""
        fresh = np.setdiff1d(nodes, self.read)
        found = touching(self.snapshot, fresh, done=self.read, relations=self.relations, minute=self.minute)
        if self.visible is not None:
            found = found.where(self.visible[found.source] & self.visible[found.target])
        self.links.append(found)
        self.read = np.union1d(self.read, fresh)
        return found

    def _candidates(self, frontier: Numbers) -> tuple[Numbers, NDArray[np.float64]]:
        """Records one link away that are not shown, the best first, with the weight of their links with the frontier."""
        links, ordered = self._read(frontier), np.sort(frontier)
        others = np.concatenate(
            [links.target[among(links.source, ordered)], links.source[among(links.target, ordered)]]
        )
        weights = np.concatenate(
            [links.weight[among(links.source, ordered)], links.weight[among(links.target, ordered)]]
        )
        fresh = ~among(others, self.shown)
        found, place = np.unique(others[fresh], return_inverse=True)
        strength = np.asarray(np.bincount(place, weights=weights[fresh], minlength=len(found)), np.float64)
        rank = np.zeros(len(found)) if self.scores is None else -self.scores[found]
        order = np.lexsort((found, -strength, rank))
        return found[order].astype(np.int32), strength[order]

    def _fill(self, left: list[tuple[int, Numbers, NDArray[np.float64]]], room: int) -> None:
        for hop, nodes, strength in left:
            free = ~among(nodes, self.shown)
            self.layers.append((hop, nodes[free][:room], strength[free][:room]))
            room -= len(self.layers[-1][1])

    def drawn(self, caps: Caps, *, around: bool = True) -> Drawing:
        """The records and links to draw, and the count of the rest; of the records outside unless not `around`."""
        hops = np.concatenate([np.full(len(nodes), hop) for hop, nodes, _ in self.layers])
        order = np.argsort(hops, kind="stable")
        nodes = np.concatenate([nodes for _, nodes, _ in self.layers])[order]
        strength = np.concatenate([each for _, _, each in self.layers])[order]
        found, shown = joined(self.links), np.sort(nodes)
        inside = among(found.source, shown) & among(found.target, shown)
        links, count = _merged(found.where(inside))
        chosen = _chosen(links, nodes, hops[order], caps.links)
        links, count = links.where(chosen), count[chosen]
        outside = found.where(~inside) if around else found.where(np.zeros(0, np.int64))
        near, far = self._around(outside, nodes[hops[order] < caps.hops], shown)
        every = np.bincount(found.relation, minlength=len(self.relations))
        drawn = np.bincount(links.relation, weights=count, minlength=len(self.relations)).astype(np.int64)
        return Drawing(
            nodes, hops[order], strength, links, count, self.relations, near, far, self._by_relation(every - drawn)
        )

    def _around(self, links: Touching, inner: Numbers, shown: Numbers) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Counts by type of the records outside: linked to one that is nearer than the last hop, or only further out."""
        starts_inside = among(links.source, shown)
        ours = np.where(starts_inside, links.source, links.target)
        others = np.where(starts_inside, links.target, links.source)
        near = distinct(others[among(ours, np.sort(inner))], self.snapshot.n)
        every = distinct(others, self.snapshot.n)
        return self.by_type(near), self.by_type(every[~among(every, near)])

    def by_type(self, nodes: NDArray[Any]) -> Mapping[str, int]:
        """How many records of each type there are among some."""
        place = np.searchsorted(self.snapshot.starts, nodes, side="right") - 1
        counts = np.bincount(place, minlength=len(self.snapshot.types)).tolist()
        return {name: count for name, count in zip(self.snapshot.types, counts, strict=True) if count}

    def _by_relation(self, counts: NDArray[np.int64]) -> Mapping[str, int]:
        return {name: count for name, count in zip(self.relations, counts.tolist(), strict=True) if count}


def _seeds(snapshot: Snapshot, seeds: Sequence[int]) -> Numbers:
    chosen = np.array(list(dict.fromkeys(int(seed) for seed in seeds)), np.int32)
    for seed in chosen.tolist():
        if not 0 <= seed < snapshot.n:
            raise IndexError(f"There is no record {seed} in a snapshot of {snapshot.n}.")
    return chosen


def _merged(links: Touching) -> tuple[Touching, NDArray[np.int64]]:
    """Parallel links of a relation as one, sorted by relation, source and target; how many each was.

    Their weights are added up; they hold from when the first begins until the last ends.
    """
    order = np.lexsort((links.target, links.source, links.relation))
    links = links.where(order)
    fresh = np.ones(len(order), np.bool_)
    for column in (links.source, links.target, links.relation):
        fresh[1:] &= column[1:] == column[:-1]
    fresh[1:] = ~fresh[1:]
    group = np.cumsum(fresh) - 1
    count = np.bincount(group).astype(np.int64)
    weight = np.asarray(np.bincount(group, weights=links.weight), np.float64)
    kept, starts = links.where(fresh), np.flatnonzero(fresh)
    if not len(starts):
        return kept, count
    begins, ends = np.minimum.reduceat(links.begins, starts), np.maximum.reduceat(links.ends, starts)
    return replace(kept, weight=weight, begins=begins, ends=ends), count


def _chosen(links: Touching, nodes: Numbers, hops: NDArray[np.int64], most: int) -> NDArray[np.bool_]:
    """Which links are drawn: first those by which records were reached, then the heaviest."""
    by_number = np.argsort(nodes)
    source, target = (hops[by_number][np.searchsorted(nodes[by_number], end)] for end in (links.source, links.target))
    deeper = np.where(source > target, links.source, links.target)
    heaviest = np.lexsort((np.arange(len(deeper)), -links.weight))
    leads = heaviest[source[heaviest] != target[heaviest]]
    _, first = np.unique(deeper[leads], return_index=True)
    reached = np.zeros(len(deeper), np.bool_)
    reached[leads[first]] = True
    chosen = np.zeros(len(deeper), np.bool_)
    chosen[heaviest[np.argsort(~reached[heaviest], kind="stable")][:most]] = True
    return chosen

"""The graph of a record, its neighbours and theirs: what two links lead to, read from a snapshot's rows and bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.snapshot import Snapshot
from analytics.snapshot.links import minute_of
from analytics.surroundings import Numbers, Touching, among, distinct, joined, row_lengths, touching

MOST_LINKS = 50_000  # links of neighbours that are read: walks over so many take some tens of milliseconds


@dataclass(frozen=True, slots=True, eq=False)
class Nearby:
    """Links of a record with those of its neighbours that were read, and all links of these neighbours.

    `nodes` are the snapshot's numbers of the graph's nodes, in their order; `source` is the record's place among them, and
    `linked` marks all its neighbours, also those whose links were not read. `complete` False: some were not.
    """

    graph: Graph
    nodes: Numbers
    source: int
    linked: NDArray[np.bool_]
    complete: bool


def nearby(snapshot: Snapshot, node: int, *, relations: Sequence[str], most_links: int = MOST_LINKS) -> Nearby:
    """What is two links away from a record by some relations, as it holds when the snapshot was taken.

    Links count without their directions, and links of a record with itself do not. Neighbours are read in the order of how
    many links they have, the fewest first, until `most_links` are read: a hub says little of those it joins.
    Cost: O(links of the record, and `most_links`); the first call on a snapshot also sorts the links of each relation by target.
    """
    minute = minute_of(snapshot.taken_at)
    here, none = np.array([node], np.int32), np.empty(0, np.int32)
    own = touching(snapshot, here, done=none, relations=relations, minute=minute)
    neighbours = distinct(np.where(own.source == node, own.target, own.source), snapshot.n)
    neighbours = neighbours[neighbours != node]
    read = _read(neighbours, row_lengths(snapshot, neighbours, relations), most_links)
    theirs = touching(snapshot, read, done=here, relations=relations, minute=minute)
    mine = own.where(among(np.where(own.source == node, own.target, own.source), read))
    links = _without_loops(joined([mine, theirs]))
    nodes = distinct(np.concatenate([here, links.source, links.target]), snapshot.n)
    ends = np.searchsorted(nodes, links.source), np.searchsorted(nodes, links.target)
    graph = Graph.from_links(len(nodes), *ends, links.weight, directed=False)
    place = int(np.searchsorted(nodes, node))
    return Nearby(graph, nodes, place, among(nodes, neighbours), len(read) == len(neighbours))


def _read(neighbours: Numbers, lengths: NDArray[np.int64], most: int) -> Numbers:
    """Those with the fewest links as long as these are not more than `most` together, sorted."""
    order = np.argsort(lengths, kind="stable")
    return np.sort(neighbours[order[np.cumsum(lengths[order]) <= most]])


def _without_loops(links: Touching) -> Touching:
    return links.where(links.source != links.target)

"""How far records are from some others, and who loses the only link there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines.features import checked_mask
from analytics.graph import Graph

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LostLinks:
    """Subjects whose every contact is gone (`lost`), and those that have a single one left (`weakened`, `last_contact`)."""

    lost: Numbers
    weakened: Numbers
    last_contact: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class OutOfReach:
    """Nodes that were within reach and are not any more (`lost`), and those that are further away (`further`), with steps."""

    lost: Numbers
    lost_steps: Numbers
    further: Numbers
    steps_before: Numbers
    steps_after: Numbers


def lost_only_links(
    graph: Graph, gone: Sequence[int], subjects: Marks, contacts: Marks, *, then: Graph | None = None
) -> LostLinks:
    """Which subjects lose their only link to a contact, and which are left with one, when some nodes are gone.

    Parameters: `graph` links subjects with contacts, whatever the direction; `gone` are numbers of nodes; `subjects` and
    `contacts` mark nodes; `then` has the same nodes and the links that there are afterwards (None: those of `graph`).
    Subjects that are gone themselves, or had no contact before, are not told.
    Returns LostLinks in the order of numbers. Raises ValueError for marks of another length, IndexError for strangers.

    Account 0 has contacts 2 and 3, account 1 only 3; 3 leaves:

    >>> links = Graph.from_links(5, [0, 0, 1], [2, 3, 3])
    >>> accounts = np.array([True, True, False, False, False])
    >>> found = lost_only_links(links, [3], accounts, ~accounts)
    >>> found.lost.tolist(), found.weakened.tolist(), found.last_contact.tolist()
    ([1], [0], [2])

    Cost: O(links).
    """
    away = _marks(graph.n, gone)
    ours, theirs = checked_mask(subjects, graph.n) & ~away, checked_mask(contacts, graph.n)
    before = np.bincount(_pairs(graph, ours, theirs)[0], minlength=graph.n)
    source, target = _pairs(graph if then is None else then, ours, theirs & ~away)
    after = np.bincount(source, minlength=graph.n)
    last = np.full(graph.n, -1, np.int64)
    last[source] = target
    weakened = np.flatnonzero((after == 1) & (before > 1))
    return LostLinks(np.flatnonzero((before > 0) & (after == 0)), weakened, last[weakened])


def _pairs(graph: Graph, ours: Marks, theirs: Marks) -> tuple[Numbers, Numbers]:
    """Each two nodes, one of ours and one of theirs, that a link holds together in any direction."""
    near = graph.undirected().merged().unweighted
    source, target = near.sources, near.indices
    counts = ours[source] & theirs[target] & (source != target)
    return source[counts].astype(np.int64), target[counts].astype(np.int64)


def together(found: Sequence[LostLinks]) -> LostLinks:
    """Several answers about the same nodes as one: who is lost by any is lost, and no longer weakened. O(all of them).

    >>> one, other = LostLinks(*map(np.array, ([1], [0], [2]))), LostLinks(*map(np.array, ([0, 1], [4], [3])))
    >>> both = together([one, other])
    >>> both.lost.tolist(), both.weakened.tolist(), both.last_contact.tolist()
    ([0, 1], [4], [3])
    """
    none = np.empty(0, np.int64)
    lost = np.unique(np.concatenate([none, *(each.lost for each in found)]))
    weakened, first = np.unique(np.concatenate([none, *(each.weakened for each in found)]), return_index=True)
    last = np.concatenate([none, *(each.last_contact for each in found)])[first]
    stays = ~np.isin(weakened, lost)
    return LostLinks(lost, weakened[stays], last[stays])


def out_of_reach(
    graph: Graph, sources: Sequence[int], gone: Sequence[int], hops: int | None = None, *, then: Graph | None = None
) -> OutOfReach:
    """Which nodes can no longer be reached from the sources, or only by more steps, when some nodes are gone.

    Parameters: links are walked in their direction, at most `hops` of them (None: any number); `gone` are neither passed nor
    reached, nor told of; `then` has the same nodes and the links that there are afterwards (None: those of `graph`).
    Returns OutOfReach in the order of numbers. Raises IndexError for strangers.

    A chain 0 → 1 → 2 → 3 with a way round 1 by 4; without sources nothing is in reach:

    >>> chain = Graph.from_links(5, [0, 1, 2, 0, 4], [1, 2, 3, 4, 3])
    >>> found = out_of_reach(chain, [0], [1])
    >>> found.lost.tolist(), found.lost_steps.tolist(), found.further.tolist()
    ([2], [2], [])

    Cost: O(n + links). Source: breadth-first search, Moore 1959.
    """
    away = _marks(graph.n, gone)
    before = steps(graph, sources, hops)
    left = [source for source in sources if not away[source]]
    after = steps(graph if then is None else then, left, hops, barred=away)
    there = (before >= 0) & ~away
    lost = np.flatnonzero(there & (after < 0))
    further = np.flatnonzero(there & (after > before))
    return OutOfReach(lost, before[lost], further, before[further], after[further])


def steps(graph: Graph, sources: Sequence[int], hops: int | None = None, *, barred: Marks | None = None) -> Numbers:
    """The fewest links from any source to each node, -1 where it is not reached within `hops`. O(n + links).

    >>> steps(Graph.from_links(5, [0, 1, 2, 4], [1, 2, 3, 0]), [0], 2).tolist()
    [0, 1, 2, -1, -1]
    """
    found = np.full(graph.n, -1, np.int64)
    closed = _marks(graph.n, sources)
    frontier = np.flatnonzero(closed)
    found[frontier] = 0
    if barred is not None:
        closed |= barred
    step = 0
    while len(frontier) and (hops is None or step < hops):
        step += 1
        reached = graph.indices[_places(graph, frontier)]
        frontier = np.unique(reached[~closed[reached]]).astype(np.int64)
        found[frontier] = step
        closed[frontier] = True
    return found


def _places(graph: Graph, nodes: Numbers) -> Numbers:
    """Where the links of some nodes stand."""
    first, sizes = graph.indptr[nodes], graph.indptr[nodes + 1] - graph.indptr[nodes]
    return np.repeat(first - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def _marks(n: int, nodes: Sequence[int]) -> Marks:
    marks = np.zeros(n, np.bool_)
    for node in nodes:
        if not 0 <= node < n:
            raise IndexError(f"There is no node {node} in a graph of {n}.")
        marks[node] = True
    return marks

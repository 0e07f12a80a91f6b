"""Shortest ways from one node: by weight (Dijkstra), by steps, and from both ends at once."""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.heap import put, take
from analytics.kernels.rows import Float64s, Floats, Int32s, Int64s

NOBODY, UNSEEN = -1, -2


@kernel
def dijkstra(
    indptr: Int64s, indices: Int32s, weights: Floats | None, sources: Int64s, target: int, cutoff: float
) -> tuple[Float64s, Int32s, Int32s]:
    """Distances (inf: not reached), the node before each (-1: none), and the nodes in the order they were settled.

    Stops when `target` is settled (-1: never); what was not settled by then counts as not reached. Ties are settled in the
    order in which they were found, as networkx does. O((n + m) log n).
    """
    n = len(indptr) - 1
    distance, before, order = np.full(n, np.inf), np.full(n, NOBODY, np.int32), np.empty(n, np.int32)
    keys, nodes, place = np.empty(n), np.empty(n, np.int32), np.full(n, NOBODY, np.int32)
    when, puts, size, count = np.zeros(n, np.int64), 0, 0, 0
    for source in sources:
        distance[source], when[source] = 0.0, puts
        size, puts = put(keys, nodes, place, size, source, 0.0), puts + 1
    while size > 0:
        node = nodes[0]
        size = take(keys, nodes, place, size, when)
        order[count] = node
        count += 1
        if node == target:
            break
        here = distance[node]
        for e in range(indptr[node], indptr[node + 1]):
            other = np.uint32(indices[e])  # unsigned: the compiler need not ask whether it counts from the end
            reached = here + (1.0 if weights is None else weights[e])
            if reached < distance[other] and reached <= cutoff:
                distance[other], before[other], when[other] = reached, node, puts
                size, puts = put(keys, nodes, place, size, int(other), reached), puts + 1
    for at in range(size):  # found but not settled
        distance[nodes[at]] = np.inf
    return distance, before, order[:count].copy()


@kernel
def steps_from(indptr: Int64s, indices: Int32s, source: int, cutoff: float) -> tuple[Int32s, Int32s, Int32s]:
    """Steps to each node (-1: not reached), the node before each, and the nodes in the order they were found."""
    n = len(indptr) - 1
    steps, before, order = np.full(n, -1, np.int32), np.full(n, NOBODY, np.int32), np.empty(n, np.int32)
    steps[source], order[0] = 0, source
    at, count = 0, 1
    while at < count:
        node = order[at]
        at += 1
        if steps[node] >= cutoff:
            break
        for e in range(indptr[node], indptr[node + 1]):
            other = indices[e]
            if steps[other] < 0:
                steps[other], before[other] = steps[node] + 1, node
                order[count] = other
                count += 1
    return steps, before, order[:count].copy()


@kernel
def fewest_steps(
    outptr: Int64s, out: Int32s, inptr: Int64s, into: Int32s, source: int, target: int
) -> tuple[Int32s, Int32s, int]:
    """The node before each on the way from the source, the node after each on the way to the target, and where both meet.

    -1: they do not meet. Searches from both ends level by level, the smaller one first, as networkx does.
    """
    n = len(outptr) - 1
    before, after = np.full(n, UNSEEN, np.int32), np.full(n, UNSEEN, np.int32)  # -1: an end
    before[source] = after[target] = NOBODY
    if source == target:
        return before, after, source
    forward, backward = np.array([source], np.int32), np.array([target], np.int32)
    while len(forward) > 0 and len(backward) > 0:
        if len(forward) <= len(backward):
            forward, met = next_level(outptr, out, forward, before, after)
        else:
            backward, met = next_level(inptr, into, backward, after, before)
        if met >= 0:
            return before, after, met
    return before, after, NOBODY


@kernel
def next_level(indptr: Int64s, indices: Int32s, level: Int32s, mine: Int32s, theirs: Int32s) -> tuple[Int32s, int]:
    """The nodes one step further on, and the first one that the other search has seen (-1: none)."""
    room = 0
    for node in level:
        room += indptr[node + 1] - indptr[node]
    found, count = np.empty(room, np.int32), 0
    for node in level:
        for e in range(indptr[node], indptr[node + 1]):
            other = indices[e]
            if mine[other] == UNSEEN:
                mine[other] = node
                found[count] = other
                count += 1
            if theirs[other] != UNSEEN:
                return found[:count].copy(), other
    return found[:count].copy(), NOBODY


@kernel
def from_both_ends(  # one search that turns from side to side
    outptr: Int64s,
    out: Int32s,
    out_weights: Floats | None,
    inptr: Int64s,
    into: Int32s,
    in_weights: Floats | None,
    source: int,
    target: int,
) -> tuple[float, Int32s, Int32s, int]:
    """The distance between two nodes, the node before each from the source, after each to the target, and where both meet.

    -1: they do not meet. Both sides settle a node in turn, the target's first step after the source's, as networkx does.
    """
    n = len(outptr) - 1
    ends = (source, target)
    settled, seen = np.full((2, n), np.inf), np.full((2, n), np.inf)
    before, place = np.full((2, n), NOBODY, np.int32), np.full((2, n), NOBODY, np.int32)
    keys, nodes, when = np.empty((2, n)), np.empty((2, n), np.int32), np.zeros((2, n), np.int64)
    size, puts = np.zeros(2, np.int64), 0
    for side in range(2):
        seen[side, ends[side]], when[side, ends[side]] = 0.0, puts
        size[side] = put(keys[side], nodes[side], place[side], 0, ends[side], 0.0)
        puts += 1
    best, met, side = np.inf, NOBODY, 1
    while size[0] > 0 and size[1] > 0:
        side = 1 - side
        node = nodes[side, 0]
        here = keys[side, 0]
        size[side] = take(keys[side], nodes[side], place[side], size[side], when[side])
        settled[side, node] = here
        if settled[1 - side, node] < np.inf:
            return best, before[0], before[1], met
        indptr, indices = (outptr, out) if side == 0 else (inptr, into)
        for e in range(indptr[node], indptr[node + 1]):
            other = indices[e]
            if out_weights is None or in_weights is None:
                reached = here + 1.0
            elif side == 0:
                reached = here + out_weights[e]
            else:
                reached = here + in_weights[e]
            if settled[side, other] == np.inf and reached < seen[side, other]:
                seen[side, other], before[side, other], when[side, other] = reached, node, puts
                size[side] = put(keys[side], nodes[side], place[side], size[side], other, reached)
                puts += 1
                if reached + seen[1 - side, other] < best:
                    best, met = reached + seen[1 - side, other], other
    return best, before[0], before[1], NOBODY

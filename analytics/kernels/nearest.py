"""Shortest ways by weight from one node to all without a heap, where the weights are within reach of one another.

Nodes wait in buckets that are a little narrower than the lightest link: what one in a bucket leads to lies in a later one, so
that a bucket needs no order among its own, and the order of settling is found at the end by one sort.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Float64s, Floats, Int32s, Int64s

Found: TypeAlias = tuple[Float64s, Int32s, Int32s]
MOST_RATIO = 64.0  # of the heaviest link to the lightest: so many empty buckets lie between two nodes at most
MOST_TIES = 100  # equal distances that are put in their order one by one
NARROWER = 1.0 - 1e-6  # than the lightest link: a sum that was rounded still falls into a later bucket
NOBODY, NONE = -1, -1


def nearest(
    indptr: Int64s, indices: Int32s, weights: Floats, source: int, lightest: float, heaviest: float
) -> Found | None:
    """What `distances.dijkstra` gives from one source to all nodes, ties included; None where that has to be asked.

    That is where a weight is 0 or the heaviest weighs more than 64 times the lightest, and where many distances are equal.
    Cost: O(m + n log n), about half the time of a heap. Source: Denardo & Fox 1979; Dial 1969.
    """
    if not 0.0 < lightest <= heaviest <= lightest * MOST_RATIO:
        return None
    width = lightest * NARROWER
    distance, before, reached, sure = in_buckets(indptr, indices, weights, source, width, int(heaviest / width) + 2)
    if not sure:
        return None
    order = _settled(indptr, indices, weights, (distance, before, reached))
    return None if order is None else (distance, before, order)


@kernel
def in_buckets(
    indptr: Int64s, indices: Int32s, weights: Floats, source: int, width: float, ring: int
) -> tuple[Float64s, Int32s, Int32s, bool]:
    """Distances, the node before each, the nodes reached by buckets, and whether it is sure which node is before each.

    No link weighs less than `width`, none more than `ring` - 1 of it. A node that a nearer bucket gets stays in the
    later one too, where it is passed over.
    """
    n = len(indptr) - 1
    distance, before = np.full(n, np.inf), np.full(n, NOBODY, np.int32)
    reached, settled, count = np.empty(n, np.int32), np.zeros(n, np.bool_), 0
    # entries of a bucket lead from one to the next
    first, nodes, following = np.full(ring, NONE, np.int32), np.empty(len(indices) + 1, np.int32), 0
    onward = np.empty(len(indices) + 1, np.int32)
    buckets, sure = 1.0 / width, True
    distance[source], nodes[0], onward[0], first[0] = 0.0, source, NONE, 0
    following, waiting, at = 1, 1, 0
    while waiting > 0:
        entry = first[at % ring]
        first[at % ring] = NONE
        while entry != NONE:
            node, entry, waiting = nodes[entry], onward[entry], waiting - 1
            if settled[node]:
                continue
            settled[node], reached[count] = True, node
            count += 1
            here = distance[node]
            for e in range(indptr[node], indptr[node + 1]):
                other = np.uint32(indices[e])  # unsigned: the compiler need not ask whether it counts from the end
                far, known = here + weights[e], distance[other]
                if far < known:
                    distance[other], before[other] = far, node
                    bucket = int(far * buckets)
                    if known == np.inf or bucket != int(known * buckets):
                        place = bucket % ring
                        nodes[following], onward[following], first[place] = other, first[place], following
                        following, waiting = following + 1, waiting + 1
                elif far == known:  # the one that is settled first leads there
                    rival = distance[before[other]]
                    if here < rival:
                        before[other] = node
                    elif here == rival and node != before[other]:
                        sure = False
        at += 1
    return distance, before, reached[:count].copy(), sure


def _settled(indptr: Int64s, indices: Int32s, weights: Floats, found: Found) -> Int32s | None:
    """The nodes reached in the order in which a heap settles them; None where too many are equally far."""
    distance, before, reached = found
    order = reached[np.argsort(distance[reached])]
    far = distance[order]
    equal = np.flatnonzero(far[1:] == far[:-1])
    if not len(equal):
        return order
    if len(equal) > MOST_TIES:
        return None
    rank = np.empty(len(distance), np.int64)
    rank[order] = np.arange(len(order))

    def found_when(node: int) -> tuple[int, int]:
        """Equals are settled as they were found: by the rank of the node before, and the place of its link."""
        last = int(before[node])
        row = slice(indptr[last], indptr[last + 1])
        leads = (indices[row] == node) & (distance[last] + weights[row] == distance[node])
        return int(rank[last]), int(np.argmax(leads))

    for group in np.split(equal, np.flatnonzero(np.diff(equal) > 1) + 1):
        span = slice(int(group[0]), int(group[-1]) + 2)
        order[span] = sorted(order[span].tolist(), key=found_when)
        rank[order[span]] = np.arange(span.start, span.stop)
    return order

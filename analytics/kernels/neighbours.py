"""What neighbours have in common: triangles, shared neighbours, and how much of a node's circle is one circle."""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Float64s, Int32s, Int64s


@kernel
def upwards(indptr: Int64s, indices: Int32s) -> tuple[Int64s, Int32s]:
    """Of each link only the row whose node has fewer links (the lesser node among equals), without self-loops."""
    n = len(indptr) - 1
    starts, kept, count = np.zeros(n + 1, np.int64), np.empty(len(indices), np.int32), 0
    for node in range(n):
        degree = indptr[node + 1] - indptr[node]
        for e in range(indptr[node], indptr[node + 1]):
            other = indices[e]
            more = indptr[other + 1] - indptr[other]
            if more > degree or (more == degree and other > node):
                kept[count] = other
                count += 1
        starts[node + 1] = count
    return starts, kept[:count].copy()


@kernel
def triangles(indptr: Int64s, indices: Int32s) -> tuple[Int64s, Int64s]:
    """Triangles through each node, and its neighbours other than itself; rows of an undirected graph without parallels.

    Each triangle is met once, from its node with the fewest links. O(m^1.5).
    """
    n = len(indptr) - 1
    starts, above = upwards(indptr, indices)
    count, others = np.zeros(n, np.int64), np.zeros(n, np.int64)
    marked = np.full(n, -1, np.int64)
    for node in range(n):
        for e in range(starts[node], starts[node + 1]):
            marked[above[e]] = node
            others[node] += 1
            others[above[e]] += 1
        for e in range(starts[node], starts[node + 1]):
            second = above[e]
            for f in range(starts[second], starts[second + 1]):
                if marked[above[f]] == node:
                    count[node] += 1
                    count[second] += 1
                    count[above[f]] += 1
    return count, others


@kernel
def shared(indptr: Int64s, indices: Int32s, one: int, other: int) -> Int32s:
    """The neighbours that two nodes share, without the two; sorted rows without parallels."""
    found = np.empty(min(indptr[one + 1] - indptr[one], indptr[other + 1] - indptr[other]), np.int32)
    count, e, f = 0, indptr[one], indptr[other]
    while e < indptr[one + 1] and f < indptr[other + 1]:
        if indices[e] == indices[f]:
            if indices[e] != one and indices[e] != other:
                found[count] = indices[e]
                count += 1
            e, f = e + 1, f + 1
        elif indices[e] < indices[f]:
            e += 1
        else:
            f += 1
    return found[:count]


@kernel
def holes(
    indptr: Int64s, indices: Int32s, mutual: Float64s, nodes: Int64s, by_far_end: bool
) -> tuple[Float64s, Float64s, Float64s, Float64s]:
    """Burt's constraint and effective size of these nodes, all sums of mutual weights, and their own shares (of self-loops).

    `mutual` is the weight there and back between two nodes, in both rows. A neighbour's ties are measured against its
    strongest one, or `by_far_end` against the strongest of whom they lead to. Takes the square of degrees in time.
    """
    n = len(indptr) - 1
    sums, most = np.zeros(n), np.zeros(n)
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            sums[i] += mutual[e]
            most[i] = max(most[i], mutual[e])
    constraint, size, own = np.zeros(n), np.zeros(n), np.zeros(n)
    share, indirect = np.zeros(n), np.zeros(n)
    for i in nodes:
        if sums[i] == 0.0:
            continue
        for e in range(indptr[i], indptr[i + 1]):
            share[indices[e]] = mutual[e] / sums[i]
        own[i] = share[i]
        size[i] = around(indptr, indices, mutual, i, sums, most, share, indirect, by_far_end)
        for e in range(indptr[i], indptr[i + 1]):
            if mutual[e] > 0.0:
                constraint[i] += (share[indices[e]] + indirect[indices[e]]) ** 2
        for e in range(indptr[i], indptr[i + 1]):
            share[indices[e]] = 0.0
            for f in range(indptr[indices[e]], indptr[indices[e] + 1]):
                indirect[indices[f]] = 0.0
    return constraint, size, sums, own


@kernel
def around(
    indptr: Int64s,
    indices: Int32s,
    mutual: Float64s,
    i: int,
    sums: Float64s,
    most: Float64s,
    share: Float64s,
    indirect: Float64s,
    by_far_end: bool,
) -> float:
    """Fill in what node i has put into others by way of its neighbours; its effective size: neighbours less the redundant."""
    size = 0.0
    for e in range(indptr[i], indptr[i + 1]):
        j = indices[e]
        redundant = 0.0
        for f in range(indptr[j], indptr[j + 1]):
            if mutual[f] > 0.0:
                indirect[indices[f]] += share[j] * (mutual[f] / sums[j])
                redundant += share[indices[f]] * (mutual[f] / most[indices[f] if by_far_end else j])
        if mutual[e] > 0.0:
            size += 1.0 - redundant
    return size

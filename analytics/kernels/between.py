"""Who lies between others and how near everyone is: sums over shortest ways from many sources."""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Float64s, Int32s, Int64s


@kernel
def betweenness(indptr: Int64s, indices: Int32s, sources: Int64s) -> Float64s:
    """For each node, the shares of shortest ways from these sources that lead through it; parallel links must be merged.

    O(sources × (n + m)), Brandes 2001. No lists of predecessors: the second pass walks the rows of the levels backwards.
    """
    n = len(indptr) - 1
    score, share = np.zeros(n), np.zeros(n)
    ways, steps, order = np.zeros(n), np.full(n, -1, np.int32), np.empty(n, np.int32)
    for source in sources:
        count = count_ways(indptr, indices, source, ways, steps, order)
        for back in range(count - 1, -1, -1):
            node = order[back]
            next_step, total = steps[node] + 1, 0.0
            for e in range(indptr[node], indptr[node + 1]):
                if steps[indices[e]] == next_step:
                    total += share[indices[e]]
            passed = ways[node] * total
            share[node] = (1.0 + passed) / ways[node]
            if node != source:
                score[node] += passed
        for at in range(count):
            steps[order[at]] = -1
    return score


@kernel
def count_ways(indptr: Int64s, indices: Int32s, source: int, ways: Float64s, steps: Int32s, order: Int32s) -> int:
    """Fill in how many shortest ways lead to each node, its steps and the order of finding; how many were found."""
    ways[source], steps[source], order[0] = 1.0, 0, source
    at, count = 0, 1
    while at < count:
        node = order[at]
        at += 1
        next_step, mine = steps[node] + 1, ways[node]
        for e in range(indptr[node], indptr[node + 1]):
            other = indices[e]
            if steps[other] < 0:
                steps[other], ways[other] = next_step, mine
                order[count] = other
                count += 1
            elif steps[other] == next_step:
                ways[other] += mine
    return count


@kernel
def nearness(indptr: Int64s, indices: Int32s, sources: Int64s) -> tuple[Int64s, Int64s, Float64s]:
    """For each source: how many nodes it reaches (itself too), the sum of steps to them, and the sum of 1 / steps."""
    n = len(indptr) - 1
    reached, total = np.zeros(len(sources), np.int64), np.zeros(len(sources), np.int64)
    inverse = np.zeros(len(sources))
    steps, order = np.full(n, -1, np.int32), np.empty(n, np.int32)
    for i in range(len(sources)):
        source = sources[i]
        steps[source], order[0] = 0, source
        at, count = 0, 1
        while at < count:
            node = order[at]
            at += 1
            next_step = steps[node] + 1
            for e in range(indptr[node], indptr[node + 1]):
                other = indices[e]
                if steps[other] < 0:
                    steps[other] = next_step
                    order[count] = other
                    count += 1
                    total[i] += next_step
                    inverse[i] += 1.0 / next_step
        reached[i] = count
        for at in range(count):
            steps[order[at]] = -1
    return reached, total, inverse


@kernel
def nearness_to(indptr: Int64s, indices: Int32s, sources: Int64s) -> tuple[Int64s, Int64s, Float64s]:
    """For each node: how many of these sources reach it (itself too), the sum of their steps, and the sum of 1 / steps."""
    n = len(indptr) - 1
    reached, total, inverse = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n)
    steps, order = np.full(n, -1, np.int32), np.empty(n, np.int32)
    for source in sources:
        steps[source], order[0] = 0, source
        reached[source] += 1
        at, count = 0, 1
        while at < count:
            node = order[at]
            at += 1
            next_step = steps[node] + 1
            for e in range(indptr[node], indptr[node + 1]):
                other = indices[e]
                if steps[other] < 0:
                    steps[other] = next_step
                    order[count] = other
                    count += 1
                    reached[other] += 1
                    total[other] += next_step
                    inverse[other] += 1.0 / next_step
        for at in range(count):
            steps[order[at]] = -1
    return reached, total, inverse

"""What hangs together: components with and without direction, and where a single node or link holds two parts."""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Bools, Int32s, Int64s


@kernel
def root_of(parents: Int32s, node: int) -> int:
    """The least node of the set that a node is in; halves the way there."""
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


@kernel
def weak(indptr: Int64s, indices: Int32s) -> tuple[Int32s, int]:
    """The component of each node, numbered by their first nodes, and how many there are; directions do not count."""
    n = len(indptr) - 1
    parents = np.arange(n).astype(np.int32)
    for i in range(n):
        mine = root_of(parents, i)
        for e in range(indptr[i], indptr[i + 1]):
            above = parents[indices[e]]
            if above == mine:  # most links of a large component lead to what hangs from its root already
                continue
            other = root_of(parents, above)
            if other < mine:
                parents[mine] = other
                mine = other
            elif mine < other:
                parents[other] = mine
    labels = np.empty(n, np.int32)
    count = 0
    for i in range(n):
        if parents[i] == i:
            labels[i] = count
            count += 1
        else:
            labels[i] = labels[root_of(parents, i)]
    return labels, count


@kernel
def strong(indptr: Int64s, indices: Int32s) -> tuple[Int32s, int]:
    """The strongly connected component of each node, numbered as Tarjan's search completes them: sinks first."""
    n = len(indptr) - 1
    place, labels = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    low, next_link = np.empty(n, np.int32), indptr[:-1].copy()
    path, waiting = np.empty(n, np.int32), np.empty(n, np.int32)
    counter, count, waiting_size = 0, 0, 0
    for root in range(n):
        if place[root] >= 0:
            continue
        path[0], depth = root, 1
        place[root] = low[root] = counter
        counter += 1
        while depth > 0:
            node = path[depth - 1]
            if next_link[node] < indptr[node + 1]:
                other = indices[next_link[node]]
                next_link[node] += 1
                if place[other] < 0:
                    place[other] = low[other] = counter
                    counter += 1
                    path[depth] = other
                    depth += 1
                elif labels[other] < 0:
                    low[node] = min(low[node], place[other])
                continue
            depth -= 1
            if depth > 0:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[node])
            waiting[waiting_size] = node
            waiting_size += 1
            if low[node] == place[node]:  # what waits since this node was entered is its component
                while waiting_size > 0 and place[waiting[waiting_size - 1]] >= place[node]:
                    waiting_size -= 1
                    labels[waiting[waiting_size]] = count
                count += 1
    return labels, count


@kernel
def cuts(indptr: Int64s, indices: Int32s) -> tuple[Bools, Bools]:  # noqa: C901  # a depth-first search unrolled
    """Which nodes and which stored links hold parts together that fall apart without them; rows of an undirected graph.

    A link is marked in both rows; one of several parallel links is none.
    """
    n = len(indptr) - 1
    points, bridges = np.zeros(n, np.bool_), np.zeros(len(indices), np.bool_)
    place, low, parent_link = np.full(n, -1, np.int32), np.empty(n, np.int32), np.full(n, -1, np.int64)
    next_link, path = indptr[:-1].copy(), np.empty(n, np.int32)
    counter = 0
    for root in range(n):
        if place[root] >= 0:
            continue
        path[0], depth, children = root, 1, 0
        place[root] = low[root] = counter
        counter += 1
        while depth > 0:
            node = path[depth - 1]
            if next_link[node] < indptr[node + 1]:
                e = next_link[node]
                next_link[node] += 1
                other = indices[e]
                if other == node:
                    continue
                if place[other] < 0:
                    place[other] = low[other] = counter
                    counter += 1
                    parent_link[other] = e
                    path[depth] = other
                    depth += 1
                    children += node == root
                elif depth < 2 or other != path[depth - 2]:
                    low[node] = min(low[node], place[other])
                continue
            depth -= 1
            if depth == 0:
                continue
            above = path[depth - 1]
            low[above] = min(low[above], low[node])
            if above != root and low[node] >= place[above]:
                points[above] = True
            if low[node] > place[above]:
                mark_bridge(indptr, indices, bridges, above, node)
        points[root] = children > 1
    return points, bridges


@kernel
def mark_bridge(indptr: Int64s, indices: Int32s, bridges: Bools, one: int, other: int) -> None:
    """Mark the link between two nodes in both rows, unless there are several."""
    there = indptr[one] + np.searchsorted(indices[indptr[one] : indptr[one + 1]], other)
    back = indptr[other] + np.searchsorted(indices[indptr[other] : indptr[other + 1]], one)
    if there + 1 < indptr[one + 1] and indices[there + 1] == other:
        return
    bridges[there] = bridges[back] = True

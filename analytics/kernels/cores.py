"""Core numbers: how deep in the dense middle of the graph each node sits."""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Int32s, Int64s


@kernel
def core_numbers(outptr: Int64s, out: Int32s, inptr: Int64s, into: Int32s) -> Int32s:
    """The greatest k of which each node is in the k-core; links in and out both count, self-loops must be away.

    Undirected rows come as `out`, with empty rows (`inptr` of zeros) as `into`. O(n + m), Batagelj & Zaversnik 2003.
    """
    n = len(outptr) - 1
    core = (np.diff(outptr) + np.diff(inptr)).astype(np.int32)
    most = core.max() if n else 0
    first = np.zeros(most + 2, np.int64)  # where the nodes of each degree begin in `nodes`
    for degree in core:
        first[degree + 1] += 1
    for degree in range(most + 1):
        first[degree + 1] += first[degree]
    nodes, place, fill = np.empty(n, np.int32), np.empty(n, np.int64), first.copy()
    for i in range(n):
        place[i] = fill[core[i]]
        nodes[place[i]] = i
        fill[core[i]] += 1
    for at in range(n):
        node = nodes[at]
        for e in range(outptr[node], outptr[node + 1]):
            if core[out[e]] > core[node]:
                lower(out[e], core, first, nodes, place)
        for e in range(inptr[node], inptr[node + 1]):
            if core[into[e]] > core[node]:
                lower(into[e], core, first, nodes, place)
    return core


@kernel
def lower(node: int, core: Int32s, first: Int64s, nodes: Int32s, place: Int64s) -> None:
    """Move a node to the nodes of the next lower degree."""
    start = first[core[node]]
    other = nodes[start]
    nodes[start], nodes[place[node]] = node, other
    place[other], place[node] = place[node], start
    first[core[node]] += 1
    core[node] -= 1

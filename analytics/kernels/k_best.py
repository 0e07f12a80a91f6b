"""The k best ways between two nodes, or into one, without visiting a node twice: best first, within bounds.

Ways are grown backwards from the target over inward rows whose links come cheapest first. A partial way is a number: its
node, the partial way it goes on with (towards the target), what it has cost, how many links it has.
"""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.heap import add, drop
from analytics.kernels.rows import Float64s, Int32s, Int64s

NOTHING = -1
LOOKED_AT = 50  # links that may be looked at for each partial way that may be made
ROUNDING = 1e-12  # the same costs, added up in another order


@kernel
def cheapest_first(inptr: Int64s, into: Int32s, costs: Float64s) -> tuple[Int32s, Float64s]:
    """Inward rows with the cheapest link first, ties by source."""
    sources, sorted_costs = into.copy(), costs.copy()
    for i in range(len(inptr) - 1):
        row = slice(inptr[i], inptr[i + 1])
        order = np.argsort(costs[row], kind="mergesort")
        sources[row], sorted_costs[row] = into[row][order], costs[row][order]
    return sources, sorted_costs


@kernel
def within_hops(indptr: Int64s, indices: Int32s, costs: Float64s, begins: Float64s, hops: int) -> Float64s:
    """Least cost of a way to each node with at most h links, a row for each h from 0 to `hops`.

    `begins` is what it costs to begin at a node, inf where no way begins.
    """
    n = len(indptr) - 1
    best = np.full((hops + 1, n), np.inf)
    best[0] = begins
    first = np.flatnonzero(begins < np.inf)
    fringe, count = np.empty(n, np.int32), len(first)
    fringe[:count] = first
    improved = np.full(n, -1, np.int32)
    for hop in range(1, hops + 1):
        best[hop] = best[hop - 1]
        reached, found = np.empty(n, np.int32), 0
        for node in fringe[:count]:
            here = best[hop - 1, node]
            for e in range(indptr[node], indptr[node + 1]):
                other = indices[e]
                if here + costs[e] < best[hop, other]:
                    best[hop, other] = here + costs[e]
                    if improved[other] != hop:
                        improved[other] = hop
                        reached[found] = other
                        found += 1
        fringe, count = reached, found
    return best


@kernel
def is_on(node: int, way: int, nodes: Int32s, onward: Int64s) -> bool:
    """Whether a partial way leads over a node."""
    while way != NOTHING:
        if nodes[way] == node:
            return True
        way = onward[way]
    return False


@kernel
def expectations(
    way: int,
    spent: float,
    inptr: Int64s,
    into: Int32s,
    costs: Float64s,
    left: Float64s,
    nodes: Int32s,
    onward: Int64s,
) -> Float64s:
    """What a way costs at least that goes on from a partial way by each inward link; inf where that leads nowhere new."""
    start = inptr[nodes[way]]
    expected = np.empty(inptr[nodes[way] + 1] - start)
    for i in range(len(expected)):
        other = into[start + i]
        expected[i] = spent + costs[start + i] + left[other]
        if expected[i] < np.inf and is_on(other, way, nodes, onward):
            expected[i] = np.inf
    return expected


@kernel
def least_of(expected: Float64s, most: int) -> tuple[float, int, float]:
    """The `most` least: all below a limit, and so many that equal it; and the least that is left out (inf: none)."""
    if len(expected) <= most:
        return np.inf, 0, np.inf
    limit = np.partition(expected, most - 1)[most - 1]
    below, equal, left_out = 0, 0, np.inf
    for each in expected:
        if each < limit:
            below += 1
        elif each == limit:
            equal += 1
        else:
            left_out = min(left_out, each)
    return limit, most - below, limit if equal > most - below else left_out


@kernel
def between(
    inptr: Int64s,
    into: Int32s,
    costs: Float64s,
    step: float,
    best: Float64s,
    begins: Float64s,
    source: int,
    target: int,
    k: int,
    hops: int,
    fan_in: int,
    most: int,
) -> tuple[Int64s, Int32s, Int64s, int, bool]:
    """The k ways of least cost to the target: their numbers, best first; nodes and onward ways of all partial ways; how
    many those are; whether no better way was left out.

    Ways begin at `source`, or (-1) at any node but the target, for what `begins` says. A link costs `step` more than
    `costs`. `best` is the least cost of coming to each node (a row for each number of links left, or one row for any).
    Of each node's inward links the `fan_in` count by which a way costs least; at most `most` partial ways are made, and
    links looked at `LOOKED_AT` times as many. `hops` 0: any number of links.
    """
    nodes, onward, links = np.empty(most, np.int32), np.empty(most, np.int64), np.empty(most, np.int32)
    spent, keys, numbers = np.empty(most), np.empty(2 * most), np.empty(2 * most, np.int64)
    found, done, dearest, left_out = np.empty(k, np.int64), 0, 0.0, np.inf
    nodes[0], onward[0], links[0], spent[0] = target, NOTHING, 0, 0.0
    size, count, looked_at = 0, 1, 0
    if best[len(best) - 1, target] < np.inf:
        size = add(keys, numbers, size, best[len(best) - 1, target], 0)
    while size > 0 and done < k:
        key, way = keys[0], numbers[0]
        size = drop(keys, numbers, size)
        if way < 0 or nodes[way] == source:
            found[done], dearest = abs(way), key
            done += 1
            continue
        if source < 0 and way > 0 and begins[nodes[way]] < np.inf:  # it may begin here, or come from further away
            size = add(keys, numbers, size, spent[way] + begins[nodes[way]], -way)
        if hops > 0 and links[way] == hops:
            continue
        if count == most or looked_at > LOOKED_AT * most:
            left_out = min(left_out, key)
            continue
        left = best[hops - links[way] - 1] if hops > 0 else best[0]
        expected = expectations(way, spent[way] + step, inptr, into, costs, left, nodes, onward)
        looked_at += len(expected)
        limit, equals, missed = least_of(expected, fan_in)
        left_out = min(left_out, missed)
        for i in range(len(expected)):
            if expected[i] > limit or expected[i] == np.inf or (expected[i] == limit and equals == 0):
                continue
            equals -= expected[i] == limit
            if count == most:
                left_out = min(left_out, expected[i])
                continue
            e = inptr[nodes[way]] + i
            nodes[count], onward[count], links[count] = into[e], way, links[way] + 1
            spent[count] = spent[way] + costs[e] + step
            size = add(keys, numbers, size, expected[i], count)
            count += 1
    complete = left_out == np.inf or (done == k and dearest <= left_out * (1.0 + ROUNDING) + ROUNDING)
    return found[:done].copy(), nodes[:count].copy(), onward[:count].copy(), count, complete

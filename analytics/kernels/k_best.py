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
def within_hops(indptr: Int64s, indices: Int32s, costs: Float64s, source: int, hops: int) -> Float64s:
    """Least cost from the source to each node with at most h links, a row for each h from 0 to `hops`."""
    n = len(indptr) - 1
    best = np.full((hops + 1, n), np.inf)
    best[0, source] = 0.0
    fringe, count = np.empty(n, np.int32), 1
    fringe[0] = source
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
def between(
    inptr: Int64s,
    into: Int32s,
    costs: Float64s,
    best: Float64s,
    source: int,
    target: int,
    k: int,
    hops: int,
    fan_in: int,
    most: int,
) -> tuple[Int64s, Int32s, Int64s, Float64s, int, bool]:
    """The numbers of the ways found, best first; nodes, onward ways and costs of all; how many; whether bounds were kept.

    `best` is the least cost from the source (a row for each number of links left, or one row for any). Of each node's
    inward links the `fan_in` cheapest count; at most `most` partial ways are made. `hops` 0: any number of links.
    """
    nodes, onward, links = np.empty(most, np.int32), np.empty(most, np.int64), np.empty(most, np.int32)
    spent, keys, numbers = np.empty(most), np.empty(most), np.empty(most, np.int64)
    found, done = np.empty(k, np.int64), 0
    nodes[0], onward[0], links[0], spent[0] = target, NOTHING, 0, 0.0
    size, count, complete = 0, 1, True
    if best[len(best) - 1, target] < np.inf:
        size = add(keys, numbers, size, best[len(best) - 1, target], 0)
    while size > 0 and done < k:
        way = numbers[0]
        size = drop(keys, numbers, size)
        node = nodes[way]
        if node == source:
            found[done] = way
            done += 1
            continue
        if hops > 0 and links[way] == hops:
            continue
        left = best[hops - links[way] - 1] if hops > 0 else best[0]
        for e in range(inptr[node], min(inptr[node + 1], inptr[node] + fan_in)):
            other = into[e]
            expected = spent[way] + costs[e] + left[other]
            if expected == np.inf or is_on(other, way, nodes, onward):
                continue
            if count == most:
                complete = False
                break
            nodes[count], onward[count], links[count] = other, way, links[way] + 1
            spent[count] = spent[way] + costs[e]
            size = add(keys, numbers, size, expected, count)
            count += 1
    return found[:done].copy(), nodes[:count].copy(), onward[:count].copy(), spent[:count].copy(), count, complete


@kernel
def next_in(
    inptr: Int64s, into: Int32s, costs: Float64s, e: int, way: int, fan_in: int, nodes: Int32s, onward: Int64s
) -> int:
    """The first link from e on by which a partial way can be grown; -1 when there is none."""
    node = nodes[way]
    end = min(inptr[node + 1], inptr[node] + fan_in)
    while e < end and costs[e] < np.inf:
        if not is_on(into[e], way, nodes, onward):
            return e
        e += 1
    return NOTHING


@kernel
def into_one(
    inptr: Int64s,
    into: Int32s,
    costs: Float64s,
    step: float,
    worth: Float64s,
    greatest: float,
    target: int,
    k: int,
    hops: int,
    fan_in: int,
    most: int,
) -> tuple[Int64s, Float64s, Int32s, Int64s, int, bool]:
    """The k ways into the target of greatest exp(−cost) × worth of their first node; `step` is added to each link's cost.

    Their numbers, what they bring, the nodes and onward ways of all partial ways, how many those are, whether bounds were
    kept. A partial way is grown by its cheapest link only; the next cheapest takes its turn when that one has been met, so
    that what is met comes in order. Ends when nothing that is left can bring more than the k-th.
    """
    nodes, onward, links = np.empty(most, np.int32), np.empty(most, np.int64), np.empty(most, np.int32)
    by, spent, keys, numbers = np.empty(most, np.int64), np.empty(most), np.empty(most), np.empty(most, np.int64)
    found, brings, done = np.full(k + 1, NOTHING, np.int64), np.zeros(k + 1), 0
    nodes[0], onward[0], links[0], by[0], spent[0] = target, NOTHING, 0, NOTHING, 0.0
    size, count = add(keys, numbers, 0, 0.0, 0), 1
    while size > 0:
        way = numbers[0]
        if done == k and np.exp(-keys[0]) * greatest <= brings[k - 1]:
            break
        size = drop(keys, numbers, size)
        if way > 0:
            done = ranked(found, brings, done, way, np.exp(-spent[way]) * worth[nodes[way]])
        if count + 2 > most:
            return found[:done].copy(), brings[:done].copy(), nodes[:count].copy(), onward[:count].copy(), count, False
        # one link further on, and the same place by the next link
        for parent, e in ((way, inptr[nodes[way]]), (onward[way], by[way] + 1)):
            if parent == NOTHING or links[parent] == hops:
                continue
            link = next_in(inptr, into, costs, e, parent, fan_in, nodes, onward)
            if link != NOTHING:
                nodes[count], onward[count], links[count], by[count] = into[link], parent, links[parent] + 1, link
                spent[count] = spent[parent] + costs[link] + step
                size = add(keys, numbers, size, spent[count], count)
                count += 1
    return found[:done].copy(), brings[:done].copy(), nodes[:count].copy(), onward[:count].copy(), count, True


@kernel
def ranked(found: Int64s, brings: Float64s, done: int, way: int, value: float) -> int:
    """Put a way in its place among the best so far (there is room for one too many); how many there are now."""
    if value <= 0.0:
        return done
    at = done
    while at > 0 and brings[at - 1] < value:
        found[at], brings[at] = found[at - 1], brings[at - 1]
        at -= 1
    found[at], brings[at] = way, value
    return min(done + 1, len(found) - 1)

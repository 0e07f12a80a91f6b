"""Leiden: communities by modularity in three turns — move nodes, refine communities so that each hangs together, make them nodes.

Rows are a symmetric matrix whose diagonal counts twice (both ends of a link inside), so that a row's sum is a node's strength.
"""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Float64s, Int32s, Int64s

LEAST = 1e-10  # a gain below this share of a link is rounding


@kernel
def shuffled(n: int, state: int) -> Int32s:
    """The numbers 0…n-1 in an order drawn from the state (Fisher & Yates, a 64-bit xorshift)."""
    order = np.arange(n).astype(np.int32)
    x = np.uint64(state) * np.uint64(2862933555777941757) + np.uint64(3037000493)
    for i in range(n - 1, 0, -1):
        x ^= x << np.uint64(13)
        x ^= x >> np.uint64(7)
        x ^= x << np.uint64(17)
        j = int(x % np.uint64(i + 1))
        order[i], order[j] = order[j], order[i]
    return order


@kernel
def gather(
    indptr: Int64s, indices: Int32s, weights: Float64s, node: int, groups: Int32s, to_group: Float64s, touched: Int32s
) -> int:
    """Fill in the weight from a node to each group it touches (itself left out); how many groups those are."""
    count = 0
    for e in range(indptr[node], indptr[node + 1]):
        other = indices[e]
        if other == node or weights[e] == 0.0:
            continue
        group = groups[other]
        if to_group[group] == 0.0:
            touched[count] = group
            count += 1
        to_group[group] += weights[e]
    return count


@kernel
def move(  # noqa: C901  # one queue worked off
    indptr: Int64s,
    indices: Int32s,
    weights: Float64s,
    strength: Float64s,
    groups: Int32s,
    resolution: float,
    order: Int32s,
) -> int:
    """Move nodes to the group they gain most from until nobody gains; groups change in place. How many moves were made."""
    n = len(strength)
    whole = strength.sum()
    totals, sizes = np.zeros(n), np.zeros(n, np.int64)
    for i in range(n):
        totals[groups[i]] += strength[i]
        sizes[groups[i]] += 1
    empty = np.flatnonzero(sizes == 0).astype(np.int32)
    free, room = np.empty(n, np.int32), len(empty)
    free[:room] = empty
    queue, waiting = order.copy(), np.ones(n, np.bool_)
    head, length, moves = 0, n, 0
    to_group, touched = np.zeros(n), np.empty(n, np.int32)
    while length > 0:
        node = queue[head]
        head, length = (head + 1) % n, length - 1
        waiting[node] = False
        own, rate = groups[node], resolution * strength[node] / whole
        count = gather(indptr, indices, weights, node, groups, to_group, touched)
        totals[own] -= strength[node]
        sizes[own] -= 1
        stay = to_group[own] - rate * totals[own]
        best, most = own, stay + LEAST
        for at in range(count):
            group = touched[at]
            gain = to_group[group] - rate * totals[group]
            if gain > most or (gain == most and group < best):
                best, most = group, gain
        if most < -LEAST and sizes[own] > 0 and room > 0:  # better off alone
            room -= 1
            best = free[room]
        elif sizes[own] == 0 and best != own:
            free[room] = own
            room += 1
        groups[node] = best
        totals[best] += strength[node]
        sizes[best] += 1
        for at in range(count):
            to_group[touched[at]] = 0.0
        if best == own:
            continue
        moves += 1
        for e in range(indptr[node], indptr[node + 1]):
            other = indices[e]
            if groups[other] != best and not waiting[other]:
                waiting[other] = True
                queue[(head + length) % n] = other
                length += 1
    return moves


@kernel
def refine(  # noqa: C901  # one pass over the nodes
    indptr: Int64s,
    indices: Int32s,
    weights: Float64s,
    strength: Float64s,
    groups: Int32s,
    resolution: float,
    order: Int32s,
) -> Int32s:
    """Parts of each group that hang together well: nodes that are still alone join the part they gain most from."""
    n = len(strength)
    whole = strength.sum()
    totals, parts = np.zeros(n), np.arange(n).astype(np.int32)
    part_totals, outward, alone = strength.copy(), np.zeros(n), np.ones(n, np.bool_)
    for i in range(n):
        totals[groups[i]] += strength[i]
        for e in range(indptr[i], indptr[i + 1]):
            if indices[e] != i and groups[indices[e]] == groups[i]:
                outward[i] += weights[e]
    to_part, touched = np.zeros(n), np.empty(n, np.int32)
    for node in order:
        mine = totals[groups[node]]
        if not alone[node] or outward[node] < resolution * strength[node] * (mine - strength[node]) / whole:
            continue
        count = gather(indptr, indices, weights, node, parts, to_part, touched)
        best, most = parts[node], LEAST
        for at in range(count):
            part = touched[at]
            if groups[part] == groups[node] and outward[part] >= (
                resolution * part_totals[part] * (mine - part_totals[part]) / whole
            ):
                gain = to_part[part] - resolution * strength[node] * part_totals[part] / whole
                if gain > most:
                    best, most = part, gain
        if best != parts[node]:
            parts[node] = best
            part_totals[best] += strength[node]
            outward[best] += outward[node] - 2.0 * to_part[best]
            alone[node] = alone[best] = False
        for at in range(count):
            to_part[touched[at]] = 0.0
    return parts


@kernel
def numbered(groups: Int32s) -> tuple[Int32s, int]:
    """Groups numbered in the order in which they are met, and how many there are."""
    numbers, found = np.full(len(groups), -1, np.int32), np.empty(len(groups), np.int32)
    count = 0
    for i in range(len(groups)):
        if numbers[groups[i]] < 0:
            numbers[groups[i]] = count
            count += 1
        found[i] = numbers[groups[i]]
    return found, count


@kernel
def contracted(
    indptr: Int64s, indices: Int32s, weights: Float64s, parts: Int32s, count: int
) -> tuple[Int64s, Int32s, Float64s]:
    """Each part as one node: weights between parts add up, those inside lie on the diagonal."""
    n = len(parts)
    firsts = np.zeros(count + 1, np.int64)
    for part in parts:
        firsts[part + 1] += 1
    firsts = np.cumsum(firsts)
    members, place = np.empty(n, np.int32), firsts[:-1].copy()
    for i in range(n):
        members[place[parts[i]]] = i
        place[parts[i]] += 1
    starts, found, sums = np.zeros(count + 1, np.int64), np.empty(len(indices), np.int32), np.empty(len(indices))
    to_part, at = np.zeros(count), 0
    for part in range(count):
        for member in members[firsts[part] : firsts[part + 1]]:
            for e in range(indptr[member], indptr[member + 1]):
                other = parts[indices[e]]
                if to_part[other] == 0.0 and weights[e] > 0.0:
                    found[at] = other
                    at += 1
                to_part[other] += weights[e]
        starts[part + 1] = at
        for e in range(starts[part], at):
            sums[e] = to_part[found[e]]
            to_part[found[e]] = 0.0
    return starts, found[:at].copy(), sums[:at].copy()


@kernel
def leiden(
    indptr: Int64s, indices: Int32s, weights: Float64s, groups: Int32s, resolution: float, seed: int
) -> tuple[Int32s, int]:
    """One round of Leiden from the groups given: the groups found, and how many moves it took (0: they were stable)."""
    n = len(groups)
    names = np.arange(n).astype(np.int32)  # the node of the contracted graph that each node lies in
    present, count = numbered(groups)
    total_moves, level = 0, 0
    while True:
        strength = np.zeros(len(present))
        for i in range(len(present)):
            strength[i] = weights[indptr[i] : indptr[i + 1]].sum()
        if strength.sum() == 0.0:
            break
        order = shuffled(len(present), seed + 7919 * level)
        total_moves += move(indptr, indices, weights, strength, present, resolution, order)
        present, count = numbered(present)
        if count == len(present):
            break
        parts, part_count = numbered(refine(indptr, indices, weights, strength, present, resolution, order))
        if part_count == len(present):  # nothing was joined: the groups stand
            break
        indptr, indices, weights = contracted(indptr, indices, weights, parts, part_count)
        together = np.empty(part_count, np.int32)
        for i in range(len(parts)):
            together[parts[i]] = present[i]
        for i in range(n):
            names[i] = parts[names[i]]
        present = together
        level += 1
    found = np.empty(n, np.int32)
    for i in range(n):
        found[i] = present[names[i]]
    return found, total_moves


@kernel
def modularity(indptr: Int64s, indices: Int32s, weights: Float64s, groups: Int32s, resolution: float) -> float:
    """The share of weight inside groups less what chance would put there."""
    totals, inside, whole = np.zeros(len(groups)), 0.0, 0.0
    for i in range(len(groups)):
        for e in range(indptr[i], indptr[i + 1]):
            totals[groups[i]] += weights[e]
            whole += weights[e]
            if groups[indices[e]] == groups[i]:
                inside += weights[e]
    if whole == 0.0:
        return 0.0
    chance: float = (totals**2).sum() / whole**2
    return inside / whole - resolution * chance

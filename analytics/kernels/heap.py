"""A heap of nodes by distance that knows each node's place in it: least first, earlier put among equals."""

from __future__ import annotations

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Float64s, Int32s, Int64s

SHIFT = 2  # each place has four below it: 2 bits
WAYS = 1 << SHIFT
ABSENT = -1


@kernel
def put(keys: Float64s, nodes: Int32s, place: Int32s, size: int, node: int, key: float) -> int:
    """Put a node in, or move it forward to a lesser key; the new size. `place` is -1 for nodes that are not in it."""
    at = place[node]
    if at == ABSENT:
        at = size
        size += 1
    while at > 0:
        above = (at - 1) >> SHIFT
        if keys[above] <= key:  # the one above was put earlier: equals stay above
            break
        keys[at], nodes[at] = keys[above], nodes[above]
        place[nodes[at]] = at
        at = above
    keys[at], nodes[at] = key, node
    place[node] = at
    return size


@kernel
def take(keys: Float64s, nodes: Int32s, place: Int32s, size: int, when: Int64s) -> int:
    """Take the first node out; the new size. `when` numbers the puts of each node and decides among equals."""
    size -= 1
    place[nodes[0]] = ABSENT
    if size == 0:
        return 0
    key, node = keys[size], nodes[size]
    at = 0
    while True:
        first = (at << SHIFT) + 1
        if first >= size:
            break
        child, least = first, keys[first]
        for other in range(first + 1, min(first + WAYS, size)):
            if keys[other] < least:
                child, least = other, keys[other]
            elif keys[other] == least and when[nodes[other]] < when[nodes[child]]:
                child = other
        if key < least or (key == least and when[node] < when[nodes[child]]):
            break
        keys[at], nodes[at] = least, nodes[child]
        place[nodes[at]] = at
        at = child
    keys[at], nodes[at] = key, node
    place[node] = at
    return size


@kernel
def add(keys: Float64s, numbers: Int64s, size: int, key: float, number: int) -> int:
    """Put a numbered thing into a plain heap with room for it; the new size. Numbers grow from put to put."""
    at = size
    while at > 0:
        above = (at - 1) >> SHIFT
        if keys[above] <= key:
            break
        keys[at], numbers[at] = keys[above], numbers[above]
        at = above
    keys[at], numbers[at] = key, number
    return size + 1


@kernel
def drop(keys: Float64s, numbers: Int64s, size: int) -> int:
    """Take the first thing out of a plain heap; the new size. Among equals the lesser number comes first."""
    size -= 1
    key, number = keys[size], numbers[size]
    at = 0
    while True:
        first = (at << SHIFT) + 1
        if first >= size:
            break
        child = first
        for other in range(first + 1, min(first + WAYS, size)):
            if keys[other] < keys[child] or (keys[other] == keys[child] and numbers[other] < numbers[child]):
                child = other
        if key < keys[child] or (key == keys[child] and number < numbers[child]):
            break
        keys[at], numbers[at] = keys[child], numbers[child]
        at = child
    keys[at], numbers[at] = key, number
    return size

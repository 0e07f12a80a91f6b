"""Making compressed sparse rows: sorting links into rows, merging parallel ones, leaving directions out."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from analytics.kernels.compiled import kernel

Bools: TypeAlias = NDArray[np.bool_]
Int32s: TypeAlias = NDArray[np.int32]
Int64s: TypeAlias = NDArray[np.int64]
Float64s: TypeAlias = NDArray[np.float64]
Floats: TypeAlias = NDArray[np.float64] | NDArray[np.float32]

SUM, MIN, MAX, KEEP = 0, 1, 2, 3


@kernel
def starts_of(n: int, keys: Int32s) -> Int64s:
    """Where the links of each key begin once they are sorted by key (n + 1 numbers)."""
    starts = np.zeros(n + 1, np.int64)
    for key in keys:
        starts[key + 1] += 1
    for i in range(n):
        starts[i + 1] += starts[i]
    return starts


@kernel
def order_by(starts: Int64s, keys: Int32s) -> Int64s:
    """The stable order that sorts links by key."""
    place = starts[:-1].copy()
    order = np.empty(len(keys), np.int64)
    for i in range(len(keys)):
        order[place[keys[i]]] = i
        place[keys[i]] += 1
    return order


@kernel
def is_ordered(source: Int32s, target: Int32s) -> bool:
    """Whether links are sorted by source and target already."""
    for e in range(1, len(source)):
        if source[e] < source[e - 1] or (source[e] == source[e - 1] and target[e] < target[e - 1]):
            return False
    return True


@kernel
def sources_of(indptr: Int64s) -> Int32s:
    """The source of every stored link."""
    sources = np.empty(indptr[-1], np.int32)
    for i in range(len(indptr) - 1):
        sources[indptr[i] : indptr[i + 1]] = i
    return sources


@kernel
def count_distinct(indptr: Int64s, indices: Int32s) -> int:
    """How many links are left when parallel ones are merged; rows must be sorted."""
    count = 0
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            if e == indptr[i] or indices[e] != indices[e - 1]:
                count += 1
    return count


@kernel
def together(one: float, other: float, how: int) -> float:
    """Two parallel weights as one: added up, or the least or greatest kept."""
    if how == SUM:
        return one + other
    return min(one, other) if how == MIN else max(one, other)


@kernel
def merge(indptr: Int64s, indices: Int32s, weights: Floats, distinct: int, how: int) -> tuple[Int64s, Int32s, Floats]:
    """Parallel links of sorted rows become one."""
    starts = np.zeros(len(indptr), np.int64)
    kept = np.empty(distinct, np.int32)
    merged = np.empty(distinct, weights.dtype)
    at = -1
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            if e == indptr[i] or indices[e] != indices[e - 1]:
                at += 1
                kept[at], merged[at] = indices[e], weights[e]
            else:
                merged[at] = together(merged[at], weights[e], how)
        starts[i + 1] = at + 1
    return starts, kept, merged


@kernel
def transpose(indptr: Int64s, indices: Int32s, weights: Floats, starts: Int64s) -> tuple[Int32s, Floats]:
    """Every link turned round; rows stay sorted because the old ones are walked in order."""
    place = starts[:-1].copy()
    sources = np.empty(len(indices), np.int32)
    turned = np.empty(len(weights), weights.dtype)
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            at = place[indices[e]]
            place[indices[e]] += 1
            sources[at] = i
            if len(weights) > 0:
                turned[at] = weights[e]
    return sources, turned


@kernel
def join(
    outptr: Int64s, out: Int32s, out_weights: Floats, inptr: Int64s, into: Int32s, in_weights: Floats, how: int
) -> tuple[Int64s, Int32s, Floats]:
    """Rows of a graph and of its transpose joined: the links without their directions.

    Under KEEP links there and back stay two. A self-loop lies in both and is taken once.
    """
    starts = np.zeros(len(outptr), np.int64)
    indices = np.empty(2 * len(out), np.int32)
    weights = np.empty(2 * len(out), out_weights.dtype)
    at = 0
    for i in range(len(outptr) - 1):
        e, f = outptr[i], inptr[i]
        while e < outptr[i + 1] or f < inptr[i + 1]:
            if f == inptr[i + 1] or (e < outptr[i + 1] and out[e] <= into[f]):
                j, weight, backwards = out[e], out_weights[e], False
                e += 1
            else:
                j, weight, backwards = into[f], in_weights[f], True
                f += 1
            if backwards and j == i:
                continue
            if how != KEEP and at > starts[i] and indices[at - 1] == j:
                weights[at - 1] = together(weights[at - 1], weight, how)
            else:
                indices[at], weights[at] = j, weight
                at += 1
        starts[i + 1] = at
    return starts, indices[:at].copy(), weights[:at].copy()

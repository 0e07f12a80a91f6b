"""Making compressed sparse rows: sorting links into rows, merging parallel ones, turning rows round."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.kernels.compiled import kernel

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64] | NDArray[np.float32]

SUM, MIN, MAX = 0, 1, 2


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
def merge(indptr: Int64s, indices: Int32s, weights: Floats, distinct: int, how: int) -> tuple[Int64s, Int32s, Floats]:
    """Parallel links of sorted rows become one: their weights are added up, or the least or greatest is kept."""
    starts = np.zeros(len(indptr), np.int64)
    kept = np.empty(distinct, np.int32)
    merged = np.empty(distinct, weights.dtype)
    at = -1
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            if e == indptr[i] or indices[e] != indices[e - 1]:
                at += 1
                kept[at], merged[at] = indices[e], weights[e]
            elif how == SUM:
                merged[at] += weights[e]
            elif how == MIN:
                merged[at] = min(merged[at], weights[e])
            else:
                merged[at] = max(merged[at], weights[e])
        starts[i + 1] = at + 1
    return starts, kept, merged

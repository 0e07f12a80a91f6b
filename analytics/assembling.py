"""How links in any order become rows: sorted by source and target, parallel ones merged or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analytics.kernels import rows

if TYPE_CHECKING:
    from analytics.graph import Graph, Parallel, Weights

Arrays = tuple[NDArray[np.int64], NDArray[np.int32], "Weights | None"]
HOW = {"sum": rows.SUM, "min": rows.MIN, "max": rows.MAX}


def assembled(
    n: int,
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    weights: Weights | None,
    directed: bool,
    parallel: Parallel,
) -> Arrays:
    """Rows of the links given; an undirected link, whichever way it was given, lies in both rows afterwards."""
    if not directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    arrays = _rows(n, source, target, weights)
    if parallel != "keep":
        arrays = _merged(arrays, HOW[parallel])
    return arrays if directed else _mirrored(n, *arrays)


def transposed(graph: Graph) -> Arrays:
    """Rows of the links turned round; those of each row stay sorted because the old rows were walked in order."""
    starts = rows.starts_of(graph.n, graph.indices)
    order = rows.order_by(starts, graph.indices)
    return starts, graph.sources[order], None if graph.weights is None else graph.weights[order]


def _rows(n: int, source: NDArray[np.int32], target: NDArray[np.int32], weights: Weights | None) -> Arrays:
    """Sorted by target, then stably by source: two passes over the links."""
    by_target = rows.order_by(rows.starts_of(n, target), target)
    source = source[by_target]
    starts = rows.starts_of(n, source)
    order = by_target[rows.order_by(starts, source)]
    return starts, target[order], None if weights is None else weights[order]


def _merged(arrays: Arrays, how: int) -> Arrays:
    indptr, indices, weights = arrays
    distinct = rows.count_distinct(indptr, indices)
    if distinct == len(indices):
        return arrays
    ones = np.ones(len(indices)) if weights is None else weights
    starts, kept, merged = rows.merge(indptr, indices, ones, distinct, how)
    return starts, kept, None if weights is None and how != rows.SUM else merged


def _mirrored(n: int, indptr: NDArray[np.int64], indices: NDArray[np.int32], weights: Weights | None) -> Arrays:
    source = rows.sources_of(indptr)
    back = source != indices
    both = np.concatenate([source, indices[back]]), np.concatenate([indices, source[back]])
    return _rows(n, *both, None if weights is None else np.concatenate([weights, weights[back]]))

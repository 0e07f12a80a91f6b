"""How links in any order become rows: sorted by source and target, parallel ones merged or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analytics.kernels import rows

if TYPE_CHECKING:
    from analytics.graph import Graph, Parallel
    from analytics.links import Weights

Arrays = tuple[NDArray[np.int64], NDArray[np.int32], "Weights | None"]
HOW = {"sum": rows.SUM, "min": rows.MIN, "max": rows.MAX, "keep": rows.KEEP}
NONE = np.empty(0)


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
    arrays = _merged(_rows(n, source, target, weights), parallel)
    return arrays if directed else _joined(arrays, "keep")


def merged(graph: Graph, parallel: Parallel) -> Arrays:
    """Rows of the same links, parallel ones made one."""
    return _merged((graph.indptr, graph.indices, graph.weights), parallel)


def without_directions(graph: Graph, parallel: Parallel) -> Arrays:
    """Rows of a directed graph's links in both rows, those there and back made one (or kept)."""
    joined = _joined((graph.indptr, graph.indices, graph.weights), parallel)
    if joined[2] is not None and graph.weights is None and (joined[2] == 1).all():
        return joined[0], joined[1], None
    return joined


def turned(arrays: Arrays) -> Arrays:
    """Rows of the links turned round."""
    indptr, indices, weights = arrays
    starts = rows.starts_of(len(indptr) - 1, indices)
    sources, moved = rows.transpose(indptr, indices, NONE if weights is None else weights, starts)
    return starts, sources, None if weights is None else moved


def _rows(n: int, source: NDArray[np.int32], target: NDArray[np.int32], weights: Weights | None) -> Arrays:
    """Sorted by target, then stably by source: two passes over the links, none when they are sorted already."""
    starts = rows.starts_of(n, source)
    if rows.is_ordered(source, target):
        return starts, target, weights
    by_target = rows.order_by(rows.starts_of(n, target), target)
    order = by_target[rows.order_by(starts, source[by_target])]
    return starts, target[order], None if weights is None else weights[order]


def _merged(arrays: Arrays, parallel: Parallel) -> Arrays:
    indptr, indices, weights = arrays
    distinct = rows.count_distinct(indptr, indices)
    if parallel == "keep" or distinct == len(indices):
        return arrays
    ones = np.ones(len(indices)) if weights is None else weights
    starts, kept, together = rows.merge(indptr, indices, ones, distinct, HOW[parallel])
    return starts, kept, None if weights is None and parallel != "sum" else together


def _joined(arrays: Arrays, parallel: Parallel) -> Arrays:
    indptr, indices, weights = arrays
    backptr, back, back_weights = turned(arrays)
    if weights is None or back_weights is None:
        weights = back_weights = np.ones(len(indices))
    made = rows.join(indptr, indices, weights, backptr, back, back_weights, HOW[parallel])
    return made if arrays[2] is not None or parallel == "sum" else (*made[:2], None)

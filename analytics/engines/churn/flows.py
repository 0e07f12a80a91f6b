"""The graph along which risk spreads between subjects: paths of relations walked through, cut to the subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph

Floats = NDArray[np.float64]


def flow(
    paths: Sequence[tuple[Sequence[Graph], float]], subjects: NDArray[np.int32], *, through: int = 1_000
) -> tuple[Graph, Floats]:
    """Who gives risk to whom along paths, as a graph over places in `subjects`, and how much each is open to.

    Each path is the graphs of its relations, in order from the receiving subject outwards, all over the same nodes, and its
    factor. A link from j to i weighs Σ over paths of factor × Σ over ways of the product of weights. A node between, with
    more than `through` links on either side, passes nothing on: a hub relates everybody and says nothing of anyone.
    The second answer is, for each subject, the mean factor of what it receives (1 where it receives nothing): the
    `reach` of `exposure.run`, so that a weak relation alone gives little.

    Example: 0 and 1 employ the same person (3); 2 employs another (4).

    >>> employs = Graph.from_links(5, [0, 1, 2], [3, 3, 4])
    >>> found, reach = flow([([employs, employs.transposed], 0.5)], np.arange(3, dtype=np.int32))
    >>> found.sources.tolist(), found.indices.tolist(), found.weights.tolist(), reach.tolist()
    ([0, 1], [1, 0], [0.5, 0.5], [0.5, 0.5, 1.0])

    Cost: the ways there are, at most links · `through`.
    """
    n = len(subjects)
    receiver, giver, weight, factor = [np.empty(0, np.int64)] * 2 + [np.empty(0)] * 2
    for graphs, share in paths:
        ways = _ways(graphs, subjects, through).tocoo()
        apart = ways.row != ways.col
        receiver, giver = np.concatenate([receiver, ways.row[apart]]), np.concatenate([giver, ways.col[apart]])
        weight = np.concatenate([weight, ways.data[apart]])
        factor = np.concatenate([factor, np.full(int(apart.sum()), share)])
    plain = np.bincount(receiver, weight, minlength=n)
    reach = np.divide(np.bincount(receiver, weight * factor, minlength=n), plain, out=np.ones(n), where=plain > 0)
    return Graph.from_links(n, giver, receiver, weight * factor), reach


def among(graph: Graph, subjects: NDArray[np.int32]) -> Graph:
    """The links between subjects alone, over their places."""
    place = np.full(graph.n, -1, np.int32)
    place[subjects] = np.arange(len(subjects), dtype=np.int32)
    source, target = place[graph.sources], place[graph.indices]
    kept = (source >= 0) & (target >= 0)
    weights = None if graph.weights is None else graph.weights[kept]
    return Graph.from_links(len(subjects), source[kept], target[kept], weights, parallel=graph.parallel)


def _ways(graphs: Sequence[Graph], subjects: NDArray[np.int32], through: int) -> Any:
    """Rows of subjects, columns of subjects: the sum over ways of their product of weights."""
    found = graphs[0].matrix[subjects]
    for graph in graphs[1:]:
        inward = np.bincount(found.indices, minlength=graph.n)
        hubs = (inward > through) | (np.diff(graph.indptr) > through)
        found.data = np.where(hubs[found.indices], 0.0, found.data)
        found.eliminate_zeros()
        found = found @ graph.matrix
    return found[:, subjects]

"""Links weighed by what is known of the relationships between their ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.snapshot.records import Numbers

UNKNOWN = 0.1  # the strength of a link of whose relationship nothing is known


def weighed(graph: Graph, known: Graph, numbers: Numbers | None = None) -> Graph:
    """The links weighed by the strength of the relationship, the stronger way of both; little where nothing is known.

    `numbers` are those of the graph's nodes in the one that is known, -1 where it does not have them; None: the same.
    """
    best = known.undirected("max")
    keys = best.sources.astype(np.int64) * max(best.n, 1) + best.indices
    ends = [graph.sources, graph.indices] if numbers is None else [numbers[graph.sources], numbers[graph.indices]]
    wanted = np.where((ends[0] < 0) | (ends[1] < 0), -1, ends[0].astype(np.int64) * max(best.n, 1) + ends[1])
    weights = np.full(graph.m, UNKNOWN)
    if len(keys):
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[place] == wanted
        weights[there] = np.maximum(_floats(best)[place[there]], UNKNOWN)
    return graph.changed(weights=weights)


def _floats(graph: Graph) -> NDArray[np.float64]:
    return np.ones(graph.m) if graph.weights is None else graph.weights.astype(np.float64)

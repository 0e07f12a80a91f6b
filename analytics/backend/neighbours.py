"""networkx's clustering, structural holes and link prediction on arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import log
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from analytics.backend.calls import NotOnArrays, by_label, graph_of, on_arrays, weighted
from analytics.graph import Graph
from analytics.kernels import neighbours as kernels

Pairs = Iterable[tuple[Any, Any]]


def _triangles(G: Any, nodes: Any = None) -> tuple[Graph, NDArray[np.int64], NDArray[np.int64]]:
    graph = graph_of(G)
    if graph.directed or graph.is_multigraph() or nodes is not None:
        raise NotOnArrays
    return graph, *kernels.triangles(graph.indptr, graph.indices)


@on_arrays
def triangles(G: Any, nodes: Any = None) -> dict[Any, int]:  # networkx's own names in all of this room
    """Triangles through each node."""
    graph, count, _ = _triangles(G, nodes)
    return by_label(graph, count)


@on_arrays
def clustering(G: Any, nodes: Any = None, weight: Any = None) -> dict[Any, float]:
    """The share of each node's pairs of neighbours that know each other."""
    if weight is not None:
        raise NotOnArrays
    graph, count, degree = _triangles(G, nodes)
    return by_label(graph, _shares(count, degree))


@on_arrays
def average_clustering(
    G: Any,
    nodes: Any = None,
    weight: Any = None,
    count_zeros: bool = True,
) -> float:
    """The mean of the clustering of all nodes."""
    if weight is not None:
        raise NotOnArrays
    _, count, degree = _triangles(G, nodes)
    values = _shares(count, degree)
    values = values if count_zeros else values[values > 0]
    mean: float = sum(values.tolist()) / len(values)
    return mean


@on_arrays
def transitivity(G: Any) -> float:
    """The share of all pairs of neighbours that know each other."""
    _, count, degree = _triangles(G)
    pairs = int((degree * (degree - 1)).sum())
    return 2 * int(count.sum()) / pairs if count.any() else 0


def _shares(count: NDArray[np.int64], degree: NDArray[np.int64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = 2.0 * count / np.maximum(degree * (degree - 1), 1)
    return shares


def holes(graph: Graph) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Constraint and effective size of each node; NaN for nodes without neighbours, as networkx has it."""
    both = graph.undirected("sum") if graph.directed else graph
    mutual = np.ones(both.m) if both.weights is None else both.weights.astype(np.float64)
    # networkx adds the matrix to its transpose, so a self-loop counts twice
    mutual = np.where((both.sources == both.indices) | (not graph.directed), 2.0 * mutual, mutual)
    # networkx's matrix form measures a tie against the strongest of its far end, not of its near end
    everyone = np.arange(both.n, dtype=np.int64)
    constraint, size, sums, own = kernels.holes(both.indptr, both.indices, mutual, everyone, True)
    constraint[sums - 2.0 * own == 0.0] = np.nan
    size[(sums == 0.0) | (own == 1.0)] = np.nan
    return constraint, size


@on_arrays
def constraint(G: Any, nodes: Any = None, weight: Any = None) -> dict[Any, float]:
    """Burt's constraint: how much of each node's ties lead back to the same few."""
    graph = weighted(graph_of(G), weight)
    if nodes is not None or graph.is_multigraph() or graph.n == 0:
        raise NotOnArrays
    return by_label(graph, holes(graph)[0])


@on_arrays
def effective_size(G: Any, nodes: Any = None, weight: Any = None) -> dict[Any, float]:
    """Burt's effective size: neighbours less what is redundant among them."""
    graph = weighted(graph_of(G), weight)
    if nodes is not None or graph.is_multigraph() or graph.n == 0:
        raise NotOnArrays
    return by_label(graph, holes(graph)[1])


def _predicted(
    G: Any,
    ebunch: Pairs | None,
    score: Callable[[Graph, int, int], float],
) -> Iterator[tuple[Any, Any, float]]:
    if ebunch is None:
        raise NotOnArrays
    graph, pairs = graph_of(G), list(ebunch)
    for label in (label for pair in pairs for label in pair):
        if label not in graph:
            raise nx.NodeNotFound(f"Node {label} not in G.")
    return ((u, v, score(graph, graph.index(u), graph.index(v))) for u, v in pairs)


def _degrees(graph: Graph, nodes: NDArray[np.int32]) -> list[int]:
    """Links of each node; a self-loop counts twice."""
    rows = (graph.indices[graph.indptr[i] : graph.indptr[i + 1]] for i in nodes.tolist())
    return [len(row) + int(np.count_nonzero(row == i)) for i, row in zip(nodes.tolist(), rows, strict=True)]


@on_arrays
def adamic_adar_index(G: Any, ebunch: Pairs | None = None) -> Iterator[tuple[Any, Any, float]]:
    """The sum of 1 / log(links) over shared neighbours."""

    def score(graph: Graph, u: int, v: int) -> float:
        return sum(1 / log(d) for d in _degrees(graph, kernels.shared(graph.indptr, graph.indices, u, v)))

    return _predicted(G, ebunch, score)


@on_arrays
def resource_allocation_index(G: Any, ebunch: Pairs | None = None) -> Iterator[tuple[Any, Any, float]]:
    """The sum of 1 / links over shared neighbours."""

    def score(graph: Graph, u: int, v: int) -> float:
        return sum(1 / d for d in _degrees(graph, kernels.shared(graph.indptr, graph.indices, u, v)))

    return _predicted(G, ebunch, score)


@on_arrays
def jaccard_coefficient(G: Any, ebunch: Pairs | None = None) -> Iterator[tuple[Any, Any, float]]:
    """Shared neighbours as a share of all neighbours of the two."""

    def score(graph: Graph, u: int, v: int) -> float:
        rows = (graph.indices[graph.indptr[i] : graph.indptr[i + 1]] for i in (u, v))
        union = len(np.union1d(*rows))
        return len(kernels.shared(graph.indptr, graph.indices, u, v)) / union if union else 0

    return _predicted(G, ebunch, score)

"""networkx's rankings on arrays: PageRank, eigenvector, Katz, degree centralities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from analytics.backend.calls import NotOnArrays, by_label, from_labels, graph_of, on_arrays, weights_of
from analytics.graph import Graph
from analytics.kernels import ranking


@on_arrays
def pagerank(
    G: Any,
    alpha: float = 0.85,
    personalization: Mapping[Any, float] | None = None,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Mapping[Any, float] | None = None,
    weight: Any = "weight",
    dangling: Mapping[Any, float] | None = None,
) -> dict[Any, float]:
    """PageRank; parallel links add up, nodes without outward weight hand theirs to `dangling`."""
    graph = graph_of(G)
    if graph.n == 0:
        return {}
    even = np.full(graph.n, 1.0 / graph.n)
    teleport = even if personalization is None else _shares(graph, personalization)
    with np.errstate(divide="ignore", invalid="ignore"):  # networkx goes on with NaN until it gives up
        start = even if nstart is None else _scaled(from_labels(graph, nstart))
        lost = teleport if dangling is None else _scaled(from_labels(graph, dangling))
    scores, rounds = ranking.pagerank(
        graph.indptr, graph.indices, weights_of(graph, weight), alpha, start, teleport, lost, graph.n * tol, max_iter
    )
    if rounds < 0:
        raise nx.PowerIterationFailedConvergence(max_iter)  # type: ignore[no-untyped-call]  # networkx is without types here
    return by_label(graph, scores)


def _shares(graph: Graph, personalization: Mapping[Any, float]) -> NDArray[np.float64]:
    found = from_labels(graph, personalization)
    if found.sum() == 0:
        raise ZeroDivisionError
    return _scaled(found)


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    scaled: NDArray[np.float64] = values / values.sum()
    return scaled


@on_arrays
def eigenvector_centrality(
    G: Any,
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Mapping[Any, float] | None = None,
    weight: Any = None,
) -> dict[Any, float]:
    """Eigenvector centrality by inward links."""
    graph = graph_of(G)
    if graph.is_multigraph() or nstart is not None or graph.n == 0:
        raise NotOnArrays
    start = np.ones(graph.n)
    weights = weights_of(graph, weight)
    scores, rounds = ranking.eigenvector(graph.indptr, graph.indices, weights, start, graph.n * tol, max_iter)
    if rounds < 0:
        raise nx.PowerIterationFailedConvergence(max_iter)  # type: ignore[no-untyped-call]  # networkx is without types here
    return by_label(graph, scores)


@on_arrays
def katz_centrality(
    G: Any,
    alpha: float = 0.1,
    beta: float | Mapping[Any, float] = 1.0,
    max_iter: int = 1000,
    tol: float = 1.0e-6,
    nstart: Mapping[Any, float] | None = None,
    normalized: bool = True,
    weight: Any = None,
) -> dict[Any, float]:
    """Katz centrality by inward links."""
    graph = graph_of(G)
    if graph.is_multigraph() or nstart is not None or not isinstance(beta, int | float):
        raise NotOnArrays
    if graph.n == 0:
        return {}
    weights = weights_of(graph, weight)
    scores, rounds = ranking.katz(
        graph.indptr,
        graph.indices,
        weights,
        alpha,
        np.full(graph.n, float(beta)),
        np.zeros(graph.n),
        graph.n * tol,
        max_iter,
    )
    if rounds < 0:
        raise nx.PowerIterationFailedConvergence(max_iter)  # type: ignore[no-untyped-call]  # networkx is without types here
    length = np.sqrt((scores**2).sum()) if normalized else 1.0
    return by_label(graph, scores / (length or 1.0))


@on_arrays
def degree_centrality(G: Any) -> dict[Any, float]:
    """Links of each node as a share of the others; a self-loop counts twice."""
    graph = graph_of(G)
    if graph.directed:
        return _shares_of_others(graph, np.diff(graph.indptr) + np.diff(graph.transposed.indptr))
    loops = np.bincount(graph.sources[graph.sources == graph.indices], minlength=graph.n)
    return _shares_of_others(graph, np.diff(graph.indptr) + loops)


@on_arrays
def in_degree_centrality(G: Any) -> dict[Any, float]:
    """Inward links of each node as a share of the others."""
    graph = graph_of(G)
    return _shares_of_others(graph, np.diff(graph.transposed.indptr))


@on_arrays
def out_degree_centrality(G: Any) -> dict[Any, float]:
    """Outward links of each node as a share of the others."""
    graph = graph_of(G)
    return _shares_of_others(graph, np.diff(graph.indptr))


def _shares_of_others(graph: Graph, degrees: NDArray[np.int64]) -> dict[Any, float]:
    if graph.n <= 1:
        return dict.fromkeys(graph.nodes_in_order, 1)
    return by_label(graph, degrees * (1.0 / (graph.n - 1.0)))

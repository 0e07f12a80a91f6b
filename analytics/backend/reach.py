"""networkx's betweenness, closeness and harmonic centrality on arrays."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from analytics.backend.calls import NotOnArrays, by_label, graph_of, on_arrays
from analytics.graph import Graph
from analytics.kernels import between


@on_arrays
def betweenness_centrality(
    G: Any,
    k: int | None = None,
    normalized: bool = True,
    weight: Any = None,
    endpoints: bool = False,
    seed: Any = None,
) -> dict[Any, float]:
    """Shares of shortest ways through each node, from all nodes or from the k that networkx would draw with this seed."""
    if weight is not None or endpoints:
        raise NotOnArrays
    graph = graph_of(G)
    sources = None if k is None or k == graph.n else drawn(graph, k, seed)
    return by_label(graph, betweenness(graph, sources, normalized=normalized))


def drawn(graph: Graph, k: int, seed: Any) -> NDArray[np.int64]:
    """The sources that networkx draws: the same places of the list of nodes for the same seed."""
    generator: Any = nx.utils.create_py_random_state(seed)  # type: ignore[no-untyped-call]  # networkx is without types here
    return np.array(generator.sample(range(graph.n), k), np.int64)


def betweenness(graph: Graph, sources: NDArray[np.int64] | None, *, normalized: bool = True) -> NDArray[np.float64]:
    """Betweenness from these sources (None: all), scaled as networkx scales it."""
    simple = graph.merged("sum")
    chosen = np.arange(graph.n, dtype=np.int64) if sources is None else sources
    found = between.betweenness(simple.indptr, simple.indices, chosen)
    others = graph.n - 1  # ends of ways that could lead through a node
    if others < 2:
        return np.zeros(graph.n)
    whole = 1.0 / (others - 1) if normalized else others / (1.0 if graph.directed else 2.0)
    if sources is None:
        return found * (whole / others)
    scale = np.full(graph.n, whole / len(sources))
    # a source is no end of its own ways: it has one sampled source less
    scale[sources] = whole / (len(sources) - 1) if len(sources) > 1 else np.nan
    scaled: NDArray[np.float64] = found * scale
    return scaled


@on_arrays
def closeness_centrality(
    G: Any,
    u: Any = None,
    distance: Any = None,
    wf_improved: bool = True,
) -> Any:
    """How near each node is by inward ways; one number when a node is named."""
    if distance is not None:
        raise NotOnArrays
    graph = graph_of(G)
    if u is None:
        return by_label(graph, closeness(graph, np.arange(graph.n, dtype=np.int64), wf_improved=wf_improved))
    if u not in graph:
        raise nx.NodeNotFound(f"Source {u} is not in G")
    return float(closeness(graph, np.array([graph.index(u)], np.int64), wf_improved=wf_improved)[0])


def closeness(graph: Graph, nodes: NDArray[np.int64], *, wf_improved: bool = True) -> NDArray[np.float64]:
    """Closeness of these nodes by inward ways; `wf_improved` weighs it by the share of nodes that reach them."""
    back = graph.transposed
    reached, total, _ = between.nearness(back.indptr, back.indices, nodes)
    found = np.where(total > 0, (reached - 1.0) / np.maximum(total, 1), 0.0)
    if wf_improved and graph.n > 1:
        found *= (reached - 1.0) / (graph.n - 1)
    scores: NDArray[np.float64] = found
    return scores


@on_arrays
def harmonic_centrality(
    G: Any,
    nbunch: Any = None,
    distance: Any = None,
    sources: Any = None,
) -> dict[Any, float]:
    """The sum of 1 / steps over inward ways to each node."""
    if distance is not None or nbunch is not None or sources is not None:
        raise NotOnArrays
    graph = graph_of(G)
    back = graph.transposed
    return by_label(graph, between.nearness(back.indptr, back.indices, np.arange(graph.n, dtype=np.int64))[2])

"""networkx's shortest paths on arrays: by steps and by weight, from one node, between two, from several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from analytics.backend.calls import NotOnArrays, graph_of, labels_of, on_arrays, weighted
from analytics.graph import Graph
from analytics.kernels import distances
from analytics.kernels.nearest import nearest

FOREVER = float("inf")
Found = tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]


def _place(graph: Graph, label: Any, text: str) -> int:
    if label not in graph:
        raise nx.NodeNotFound(text.format(label))
    return graph.index(label)


def _search(graph: Graph, sources: Iterable[Any], target: Any, cutoff: Any) -> Found:
    numbers = [_place(graph, label, "Node {} not found in graph") for label in sources]
    end = graph.index(target) if target is not None and target in graph else -1
    found = _nearest(graph, numbers[0]) if len(numbers) == 1 and end < 0 and cutoff is None else None
    return found or distances.dijkstra(
        graph.indptr,
        graph.indices,
        graph.weights,
        np.array(numbers, np.int64),
        end,
        FOREVER if cutoff is None else float(cutoff),
    )


def _nearest(graph: Graph, source: int) -> Found | None:
    """What a search without a heap finds; None where weights are whole, of which many add up to the same."""
    weights = graph.weights
    if weights is None or graph.whole or not graph.m:
        return None
    lightest, heaviest = graph.kept("range of weights", lambda: (float(weights.min()), float(weights.max())))
    return nearest(graph.indptr, graph.indices, weights, source, lightest, heaviest)


def _lengths(graph: Graph, found: Found) -> dict[Any, Any]:
    """Distances by label, nearest first."""
    distance, _, order = found
    return dict(zip(labels_of(graph, order), graph.numbers(distance[order]), strict=True))


def _paths(graph: Graph, before: NDArray[np.int32], order: NDArray[np.int32]) -> dict[Any, list[Any]]:
    """The way to each node, in the order of finding: every way goes on from one that stands already."""
    labels = labels_of(graph, order)
    by_number: dict[int, list[Any]] = {}
    for i, last, label in zip(order.tolist(), before[order].tolist(), labels, strict=True):
        by_number[i] = [label] if last < 0 else [*by_number[last], label]
    return dict(zip(labels, by_number.values(), strict=True))


def _path_to(graph: Graph, before: NDArray[np.int32], end: int) -> list[Any]:
    nodes = [end]
    while before[nodes[-1]] >= 0:
        nodes.append(int(before[nodes[-1]]))
    return [graph.label(i) for i in reversed(nodes)]


# -- by weight ----------------------------------------------------------------------------------------------------


@on_arrays
def multi_source_dijkstra(
    G: Any,
    sources: Any,
    target: Any = None,
    cutoff: Any = None,
    weight: Any = "weight",
) -> Any:
    """Lengths and ways from the nearest source to every node, or to the one named."""
    if not sources:
        raise ValueError("sources must not be empty")
    graph = weighted(graph_of(G), weight)
    for label in sources:
        _place(graph, label, "Node {} not found in graph")
    if target in sources:
        return 0, [target]
    found = _search(graph, sources, target, cutoff)
    if target is None:
        return _lengths(graph, found), _paths(graph, found[1], found[2])
    if target not in graph or not np.isfinite(found[0][graph.index(target)]):
        raise nx.NetworkXNoPath(f"No path to {target}.")
    end = graph.index(target)
    return graph.numbers(found[0][end : end + 1])[0], _path_to(graph, found[1], end)


@on_arrays
def multi_source_dijkstra_path_length(
    G: Any,
    sources: Any,
    cutoff: Any = None,
    weight: Any = "weight",
) -> dict[Any, Any]:
    """Lengths from the nearest source, nearest node first."""
    if not sources:
        raise ValueError("sources must not be empty")
    graph = weighted(graph_of(G), weight)
    return _lengths(graph, _search(graph, sources, None, cutoff))


@on_arrays
def multi_source_dijkstra_path(
    G: Any,
    sources: Any,
    cutoff: Any = None,
    weight: Any = "weight",
) -> dict[Any, list[Any]]:
    """Ways from the nearest source to every node."""
    paths: dict[Any, list[Any]] = multi_source_dijkstra(G, sources, None, cutoff, weight)[1]
    return paths


@on_arrays
def single_source_dijkstra(
    G: Any,
    source: Any,
    target: Any = None,
    cutoff: Any = None,
    weight: Any = "weight",
) -> Any:
    """Lengths and ways from one node to every other, or to the one named."""
    return multi_source_dijkstra(G, {source}, target, cutoff, weight)


@on_arrays
def single_source_dijkstra_path_length(
    G: Any,
    source: Any,
    cutoff: Any = None,
    weight: Any = "weight",
) -> dict[Any, Any]:
    """Lengths from one node, nearest first."""
    graph = weighted(graph_of(G), weight)
    return _lengths(graph, _search(graph, (source,), None, cutoff))


@on_arrays
def single_source_dijkstra_path(
    G: Any,
    source: Any,
    cutoff: Any = None,
    weight: Any = "weight",
) -> dict[Any, list[Any]]:
    """Ways from one node to every other."""
    return multi_source_dijkstra_path(G, {source}, cutoff, weight)


@on_arrays
def dijkstra_path(G: Any, source: Any, target: Any, weight: Any = "weight") -> list[Any]:
    """The shortest way between two nodes."""
    path: list[Any] = single_source_dijkstra(G, source, target, None, weight)[1]
    return path


@on_arrays
def dijkstra_path_length(G: Any, source: Any, target: Any, weight: Any = "weight") -> Any:
    """The length of the shortest way between two nodes."""
    graph = weighted(graph_of(G), weight)
    _place(graph, source, "Node {} not found in graph")
    if source == target:
        return 0
    distance = _search(graph, (source,), target, None)[0]
    if target not in graph or not np.isfinite(distance[graph.index(target)]):
        raise nx.NetworkXNoPath(f"Node {target} not reachable from {source}")
    end = graph.index(target)
    return graph.numbers(distance[end : end + 1])[0]


@on_arrays
def bidirectional_dijkstra(G: Any, source: Any, target: Any, weight: Any = "weight") -> tuple[Any, list[Any]]:
    """Length and way between two nodes, searched from both ends."""
    graph = weighted(graph_of(G), weight)
    start = _place(graph, source, "Source {} is not in G")
    end = _place(graph, target, "Target {} is not in G")
    if source == target:
        return 0, [source]
    back = graph.transposed
    length, before, after, met = distances.from_both_ends(
        graph.indptr, graph.indices, graph.weights, back.indptr, back.indices, back.weights, start, end
    )
    if met < 0:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")
    return graph.numbers(np.array([length]))[0], _joined(graph, before, after, met)


# -- by steps -----------------------------------------------------------------------------------------------------


@on_arrays
def single_source_shortest_path_length(G: Any, source: Any, cutoff: Any = None) -> dict[Any, int]:
    """Steps from one node to every other, nearest first."""
    graph = graph_of(G)
    start = _place(graph, source, "Source {} is not in G")
    steps, _, order = distances.steps_from(graph.indptr, graph.indices, start, FOREVER if cutoff is None else cutoff)
    return dict(zip(labels_of(graph, order), steps[order].tolist(), strict=True))


@on_arrays
def single_source_shortest_path(G: Any, source: Any, cutoff: Any = None) -> dict[Any, list[Any]]:
    """The way of fewest steps from one node to every other."""
    graph = graph_of(G)
    start = _place(graph, source, "Source {} not in G")
    found = distances.steps_from(graph.indptr, graph.indices, start, FOREVER if cutoff is None else cutoff)
    return _paths(graph, found[1], found[2])


@on_arrays
def bidirectional_shortest_path(G: Any, source: Any, target: Any) -> list[Any]:
    """The way of fewest steps between two nodes, searched from both ends."""
    graph = graph_of(G)
    start = _place(graph, source, "Source {} is not in G")
    end = _place(graph, target, "Target {} is not in G")
    back = graph.transposed
    before, after, met = distances.fewest_steps(graph.indptr, graph.indices, back.indptr, back.indices, start, end)
    if met < 0:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")
    return _joined(graph, before, after, met)


def _joined(graph: Graph, before: NDArray[np.int32], after: NDArray[np.int32], met: int) -> list[Any]:
    """The way to where the searches met and on to the target."""
    return _path_to(graph, before, met) + _path_to(graph, after, met)[-2::-1]


@on_arrays
def has_path(G: Any, source: Any, target: Any) -> bool:
    """Whether any way leads from one node to the other."""
    try:
        bidirectional_shortest_path(G, source, target)
    except nx.NetworkXNoPath:
        return False
    return True


# -- by either ----------------------------------------------------------------------------------------------------


@on_arrays
def shortest_path(
    G: Any,
    source: Any = None,
    target: Any = None,
    weight: Any = None,
    method: str = "dijkstra",
) -> Any:
    """Ways from a node, to a node, or between two; all pairs are networkx's own work."""
    graph = _for_method(G, weight, method)
    if source is None and target is None:
        raise NotOnArrays
    if source is None:
        found = shortest_path(graph.transposed, target, None, weight)
        return {label: path[::-1] for label, path in found.items()}
    if target is None:
        if weight is None:
            return single_source_shortest_path(graph, source)
        return single_source_dijkstra_path(graph, source, weight=weight)
    if weight is None:
        return bidirectional_shortest_path(graph, source, target)
    return bidirectional_dijkstra(graph, source, target, weight)[1]


@on_arrays
def shortest_path_length(
    G: Any,
    source: Any = None,
    target: Any = None,
    weight: Any = None,
    method: str = "dijkstra",
) -> Any:
    """Lengths from a node, to a node, or between two; all pairs are networkx's own work."""
    graph = _for_method(G, weight, method)
    if source is None and target is None:
        raise NotOnArrays
    if source is None:
        return shortest_path_length(graph.transposed, target, None, weight)
    if target is None:
        if weight is None:
            return single_source_shortest_path_length(graph, source)
        return single_source_dijkstra_path_length(graph, source, weight=weight)
    if weight is None:
        return len(bidirectional_shortest_path(graph, source, target)) - 1
    return dijkstra_path_length(graph, source, target, weight)


def _for_method(G: Any, weight: Any, method: str) -> Graph:
    if method not in ("dijkstra", "bellman-ford"):
        raise ValueError(f"method not supported: {method}")
    if callable(weight) or (weight is not None and method == "bellman-ford"):
        raise NotOnArrays
    return graph_of(G)

"""networkx's components, cores, bridges and articulation points on arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from analytics.backend.calls import NotOnArrays, by_label, graph_of, labels_of, on_arrays
from analytics.graph import Graph
from analytics.kernels import components as kernels
from analytics.kernels import cores, distances, rows


def _sets(graph: Graph, found: tuple[NDArray[np.int32], int]) -> Iterator[set[Any]]:
    """The nodes of each component, in the order of the components; no step of it runs for each component but making its set."""
    numbers, count = found
    starts = rows.starts_of(count, numbers)
    order = rows.order_by(starts, numbers)
    alone = np.diff(starts) == 1  # often nearly all of them
    singles = iter([{label} for label in labels_of(graph, order[starts[:-1][alone]])])
    large = np.flatnonzero(~alone)
    before = np.diff(large, prepend=-1) - 1

    def runs() -> Iterator[Iterable[set[Any]]]:
        for i, singly in zip(large.tolist(), before.tolist(), strict=True):
            yield islice(singles, singly)
            yield (set(labels_of(graph, order[starts[i] : starts[i + 1]])),)
        yield singles

    return chain.from_iterable(runs())


def _count(found: tuple[NDArray[np.int32], int]) -> int:
    return int(found[1])


def _is_one(graph: Graph, found: tuple[NDArray[np.int32], int]) -> bool:
    if graph.n == 0:
        raise nx.NetworkXPointlessConcept("Connectivity is undefined for the null graph.")
    return _count(found) == 1


def _weak(graph: Graph) -> tuple[NDArray[np.int32], int]:
    return kernels.weak(graph.indptr, graph.indices)


def _strong(graph: Graph) -> tuple[NDArray[np.int32], int]:
    return kernels.strong(graph.indptr, graph.indices)


@on_arrays
def connected_components(G: Any) -> Iterator[set[Any]]:  # networkx's own names in all of this room
    """The components of an undirected graph, in the order of their first nodes."""
    graph = graph_of(G)
    return _sets(graph, _weak(graph))


@on_arrays
def number_connected_components(G: Any) -> int:
    """How many components there are."""
    return _count(_weak(graph_of(G)))


@on_arrays
def is_connected(G: Any) -> bool:
    """Whether there is one component."""
    graph = graph_of(G)
    return _is_one(graph, _weak(graph))


@on_arrays
def node_connected_component(G: Any, n: Any) -> set[Any]:
    """The component of one node."""
    graph = graph_of(G)
    found = distances.steps_from(graph.indptr, graph.indices, graph.index(n), np.inf)[2]
    return set(labels_of(graph, found))


@on_arrays
def weakly_connected_components(G: Any) -> Iterator[set[Any]]:
    """Components without regard to direction, in the order of their first nodes."""
    graph = graph_of(G)
    return _sets(graph, _weak(graph))


@on_arrays
def number_weakly_connected_components(G: Any) -> int:
    """How many weak components there are."""
    return _count(_weak(graph_of(G)))


@on_arrays
def is_weakly_connected(G: Any) -> bool:
    """Whether there is one weak component."""
    graph = graph_of(G)
    return _is_one(graph, _weak(graph))


@on_arrays
def strongly_connected_components(G: Any) -> Iterator[set[Any]]:
    """Components by ways there and back, those that lead nowhere else first."""
    graph = graph_of(G)
    return _sets(graph, _strong(graph))


@on_arrays
def number_strongly_connected_components(G: Any) -> int:
    """How many strong components there are."""
    return _count(_strong(graph_of(G)))


@on_arrays
def is_strongly_connected(G: Any) -> bool:
    """Whether there is one strong component."""
    graph = graph_of(G)
    return _is_one(graph, _strong(graph))


@on_arrays
def number_of_selfloops(G: Any) -> int:
    """How many links lead from a node to itself."""
    return graph_of(G).loops


@on_arrays
def core_number(G: Any) -> dict[Any, int]:
    """The core number of each node; links in and out both count."""
    graph = graph_of(G)
    return by_label(graph, core_numbers(graph))


def core_numbers(graph: Graph) -> NDArray[np.int32]:
    """Core numbers as an array; raises as networkx does for self-loops."""
    if graph.loops:
        raise nx.NetworkXNotImplemented(
            "Input graph has self loops which is not permitted; "
            "Consider using G.remove_edges_from(nx.selfloop_edges(G))."
        )
    if not graph.directed:
        return cores.core_numbers(graph.indptr, graph.indices, np.zeros(graph.n + 1, np.int64), np.empty(0, np.int32))
    back = graph.transposed
    return cores.core_numbers(graph.indptr, graph.indices, back.indptr, back.indices)


@on_arrays
def k_core(G: Any, k: int | None = None, core_number: dict[Any, int] | None = None) -> Graph:
    """The links among nodes of at least that core number; the deepest core when k is left out."""
    graph = graph_of(G)
    if core_number is not None or graph.n == 0:
        raise NotOnArrays
    found = core_numbers(graph)
    return graph.among(np.flatnonzero(found >= (found.max() if k is None else k)))


@on_arrays
def bridges(G: Any, root: Any = None) -> Iterator[tuple[Any, Any]]:
    """Links without which a component falls apart, ends in the order of the nodes."""
    graph = graph_of(G)
    if root is not None:
        raise NotOnArrays
    marked = kernels.cuts(graph.indptr, graph.indices)[1] & (graph.sources < graph.indices)
    return zip(labels_of(graph, graph.sources[marked]), labels_of(graph, graph.indices[marked]), strict=True)


@on_arrays
def has_bridges(G: Any, root: Any = None) -> bool:
    """Whether any link holds a component together alone."""
    return next(iter(bridges(G, root)), None) is not None


@on_arrays
def articulation_points(G: Any) -> Iterator[Any]:
    """Nodes without which a component falls apart, in the order of the nodes."""
    graph = graph_of(G)
    return iter(labels_of(graph, np.flatnonzero(kernels.cuts(graph.indptr, graph.indices)[0])))

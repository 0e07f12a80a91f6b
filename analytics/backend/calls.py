"""How a networkx function reaches our arrays: the table of what has a form on them, and what each needs of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.links import Weights

Function = TypeVar("Function", bound=Callable[..., Any])

ON_ARRAYS: dict[str, Callable[..., Any]] = {}  # networkx's name of the function → ours, with the same signature


class NotOnArrays(Exception):  # a turn of the way, caught by the backend
    """These arguments have no form on arrays: networkx itself takes over."""


class Borrowed:
    """A networkx graph handed to the backend for a function without a form on arrays: it goes back as it came."""

    __networkx_backend__ = "xrm"

    def __init__(self, origin: nx.Graph) -> None:
        self.origin = origin


def on_arrays(function: Function) -> Function:
    """Offer a function to networkx under its own name."""
    ON_ARRAYS[function.__name__] = function
    return function


def graph_of(given: Any) -> Graph:
    """The arrays behind what networkx was called with: a Graph, or all of a snapshot."""
    if isinstance(given, Graph):
        return given
    if isinstance(given, Borrowed):
        raise NotOnArrays
    whole: Graph = given.whole
    return whole


def weights_of(graph: Graph, weight: Any) -> Weights | None:
    """What networkx would read as the links' weights: all 1 for no name and for another name than the graph's."""
    if callable(weight):
        raise NotOnArrays
    return graph.weights if weight is not None and weight == graph.weight_name else None


def weighted(graph: Graph, weight: Any) -> Graph:
    """The graph with the weights that networkx would read."""
    return graph if weights_of(graph, weight) is not None else graph.unweighted


def by_label(graph: Graph, values: NDArray[Any]) -> dict[Any, Any]:
    """A value for each node, in the order of the nodes, as plain Python numbers."""
    return dict(zip(graph.nodes_in_order, values.tolist(), strict=True))


def from_labels(graph: Graph, values: Mapping[Any, float]) -> NDArray[np.float64]:
    """The array of a dictionary of networkx's; nodes that it does not name get 0."""
    found = np.zeros(graph.n)
    for label, value in values.items():
        if label in graph:
            found[graph.index(label)] = value
    return found


def labels_of(graph: Graph, nodes: NDArray[Any]) -> list[Any]:
    """The labels of these nodes."""
    numbers: list[Any] = nodes.tolist()
    if graph.labels is None:
        return numbers
    return list(map(graph.nodes_in_order.__getitem__, numbers))


def numbers_of(graph: Graph, labels: Iterable[Any]) -> NDArray[np.int64]:
    """The numbers of those of the labels that the graph has."""
    return np.array([graph.index(label) for label in labels if label in graph], np.int64)

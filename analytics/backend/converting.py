"""Our graphs as networkx's own, once each and with a warning, for what has no form on arrays."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from analytics.graph import Graph

# what networkx's classes offer beyond what our graph has itself; `_adj` and its like are read inside networkx
FACE = frozenset(
    {name for kind in (nx.DiGraph, nx.MultiDiGraph) for name in dir(kind) if not name.startswith("_")}
    | {"_adj", "_node", "_succ", "_pred", "graph"}
) - {"to_networkx_class"}


class ConvertedToNetworkX(UserWarning):
    """A function had to convert arrays to a networkx graph: slow and large where there are many links."""


def converted(graph: Graph, asked_for: str | None = None) -> nx.Graph:
    """The graph as networkx's own class, frozen and kept with it; says so when it was asked for as a means."""
    if asked_for is not None:
        warn(asked_for, graph)
    if "_networkx" not in graph.__dict__:
        graph.__dict__["_networkx"] = nx.freeze(_made(graph))  # type: ignore[no-untyped-call]
    return graph.__dict__["_networkx"]


def warn(name: str, graph: Graph) -> None:
    """Say which function needed how large a graph converted."""
    message = (
        f"{name} has no form on arrays: {graph.n} nodes and {graph.number_of_edges()} links "
        "were converted to a networkx graph, which stays with the graph."
    )
    warnings.warn(ConvertedToNetworkX(message), stacklevel=_outside())


def _outside() -> int:
    """How many frames up the first one is that belongs neither to networkx nor to this room."""
    import sys

    depth, frame = 2, sys._getframe(2)  # noqa: SLF001  # Python 3.11 has no other way to skip files
    while frame.f_back is not None and _inside(frame.f_globals.get("__name__", ""), frame.f_code.co_filename):
        depth, frame = depth + 1, frame.f_back
    return depth


def _inside(module: str, file: str) -> bool:
    return module.startswith(("analytics.backend", "analytics.graph", "networkx")) or file.startswith("<")


def _made(graph: Graph) -> nx.Graph:
    kinds = {
        (False, False): nx.Graph,
        (True, False): nx.DiGraph,
        (False, True): nx.MultiGraph,
        (True, True): nx.MultiDiGraph,
    }
    made: nx.Graph = kinds[graph.directed, graph.is_multigraph()]()
    labels = graph.nodes_in_order
    made.add_nodes_from(labels)
    source, target = graph.sources, graph.indices
    once: Any = slice(None) if graph.directed else source <= target
    pairs = [[labels[i] for i in ends[once].tolist()] for ends in (source, target)]
    if graph.weights is None:
        made.add_edges_from(zip(*pairs, strict=True))
    else:
        weights = np.asarray(graph.weights, np.float64)[once].tolist()
        made.add_weighted_edges_from(zip(*pairs, weights, strict=True), weight=graph.weight_name)
    return made

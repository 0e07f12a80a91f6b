"""Our graphs as networkx's own, once each and with a warning, for what has no form on arrays."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from analytics.graph import Graph

KEPT = "_networkx"  # where the converted graph lies in a graph's own dictionary


class ConvertedToNetworkX(UserWarning):
    """A function had to convert arrays to a networkx graph: slow and large where there are many links."""


def converted(graph: Graph, asked_for: str | None = None) -> nx.Graph:
    """The graph as networkx's own class, frozen and kept with it; warns when a function named needed it."""
    if asked_for is not None:
        _warn(asked_for, graph)
    if KEPT not in graph.__dict__:
        graph.__dict__[KEPT] = nx.freeze(_made(graph))  # type: ignore[no-untyped-call]  # networkx is without types here
    found: nx.Graph = graph.__dict__[KEPT]
    return found


def _warn(name: str, graph: Graph) -> None:
    message = (
        f"{name} has no form on arrays: {graph.n} nodes and {graph.number_of_edges()} links "
        "were converted to a networkx graph, which is kept with this graph."
    )
    warnings.warn(ConvertedToNetworkX(message), stacklevel=_first_frame_outside())


def _first_frame_outside() -> int:
    """How many frames up the caller is that belongs neither to networkx nor to this room."""
    depth, frame = 2, sys._getframe(2)  # noqa: SLF001  # Python 3.11 has no other way to skip files
    while frame.f_back is not None and _inside(frame.f_globals.get("__name__", ""), frame.f_code.co_filename):
        depth, frame = depth + 1, frame.f_back
    return depth


def _inside(module: str, file: str) -> bool:
    return module.startswith(("analytics.backend", "analytics.graph", "networkx")) or file.startswith("<")


def _made(graph: Graph) -> Any:
    kinds = {(False, False): nx.Graph, (True, False): nx.DiGraph, (False, True): nx.MultiGraph}
    made: Any = kinds.get((graph.directed, graph.is_multigraph()), nx.MultiDiGraph)()
    labels = graph.nodes_in_order
    made.add_nodes_from(labels)
    once = slice(None) if graph.directed else graph.sources <= graph.indices
    source, target = ([labels[i] for i in ends[once].tolist()] for ends in (graph.sources, graph.indices))
    if graph.weights is None:
        made.add_edges_from(zip(source, target, strict=True))
    else:
        weights = graph.numbers(graph.weights[once])
        made.add_weighted_edges_from(zip(source, target, weights, strict=True), weight=graph.weight_name)
    return made

"""What networkx asks of a graph itself (`G[node]`, `G.nodes`, `G.degree` …), answered from the arrays row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import networkx as nx
from networkx.classes import reportviews as views

if TYPE_CHECKING:
    from analytics.graph import Graph

NO_ATTRIBUTES: Mapping[str, Any] = MappingProxyType({})

# methods of networkx's classes that read nothing but `_adj`, `_succ`, `_pred` and `_node`
BORROWED = ("has_edge", "neighbors", "successors", "predecessors", "adjacency", "nbunch_iter", "get_edge_data", "size")
# what else they offer, read from a converted graph
REST = frozenset(name for kind in (nx.DiGraph, nx.MultiDiGraph) for name in dir(kind) if not name.startswith("_"))


class Rows(Mapping[Any, Mapping[Any, Any]]):
    """Neighbours by label with the attributes of their links, made row by row as they are asked for."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def __getitem__(self, label: Any) -> dict[Any, Any]:
        i = self.graph.index(label)
        row = slice(self.graph.indptr[i], self.graph.indptr[i + 1])
        labels = [self.graph.label(j) for j in self.graph.indices[row].tolist()]
        if self.graph.weights is None:
            attributes: list[dict[str, Any]] = [{} for _ in labels]
        else:
            name = self.graph.weight_name
            attributes = [{name: weight} for weight in self.graph.numbers(self.graph.weights[row])]
        if not self.graph.is_multigraph():
            return dict(zip(labels, attributes, strict=True))
        parallel: dict[Any, dict[int, Any]] = {}
        for label, found in zip(labels, attributes, strict=True):
            links = parallel.setdefault(label, {})
            links[len(links)] = found
        return parallel

    def __iter__(self) -> Iterator[Any]:
        return iter(self.graph.nodes_in_order)

    def __len__(self) -> int:
        return self.graph.n

    def __contains__(self, label: object) -> bool:
        return label in self.graph


def part_of(graph: Graph, name: str) -> Any:
    """What networkx's own class has under that name; AttributeError where it has nothing.

    Links and neighbours are read from the arrays; whatever makes another graph is done on a converted one, with a warning.
    """
    if name in PARTS and (name == "graph" or hasattr(_class(graph), name)):
        found = graph.__dict__[name] = PARTS[name](graph)
        return found
    if name in BORROWED and hasattr(_class(graph), name):
        return getattr(_class(graph), name).__get__(graph)
    if name in REST and hasattr(_class(graph), name):
        return getattr(graph.to_networkx(asked_for=f"Graph.{name}"), name)
    raise AttributeError(f"A {'' if graph.directed else 'un'}directed Graph has no attribute {name!r}.")


def _class(graph: Graph) -> Any:
    kinds = {(False, False): nx.Graph, (True, False): nx.DiGraph, (False, True): nx.MultiGraph}
    return kinds.get((graph.directed, graph.is_multigraph()), nx.MultiDiGraph)


def _view(suffix: str, undirected: str, directed: str) -> Callable[[Graph], Any]:
    """networkx's view class for this kind of graph, such as MultiDegreeView or OutEdgeView."""

    def made(graph: Graph) -> Any:
        prefix = (directed if graph.directed else undirected) + ("Multi" if graph.is_multigraph() else "")
        return getattr(views, prefix + suffix)(graph)

    return made


def _successors(graph: Graph) -> Rows:
    return Rows(graph)


def _predecessors(graph: Graph) -> Rows:
    return Rows(graph.transposed)


PARTS: Mapping[str, Callable[[Graph], Any]] = {
    "_adj": _successors,
    "adj": _successors,
    "_succ": _successors,
    "succ": _successors,
    "_pred": _predecessors,
    "pred": _predecessors,
    "_node": lambda graph: dict.fromkeys(graph.nodes_in_order, NO_ATTRIBUTES),
    "graph": lambda graph: {},
    "name": lambda graph: "",
    "nodes": views.NodeView,
    "edges": _view("EdgeView", "", "Out"),
    "in_edges": _view("EdgeView", "", "In"),
    "out_edges": _view("EdgeView", "", "Out"),
    "degree": _view("DegreeView", "", "Di"),
    "in_degree": _view("DegreeView", "", "In"),
    "out_degree": _view("DegreeView", "", "Out"),
}

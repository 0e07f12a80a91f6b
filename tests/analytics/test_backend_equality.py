"""What networkx answers on our arrays equals what it answers on its own graphs, on graphs made to be awkward."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.backend import ConvertedToNetworkX
from analytics.graph import Graph

NEAR = 1e-9
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def graphs(draw: st.DrawFn, kinds: tuple[type[nx.Graph], ...], *, loops: bool = True) -> nx.Graph:
    """Up to nine nodes with letters for names, in any order; isolated ones, loops, zero weights and parallels among them."""
    graph = draw(st.sampled_from(kinds))()
    names = draw(st.permutations("abcdefghi"[: draw(st.integers(0, 9))]))
    graph.add_nodes_from(names)
    if names:
        ends = st.sampled_from(names)
        weights = st.one_of(st.just(0), st.integers(0, 4), st.floats(0.01, 9, allow_nan=False))
        for u, v, weight in draw(st.lists(st.tuples(ends, ends, weights), max_size=22)):
            if loops or u != v:
                graph.add_edge(u, v, weight=weight)
    return graph


SIMPLE = (nx.Graph, nx.DiGraph)
UNDIRECTED = (nx.Graph,)
ALL = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)


def plain(found: Any) -> Any:
    """Generators as lists, sets in any order as sorted, dictionaries by key: what two answers are compared by."""
    if isinstance(found, Iterator):
        return [plain(part) for part in found]
    return found


def same(ours: Any, theirs: Any) -> bool:
    """Equal in type and, for numbers, within 1e-9; NaN equals NaN."""
    if isinstance(theirs, dict):
        return isinstance(ours, dict) and ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in theirs)
    if isinstance(theirs, list | tuple):
        return (
            type(ours) is type(theirs)
            and len(ours) == len(theirs)
            and all(same(a, b) for a, b in zip(ours, theirs, strict=True))
        )
    if isinstance(theirs, float | int) and not isinstance(theirs, bool):
        both_nan = isinstance(theirs, float) and math.isnan(theirs) and math.isnan(ours)
        return isinstance(ours, float | int) and (both_nan or math.isclose(ours, theirs, rel_tol=NEAR, abs_tol=NEAR))
    return bool(ours == theirs)


def outcome(call: Callable[[], Any]) -> tuple[Any, Any]:
    """What a call gives, or the class and text of what it raises."""
    try:
        return plain(call()), None
    except (nx.NetworkXException, ZeroDivisionError, ValueError, KeyError) as error:
        return None, (type(error), str(error))


def assert_same(theirs_graph: nx.Graph, call: Callable[[Any], Any], *, converts: bool = False) -> None:
    """The call gives the same on our arrays of the graph, without a conversion unless one is expected."""
    ours_graph = Graph.from_networkx(theirs_graph)
    theirs = outcome(lambda: call(theirs_graph))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore" if converts else "error", ConvertedToNetworkX)
        ours = outcome(lambda: call(ours_graph))
    assert ours[1] == theirs[1]
    assert same(ours[0], theirs[0]), (ours, theirs)


@FEW
@given(graphs(ALL), st.sampled_from([None, "weight", "absent"]), st.sampled_from([0.5, 0.85, 1.0]))
def test_pagerank(graph: nx.Graph, weight: str | None, alpha: float) -> None:
    assert_same(graph, lambda g: nx.pagerank(g, alpha, weight=weight, tol=1e-9, max_iter=500))


@FEW
@given(graphs(ALL), st.dictionaries(st.sampled_from("abcdefghijk"), st.integers(0, 5)), st.booleans())
def test_personalised_pagerank(graph: nx.Graph, shares: dict[str, int], lost: bool) -> None:
    arguments: dict[str, Any] = {"personalization": shares}
    if lost and sum(shares.get(name, 0) for name in graph) > 0:
        arguments |= {"dangling": shares, "nstart": shares}
    assert_same(graph, lambda g: nx.pagerank(g, **arguments))


@FEW
@given(graphs(ALL))
def test_components(graph: nx.Graph) -> None:
    if graph.is_directed():
        assert_same(graph, nx.weakly_connected_components)
        assert_same(graph, lambda g: sorted(sorted(part) for part in nx.strongly_connected_components(g)))
        for function in (nx.number_weakly_connected_components, nx.is_weakly_connected, nx.is_strongly_connected):
            assert_same(graph, lambda g, f=function: f(g))
        assert_same(graph, nx.number_strongly_connected_components)
        assert_same(graph, nx.connected_components)
    else:
        for function in (nx.connected_components, nx.number_connected_components, nx.is_connected):
            assert_same(graph, lambda g, f=function: f(g))
        assert_same(graph, lambda g: nx.node_connected_component(g, "a"))
        assert_same(graph, nx.strongly_connected_components)


@FEW
@given(graphs((nx.DiGraph,)))
def test_strong_components_come_before_those_that_lead_to_them(graph: nx.Graph) -> None:
    place = {
        label: i
        for i, part in enumerate(nx.strongly_connected_components(Graph.from_networkx(graph)))
        for label in part
    }

    assert all(place[target] <= place[source] for source, target in graph.edges)


@FEW
@given(graphs(ALL))
def test_cores(graph: nx.Graph) -> None:
    assert_same(graph, nx.core_number)
    if nx.number_of_selfloops(graph) == 0 and not graph.is_multigraph():
        assert_same(graph, lambda g: sorted(nx.k_core(g).nodes), converts=not graph)
        assert_same(graph, lambda g: sorted(tuple(sorted(pair)) for pair in nx.k_core(g, 2).edges), converts=not graph)


@FEW
@given(graphs(ALL), st.sampled_from([None, "weight"]), st.sampled_from("abx"), st.sampled_from("bcx"))
def test_shortest_paths(graph: nx.Graph, weight: str | None, source: str, target: str) -> None:
    for call in (
        lambda g: nx.single_source_dijkstra_path_length(g, source, weight=weight),
        lambda g: nx.single_source_dijkstra_path_length(g, source, cutoff=3, weight=weight),
        lambda g: nx.dijkstra_path_length(g, source, target, weight=weight),
        lambda g: nx.shortest_path_length(g, source, weight=weight),
        lambda g: nx.shortest_path_length(g, source, target, weight=weight),
        lambda g: nx.shortest_path_length(g, target=target, weight=weight),
        lambda g: nx.bidirectional_dijkstra(g, source, target, weight=weight)[0],
        lambda g: nx.single_source_shortest_path_length(g, source, cutoff=2),
        lambda g: len(nx.shortest_path(g, source, target)),
        lambda g: nx.has_path(g, source, target),
    ):
        assert_same(graph, call)


@FEW
@given(graphs(ALL), st.sampled_from([None, "weight"]), st.sampled_from("abx"), st.sampled_from("bcx"))
def test_paths_are_ways_of_the_length_found(graph: nx.Graph, weight: str | None, source: str, target: str) -> None:
    ours = Graph.from_networkx(graph)
    for call in (
        lambda g: nx.single_source_dijkstra(g, source, weight=weight)[1],
        lambda g: nx.shortest_path(g, source, weight=weight),
        lambda g: {target: nx.dijkstra_path(g, source, target, weight=weight)},
        lambda g: {target: nx.shortest_path(g, source, target, weight=weight)},
        lambda g: nx.shortest_path(g, target=target, weight=weight),
    ):
        found, theirs = outcome(lambda c=call: c(ours)), outcome(lambda c=call: c(graph))
        assert found[1] == theirs[1]
        if found[0] is not None:
            assert found[0].keys() == theirs[0].keys()
            for label, path in found[0].items():
                assert nx.is_simple_path(graph, path)
                assert (path[0], path[-1]) == (theirs[0][label][0], theirs[0][label][-1])
                assert math.isclose(length(graph, path, weight), length(graph, theirs[0][label], weight), abs_tol=NEAR)


def length(graph: nx.Graph, path: list[Any], weight: str | None) -> float:
    """What a way costs when the cheapest of parallel links is taken."""
    pairs = list(pairwise(path))
    if weight is None:
        return len(path) - 1
    if graph.is_multigraph():
        return sum(min(link[weight] for link in graph[u][v].values()) for u, v in pairs)
    return sum(graph[u][v][weight] for u, v in pairs)


@FEW
@given(graphs(ALL), st.booleans(), st.integers(1, 9), st.integers(0, 99))
def test_betweenness(graph: nx.Graph, normalized: bool, k: int, seed: int) -> None:
    assert_same(graph, lambda g: nx.betweenness_centrality(g, normalized=normalized))
    assert_same(graph, lambda g: nx.betweenness_centrality(g, k=k, normalized=normalized, seed=seed))


@FEW
@given(graphs(ALL), st.booleans())
def test_nearness_and_degrees(graph: nx.Graph, improved: bool) -> None:
    assert_same(graph, lambda g: nx.closeness_centrality(g, wf_improved=improved))
    assert_same(graph, lambda g: nx.closeness_centrality(g, u="a"))
    assert_same(graph, nx.harmonic_centrality)
    assert_same(graph, nx.degree_centrality)
    assert_same(graph, nx.in_degree_centrality)
    assert_same(graph, nx.out_degree_centrality)


@FEW
@given(graphs(SIMPLE), st.sampled_from([None, "weight"]))
def test_eigenvector_and_katz(graph: nx.Graph, weight: str | None) -> None:
    assert_same(graph, lambda g: nx.eigenvector_centrality(g, weight=weight, max_iter=300), converts=not graph)
    assert_same(graph, lambda g: nx.katz_centrality(g, 0.02, weight=weight))


@FEW
@given(graphs((nx.Graph, nx.MultiGraph)))
def test_clustering(graph: nx.Graph) -> None:
    multi = graph.is_multigraph()
    for function in (nx.triangles, nx.clustering, nx.transitivity, nx.average_clustering):
        assert_same(graph, function, converts=multi)


@FEW
@given(graphs(SIMPLE))
def test_structural_holes(graph: nx.Graph) -> None:
    assert_same(graph, nx.constraint, converts=not graph)
    assert_same(graph, nx.effective_size, converts=not graph)


@FEW
@given(graphs(SIMPLE, loops=False))
def test_weighted_structural_holes(graph: nx.Graph) -> None:
    graph.remove_edges_from([(u, v) for u, v, weight in graph.edges(data="weight") if weight == 0])
    assert_same(graph, lambda g: nx.constraint(g, weight="weight"), converts=not graph)
    assert_same(graph, lambda g: nx.effective_size(g, weight="weight"), converts=not graph)


@FEW
@given(graphs((nx.Graph, nx.MultiGraph)))
def test_bridges_and_articulation_points(graph: nx.Graph) -> None:
    assert_same(graph, lambda g: sorted(tuple(sorted(pair)) for pair in nx.bridges(g)))
    assert_same(graph, nx.has_bridges)
    assert_same(graph, lambda g: sorted(nx.articulation_points(g)))


@FEW
@given(graphs(ALL), st.lists(st.tuples(st.sampled_from("abcdx"), st.sampled_from("efghx")), max_size=6))
def test_link_prediction(graph: nx.Graph, pairs: list[tuple[str, str]]) -> None:
    for function in (nx.adamic_adar_index, nx.jaccard_coefficient, nx.resource_allocation_index):
        assert_same(graph, lambda g, f=function: f(g, pairs))
    assert_same(graph, lambda g: set(nx.common_neighbors(g, "a", "b")))


@pytest.mark.parametrize("kind", ALL)
def test_a_graph_is_read_as_networkx_reads_its_own(kind: type[nx.Graph]) -> None:
    graph = kind([("b", "a"), ("a", "c"), ("a", "c"), ("c", "c")])
    graph.add_node("alone")

    ours = Graph.from_networkx(graph)

    assert list(ours) == list(ours.nodes) == list(graph)
    assert sorted(ours.edges) == sorted(graph.edges)
    assert dict(ours.degree) == dict(graph.degree)
    assert ours["a"] == graph["a"]
    assert ours.number_of_edges() == graph.number_of_edges()
    assert nx.density(ours) == nx.density(graph)
    assert nx.number_of_selfloops(ours) == 1

"""How networkx's dispatch reaches our arrays: by the graph, by name, by a snapshot; and what it does with the rest."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import networkx as nx
import pytest

from analytics.backend import BACKEND, ConvertedToNetworkX
from analytics.backend.calls import ON_ARRAYS
from analytics.graph import Graph
from analytics.snapshot import Snapshot

IDS = [f"0198c0de-0000-7000-8000-00000000000{i}" for i in range(5)]


@pytest.fixture(autouse=True)
def _quiet_about_networkx_own_cache() -> Iterator[None]:
    nx.config.warnings_to_ignore.add("cache")
    yield
    nx.config.warnings_to_ignore.discard("cache")


def test_the_backend_is_installed_under_its_name() -> None:
    assert "xrm" in nx.config.backends


@pytest.mark.parametrize("name", sorted(ON_ARRAYS))
def test_what_we_offer_is_what_networkx_dispatches(name: str) -> None:
    assert name in nx.utils.backends._registered_algorithms
    assert getattr(BACKEND, name)


def test_a_name_that_networkx_does_not_dispatch_is_not_offered() -> None:
    assert not hasattr(BACKEND, "no_such_function")


def test_a_function_without_a_form_on_arrays_converts_once_and_says_so_where_it_was_called() -> None:
    graph = Graph.from_links(3, [0, 1], [1, 2])

    with pytest.warns(ConvertedToNetworkX, match="triadic_census has no form on arrays: 3 nodes and 2 links") as caught:
        census = nx.triadic_census(graph)

    assert census["021C"] == 1
    assert caught[0].filename == __file__
    converted = graph.to_networkx()
    with pytest.warns(ConvertedToNetworkX):
        nx.flow_hierarchy(graph)
    assert graph.to_networkx() is converted


def test_arguments_without_a_form_on_arrays_convert_too() -> None:
    graph = Graph.from_networkx(nx.path_graph(4))

    with pytest.warns(ConvertedToNetworkX, match="dijkstra_path_length"):
        assert nx.dijkstra_path_length(graph, 0, 3, weight=lambda u, v, data: 2) == 6


def test_what_would_change_the_graph_is_refused() -> None:
    graph = Graph.from_networkx(nx.path_graph(4))

    with pytest.raises(nx.NetworkXError, match="never changes: give it a copy"):
        nx.set_node_attributes(graph, 1, "seen")
    with pytest.raises(nx.NetworkXError, match="Frozen graph"), pytest.warns(ConvertedToNetworkX):
        graph.add_node(9)  # type: ignore[attr-defined]
    assert graph.n == 4


def test_a_plain_networkx_graph_runs_on_arrays_when_the_backend_is_asked_by_name() -> None:
    graph = nx.les_miserables_graph()

    ours = nx.pagerank(graph, backend="xrm")

    assert ours == pytest.approx(nx.pagerank(graph), abs=1e-9)
    assert list(ours) == list(graph)
    assert nx.dijkstra_path_length(graph, "Myriel", "Marius", backend="xrm") == nx.dijkstra_path_length(
        graph, "Myriel", "Marius"
    )


def test_a_plain_graph_goes_back_as_it_came_where_there_is_no_form_on_arrays() -> None:
    graph = nx.path_graph(4)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert nx.average_shortest_path_length(graph, backend="xrm") == nx.average_shortest_path_length(graph)
        assert nx.wiener_index(graph, backend="xrm") == 10


def test_weights_that_are_no_numbers_go_to_networkx_itself() -> None:
    graph = nx.Graph([("a", "b", {"weight": "heavy"})])

    assert nx.number_connected_components(graph, backend="xrm") == 1
    assert nx.single_source_shortest_path_length(graph, "a", backend="xrm") == {"a": 0, "b": 1}


def test_with_the_backend_first_in_line_plain_graphs_use_it_where_it_has_a_form() -> None:
    graph = nx.karate_club_graph()
    plain = nx.pagerank(graph), nx.average_shortest_path_length(graph)

    with nx.config(backend_priority=["xrm"]):
        assert nx.pagerank(graph) == pytest.approx(plain[0], abs=1e-9)
        assert nx.average_shortest_path_length(graph) == plain[1]


def test_whole_weights_give_whole_lengths() -> None:
    graph = Graph.from_networkx(nx.Graph([("a", "b", {"weight": 2}), ("b", "c", {"weight": 3})]))

    length, path = nx.single_source_dijkstra(graph, "a", "c")

    assert (length, type(length), path) == (5, int, ["a", "b", "c"])
    assert type(nx.dijkstra_path_length(graph, "a", "c")) is int


def test_results_hold_plain_python_numbers() -> None:
    graph = Graph.from_networkx(nx.karate_club_graph())

    for found in (nx.pagerank(graph), nx.betweenness_centrality(graph), nx.closeness_centrality(graph)):
        assert type(found) is dict
        assert {type(value) for value in found.values()} == {float}
    assert {type(value) for value in nx.core_number(graph).values()} == {int}
    assert {type(part) for part in nx.connected_components(graph)} == {set}


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: nx.pagerank(g, max_iter=1, tol=1e-12), nx.PowerIterationFailedConvergence),
        (lambda g: nx.pagerank(g, personalization={"x": 0}), ZeroDivisionError),
        (lambda g: nx.single_source_dijkstra(g, "x"), nx.NodeNotFound),
        (lambda g: nx.dijkstra_path(g, "c", "a"), nx.NetworkXNoPath),
        (lambda g: nx.shortest_path(g, "c", "a"), nx.NetworkXNoPath),
        (lambda g: nx.shortest_path(g, "a", "c", method="magic"), ValueError),
        (lambda g: nx.betweenness_centrality(g, k=99), ValueError),
        (lambda g: nx.closeness_centrality(g, u="x"), nx.NodeNotFound),
        (lambda g: list(nx.connected_components(g)), nx.NetworkXNotImplemented),
        (nx.triangles, nx.NetworkXNotImplemented),
    ],
)
def test_bad_input_raises_as_it_does_in_networkx(call: object, error: type[Exception]) -> None:
    theirs = nx.DiGraph([("a", "b"), ("b", "c"), ("b", "d")])

    with pytest.raises(error) as expected:
        call(theirs)  # type: ignore[operator]
    with pytest.raises(error) as found:
        call(Graph.from_networkx(theirs))  # type: ignore[operator]
    assert str(found.value) == str(expected.value)


def test_core_numbers_refuse_self_loops() -> None:
    with pytest.raises(nx.NetworkXNotImplemented, match="self loops"):
        nx.core_number(Graph.from_links(2, [0, 1], [1, 1]))


def test_a_snapshot_is_a_graph_to_networkx() -> None:
    snapshot = Snapshot.of(
        {"Company": IDS[:2], "Person": IDS[2:]},
        {"WORKS_AT": [(IDS[2], IDS[0]), (IDS[3], IDS[0]), (IDS[4], IDS[1])]},
    )

    assert nx.pagerank(snapshot)[IDS[0]] == pytest.approx(0.357616, abs=1e-6)
    assert nx.number_weakly_connected_components(snapshot) == 2
    assert len(snapshot) == 5
    assert snapshot.is_directed()
    with pytest.raises(nx.NetworkXNotImplemented, match="directed"):
        nx.connected_components(snapshot)
    with pytest.warns(ConvertedToNetworkX):
        assert nx.is_directed_acyclic_graph(snapshot)

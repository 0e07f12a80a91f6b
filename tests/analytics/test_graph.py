"""Graphs of arrays: how links become rows, what is refused, what is derived."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from analytics.graph import Graph
from analytics.links import BadLink, BadWeight


def rows(graph: Graph) -> dict[int, list[tuple[int, float]]]:
    """Each node's links as pairs of target and weight."""
    weights = np.ones(graph.m) if graph.weights is None else graph.weights
    found = {}
    for i in range(graph.n):
        row = slice(graph.indptr[i], graph.indptr[i + 1])
        found[i] = list(zip(graph.indices[row].tolist(), weights[row].tolist(), strict=True))
    return found


PARALLEL = ([0, 0, 2, 1, 0], [1, 1, 1, 0, 0], [1.0, 3.0, 5.0, 2.0, 7.0])


@pytest.mark.parametrize(
    ("parallel", "first"),
    [
        ("sum", [(0, 7.0), (1, 4.0)]),
        ("min", [(0, 7.0), (1, 1.0)]),
        ("max", [(0, 7.0), (1, 3.0)]),
        ("keep", [(0, 7.0), (1, 1.0), (1, 3.0)]),
    ],
)
def test_parallel_links_are_treated_as_asked(parallel: str, first: list[tuple[int, float]]) -> None:
    graph = Graph.from_links(3, *PARALLEL, parallel=parallel)  # type: ignore[arg-type]

    assert rows(graph) == {0: first, 1: [(0, 2.0)], 2: [(1, 5.0)]}
    assert graph.is_multigraph() is (parallel == "keep")


def test_links_without_weights_are_counted_when_parallel_ones_add_up() -> None:
    assert rows(Graph.from_links(2, [0, 0], [1, 1])) == {0: [(1, 2.0)], 1: []}
    assert Graph.from_links(2, [0, 0], [1, 1], parallel="max").weights is None
    assert Graph.from_links(2, [0, 1], [1, 0]).weights is None


def test_an_undirected_link_lies_in_both_rows_and_a_loop_in_one() -> None:
    graph = Graph.from_links(3, *PARALLEL, directed=False)

    assert rows(graph) == {0: [(0, 7.0), (1, 6.0)], 1: [(0, 6.0), (2, 5.0)], 2: [(1, 5.0)]}
    assert graph.number_of_edges() == 3
    assert graph.m == 5


@pytest.mark.parametrize(("policy", "weight"), [("sum", 6.0), ("min", 1.0), ("max", 3.0)])
def test_links_there_and_back_become_one_by_the_policy_named(policy: str, weight: float) -> None:
    graph = Graph.from_links(3, *PARALLEL, parallel="keep")

    both = graph.undirected(policy)  # type: ignore[arg-type]

    assert rows(both) == {0: [(0, 7.0), (1, weight)], 1: [(0, weight), (2, 5.0)], 2: [(1, 5.0)]}
    assert graph.undirected(policy) is both  # type: ignore[arg-type]


def test_turning_round_twice_is_the_same_graph() -> None:
    graph = Graph.from_links(3, *PARALLEL, parallel="keep")

    assert rows(graph.transposed) == {0: [(0, 7.0), (1, 2.0)], 1: [(0, 1.0), (0, 3.0), (2, 5.0)], 2: []}
    assert graph.transposed.transposed is graph


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -0.5])
def test_a_bad_weight_is_refused_with_the_link_that_has_it(bad: float) -> None:
    with pytest.raises(BadWeight, match=f"Link 1 from b to c weighs {bad}") as refusal:
        Graph.from_links(3, [0, 1], [1, 2], [1.0, bad], labels=["a", "b", "c"])

    assert refusal.value.code == "bad_weight"


def test_a_link_that_leaves_the_graph_is_refused() -> None:
    with pytest.raises(BadLink, match=r"Link 1 \(1 → 3\) leaves the graph, whose nodes are 0 to 2"):
        Graph.from_links(3, [0, 1], [1, 3])
    with pytest.raises(BadLink, match="2 sources but 1 targets"):
        Graph.from_links(3, [0, 1], [1])


def test_an_empty_graph_and_one_node_are_graphs() -> None:
    for n in (0, 1):
        graph = Graph.from_links(n, [], [])
        assert (graph.n, graph.m, graph.number_of_edges()) == (n, 0, 0)
        assert graph.undirected().n == graph.transposed.n == n


def test_weights_of_four_bytes_stay_so() -> None:
    graph = Graph.from_links(3, [0, 1], [1, 2], np.array([0.5, 0.25], np.float32))

    assert graph.weights is not None
    assert graph.weights.dtype == graph.undirected().weights.dtype == graph.transposed.weights.dtype == np.float32
    assert (graph.indices.nbytes + graph.weights.nbytes) / graph.m == 8


def test_a_part_keeps_the_links_among_its_nodes_and_their_labels() -> None:
    graph = Graph.from_links(4, [0, 1, 2, 3], [1, 2, 3, 0], [1.0, 2.0, 3.0, 4.0], labels=list("abcd"))

    part = graph.subgraph(["d", "c", "x", "b"])

    assert list(part) == ["b", "c", "d"]
    assert rows(part) == {0: [(1, 2.0)], 1: [(2, 3.0)], 2: []}


def test_graphs_travel_between_processes_and_are_their_own_copies() -> None:
    graph = Graph.from_links(3, *PARALLEL, labels=list("abc"), parallel="keep")

    again = pickle.loads(pickle.dumps(graph))

    assert rows(again) == rows(graph)
    assert (list(again), again.parallel) == (list("abc"), "keep")
    assert copy.deepcopy(graph) is graph


def test_misspelt_names_are_not_found() -> None:
    with pytest.raises(AttributeError, match="nodez"):
        _ = Graph.from_links(2, [0], [1]).nodez  # type: ignore[attr-defined]

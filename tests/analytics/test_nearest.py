"""A search without a heap finds what Dijkstra's finds with one: distances, the nodes before, and the order, ties included."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from analytics.backend import ways
from analytics.graph import Graph
from analytics.kernels import distances
from analytics.kernels.nearest import Found, nearest


def heaped(graph: Graph, source: int) -> Found:
    sources = np.array([source], np.int64)
    return distances.dijkstra(graph.indptr, graph.indices, graph.weights, sources, -1, np.inf)


def bucketed(graph: Graph, source: int) -> Found | None:
    weights = graph.weights
    assert weights is not None
    lightest, heaviest = float(weights.min()), float(weights.max())
    return nearest(graph.indptr, graph.indices, weights, source, lightest, heaviest)


def random_graph(
    seed: int, digits: int, links: int = 1_200, dtype: type = np.float64, *, directed: bool = True
) -> Graph:
    """With parallel links, loops and parts that cannot be reached; the fewer digits weights have, the more ties."""
    chance = np.random.default_rng(seed)
    ends = chance.integers(0, 400, (2, links))
    weights = np.round(chance.uniform(0.1, 3.0, links), digits).astype(dtype)
    return Graph.from_links(420, *ends, weights, directed=directed)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("digits", [12, 4, 3])
@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_same_search(seed: int, digits: int, directed: bool, dtype: type) -> None:
    graph = random_graph(seed, digits, dtype=dtype, directed=directed)

    for source in range(0, 420, 60):
        found, expected = bucketed(graph, source), heaped(graph, source)
        if digits == 12 or found is not None:  # of few digits the node before may be in doubt
            assert found is not None
            for mine, theirs in zip(found, expected, strict=True):
                np.testing.assert_array_equal(mine, theirs)


def test_some_equals_are_put_in_order_and_many_are_left_to_the_heap() -> None:
    graphs = {digits: [random_graph(seed, digits) for seed in range(8)] for digits in (4, 1)}
    ties = [np.count_nonzero(np.diff(heaped(graph, 0)[0][heaped(graph, 0)[2]]) == 0) for graph in graphs[4]]

    assert sum(bucketed(graph, 0) is not None for graph in graphs[4]) >= 6
    assert sum(ties) > 0
    assert sum(bucketed(graph, 0) is None for graph in graphs[1]) >= 6


@pytest.mark.parametrize("weights", [[0.0, 1.0], [0.5, 40.0]], ids=["a weight of nothing", "weights far apart"])
def test_what_buckets_are_no_help_for_is_left_to_the_heap(weights: list[float]) -> None:
    assert bucketed(Graph.from_links(3, [0, 1], [1, 2], weights), 0) is None


def test_networkx_gets_the_same_dictionary_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = random_graph(3, 12)
    asked: list[int] = []

    def noted(*given: object) -> Found | None:
        asked.append(1)
        return nearest(*given)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(ways, "nearest", noted)
    found = nx.single_source_dijkstra_path_length(graph, 0)
    paths = nx.single_source_dijkstra_path(graph, 0)
    plain = nx.DiGraph(graph.to_networkx()) if not graph.is_multigraph() else graph.to_networkx()

    assert len(asked) == 2
    assert list(found.items()) == list(nx.single_source_dijkstra_path_length(plain, 0).items())
    assert paths == nx.single_source_dijkstra_path(plain, 0)
    assert len(found) < 420

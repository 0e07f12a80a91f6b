"""Influence: scores that equal networkx's, errors that hold, reasons that sum to PageRank."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from analytics.engines.influence import Parameters, run, standing
from analytics.graph import Graph
from analytics.reasons import total


def random_graph(n: int = 60, links: int = 240, seed: int = 1) -> Graph:
    """A directed graph with loops, links there and back, dangling and isolated nodes."""
    generator = np.random.default_rng(seed)
    source, target = generator.integers(0, n - 10, links), generator.integers(5, n - 5, links)
    return Graph.from_links(n, source, target, generator.uniform(0.1, 1, links))


def test_scores_equal_networkx_below_the_size_for_sampling() -> None:
    graph = random_graph()
    theirs = nx.DiGraph(graph.to_networkx())

    found = run(graph)

    assert found.pagerank.tolist() == pytest.approx(
        list(nx.pagerank(theirs, tol=1e-13, max_iter=500).values()), abs=1e-9
    )
    assert found.pagerank.sum() == pytest.approx(1.0)
    assert found.betweenness.tolist() == pytest.approx(list(nx.betweenness_centrality(theirs).values()), abs=1e-12)
    assert found.closeness.tolist() == pytest.approx(list(nx.closeness_centrality(theirs).values()), abs=1e-12)
    assert found.sampling.exact
    assert found.in_weight.tolist() == pytest.approx([weight for _, weight in theirs.in_degree(weight="weight")])
    plain = nx.Graph(theirs)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    assert found.core.tolist() == list(nx.core_number(plain).values())
    assert found.degree.tolist() == [degree for _, degree in plain.degree]


def test_structural_holes_are_those_of_burt() -> None:
    graph = random_graph()
    theirs = nx.DiGraph(graph.to_networkx())
    theirs.remove_edges_from(list(nx.selfloop_edges(theirs)))

    found = run(graph)

    # node by node networkx reckons effective size by the definition; isolated nodes have none
    nodes = [node for node in theirs if theirs.out_degree(node)]
    sizes = nx.effective_size(theirs, nodes=nodes, weight="weight")
    assert [found.effective_size[node] for node in nodes] == pytest.approx([sizes[node] for node in nodes], abs=1e-9)
    constraints = nx.constraint(theirs, weight="weight")
    assert np.allclose(found.constraint, list(constraints.values()), atol=1e-9, equal_nan=True)
    assert found.holes == graph.n


def test_reasons_sum_to_pagerank_and_name_the_greatest_givers() -> None:
    graph = random_graph()
    found = run(graph)

    for i in range(graph.n):
        reasons = found.reasons(i, 50)
        assert total(reasons) == pytest.approx(found.pagerank[i], abs=1e-15)
        assert reasons[0].code == "base"
    busiest = int(np.argmax(found.pagerank))
    short = found.reasons(busiest, 4)
    assert [reason.code for reason in short] == ["base", "from_link", "from_link", "rest"]
    assert total(short) == pytest.approx(found.pagerank[busiest], abs=1e-15)
    assert short[1].contribution >= short[2].contribution
    assert graph.indices[graph.indptr[short[1].records[0]] :].tolist().count(busiest) > 0


def test_personalised_pagerank_falls_on_the_circle_around_the_records_named() -> None:
    graph = random_graph()
    theirs = nx.DiGraph(graph.to_networkx())

    found = run(graph, Parameters(around=(7, 9)))

    expected = nx.pagerank(theirs, personalization={7: 1, 9: 1}, tol=1e-13, max_iter=500)
    assert found.pagerank.tolist() == pytest.approx(list(expected.values()), abs=1e-9)
    assert total(found.reasons(7, 99)) == pytest.approx(found.pagerank[7], abs=1e-15)


def test_sampled_betweenness_keeps_within_its_error_and_repeats_for_a_seed() -> None:
    graph = random_graph(300, 1500)
    exact = run(graph)

    found = run(graph, Parameters(exact_up_to=0, sources=150), seed=4)

    assert not found.sampling.exact
    assert found.sampling.error == pytest.approx(np.sqrt(np.log(2 * 300 / 0.05) / (2 * 149)))
    assert np.abs(found.betweenness - exact.betweenness).max() < found.sampling.error
    assert np.abs(found.harmonic - exact.harmonic).max() < found.sampling.error
    assert np.corrcoef(found.closeness, exact.closeness)[0, 1] > 0.9
    again = run(graph, Parameters(exact_up_to=0, sources=150), seed=4)
    assert (again.betweenness == found.betweenness).all()
    assert (run(graph, Parameters(exact_up_to=0, sources=150), seed=5).betweenness != found.betweenness).any()


def test_holes_are_measured_for_the_first_by_pagerank_when_work_is_capped() -> None:
    graph = random_graph()
    found = run(graph, Parameters(hole_work=300))

    assert 0 < found.holes < graph.n
    measured = np.flatnonzero(~np.isnan(found.constraint))
    assert found.pagerank[measured].min() >= np.sort(found.pagerank)[-found.holes]


def test_whoever_joins_two_circles_is_the_broker() -> None:
    circles = [(0, 1), (1, 2), (2, 0), (4, 5), (5, 6), (6, 4), (3, 0), (3, 4)]
    graph = Graph.from_links(7, *zip(*circles, strict=True), directed=False)

    found = run(graph)

    assert found.brokers(2).tolist()[0] in {0, 3, 4}
    assert int(np.argmax(found.betweenness)) == 3


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_graphs_have_scores(n: int) -> None:
    found = run(Graph.from_links(n, [], []))

    even = [1 / n] * n if n else []
    assert found.pagerank.tolist() == even
    assert found.betweenness.tolist() == found.closeness.tolist() == found.core.tolist() == [0] * n
    assert found.brokers().tolist() == []
    assert [total(found.reasons(i)) for i in range(n)] == pytest.approx(even)


def test_equal_weights_and_no_weights_rank_alike() -> None:
    graph = random_graph()
    even = Graph.from_links(graph.n, graph.sources, graph.indices, np.full(graph.m, 3.0))

    assert np.allclose(run(even).pagerank, run(graph, Parameters(weighted=False)).pagerank, atol=1e-12)


def test_places_share_the_better_one() -> None:
    found = standing(np.array([3.0, 1.0, 3.0, 0.0]))

    assert found.rank.tolist() == [1, 3, 1, 4]
    assert found.percentile.tolist() == [100.0, 50.0, 100.0, 25.0]
    assert standing(np.empty(0)).rank.tolist() == []


@pytest.mark.parametrize("bad", [{"damping": 1.0}, {"confidence": 0.0}, {"sources": 1}, {"tolerance": 0.0}])
def test_parameters_out_of_range_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="Influence needs"):
        Parameters(**bad)  # type: ignore[arg-type]

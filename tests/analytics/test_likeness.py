"""Look-alikes and missing links, compared with networkx's own and by hand."""

from __future__ import annotations

import doctest
from types import ModuleType

import networkx as nx
import numpy as np
import pytest

from analytics.engines import features, likeness, missing_links
from analytics.engines.features import Feature
from analytics.graph import Graph
from analytics.reasons import total


def random_graph(seed: int = 3, *, n: int = 60, links: int = 220) -> Graph:
    """Weighted, with parallel links, a node without links, no loops."""
    generator = np.random.default_rng(seed)
    source, target = generator.integers(0, n - 1, links), generator.integers(0, n - 1, links)
    kept = source != target
    return Graph.from_links(n, source[kept], target[kept], generator.uniform(0.1, 1.0, links)[kept])


def undirected(graph: Graph) -> nx.Graph:
    plain = nx.Graph()
    plain.add_nodes_from(range(graph.n))
    for source, target, weight in zip(graph.sources.tolist(), graph.indices.tolist(), graph.weights, strict=True):
        before = plain.get_edge_data(source, target, {"weight": 0.0})["weight"]
        plain.add_edge(source, target, weight=before + float(weight))
    return plain


@pytest.mark.parametrize("module", [features, likeness, missing_links])
def test_the_examples_of_the_docs_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_cosine_is_that_of_the_rows_of_weights() -> None:
    graph = random_graph()
    rows = nx.to_numpy_array(undirected(graph), nodelist=range(graph.n))
    lengths = np.linalg.norm(rows, axis=1)
    cosine = rows @ rows[5] / np.maximum(lengths * lengths[5], 1e-300)
    cosine[5] = 0

    found = likeness.run(graph, likeness.Parameters(most=graph.n), sources=[5])

    assert set(found.nodes.tolist()) == set(np.flatnonzero(cosine > 1e-12).tolist())
    assert found.scores == pytest.approx(cosine[found.nodes], abs=1e-12)
    assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)


def test_jaccard_is_networkx_own() -> None:
    graph = random_graph()
    pairs = [(5, other) for other in range(graph.n) if other != 5]
    expected = {other: value for _, other, value in nx.jaccard_coefficient(undirected(graph), pairs) if value > 0}

    found = likeness.run(graph, likeness.Parameters(most=graph.n, measure="jaccard"), sources=[5])

    assert dict(zip(found.nodes.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("measure", ["cosine", "jaccard"])
def test_reasons_sum_to_the_score_for_several_sources_and_fields(measure: str) -> None:
    graph, generator = random_graph(), np.random.default_rng(1)
    size = generator.lognormal(3, 1, graph.n)
    size[::7] = np.nan
    columns = [
        Feature("size", size),
        Feature("industry", generator.integers(0, 3, graph.n).astype(float), "choice", ("steel", "food", "books")),
    ]
    parameters = likeness.Parameters(measure=measure, fields=0.4)

    found = likeness.run(graph, parameters, sources=[2, 9, 30], features=columns)

    assert len(found.nodes) == 20
    assert not {2, 9, 30} & set(found.nodes.tolist())
    for i, score in enumerate(found.scores.tolist()):
        assert total(found.reasons(i)) == pytest.approx(score, abs=1e-12)
        assert 0 < score <= 1


def test_fields_compare_choices_and_ranks_of_numbers_that_both_have() -> None:
    """Node 1 has the industry and a rank one of two away; node 2 has only a size, the same."""
    columns = [
        Feature("size", np.array([10.0, 20.0, 10.0, 9000.0])),
        Feature("industry", np.array([1.0, 1.0, np.nan, 0.0]), "choice", ("food", "steel")),
    ]

    found = likeness.run(Graph.from_links(4, [], []), sources=[0], features=columns)

    assert found.nodes.tolist() == [2, 1]
    assert found.scores.tolist() == [1.0, 0.75]
    facts = {reason.facts["field"]: (reason.facts["value"], reason.contribution) for reason in found.reasons(1)}
    assert facts == {"industry": ("steel", 0.5), "size": (20.0, 0.25)}


def test_only_those_among_whom_is_looked_are_found() -> None:
    graph = random_graph()
    among = np.zeros(graph.n, np.bool_)
    among[10:20] = True

    assert set(likeness.run(graph, sources=[5], among=among).nodes.tolist()) <= set(range(10, 20))
    assert set(missing_links.run(graph, source=5, among=among).nodes.tolist()) <= set(range(10, 20))


@pytest.mark.parametrize("n", [1, 4])
def test_who_has_nothing_in_common_is_not_found(n: int) -> None:
    graph = Graph.from_links(n, [], [])

    assert likeness.run(graph, sources=[0]).nodes.tolist() == []
    assert missing_links.run(graph, source=0).nodes.tolist() == []


def test_sources_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="Name at least one record"):
        likeness.run(random_graph(), sources=[])
    with pytest.raises(ValueError, match="Source 60 is no node of a graph of 60"):
        likeness.run(random_graph(), sources=[1, 60])
    with pytest.raises(IndexError, match="no node 60"):
        missing_links.run(random_graph(), source=60)


def test_a_feature_of_another_length_is_named() -> None:
    with pytest.raises(ValueError, match="Feature 'size' has 2 values for 60 nodes"):
        likeness.run(random_graph(), sources=[1], features=[Feature("size", np.zeros(2))])


def test_adamic_adar_is_networkx_own() -> None:
    graph = random_graph()
    plain = undirected(graph)
    pairs = [(5, other) for other in range(graph.n) if other != 5 and not plain.has_edge(5, other)]
    expected = {other: value for _, other, value in nx.adamic_adar_index(plain, pairs) if value > 0}

    found = missing_links.run(graph, missing_links.Parameters(most=graph.n, pagerank=0), source=5)

    assert dict(zip(found.nodes.tolist(), found.adamic_adar.tolist(), strict=True)) == pytest.approx(
        expected, abs=1e-12
    )


def test_personalised_pagerank_is_networkx_own() -> None:
    graph = random_graph()
    expected = nx.pagerank(undirected(graph), personalization={5: 1.0}, tol=1e-13, max_iter=1000)

    found = missing_links.run(graph, missing_links.Parameters(most=graph.n, pagerank=1), source=5)

    assert len(found.nodes) > 30
    assert found.pagerank == pytest.approx([expected[node] for node in found.nodes.tolist()], abs=1e-9)


def test_a_missing_link_is_never_one_that_is_there_and_its_reasons_sum() -> None:
    graph = random_graph()
    plain = undirected(graph)

    for source in range(graph.n):
        found = missing_links.run(graph, source=source)
        assert not [node for node in found.nodes.tolist() if node == source or plain.has_edge(source, node)]
        for i, score in enumerate(found.scores.tolist()):
            assert total(found.reasons(i)) == pytest.approx(score, abs=1e-12)
            assert 0 < score <= 1 + 1e-12


def test_a_shared_neighbour_with_few_links_says_more() -> None:
    """0 shares the quiet 1 with 3, and the hub 2 with 4."""
    hub = [(2, other) for other in (0, 4, 5, 6, 7, 8)]
    source, target = zip(*[(0, 1), (1, 3), *hub], strict=True)

    found = missing_links.run(Graph.from_links(9, source, target), missing_links.Parameters(pagerank=0), source=0)

    assert found.nodes.tolist()[:2] == [3, 4]
    (reason,) = found.reasons(0)
    assert (reason.code, reason.facts["links"], reason.records) == ("shared_neighbour", 2, (1, 3))

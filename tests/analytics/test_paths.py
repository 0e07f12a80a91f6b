"""Paths: which is best by what, caps and bounds, the weakest link, and the ways along which risk comes."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from analytics.engines.paths import By, Parameters, risk_paths, run
from analytics.graph import Graph
from analytics.links import BadWeight
from analytics.reasons import total


def hub_graph(n: int = 20_000, links: int = 200_000) -> Graph:
    """A graph whose first nodes are linked with a great part of all others."""
    generator = np.random.default_rng(3)
    source = (n * generator.random(links) ** 4).astype(np.int64)
    target = (n * generator.random(links) ** 4).astype(np.int64)
    return Graph.from_links(n, source, target, generator.uniform(0.1, 1, links), parallel="max")


def test_the_way_is_that_of_networkx_for_each_measure() -> None:
    theirs = nx.les_miserables_graph()
    graph = Graph.from_networkx(theirs)
    ends = graph.index("Napoleon"), graph.index("Brujon")

    cheapest = run(graph, Parameters(*ends, by="cheapest")).paths[0]
    shortest = run(graph, Parameters(*ends, by="shortest")).paths[0]

    assert cheapest.cost == nx.dijkstra_path_length(theirs, "Napoleon", "Brujon")
    assert shortest.cost == nx.shortest_path_length(theirs, "Napoleon", "Brujon") == len(shortest.nodes) - 1


def test_the_one_shortest_way_is_as_long_as_the_first_of_many_and_asks_less() -> None:
    graph = hub_graph(2_000, 10_000)
    generator = np.random.default_rng(4)
    seen = set()

    for source, target in generator.integers(0, graph.n, (60, 2)):
        for hops in (0, 3):
            one = run(graph, Parameters(int(source), int(target), "shortest", hops=hops))
            many = run(graph, Parameters(int(source), int(target), "shortest", k=2, hops=hops, fan_in=graph.n))
            assert [path.cost for path in one.paths] == [path.cost for path in many.paths[:1]]
            for path in one.paths:
                assert (path.nodes[0], path.nodes[-1]) == (source, target)
                assert all(graph.has_edge(*ends) for ends in pairwise(path.nodes))
            seen.add(len(one.paths[0].nodes) if one.paths else 0)

    assert len(seen) > 3  # none, and ways of several lengths
    assert run(graph, Parameters(0, 1_999, "shortest")).visited < 1_000


def test_ways_come_best_first_and_name_their_weakest_link() -> None:
    graph = Graph.from_links(4, [0, 1, 0, 2, 0], [1, 3, 2, 3, 3], [0.9, 0.5, 0.8, 0.8, 0.4])

    found = run(graph, Parameters(0, 3, k=5))

    assert [path.nodes for path in found.paths] == [(0, 2, 3), (0, 1, 3), (0, 3)]
    assert [path.strength for path in found.paths] == pytest.approx([0.64, 0.45, 0.4])
    assert [path.weakest_link for path in found.paths] == [(0, 2), (1, 3), (0, 3)]
    assert [path.nodes for path in run(graph, Parameters(0, 3, k=5, hops=1)).paths] == [(0, 3)]


def test_the_weakest_link_of_a_cheapest_way_is_the_dearest() -> None:
    graph = Graph.from_links(3, [0, 1], [1, 2], [2.0, 5.0])

    assert run(graph, Parameters(0, 2, by="cheapest")).paths[0].weakest_link == (1, 2)
    assert run(graph, Parameters(0, 2, by="shortest")).paths[0].weakest_link is None


def test_reasons_of_a_way_sum_to_its_cost() -> None:
    graph = Graph.from_links(3, [0, 1], [1, 2], [0.5, 0.25])
    found = run(graph, Parameters(0, 2))

    reasons = found.reasons(0)

    assert total(reasons) == pytest.approx(found.paths[0].cost)
    assert [(reason.code, reason.records) for reason in reasons] == [("link", (0, 1)), ("weakest_link", (1, 2))]


def test_nothing_leads_where_there_is_no_way() -> None:
    graph = Graph.from_links(3, [0, 1], [1, 2], [1.0, 0.0])

    assert run(graph, Parameters(2, 0)).paths == ()
    assert run(graph, Parameters(0, 2)).paths == ()  # a strength of 0 leads nowhere
    assert run(graph, Parameters(0, 2, by="cheapest")).paths[0].cost == 1.0
    assert run(graph, Parameters(1, 1)).paths[0].nodes == (1,)


def test_a_strength_above_one_is_refused_with_its_link() -> None:
    graph = Graph.from_links(2, [0], [1], [1.5], labels=["ann", "bob"])

    with pytest.raises(BadWeight, match=r"The link from ann to bob has a strength of 1\.5"):
        run(graph, Parameters(0, 1))


def test_a_record_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no node 9: the graph's nodes are 0 to 1"):
        run(Graph.from_links(2, [0], [1]), Parameters(0, 9))


def test_of_parallel_links_the_best_counts() -> None:
    graph = Graph.from_links(2, [0, 0], [1, 1], [0.4, 0.7], parallel="keep")

    assert run(graph, Parameters(0, 1)).paths[0].strength == 0.7
    assert run(graph, Parameters(0, 1, by="cheapest")).paths[0].cost == 0.4


def test_risk_paths_are_bounded_however_many_links_a_hub_has() -> None:
    graph = hub_graph()
    generator = np.random.default_rng(1)
    risk = np.where(generator.random(graph.n) < 0.02, generator.random(graph.n), 0.0)
    hub = int(np.argmax(np.diff(graph.transposed.indptr)))
    assert np.diff(graph.transposed.indptr)[hub] > 1000

    found = risk_paths(graph, hub, risk, 0.9)

    assert len(found.paths) == 5
    assert found.complete
    assert found.visited < 10_000  # of 200,000 links
    assert [path.value for path in found.paths] == sorted((path.value for path in found.paths), reverse=True)
    assert all(len(path.nodes) <= 5 and path.nodes[-1] == hub for path in found.paths)


def test_a_bound_that_was_met_is_told() -> None:
    graph = hub_graph(2_000, 20_000)

    found = risk_paths(graph, 0, np.full(graph.n, 1e-9), 1.0, k=5_000, hops=6, most=500)

    assert not found.complete
    assert found.visited <= 500


def test_k_best_ways_between_two_visit_a_bounded_part() -> None:
    graph = hub_graph()
    found = run(graph, Parameters(100, 200, k=5, hops=4, fan_in=50))

    assert len(found.paths) == 5
    assert found.visited < 5_000


@pytest.mark.parametrize("by", ["shortest", "strongest", "cheapest"])
@pytest.mark.parametrize("hops", [0, 4])
def test_a_way_through_a_hub_is_found_whatever_the_place_of_its_link_there(by: By, hops: int) -> None:
    star = Graph.from_links(3_001, range(1, 3_001), np.zeros(3_000, int), np.linspace(0.9, 0.1, 3_000), directed=False)

    for source, target in ((2_990, 3), (3, 2_990)):
        found = run(star, Parameters(source, target, by, k=1, hops=hops))
        two = run(star, Parameters(source, target, by, k=2, hops=hops))

        assert [path.nodes for path in found.paths] == [path.nodes for path in two.paths] == [(source, 0, target)]
        assert found.complete


def test_ways_left_out_at_a_hub_are_told_unless_they_cost_more() -> None:
    middle = range(2, 12)
    graph = Graph.from_links(12, [0] * 10 + [*middle], [*middle] + [1] * 10, [*np.linspace(0.9, 0.45, 10)] * 2)

    best = run(graph, Parameters(0, 1, k=3, fan_in=3))
    more = run(graph, Parameters(0, 1, k=4, fan_in=3))

    assert [path.nodes[1] for path in best.paths] == [2, 3, 4]
    assert best.complete
    assert [path.nodes for path in more.paths] == [path.nodes for path in best.paths]
    assert not more.complete


def test_two_hubs_that_share_all_their_neighbours_are_not_walked_for_ever() -> None:
    leaves = np.arange(2, 3_002)
    ends = (
        np.concatenate([np.zeros(len(leaves) + 2), np.ones(len(leaves))]),
        np.concatenate([leaves, [3_002, 3_003], leaves]),
    )
    graph = Graph.from_links(3_004, *ends, directed=False)  # the last two hang on hub 0 alone

    found = run(graph, Parameters(3_002, 3_003, k=2, most=5_000))

    assert [path.nodes for path in found.paths] == [(3_002, 0, 3_003)]
    assert not found.complete
    assert found.visited <= 5_000


def test_the_one_at_risk_is_found_among_many_links_alike() -> None:
    many = 1_000
    graph = Graph.from_links(many + 2, [many + 1, *range(1, many + 1)], [900, *[0] * many], [0.5] + [1 / many] * many)
    risk = np.zeros(many + 2)
    risk[[900, many + 1]] = 0.4, 1.0

    found = risk_paths(graph, 0, risk, k=3)

    assert [(path.nodes, round(path.value, 9)) for path in found.paths] == [
        ((many + 1, 900, 0), 5e-4),
        ((900, 0), 4e-4),
    ]
    assert found.complete
    other = np.where(np.arange(many + 2) == 7, 1.0, 0.0)
    assert [path.nodes for path in risk_paths(graph, 0, other, hops=2).paths] == [(7, 0)]


def test_risk_comes_along_one_link_at_least() -> None:
    with pytest.raises(ValueError, match="`hops` is at least 1, not 0"):
        risk_paths(Graph.from_links(2, [0], [1], [0.5]), 1, np.ones(2), hops=0)


def test_nobody_at_risk_and_no_way_in_bring_nothing() -> None:
    graph = Graph.from_links(3, [0], [1], [0.5])

    assert risk_paths(graph, 1, np.zeros(3)).paths == ()
    assert risk_paths(graph, 0, np.ones(3)).paths == ()


def test_a_factor_outside_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`factor` is in \(0, 1\], not 1\.5"):
        risk_paths(Graph.from_links(2, [0], [1]), 1, np.ones(2), 1.5)

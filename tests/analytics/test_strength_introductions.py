"""Introductions take the strongest way, not the shortest, and say whom to ask and where it is weak."""

import doctest
from itertools import pairwise, permutations
from math import prod

import numpy as np
import pytest

from analytics.engines import introductions
from analytics.engines.introductions import introduction
from analytics.graph import Graph
from analytics.links import BadWeight
from analytics.reasons import total


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(introductions).failed == 0


@pytest.mark.parametrize("seed", range(6))
def test_ways_are_those_that_a_search_of_all_ways_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    source, target = rng.integers(0, 7, 18), rng.integers(0, 7, 18)
    apart = source != target
    weights = rng.random(18).round(3)
    graph = Graph.from_links(7, source[apart], target[apart], weights[apart], parallel="max")
    links = {
        (int(a), int(b)): float(graph.matrix[[a], [b]][0]) for a, b in zip(graph.sources, graph.indices, strict=True)
    }

    ways = []
    for between in range(3):
        for inner in permutations(range(1, 6), between):
            nodes = (0, *inner, 6)
            if all(step in links for step in pairwise(nodes)):
                ways.append(prod(links[step] for step in pairwise(nodes)))

    found = introduction(graph, 0, 6, k=3, hops=3)
    assert [way.strength for way in found] == pytest.approx(sorted(ways, reverse=True)[:3], abs=1e-12)
    for way in found:
        assert total(way.reasons()) == pytest.approx(way.strength, abs=1e-12)
        assert links[way.weakest] == min(way.strengths)


def test_nobody_introduces_himself_and_no_way_is_no_introduction() -> None:
    graph = Graph.from_links(3, [0], [1], [0.5])

    assert introduction(graph, 0, 0) == ()
    assert introduction(graph, 0, 2) == ()


def test_a_strength_above_one_is_refused() -> None:
    with pytest.raises(BadWeight):
        introduction(Graph.from_links(3, [0, 1], [1, 2], [1.5, 0.5]), 0, 2)

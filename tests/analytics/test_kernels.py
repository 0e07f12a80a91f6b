"""Kernels against plain reckoning, and the same answer for the same seed whatever the number of threads."""

from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.engines.paths import Parameters, risk_paths, run
from analytics.graph import Graph
from analytics.kernels import leiden

NEAR = 1e-9
LINKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 10)), max_size=20)

ANSWERS = """
import hashlib, numpy as np
from analytics.engines import communities, influence, paths
from analytics.graph import Graph
generator = np.random.default_rng(5)
graph = Graph.from_links(400, generator.integers(0, 400, 2400), generator.integers(0, 400, 2400), generator.random(2400) / 9)
scores = influence.run(graph, influence.Parameters(exact_up_to=0, sources=32), 3)
groups = communities.run(graph, seed=3)
risk = paths.risk_paths(graph, 0, generator.random(400), 0.9)
parts = scores.pagerank, scores.betweenness, scores.closeness, scores.constraint, groups.labels, groups.fit
text = b"".join(part.tobytes() for part in parts) + repr([(path.nodes, path.value) for path in risk.paths]).encode()
print(hashlib.sha256(text).hexdigest())
"""


def test_the_same_seed_gives_the_same_answer_whatever_the_number_of_threads() -> None:
    home = Path(__file__).parents[2]
    answers = set()
    for threads in ("1", "2"):
        environment = os.environ | {
            "OMP_NUM_THREADS": threads,
            "NUMBA_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
        }
        done = subprocess.run(
            [sys.executable, "-c", ANSWERS], env=environment, cwd=home, capture_output=True, text=True, check=True
        )
        answers.add(done.stdout.strip())

    assert len(answers) == 1
    assert len(answers.pop()) == 64


def simple_ways(graph: Graph, source: int, target: int, hops: int) -> list[tuple[int, ...]]:
    """All ways without a node twice, by trying."""
    others = [i for i in range(graph.n) if i not in (source, target)]
    links = set(zip(graph.sources.tolist(), graph.indices.tolist(), strict=True))
    return [
        way
        for length in range(min(hops, len(others) + 1))
        for between in itertools.permutations(others, length)
        for way in [(source, *between, target)]
        if all(pair in links for pair in itertools.pairwise(way))
    ]


@settings(max_examples=40, deadline=None)
@given(LINKS, st.integers(1, 4), st.sampled_from(["shortest", "strongest", "cheapest"]), st.integers(1, 5))
def test_the_k_best_ways_are_those_found_by_trying(
    links: list[tuple[int, int, int]], k: int, by: str, hops: int
) -> None:
    source, target, weight = zip(*links, strict=True) if links else ((), (), ())
    graph = Graph.from_links(6 + 1, source, target, np.array(weight) / 10, parallel="max")

    found = run(graph, Parameters(0, 1, by=by, k=k, hops=hops))  # type: ignore[arg-type]

    costs = {"shortest": lambda w: 1.0, "strongest": lambda w: -math.log(w), "cheapest": lambda w: w}
    dense = graph.matrix.toarray()
    expected = sorted(
        sum(costs[by](dense[u, v]) for u, v in itertools.pairwise(way)) for way in simple_ways(graph, 0, 1, hops)
    )[:k]
    assert [path.cost for path in found.paths] == pytest.approx(expected, abs=NEAR)
    assert found.complete
    assert len({path.nodes for path in found.paths}) == len(found.paths)
    for path in found.paths:
        assert path.nodes in simple_ways(graph, 0, 1, hops)


@settings(max_examples=40, deadline=None)
@given(LINKS, st.lists(st.integers(0, 10), min_size=7, max_size=7), st.integers(1, 4), st.integers(1, 4))
def test_risk_paths_are_those_found_by_trying(
    links: list[tuple[int, int, int]], risk: list[int], k: int, hops: int
) -> None:
    source, target, weight = zip(*links, strict=True) if links else ((), (), ())
    graph = Graph.from_links(7, source, target, np.array(weight) / 10, parallel="max")
    own = np.array(risk) / 10

    found = risk_paths(graph, 0, own, 0.8, k, hops)

    dense = graph.matrix.toarray()
    values = [
        own[way[0]] * math.prod(0.8 * dense[u, v] for u, v in itertools.pairwise(way))
        for first in range(1, 7)
        for way in simple_ways(graph, first, 0, hops)
    ]
    expected = sorted((value for value in values if value > 0), reverse=True)[:k]
    assert [path.value for path in found.paths] == pytest.approx(expected, abs=NEAR)
    assert found.complete


@pytest.mark.parametrize("seed", range(3))
def test_leiden_finds_what_was_planted(seed: int) -> None:
    graph = Graph.from_networkx(nx.planted_partition_graph(8, 25, 0.5, 0.01, seed=seed))
    weights, groups = np.ones(graph.m), np.arange(graph.n, dtype=np.int32)

    for turn in range(5):
        groups, moves = leiden.leiden(graph.indptr, graph.indices, weights, groups, 1.0, seed + turn)

    assert moves == 0
    assert all(len(set(groups[start : start + 25])) == 1 for start in range(0, 200, 25))
    assert len(set(groups.tolist())) == 8


@pytest.mark.parametrize("seed", range(3))
def test_leiden_is_as_good_as_networkx_louvain(seed: int) -> None:
    theirs = nx.powerlaw_cluster_graph(400, 4, 0.4, seed=seed)
    graph = Graph.from_networkx(theirs)
    weights, groups = np.ones(graph.m), np.arange(graph.n, dtype=np.int32)

    for turn in range(10):
        groups, _ = leiden.leiden(graph.indptr, graph.indices, weights, groups, 1.0, turn)

    parts = [set(np.flatnonzero(groups == group).tolist()) for group in set(groups.tolist())]
    ours = nx.community.modularity(theirs, parts)
    louvain = nx.community.modularity(theirs, nx.community.louvain_communities(theirs, seed=seed))
    assert ours >= louvain - 0.002
    assert ours == pytest.approx(leiden.modularity(graph.indptr, graph.indices, weights, groups, 1.0), abs=NEAR)
    assert all(nx.is_connected(theirs.subgraph(part)) for part in parts)


def test_leiden_leaves_nodes_without_weight_alone() -> None:
    graph = Graph.from_links(4, [0, 2], [1, 3], [0.0, 0.0], directed=False)
    groups = np.arange(4, dtype=np.int32)

    found, moves = leiden.leiden(graph.indptr, graph.indices, np.zeros(graph.m), groups, 1.0, 0)

    assert (found.tolist(), moves) == ([0, 1, 2, 3], 0)

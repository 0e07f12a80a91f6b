"""The same call on a GPU, wherever there is one."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from analytics.graph import Graph


def test_pagerank_on_a_gpu_is_ours() -> None:
    pytest.importorskip("nx_cugraph", reason="nx-cugraph is not installed, which needs a GPU", exc_type=ImportError)
    chance = np.random.default_rng(7)
    graph = Graph.from_links(100, chance.integers(0, 60, 300), chance.integers(0, 80, 300))

    theirs = nx.pagerank(graph.to_networkx(), tol=1e-10, backend="cugraph")

    ours = nx.pagerank(graph, tol=1e-10)
    assert max(abs(theirs[node] - ours[node]) for node in ours) < 1e-6

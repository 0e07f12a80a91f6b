"""Networks of the literature come out as published: karate club, Les Misérables, Florentine families."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pytest

from analytics.engines import communities
from analytics.graph import Graph

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "networks-classic"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the classic networks lie beside the checkout, in ../shared/data"
)


def network(name: str, weight: str | None = None) -> Graph:
    """An undirected network of a file of links."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    labels = list(dict.fromkeys(end for row in rows for end in row[:2]))
    place = {label: i for i, label in enumerate(labels)}
    ends = [place[row[0]] for row in rows], [place[row[1]] for row in rows]
    weights = [float(row[2]) for row in rows] if weight else None
    return Graph.from_links(len(labels), *ends, weights, directed=False, labels=labels)


def test_the_karate_club() -> None:
    graph = network("karate_edges.csv")
    assert (graph.n, graph.number_of_edges()) == (34, 78)

    rank = nx.pagerank(graph)
    assert [round(rank[member], 4) for member in ("33", "0", "32")] == [0.1009, 0.0970, 0.0717]
    between = nx.betweenness_centrality(graph)
    assert [round(between[member], 4) for member in ("0", "33")] == [0.4376, 0.3041]
    assert round(max(communities.run(graph, seed=seed).modularity for seed in range(5)), 4) == 0.4198


def test_les_miserables() -> None:
    graph = network("lesmis_edges.csv", "weight")
    assert (graph.n, graph.number_of_edges()) == (77, 254)

    rank = nx.pagerank(graph)
    assert [round(rank[person], 4) for person in ("Valjean", "Marius")] == [0.0996, 0.0517]
    between = nx.betweenness_centrality(graph)
    assert [round(between[person], 4) for person in ("Valjean", "Myriel")] == [0.5700, 0.1768]


def test_the_florentine_families() -> None:
    graph = network("florentine_marriages.csv")
    assert (graph.n, graph.number_of_edges()) == (15, 20)

    between = nx.betweenness_centrality(graph)
    assert [round(between[family], 3) for family in ("Medici", "Guadagni")] == [0.522, 0.255]

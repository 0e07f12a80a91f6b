"""Links that are likely to be missing: records close to one through many ways, and not linked to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines.features import checked_mask
from analytics.graph import Graph
from analytics.kernels.top import rounded
from analytics.reasons import Reason, weightiest


@dataclass(frozen=True, slots=True)
class Parameters:
    """How many are given and how the two measures are mixed.

    `pagerank` is the part of the score that comes from personalised PageRank (0: Adamic–Adar alone, 1: PageRank alone).
    A walk goes on with probability `damping`, else begins anew; it is followed until less than `tolerance` changes.
    """

    most: int = 20
    pagerank: float = 0.5
    damping: float = 0.85
    tolerance: float = 1e-10
    rounds: int = 200


@dataclass(frozen=True, slots=True)
class MissingLinks:
    """Candidates for a link with `source`, likeliest first, with both measures and the mixed score, at most 1."""

    source: int
    nodes: NDArray[np.int64]
    scores: NDArray[np.float64]
    adamic_adar: NDArray[np.float64]
    pagerank: NDArray[np.float64]
    parts: tuple[float, float]
    matrix: Any
    visits: NDArray[np.float64]

    def reasons(self, i: int, *, most: int = 5) -> tuple[Reason, ...]:
        """Why the i-th candidate may be linked to the source: neighbours both have, and through whom walks come to it.

        Contributions sum to the score. `shared_neighbour` tells how many `links` that neighbour has: the fewer, the more it
        says. `reached_through` tells the part of the walks that come that way.
        """
        shared, reached = self._shared(i), self._reached(i)
        return weightiest([*shared, *reached], most) if shared or reached else ()

    def shared(self, i: int) -> NDArray[np.int32]:
        """The neighbours that the source and the i-th candidate share, those with the fewest links first, ties by number."""
        both = np.intersect1d(_row(self.matrix, self.source), _row(self.matrix, int(self.nodes[i])))
        return both[np.argsort(self._links(both), kind="stable")]

    def _shared(self, i: int) -> list[Reason]:
        node, both = int(self.nodes[i]), self.shared(i)
        return [
            Reason("shared_neighbour", self.parts[0] * _worth(links), {"links": links}, (int(k), node))
            for k, links in zip(both, self._links(both).tolist(), strict=True)
            if self.parts[0] > 0
        ]

    def _links(self, nodes: NDArray[np.int32]) -> NDArray[np.int64]:
        """How many links each of some nodes has."""
        return np.asarray(self.matrix.indptr[nodes + 1] - self.matrix.indptr[nodes], np.int64)

    def _reached(self, i: int) -> list[Reason]:
        node = int(self.nodes[i])
        row = slice(self.matrix.indptr[node], self.matrix.indptr[node + 1])
        before, came = self.matrix.indices[row], self.matrix.data[row] * self.visits[self.matrix.indices[row]]
        if not self.parts[1] or not came.sum() > 0:
            return []
        ways = came / came.sum()
        whole = self.parts[1] * float(self.pagerank[i])
        return [
            Reason("reached_through", whole * float(way), {"part": round(float(way), 6)}, (int(k), node))
            for k, way in zip(before, ways, strict=True)
            if way > 0
        ]


def run(
    graph: Graph,
    parameters: Parameters = Parameters(),
    seed: int = 0,
    *,
    source: int,
    among: NDArray[np.bool_] | None = None,
) -> MissingLinks:
    """Find the records that are likeliest to be linked to one and are not, each with the neighbours that say so.

    Formula: Adamic–Adar(j) = Σ 1/ln(links of k) over the neighbours k that source and j share. PageRank(j) is where walks from
    the source are, along links in proportion to their weights, when each step goes on with probability `damping` and
    else begins at the source again. score = (1 − p)·Adamic–Adar/max + p·PageRank/max, the maxima over the candidates.

    Parameters: `graph` with any links; directions do not count. `among` are those that may be found (all): nodes
    of the type at the other end of the relation asked for. `seed` is not used: nothing is drawn.
    Returns MissingLinks, never the source itself nor one that is linked to it; an isolated source has none; ties by number.
    Raises IndexError for a source outside the graph, ValueError for a mask of another length.

    Nodes 0 and 3 share 1 and 2; 4 hangs on 3:

    >>> links = Graph.from_links(5, [0, 0, 1, 2, 3], [1, 2, 3, 3, 4])
    >>> found = run(links, Parameters(pagerank=0), source=0)
    >>> found.nodes.tolist(), [round(float(each), 4) for each in found.adamic_adar]
    ([3], [2.8854])
    >>> run(links, source=0).nodes.tolist()
    [3, 4]

    Cost: O(links of the neighbours) and O(links) for each of at most `rounds` rounds.
    Source: Adamic & Adar, Social Networks 25, 2003; Liben-Nowell & Kleinberg, JASIST 58, 2007; Haveliwala, WWW 2002.
    """
    del seed
    if not 0 <= source < graph.n:
        raise IndexError(f"There is no node {source} in a graph of {graph.n}.")
    undirected = graph.undirected("sum").merged("sum")
    matrix, near = undirected.matrix.astype(np.float64), undirected.unweighted.matrix
    may = np.ones(graph.n, np.bool_) if among is None else checked_mask(among, graph.n).copy()
    may[source] = False
    may[_row(matrix, source)] = False
    common = np.where(may, adamic_adar(near, source), 0.0)
    walks = visits(matrix, source, parameters) if parameters.pagerank else np.zeros(graph.n)
    reached = np.where(may, walks, 0.0)
    parts = _part(1 - parameters.pagerank, common), _part(parameters.pagerank, reached)
    scores = parts[0] * common + parts[1] * reached
    ranked = rounded(scores)
    nodes = np.argsort(-ranked, kind="stable")[: parameters.most]
    nodes = nodes[ranked[nodes] > 0]
    passed = walks / np.maximum(matrix.sum(axis=1), np.finfo(float).tiny)
    return MissingLinks(source, nodes, scores[nodes], common[nodes], reached[nodes], parts, matrix, passed)


def adamic_adar(near: Any, source: int) -> NDArray[np.float64]:
    """The index of the source with every node; `near` is the undirected matrix of ones. O(links of the neighbours)."""
    links = np.diff(near.indptr)
    worth = np.zeros(near.shape[0])
    neighbours = _row(near, source)
    worth[neighbours] = [_worth(int(links[k])) for k in neighbours]
    found = near[neighbours].T @ worth[neighbours] if len(neighbours) else np.zeros(near.shape[0])
    return np.asarray(found, np.float64)


def visits(matrix: Any, source: int, parameters: Parameters) -> NDArray[np.float64]:
    """Personalised PageRank from the source over an undirected weighted matrix; sums to 1."""
    strengths = np.asarray(matrix.sum(axis=1)).ravel()
    passes = np.divide(1.0, strengths, out=np.zeros_like(strengths), where=strengths > 0)
    at = np.zeros(matrix.shape[0])
    at[source] = 1.0
    for _ in range(parameters.rounds):
        moved = parameters.damping * (matrix @ (at * passes))
        moved[source] += 1.0 - moved.sum()
        change = np.abs(moved - at).sum()
        at = moved
        if change < parameters.tolerance:
            break
    return at


def _part(weight: float, measure: NDArray[np.float64]) -> float:
    """What the measure is multiplied by, so that the best candidate has `weight`."""
    best = float(measure.max(initial=0.0))
    return weight / best if best > 0 else 0.0


def _worth(links: int) -> float:
    """What sharing a neighbour of so many links says; one that only itself and a loop know of says nothing."""
    return 1.0 / float(np.log(links)) if links > 1 else 0.0


def _row(matrix: Any, node: int) -> NDArray[np.int32]:
    row: NDArray[np.int32] = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]]
    return row

"""Influence: how central each record is, by reach, by what passes through it, by depth, and whom it holds together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from random import Random

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.reasons import Reason, weightiest

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parameters:
    """`damping` is the share of PageRank that goes along links; the rest falls evenly, or on `around` (personalised).

    Up to `exact_up_to` nodes betweenness and closeness are exact; beyond it they come from `sources` nodes drawn by the
    seed, with an error that holds for all nodes at once with `confidence`. `weighted` False ignores weights. Structural
    holes are measured for as many of the first by PageRank as `hole_work` steps allow.
    """

    damping: float = 0.85
    around: tuple[int, ...] = ()
    weighted: bool = True
    tolerance: float = 1e-12
    rounds: int = 500
    exact_up_to: int = 2_000
    sources: int = 256
    confidence: float = 0.95
    hole_work: int = 500_000_000

    def __post_init__(self) -> None:
        if not 0 <= self.damping < 1 or not 0 < self.confidence < 1:
            raise ValueError("Influence needs `damping` from 0 to below 1 and `confidence` between 0 and 1.")
        if self.sources < 2 or self.rounds < 1 or self.tolerance <= 0:
            raise ValueError("Influence needs at least 2 `sources`, 1 of `rounds` and a `tolerance` above 0.")


@dataclass(frozen=True, slots=True)
class Sampling:
    """How betweenness and closeness came about: from all nodes, or from `sources` of them, each off by at most `error`.

    The error is Hoeffding's for all nodes at once: √(ln(2n / (1 − confidence)) / 2(sources − 1)) of a share from 0 to 1. It
    holds for betweenness and for `harmonic`; closeness is a ratio of two such shares.
    """

    exact: bool
    sources: int
    error: float
    confidence: float


@dataclass(frozen=True)
class Influence:
    """Scores by node. PageRank sums to 1; betweenness, closeness, harmonic and constraint are shares from 0 to 1.

    Degrees count distinct others; `in_weight` and `out_weight` add up weights. NaN in `constraint` and `effective_size`:
    no neighbours, or not measured (`holes` says how many were).
    """

    graph: Graph
    parameters: Parameters
    pagerank: Floats
    before: Floats  # PageRank one step earlier: what `pagerank` is exactly made of
    teleport: Floats
    rounds: int
    betweenness: Floats
    closeness: Floats
    harmonic: Floats
    sampling: Sampling
    core: NDArray[np.int32]
    degree: Numbers
    in_degree: Numbers
    out_degree: Numbers
    in_weight: Floats
    out_weight: Floats
    constraint: Floats
    effective_size: Floats
    holes: int

    @cached_property
    def _out_strength(self) -> Floats:
        return self.out_weight if self.parameters.weighted else self.out_degree.astype(np.float64)

    def reasons(self, i: int, most: int = 6) -> tuple[Reason, ...]:
        """What record i's PageRank is made of: `base` (what everyone, or the circle around, is given) and its greatest givers.

        Each `from_link` tells how much of the giver's PageRank and of this score it is. Contributions sum to the score.
        """
        damping, score = self.parameters.damping, self.pagerank[i]
        graph = self.graph if self.parameters.weighted else self.graph.unweighted
        lost = float(self.before[self._out_strength == 0].sum())
        base = (1.0 - damping + damping * lost) * self.teleport[i]
        parts = [Reason("base", float(base), {"share": _share(base, score)})]
        back = graph.transposed
        row = slice(back.indptr[i], back.indptr[i + 1])
        weights = np.ones(row.stop - row.start) if back.weights is None else back.weights[row].astype(np.float64)
        for j, weight in zip(back.indices[row].tolist(), weights.tolist(), strict=True):
            if weight > 0:
                passed = weight / self._out_strength[j]
                given = float(damping * passed * self.before[j])
                facts = {
                    "share": _share(given, score),
                    "passes_on": float(passed),
                    "giver_score": float(self.pagerank[j]),
                }
                parts.append(Reason("from_link", given, facts, (j,)))
        return weightiest(parts, most, always=frozenset({"base"}))

    def brokers(self, most: int = 10) -> Numbers:
        """Who connects those that are not connected otherwise: greatest effective size × (1 − constraint), ties by number."""
        score = np.nan_to_num(self.effective_size * (1.0 - np.minimum(self.constraint, 1.0)))
        order = np.lexsort((np.arange(len(score)), -score))[:most]
        found: Numbers = order[score[order] > 0]
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """Places among others: `rank` 1 is the greatest, equals share the better place; `percentile` is the share not above."""

    rank: Numbers
    percentile: Floats


def standing(values: Floats) -> Standing:
    """The place of each value among all of them.

    >>> found = standing(np.array([0.2, 0.5, 0.2, 0.1]))
    >>> found.rank.tolist(), found.percentile.tolist()
    ([2, 1, 2, 4], [75.0, 100.0, 75.0, 25.0])
    """
    ordered = np.sort(values)
    not_above = np.searchsorted(ordered, values, side="right")
    return Standing(1 + len(values) - not_above, 100.0 * not_above / max(len(values), 1))


def run(graph: Graph, parameters: Parameters | None = None, seed: int = 0) -> Influence:
    """Measure how central every node is. An empty graph gives empty arrays.

    Formula: PageRank x = d·(Wᵀx + lost·t) + (1 − d)·t with W the links' shares of each row, t even (or even on `around`) and
    `lost` what nodes without links out hold. Betweenness is the mean, over sources s, of the share of s's shortest ways (by
    steps) that lead through a node; closeness of v is (r − 1)² / ((n − 1)·Σ steps) over the r nodes that reach v; harmonic
    the mean of 1 / steps. Core: links in any direction to distinct others. Constraint and effective size: Burt's, on
    weights there and back.

    Parameters: the graph holds the relation types and directions chosen; see `Parameters`; `seed` draws the sources.

    Returns: `Influence`. Raises: nothing for a checked graph.

    Example: four people report to a fifth, 0; 1 and 2 also to each other.

    >>> graph = Graph.from_links(5, [1, 2, 3, 4, 1, 2], [0, 0, 0, 0, 2, 1])
    >>> found = run(graph)
    >>> found.pagerank.round(4).tolist()
    [0.4327, 0.1801, 0.1801, 0.1036, 0.1036]
    >>> found.core.tolist(), found.in_degree.tolist(), found.sampling.exact
    ([2, 2, 2, 1, 1], [4, 1, 1, 0, 0], True)
    >>> [(reason.code, round(reason.contribution, 4), reason.records) for reason in found.reasons(0, 3)]
    [('base', 0.1036, ()), ('from_link', 0.088, (3,)), ('rest', 0.2411, ())]
    >>> found.brokers(1).tolist()
    [0]

    Cost: O(rounds·m) for PageRank, O(sources·m) for betweenness and closeness, O(m) for the rest, Σ degree² for holes.
    Source: Brin & Page 1998; Brandes 2001; Brandes & Pich 2007; Hoeffding 1963; Burt 1992; Batagelj & Zaversnik 2003.
    """
    chosen = parameters or Parameters()
    weighing = graph if chosen.weighted else graph.unweighted
    pagerank, before, teleport, rounds = _pagerank(weighing, chosen)
    sources, sampling = _sources(graph, chosen, seed)
    closeness, harmonic = _nearness(graph, sources, sampling)
    distinct = graph.merged("sum") if graph.directed else graph
    both = graph.undirected("sum").merged("sum").without_loops
    constraint, size, holes = _holes(weighing, pagerank, chosen.hole_work)
    return Influence(
        graph=graph,
        parameters=chosen,
        pagerank=pagerank,
        before=before,
        teleport=teleport,
        rounds=rounds,
        betweenness=_betweenness(graph, sources, sampling),
        closeness=closeness,
        harmonic=harmonic,
        sampling=sampling,
        core=_cores(both),
        degree=np.diff(both.indptr),
        in_degree=np.diff(distinct.transposed.indptr),
        out_degree=np.diff(distinct.indptr),
        in_weight=_sums(graph.transposed),
        out_weight=_sums(graph),
        constraint=constraint,
        effective_size=size,
        holes=holes,
    )


def _share(part: float, score: float) -> float:
    return float(part / score) if score > 0 else 0.0


def _sums(graph: Graph) -> Floats:
    from analytics.kernels import ranking

    return ranking.strengths(graph.indptr, graph.weights)


def _pagerank(graph: Graph, chosen: Parameters) -> tuple[Floats, Floats, Floats, int]:
    """Scores, the scores one step earlier, where teleports land, and the rounds taken."""
    from analytics.kernels import ranking

    if graph.n == 0:
        return np.empty(0), np.empty(0), np.empty(0), 0
    teleport = np.zeros(graph.n)
    teleport[list(chosen.around) or slice(None)] = 1.0
    teleport /= teleport.sum()
    arguments = graph.indptr, graph.indices, graph.weights, chosen.damping
    before, rounds = ranking.pagerank(
        *arguments, teleport, teleport, teleport, chosen.tolerance * graph.n, chosen.rounds
    )
    after = ranking.pagerank(*arguments, before, teleport, teleport, np.inf, 1)[0]
    return after, before, teleport, rounds


def _sources(graph: Graph, chosen: Parameters, seed: int) -> tuple[Numbers, Sampling]:
    n = graph.n
    if n <= max(chosen.exact_up_to, chosen.sources):
        return np.arange(n, dtype=np.int64), Sampling(True, n, 0.0, 1.0)
    drawn = np.array(Random(seed).sample(range(n), chosen.sources), np.int64)  # noqa: S311  # a sample, no secret
    error = sqrt(log(2 * n / (1 - chosen.confidence)) / (2 * (chosen.sources - 1)))
    return drawn, Sampling(False, chosen.sources, min(error, 1.0), chosen.confidence)


def _betweenness(graph: Graph, sources: Numbers, sampling: Sampling) -> Floats:
    from analytics.backend.reach import betweenness

    return betweenness(graph, None if sampling.exact else sources)


def _nearness(graph: Graph, sources: Numbers, sampling: Sampling) -> tuple[Floats, Floats]:
    """Closeness and harmonic centrality, by inward ways."""
    from analytics.kernels import between

    n = graph.n
    if n < 2:
        return np.zeros(n), np.zeros(n)
    if sampling.exact:
        back = graph.transposed
        reached, total, inverse = between.nearness(back.indptr, back.indices, sources)
    else:
        reached, total, inverse = between.nearness_to(graph.indptr, graph.indices, sources)
    own = np.bincount(sources, minlength=n)  # a source reaches itself
    others = len(sources) - own
    share = (reached - own) / others
    with np.errstate(invalid="ignore", divide="ignore"):
        closeness = np.where(total > 0, share * (reached - own) / total, 0.0)
    return closeness, inverse / others


def _cores(both: Graph) -> NDArray[np.int32]:
    from analytics.kernels import cores

    return cores.core_numbers(both.indptr, both.indices, np.zeros(both.n + 1, np.int64), np.empty(0, np.int32))


def _holes(graph: Graph, pagerank: Floats, work: int) -> tuple[Floats, Floats, int]:
    """Constraint and effective size of the first by PageRank, as many as the work allows, and how many those are."""
    from analytics.kernels import neighbours

    both = graph.undirected("sum").merged("sum").without_loops
    degrees = np.diff(both.indptr).astype(np.float64)
    steps = np.bincount(both.sources, weights=degrees[both.indices], minlength=both.n)  # what each node's circle costs
    order = np.lexsort((np.arange(both.n), -pagerank))
    chosen = np.sort(order[: int(np.searchsorted(np.cumsum(steps[order]), work, side="right"))]).astype(np.int64)
    mutual = np.ones(both.m) if both.weights is None else both.weights.astype(np.float64)
    constraint, size, sums, _ = neighbours.holes(both.indptr, both.indices, mutual, chosen, False)
    measured = np.zeros(both.n, np.bool_)
    measured[chosen] = True
    unknown = ~measured | (sums == 0.0)
    constraint[unknown] = size[unknown] = np.nan
    return constraint, size, len(chosen)

"""Paths: shortest, strongest and cheapest ways between two records, the k best of them, and the ways along which risk comes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.links import BadWeight
from analytics.reasons import Reason

Floats = NDArray[np.float64]
By = Literal["shortest", "strongest", "cheapest"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """From `source` to `target` (numbers of nodes): the `k` best ways by steps, by product of weights, or by their sum.

    `hops` caps the links of a way (0: no cap). Of each node's inward links the `fan_in` count by which a way costs least, and
    at most `most` partial ways are made: the bounds that keep a question about one record small on any graph.
    """

    source: int
    target: int
    by: By = "strongest"
    k: int = 1
    hops: int = 0
    fan_in: int = 1_000
    most: int = 200_000

    def __post_init__(self) -> None:
        if self.by not in ("shortest", "strongest", "cheapest"):
            raise ValueError(f"There are no {self.by!r} paths: ask for shortest, strongest or cheapest.")
        if self.k < 1 or self.hops < 0 or self.fan_in < 1 or self.most < 2:
            raise ValueError(
                "Paths need `k` and `fan_in` of at least 1, `hops` of at least 0 and `most` of at least 2."
            )


@dataclass(frozen=True, slots=True)
class Path:
    """A way over `nodes`: `weights` of its links, `cost` (steps, sum, or −log of the product), `strength` (the product).

    `weakest` is the place of the link of least weight by product, of greatest weight by sum. `value` is what a risk path
    brings; elsewhere it is the strength.
    """

    nodes: tuple[int, ...]
    weights: tuple[float, ...]
    cost: float
    strength: float
    value: float
    weakest: int | None

    @property
    def weakest_link(self) -> tuple[int, int] | None:
        """The two records between which the way is weakest."""
        return None if self.weakest is None else (self.nodes[self.weakest], self.nodes[self.weakest + 1])


@dataclass(frozen=True, slots=True)
class Paths:
    """Ways, best first. `visited` partial ways were made; `complete` False: bounds were met, ways left out may be better."""

    paths: tuple[Path, ...]
    by: By
    visited: int
    complete: bool

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """What way i costs, link by link; contributions sum to its cost."""
        path = self.paths[i]
        costs = [_cost(weight, self.by) for weight in path.weights]
        links = zip(pairwise(path.nodes), path.weights, costs, strict=True)
        return tuple(
            Reason("weakest_link" if at == path.weakest else "link", cost, {"weight": weight}, ends)
            for at, (ends, weight, cost) in enumerate(links)
        )


def run(graph: Graph, parameters: Parameters, seed: int = 0) -> Paths:  # noqa: ARG001  # every engine is called alike
    """The k best ways from one record to another, no record twice on a way; none when the target cannot be reached.

    Formula: least Σ cost over the links of a way, cost 1 (shortest), weight (cheapest), −log weight (strongest: the greatest
    product of strengths in (0, 1]). Partial ways are grown backwards from the target, best first by cost so far + least cost
    from the source within the links that are left, which makes the first to arrive the best. Ties: fewer links first.

    Parameters: see `Parameters`; of parallel links the best counts; `seed` has no part in it.

    Returns: `Paths`. Raises: BadWeight for a strength above 1, naming the link.

    Example: from 0 to 4 over 1 and 2, or over the weaker 3.

    >>> graph = Graph.from_links(5, [0, 1, 2, 0, 3], [1, 2, 4, 3, 4], [0.9, 0.9, 0.8, 0.5, 0.9])
    >>> found = run(graph, Parameters(0, 4, k=3))
    >>> [(path.nodes, round(path.strength, 3), path.weakest_link) for path in found.paths]
    [((0, 1, 2, 4), 0.648, (2, 4)), ((0, 3, 4), 0.45, (0, 3))]
    >>> [path.nodes for path in run(graph, Parameters(0, 4, by="shortest")).paths]
    [(0, 3, 4)]
    >>> [(path.nodes, path.cost) for path in run(graph, Parameters(0, 4, by="cheapest", hops=2)).paths]
    [((0, 3, 4), 1.4)]

    Cost: O(hops·m), or O((n + m) log n) without a cap, and about k · length · fan-in partial ways. The one shortest way is
    searched from both ends, whatever the fan-in: two half searches in place of a whole one.
    Source: Dijkstra 1959; Lawler 1972; Hart, Nilsson & Raphael 1968; Pohl 1971 (from both ends).
    """
    from analytics.kernels import distances, k_best

    best = graph.merged("max" if parameters.by == "strongest" else "min")
    source, target = _node(best, parameters.source), _node(best, parameters.target)
    if parameters.by == "shortest" and parameters.k == 1:
        return _fewest_links(best, source, target, parameters.hops)
    costs = _costs(best, parameters.by)
    begins = np.full(best.n, np.inf)
    begins[source] = 0.0
    if parameters.hops:
        table = k_best.within_hops(best.indptr, best.indices, costs, begins, parameters.hops)
    else:
        start = np.array([source], np.int64)
        table = distances.dijkstra(best.indptr, best.indices, costs, start, -1, np.inf)[0][np.newaxis]
    bounds = parameters.k, parameters.hops, parameters.fan_in, parameters.most
    ways, nodes, onward, count, complete = k_best.between(
        *_inward(best, parameters.by), 0.0, table, begins, source, target, *bounds
    )
    found = tuple(_path(best, parameters.by, _over(nodes, onward, way)) for way in ways)
    return Paths(found, parameters.by, count, complete)


def risk_paths(
    graph: Graph,
    target: int,
    own_risk: Floats,
    factor: float = 1.0,
    k: int = 5,
    hops: int = 4,
    *,
    fan_in: int = 200,
    most: int = 60_000,
) -> Paths:
    """The k ways along which most risk comes into one record, at most `hops` links long, no record twice on a way.

    Formula: a way brings own_risk(first record) × Π (factor × weight) over its links, which lead towards the target; weights
    in [0, 1] say how much of a risk a link passes on. `value` of each path is what it brings.

    Parameters: `own_risk` in [0, 1] by node, `factor` in (0, 1]; of each node's inward links the `fan_in` count by which
    most may come, at most `most` partial ways are made. Returns: `Paths`, none when nobody at risk leads to the target.
    Raises: BadWeight for a weight above 1, naming the link; ValueError for a factor outside (0, 1] and `hops` below 1.

    Example: 3 is at great risk, two links away; 1 is at a little risk and near.

    >>> graph = Graph.from_links(5, [1, 2, 3, 4], [0, 0, 2, 3], [0.5, 0.8, 0.9, 1.0])
    >>> found = risk_paths(graph, 0, np.array([0.0, 0.4, 0.1, 0.9, 0.2]), factor=0.9, k=2)
    >>> [(path.nodes, round(path.value, 4), path.weakest_link) for path in found.paths]
    [((3, 2, 0), 0.5249, (2, 0)), ((1, 0), 0.18, (1, 0))]
    >>> found.visited, found.complete
    (5, True)

    Cost: bounded by `most`, whatever the size of the graph; made once for each graph are the order of inward links,
    O(m log m), and for each `own_risk` the most that may come to each node within the hops, O(hops·m).
    Source: Hart, Nilsson & Raphael 1968, over simple paths; −log turns the greatest product into the least sum.
    """
    from analytics.kernels import k_best

    if not 0 < factor <= 1:
        raise ValueError(f"A link passes on a share of risk: `factor` is in (0, 1], not {factor}.")
    if hops < 1:
        raise ValueError(f"Risk comes along at least one link: `hops` is at least 1, not {hops}.")
    best = graph.merged("max")
    rows = _inward(best, "strongest")
    risk, step = np.asarray(own_risk, np.float64), float(0.0 - np.log(factor))
    table = _coming(best, risk, step, hops)
    ways, nodes, onward, count, complete = k_best.between(
        *rows, step, table, table[0], -1, _node(best, target), k, hops, fan_in, most
    )
    walked = (_path(best, "strongest", _over(nodes, onward, way)) for way in ways)
    found = (
        replace(path, value=float(risk[path.nodes[0]]) * path.strength * factor ** len(path.weights)) for path in walked
    )
    return Paths(tuple(sorted(found, key=lambda path: -path.value)), "strongest", count, complete)


def _coming(graph: Graph, risk: Floats, step: float, hops: int) -> Floats:
    """The least cost at which any risk comes to each node, by links at most; kept while the same risks are asked about."""
    from analytics.kernels import k_best

    kept: dict[float, tuple[Floats, Floats]] = graph.kept("coming", dict)
    of, table = kept.get(step, (np.empty(0), np.empty((0, 0))))
    if len(table) <= hops or not np.array_equal(of, risk):
        with np.errstate(divide="ignore"):
            begins = 0.0 - np.log(risk)
        table = k_best.within_hops(graph.indptr, graph.indices, _costs(graph, "strongest") + step, begins, hops)
        kept[step] = risk.copy(), table
    return table[: hops + 1]


def _fewest_links(graph: Graph, source: int, target: int, hops: int) -> Paths:
    """A way of fewest links, searched from both ends; none where it has more than `hops` (0: no cap)."""
    from analytics.kernels import distances

    back = graph.transposed
    before, after, met = distances.fewest_steps(graph.indptr, graph.indices, back.indptr, back.indices, source, target)
    visited = int(np.count_nonzero(before != distances.UNSEEN) + np.count_nonzero(after != distances.UNSEEN))
    if met < 0:
        return Paths((), "shortest", visited, complete=True)
    nodes = (*reversed(_walked(met, before)), *_walked(int(after[met]), after))
    found = () if hops and len(nodes) > hops + 1 else (_path(graph, "shortest", nodes),)
    return Paths(found, "shortest", visited, complete=True)


def _node(graph: Graph, number: int) -> int:
    if not 0 <= number < graph.n:
        raise ValueError(f"There is no node {number}: the graph's nodes are 0 to {graph.n - 1}.")
    return int(number)


def _costs(graph: Graph, by: By) -> Floats:
    """What each stored link costs; a strength of 0 leads nowhere (inf). Made once for each graph."""
    made: Floats = graph.kept(f"costs of {by}", lambda: _made_costs(graph, by))
    return made


def _made_costs(graph: Graph, by: By) -> Floats:
    if by == "shortest" or (graph.weights is None and by == "cheapest"):
        return np.ones(graph.m)
    if graph.weights is None:
        return _told_apart(np.zeros(graph.m))
    weights = graph.weights.astype(np.float64)
    if by == "cheapest":
        return _told_apart(weights)
    over = np.flatnonzero(weights > 1.0)
    if len(over):
        i = int(over[0])
        ends = graph.label(int(graph.sources[i])), graph.label(int(graph.indices[i]))
        raise BadWeight(
            f"The link from {ends[0]} to {ends[1]} has a strength of {weights[i]} ({len(over) - 1} more are above 1): "
            "strengths multiply along a way and lie between 0 and 1. Divide the weights by the greatest."
        )
    with np.errstate(divide="ignore"):
        return _told_apart(0.0 - np.log(weights))


def _told_apart(costs: Floats) -> Floats:
    """With so little more for each link that among ways of one cost those of fewer links are the better ones."""
    return np.asarray(costs + 1e-9 * float(costs[(costs > 0) & (costs < np.inf)].min(initial=1.0)))


def _inward(graph: Graph, by: By) -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
    """Inward rows with their costs, cheapest link first. Made once for each graph."""
    from analytics.kernels import k_best, rows

    def made() -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
        starts = rows.starts_of(graph.n, graph.indices)
        into, costs = rows.transpose(graph.indptr, graph.indices, _costs(graph, by), starts)
        return starts, *k_best.cheapest_first(starts, into, costs.astype(np.float64))

    found: tuple[NDArray[np.int64], NDArray[np.int32], Floats] = graph.kept(f"inward by {by}", made)
    return found


def _walked(at: int, onward: NDArray[np.int32] | NDArray[np.int64]) -> tuple[int, ...]:
    """Where one comes from `at` on, step by step, until there is no next (-1)."""
    found = []
    while at >= 0:
        found.append(at)
        at = int(onward[at])
    return tuple(found)


def _over(nodes: NDArray[np.int32], onward: NDArray[np.int64], way: np.int64) -> tuple[int, ...]:
    """The nodes of a partial way, from its first to the target."""
    return tuple(int(nodes[each]) for each in _walked(int(way), onward))


def _path(graph: Graph, by: By, nodes: tuple[int, ...]) -> Path:
    weights = tuple(_weight(graph, source, target) for source, target in pairwise(nodes))
    strength = float(np.prod(weights)) if weights else 1.0
    cost = sum(_cost(weight, by) for weight in weights)
    weakest = None
    if weights and by != "shortest":
        weakest = int(np.argmax(weights) if by == "cheapest" else np.argmin(weights))
    return Path(nodes, weights, cost, strength, strength, weakest)


def _weight(graph: Graph, source: int, target: int) -> float:
    if graph.weights is None:
        return 1.0
    row = graph.indices[graph.indptr[source] : graph.indptr[source + 1]]
    return float(graph.weights[graph.indptr[source] + int(np.searchsorted(row, target))])


def _cost(weight: float, by: By) -> float:
    if by == "strongest":
        return float(0.0 - np.log(weight))
    return 1.0 if by == "shortest" else weight

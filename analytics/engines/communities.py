"""Communities: who is linked more among themselves than with others, who bridges them, and accounts that hang on one person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.reasons import Reason, weightiest

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Parameters:
    """`resolution` above 1 gives more and smaller communities. Leiden runs at most `rounds` times, until nobody moves.

    A relationship is single-threaded when one contact holds at least the share `alone` of an account's weight.
    """

    resolution: float = 1.0
    weighted: bool = True
    rounds: int = 10
    alone: float = 1.0

    def __post_init__(self) -> None:
        if self.resolution <= 0 or self.rounds < 1 or not 0 < self.alone <= 1:
            raise ValueError("Communities need `resolution` above 0, at least 1 of `rounds`, and `alone` in (0, 1].")


@dataclass(frozen=True)
class Communities:
    """Labels by node, links without directions. `fit`: the share of a node's weight inside, less what chance would put there.

    `articulation` nodes and `bridges` (pairs of nodes, the lesser first) hold parts together that fall apart without them.
    """

    graph: Graph  # undirected, links between two nodes added up
    parameters: Parameters
    labels: Labels
    sizes: dict[int, int]
    modularity: float
    rounds: int
    fit: Floats
    articulation: NDArray[np.bool_]
    bridges: NDArray[np.int32]

    def members(self, label: int) -> NDArray[np.int64]:
        """The nodes of a community, ascending."""
        return np.flatnonzero(self.labels == label)

    def reasons(self, i: int, most: int = 6) -> tuple[Reason, ...]:
        """What record i's fit is made of: the links that hold it inside, less `chance`. Contributions sum to the fit."""
        row = slice(self.graph.indptr[i], self.graph.indptr[i + 1])
        others, weights = self.graph.indices[row], _weights(self.graph)[row]
        whole = float(weights.sum())
        if whole == 0:
            return ()
        inside = (self.labels[others] == self.labels[i]) & (others != i)
        expected = float(weights[inside].sum()) / whole - float(self.fit[i])
        facts = {"community": int(self.labels[i]), "size": self.sizes[int(self.labels[i])]}
        parts = [Reason("chance", -expected, facts)]
        for j, weight in zip(others[inside].tolist(), weights[inside].tolist(), strict=True):
            parts.append(Reason("link_inside", weight / whole, {"weight": weight}, (j,)))
        return weightiest(parts, most, always=frozenset({"chance"}))


@dataclass(frozen=True, slots=True)
class Threads:
    """Accounts whose relationship one contact holds: `share` of the weight, `others` further contacts, ascending by account."""

    account: NDArray[np.int64]
    contact: NDArray[np.int64]
    share: Floats
    others: NDArray[np.int64]


def run(
    graph: Graph, parameters: Parameters | None = None, seed: int = 0, previous: NDArray[np.integer] | None = None
) -> Communities:
    """Divide the nodes into communities; equal seeds give equal labels. An empty graph has none, a lone node is its own.

    Formula: labels c with great modularity Q = Σ over pairs of (A − γ·k·kᵀ/2m)/2m where c is equal, A the weights without
    directions, k their sums, γ the resolution; found by Leiden: move, refine, contract, until nothing moves. Fit of i:
    inside(i)/k(i) − γ·(K − k(i))/2m, with K the strength of its community.

    Parameters: see `Parameters`; `previous` are the labels of an earlier run by node (-1: none): each community takes the
    label of the one that it shares most members with, new ones get new labels. Without it labels run from 0, greatest first.

    Returns: `Communities`. Raises: nothing for a checked graph.

    Example: two circles, 0-1-2 and 3-4, held together by the link 2-3.

    >>> graph = Graph.from_links(5, [0, 1, 2, 2, 3], [1, 2, 0, 3, 4], [3, 3, 3, 1, 3])
    >>> found = run(graph)
    >>> found.labels.tolist(), round(found.modularity, 4)
    ([0, 0, 0, 1, 1], 0.3166)
    >>> found.articulation.tolist(), found.bridges.tolist()
    ([False, False, True, True, False], [[2, 3], [3, 4]])
    >>> [(reason.code, round(reason.contribution, 4), reason.records) for reason in found.reasons(3)]
    [('chance', -0.1154, ()), ('link_inside', 0.75, (4,))]
    >>> run(graph, previous=np.array([7, 7, -1, 2, 2])).labels.tolist()
    [7, 7, 7, 2, 2]

    Cost: some O(m) for each round, a few rounds. Source: Traag, Waltman & van Eck 2019; Newman 2006; Tarjan 1974.
    """
    from analytics.kernels import components, leiden

    chosen = parameters or Parameters()
    both = graph.undirected("sum").merged("sum")
    both = both if chosen.weighted else both.unweighted
    matrix = _matrix(both)
    groups, rounds = np.arange(both.n, dtype=np.int32), 0
    for done in range(chosen.rounds):
        groups, moves = leiden.leiden(both.indptr, both.indices, matrix, groups, chosen.resolution, seed + done)
        rounds = done + 1
        if moves == 0:
            break
    labels = by_size(groups) if previous is None else matched(groups, previous)
    points, marked = components.cuts(both.indptr, both.indices)
    once = marked & (both.sources < both.indices)
    return Communities(
        graph=both,
        parameters=chosen,
        labels=labels,
        sizes={int(label): int(count) for label, count in zip(*np.unique(labels, return_counts=True), strict=True)},
        modularity=leiden.modularity(both.indptr, both.indices, matrix, groups, chosen.resolution),
        rounds=rounds,
        fit=_fit(both, matrix, groups, chosen.resolution),
        articulation=points,
        bridges=np.column_stack([both.sources[once], both.indices[once]]),
    )


def by_size(groups: Labels) -> Labels:
    """Groups numbered from 0, the greatest first; ties by their first node."""
    _, first, found, counts = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    labels: Labels = number[found]
    return labels


def matched(groups: Labels, previous: NDArray[np.integer]) -> Labels:
    """Groups under the labels of an earlier run: greatest overlap first, each old label once; new groups get fresh ones.

    >>> matched(np.array([0, 0, 0, 1, 1], np.int32), np.array([5, 5, 9, 9, -1])).tolist()
    [5, 5, 5, 9, 9]
    """
    found = by_size(groups)
    known = previous != UNKNOWN
    pairs, counts = np.unique(np.stack([found[known], previous[known]]), axis=1, return_counts=True)
    new_of: dict[int, int] = {}
    taken: set[int] = set()
    for at in np.lexsort((pairs[1], pairs[0], -counts)).tolist():
        group, label = int(pairs[0, at]), int(pairs[1, at])
        if group not in new_of and label not in taken:
            new_of[group] = label
            taken.add(label)
    fresh = int(previous.max(initial=-1)) + 1
    for group in range(int(found.max(initial=-1)) + 1):
        if group not in new_of:
            new_of[group] = fresh
            fresh += 1
    return np.array([new_of[group] for group in found.tolist()], np.int32)


def single_threaded(
    graph: Graph, accounts: NDArray[np.integer], contacts: NDArray[np.integer], parameters: Parameters | None = None
) -> Threads:
    """The accounts (by number) whose whole relationship is held by one of the contacts: who holds it, and how much of it.

    Only links between accounts and contacts count, in any direction, those between the same two added up. An account
    without such links is not held by anybody and is left out. O(n + m).

    >>> graph = Graph.from_links(5, [0, 1, 2, 2], [3, 3, 4, 3], [1, 3, 2, 0])
    >>> found = single_threaded(graph, np.array([3, 4]), np.array([0, 1, 2]))
    >>> found.account.tolist(), found.contact.tolist(), found.share.tolist()
    ([4], [2], [1.0])
    >>> found = single_threaded(graph, np.array([3, 4]), np.array([0, 1, 2]), Parameters(alone=0.75))
    >>> found.account.tolist(), found.contact.tolist(), found.share.tolist(), found.others.tolist()
    ([3, 4], [1, 2], [0.75, 1.0], [1, 0])
    """
    chosen = parameters or Parameters()
    both = graph.undirected("sum").merged("sum")
    is_account, is_contact = np.zeros(graph.n, np.bool_), np.zeros(graph.n, np.bool_)
    is_account[accounts], is_contact[contacts] = True, True
    weights = _weights(both)
    kept = is_account[both.sources] & is_contact[both.indices] & (weights > 0)
    account, contact, weight = both.sources[kept], both.indices[kept], weights[kept]
    whole, ties = np.bincount(account, weight, graph.n), np.bincount(account, minlength=graph.n)
    order = np.lexsort((contact, -weight, account))  # the strongest contact of each account first
    firsts = order[np.unique(account[order], return_index=True)[1]]
    share = weight[firsts] / whole[account[firsts]]
    alone = share >= chosen.alone - 1e-12
    firsts = firsts[alone]
    held = account[firsts].astype(np.int64)
    return Threads(held, contact[firsts].astype(np.int64), share[alone], ties[held] - 1)


def _weights(graph: Graph) -> Floats:
    return np.ones(graph.m) if graph.weights is None else graph.weights.astype(np.float64)


def _matrix(both: Graph) -> Floats:
    """Weights as Leiden reads them: a self-loop counts for both of its ends."""
    weights = _weights(both)
    doubled: Floats = np.where(both.sources == both.indices, 2.0 * weights, weights)
    return doubled


def _fit(both: Graph, matrix: Floats, groups: Labels, resolution: float) -> Floats:
    strength = np.bincount(both.sources, matrix, both.n)
    inside = (groups[both.sources] == groups[both.indices]) & (both.sources != both.indices)
    held = np.bincount(both.sources[inside], matrix[inside], both.n)
    totals = np.bincount(groups, strength, both.n)
    plain = np.bincount(both.sources, _weights(both), both.n)
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = resolution * (totals[groups] - strength) / strength.sum()
        return np.where(plain > 0, held / plain - chance, 0.0)

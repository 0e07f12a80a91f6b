"""What a subject prefers: the parts of what it took, by offer or by group of offers, against everybody's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.reasons import Reason


@dataclass(frozen=True, slots=True)
class Parameters:
    """`most` groups are told at each end, over- and under-indexed; below `least_z` a difference may well be chance."""

    most: int = 5
    least_z: float = 1.96


@dataclass(frozen=True, slots=True)
class Preferences:
    """Of one subject: groups from the most over-indexed to the most under-indexed, those that chance may explain left out.

    `groups` are numbers as they came in; `own` and `everyone` parts of one; `index` is own / everyone (2: twice as much as
    usual); `z` says how many standard deviations the difference is away from chance.
    """

    subject: int
    groups: NDArray[np.int64]
    own: NDArray[np.float64]
    everyone: NDArray[np.float64]
    z: NDArray[np.float64]

    @property
    def index(self) -> NDArray[np.float64]:
        """How many times more of a group the subject took than everybody."""
        return self.own / self.everyone

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """The i-th group as one reason: what its own part adds to (or lacks of) everybody's. Record: the subject."""
        facts = {
            "group": int(self.groups[i]),
            "own": round(float(self.own[i]), 6),
            "everyone": round(float(self.everyone[i]), 6),
            "index": round(float(self.index[i]), 4),
            "z": round(float(self.z[i]), 4),
        }
        difference = float(self.own[i] - self.everyone[i])
        return (Reason("prefers" if difference > 0 else "avoids", difference, facts, (self.subject,)),)


def run(
    graph: Graph,
    parameters: Parameters = Parameters(),
    seed: int = 0,
    *,
    subject: int,
    groups: NDArray[np.int64] | None = None,
) -> Preferences:
    """Tell which offers, or groups of them, a subject takes more and less of than everybody does.

    Formula: own(g) and everyone(g) are the parts of group g in the weights of the subject's links and of all links;
    z = (own − everyone)·√(t / (everyone·(1 − everyone))), with t the number of the subject's links.

    Parameters: `graph` has a link subject → offer for everything taken, weighted by how much. `groups` names the group of each
    node (its category; below 0: none); left out, each offer is its own group. `seed` is not used: nothing is drawn.
    Returns Preferences; a subject that took nothing, or what everybody takes, has none.
    Raises IndexError for a subject outside the graph, ValueError where `groups` is not as long as the graph.

    Subject 0 took only group 7, of which everybody takes half:

    >>> links = Graph.from_links(5, [0, 0, 1, 1], [2, 3, 4, 4], [2.0, 2.0, 1.0, 3.0])
    >>> found = run(links, Parameters(least_z=1.0), subject=0, groups=np.array([-1, -1, 7, 7, 8]))
    >>> found.groups.tolist(), found.index.tolist(), found.own.tolist()
    ([7, 8], [2.0, 0.0], [1.0, 0.0])

    Cost: O(links). Source: index numbers of market research; z of a binomial part, Fleiss, Statistical Methods for Rates, 1981.
    """
    del seed
    if not 0 <= subject < graph.n:
        raise IndexError(f"There is no node {subject} in a graph of {graph.n}.")
    kinds, group_of = _numbered(graph, groups)
    weights = np.ones(graph.m) if graph.weights is None else graph.weights.astype(np.float64)
    row = slice(graph.indptr[subject], graph.indptr[subject + 1])
    total = _sums(group_of[graph.indices], weights, len(kinds))
    mine = _sums(group_of[graph.indices[row]], weights[row], len(kinds))
    if mine.sum() <= 0:
        empty = np.zeros(0)
        return Preferences(subject, np.zeros(0, np.int64), empty, empty, empty)
    own, everyone = mine / mine.sum(), total / total.sum()
    taken = int(np.count_nonzero(group_of[graph.indices[row]] >= 0))
    z = _away(own, everyone, taken)
    told = _told(z, own / np.where(everyone > 0, everyone, 1), parameters)
    return Preferences(subject, kinds[told], own[told], everyone[told], z[told])


def _numbered(graph: Graph, groups: NDArray[np.int64] | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct groups, and for each node the place of its group in them; -1 for none."""
    if groups is None:
        every = np.arange(graph.n, dtype=np.int64)
        return every, every
    if len(groups) != graph.n:
        raise ValueError(f"{len(groups)} groups were given for a graph of {graph.n} nodes; it needs one for each node.")
    kinds, place = np.unique(groups, return_inverse=True)
    none = int(np.searchsorted(kinds, 0))
    return kinds[none:].astype(np.int64), np.where(groups >= 0, place - none, -1)


def _sums(group: NDArray[np.int64], weights: NDArray[np.float64], kinds: int) -> NDArray[np.float64]:
    known = group >= 0
    return np.asarray(np.bincount(group[known], weights=weights[known], minlength=kinds), np.float64)


def _away(own: NDArray[np.float64], everyone: NDArray[np.float64], taken: int) -> NDArray[np.float64]:
    spread = everyone * (1 - everyone)
    away = np.divide(own - everyone, np.sqrt(spread / taken), out=np.zeros_like(own), where=spread > 0)
    return np.where(np.abs(own - everyone) > 1e-12, away, 0.0)


def _told(z: NDArray[np.float64], index: NDArray[np.float64], parameters: Parameters) -> NDArray[np.int64]:
    """The groups worth telling: the most over-indexed first, the most under-indexed last."""
    sure = np.abs(z) >= max(parameters.least_z, 1e-9)
    ordered = np.argsort(-z, kind="stable")
    ordered = ordered[sure[ordered]]
    over, under = ordered[index[ordered] > 1], ordered[index[ordered] < 1]
    return np.concatenate([over[: parameters.most], under[max(len(under) - parameters.most, 0) :]])

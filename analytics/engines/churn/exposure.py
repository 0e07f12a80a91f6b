"""Risk that comes along relationships: each record's own risk mixed with that of those it receives from, to a fixpoint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.graph import Graph
from analytics.reasons import Reason
from models.errors import XrmError

Floats = NDArray[np.float64]
_MOST_ROUNDS = 2_000


class BadRisk(XrmError):
    """An own risk, or a share that is received, is not a number from 0 to 1; the node is named."""

    code = "bad_risk"


@dataclass(frozen=True, slots=True)
class Parameters:
    """`received` (λ) is the part of the score that comes from others, 1 − λ the own part; `tolerance` bounds the error."""

    received: float = 0.3
    tolerance: float = 1e-12

    def __post_init__(self) -> None:
        if not 0 <= self.received < 1 or not self.tolerance > 0:
            raise ValueError("`received` is from 0 to below 1, `tolerance` above 0.")


@dataclass(frozen=True, eq=False)
class Exposure:
    """Scores from 0 to 1 and what they are made of: `score` = `own_part` + `received`, within `bound`.

    `incoming` has, in row i, those that i receives from, weighing λ·B[i, j]: `own_part[i]` = (1 − λ) · own[i], and
    `received[i]` = Σ λ·B[i, j] · score[j].
    """

    score: Floats
    own: Floats
    kept: Floats
    incoming: Graph
    rounds: int
    bound: float

    @property
    def own_part(self) -> Floats:
        """What is left of the own risk: all of it for those who receive from nobody."""
        return self.kept * self.own

    @property
    def received(self) -> Floats:
        """What comes from others."""
        return self.score - self.own_part

    @cached_property
    def most_received(self) -> float:
        """The greatest λ of any node: how fast what comes from others fades."""
        return float(1 - self.kept.min(initial=1.0))

    @cached_property
    def carried(self) -> Graph:
        """The same links along the risk's way, from giver to receiver: for paths and for what-if."""
        return self.incoming.transposed

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """`own`, and `received` from each neighbour, the most first; they sum to `score[i]`."""
        start, after = self.incoming.indptr[i : i + 2]
        givers, shares = self.incoming.indices[start:after], _weights(self.incoming)[start:after]
        parts = shares * self.score[givers]
        made = [Reason("own", float(self.kept[i] * self.own[i]), {"risk": float(self.own[i])})]
        for j in np.lexsort((givers, -parts)):
            if parts[j] > 0:
                facts = {"share": float(shares[j]), "risk": float(self.score[givers[j]])}
                made.append(Reason("received", float(parts[j]), facts, (int(givers[j]),)))
        return tuple(made)


def run(graph: Graph, own: Floats, parameters: Parameters | None = None, *, reach: Floats | None = None) -> Exposure:
    """The risk of each node, its own and what comes to it, to a fixpoint.

    Formula: e = (1 − λᵢ)·own + λᵢ·B·e, B[i, j] = the weight of the link j → i by that of all links to i, so that rows sum
    to 1. λᵢ = received · reach[i]; 0 for a node without incoming weight, whose score is its own risk.

    Parameters: links run along the risk's way, from giver to receiver, weighing what counts (strength times the factor
    of the relation); `own` from 0 to 1; `reach` from 0 to 1 says how much of the split is open to a node (None: all).
    A link of a node to itself carries nothing.

    Returns Exposure; scores are within `bound` (at most `tolerance`) of the fixpoint, since each round brings them nearer by
    λ: the error is at most λ/(1 − λ) times the last step. Scores lie from 0 to 1.

    Raises BadRisk for an own risk or reach that is no number from 0 to 1.

    Example: account 0 has left (1.0); its risk goes to 1 and 2, from 1 and 2 to 3 (three times as much from 1); 4 is alone.

    >>> flow = Graph.from_links(5, [0, 0, 1, 2], [1, 2, 3, 3], [1.0, 1.0, 3.0, 1.0])
    >>> found = run(flow, np.array([1.0, 0.2, 0.0, 0.1, 0.4]), Parameters(received=0.5))
    >>> found.score.round(4).tolist()
    [1.0, 0.6, 0.5, 0.3375, 0.4]
    >>> [(reason.code, round(reason.contribution, 4), reason.records) for reason in found.reasons(3)]
    [('own', 0.05, ()), ('received', 0.225, (1,)), ('received', 0.0625, (2,))]

    Cost: O(links · log tolerance / log λ): 23 rounds as it stands; 12 bytes a link more.

    Source: Friedkin & Johnsen 1990 (own opinion against that of others), read as risk; personalised PageRank turned round.
    """
    parameters = parameters or Parameters()
    own = _fraction(own, graph, "own risk")
    share = parameters.received * (np.ones(graph.n) if reach is None else _fraction(reach, graph, "reach"))
    incoming = _received(graph.transposed, share)
    matrix = _matrix(incoming)
    receives = matrix @ np.ones(graph.n) > 0
    kept = np.where(receives, 1.0 - share, 1.0)
    score, rounds, bound = own.copy(), 0, 1.0
    worst = float(share.max(initial=0.0))
    while bound > parameters.tolerance and rounds < _MOST_ROUNDS:
        later = kept * own + matrix @ score
        bound = float(np.abs(later - score).max(initial=0.0)) * worst / (1 - worst)
        score, rounds = later, rounds + 1
    return Exposure(np.clip(score, 0.0, 1.0), own, kept, incoming, rounds, bound)


def _received(incoming: Graph, share: Floats) -> Graph:
    """Rows of what each receives, weighing λᵢ·B[i, j]."""
    weights = np.array(_weights(incoming), np.float64)
    weights[incoming.sources == incoming.indices] = 0.0
    total = np.bincount(incoming.sources, weights, minlength=incoming.n)
    scale = np.divide(share, total, out=np.zeros(incoming.n), where=total > 0)
    weights *= np.repeat(scale, np.diff(incoming.indptr))
    return Graph(incoming.indptr, incoming.indices, weights, True, incoming.labels, incoming.parallel)


def _matrix(incoming: Graph) -> Any:
    """scipy's view with the narrowest row starts: with wide ones it would copy the indices into wide ones too."""
    from scipy.sparse import csr_array

    starts = incoming.indptr.astype(np.int32) if incoming.m < 2**31 else incoming.indptr
    return csr_array((incoming.weights, incoming.indices, starts), shape=(incoming.n, incoming.n))


def _weights(graph: Graph) -> Floats:
    return np.ones(graph.m) if graph.weights is None else np.asarray(graph.weights, np.float64)


def _fraction(values: Floats, graph: Graph, what: str) -> Floats:
    values = np.asarray(values, np.float64)
    if values.shape != (graph.n,):
        raise BadRisk(f"The {what} has {values.size} values for {graph.n} nodes; each node needs one.")
    bad = np.flatnonzero(~((values >= 0) & (values <= 1)))
    if len(bad):
        at = int(bad[0])
        raise BadRisk(
            f"The {what} of {graph.label(at)} is {values[at]} (and {len(bad) - 1} more are like it): "
            "it must be a number from 0 to 1."
        )
    return values

"""Strength of relationships: decayed evidence of two records, both ways or one, deep or shallow, with the acts that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.engines.evidence import Evidence, TopActs, shared_acts, top_acts
from analytics.events import Events
from analytics.graph import Graph
from analytics.reasons import Reason

Floats = NDArray[np.float64]

WARMTH = ("cold", "cool", "warm", "strong")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`enough` acts of weight 1 today make half of full evidence; a one-way relationship keeps `one_way` of its strength.

    `deepest` is the weight that counts as full depth (None: the greatest weight among the events). `top` acts are kept of
    each pair. From `cool`, `warm` and `strong` on a relationship is called so; below it is cold.
    """

    enough: float = 4.0
    one_way: float = 0.0
    deepest: float | None = None
    top: int = 5
    cool: float = 0.05
    warm: float = 0.25
    strong: float = 0.6

    def __post_init__(self) -> None:
        if self.enough <= 0 or self.top < 1 or not 0 <= self.one_way <= 1:
            raise ValueError("Strength needs `enough` above 0, at least one act of `top`, and `one_way` from 0 to 1.")
        if not 0 <= self.cool <= self.warm <= self.strong <= 1:
            raise ValueError("The bounds of warmth must rise from 0 to 1: cool, warm, strong.")


@dataclass(frozen=True, slots=True)
class Strengths:
    """Strengths of ordered pairs, in the order they were given; pair i goes from `first[i]` to `second[i]`.

    `strength` = `saturated` × `reciprocity` × `depth` × `role`, each from 0 to 1. `evidence` is what the acts count
    together: the row of `top.counts` + `top.others`. `acts` is how many there are, `last_day` the day of the newest (NaN
    without any); `warmth` points into WARMTH. `now` and days are days since 1970.
    """

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    strength: NDArray[np.float64]
    evidence: NDArray[np.float64]
    saturated: NDArray[np.float64]
    reciprocity: NDArray[np.float64]
    depth: NDArray[np.float64]
    role: NDArray[np.float64]
    warmth: NDArray[np.int8]
    acts: NDArray[np.int64]
    last_day: NDArray[np.float64]
    top: TopActs
    signals: tuple[str, ...]
    now: float

    def __len__(self) -> int:
        return len(self.first)

    def warmth_of(self, i: int) -> str:
        """How pair i is called: cold, cool, warm or strong."""
        return WARMTH[self.warmth[i]]

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """What makes the strength of pair i: `act` for each top act, `acts` for the others; minus what `one_way`,
        `shallow` and `role` take. They sum to `strength[i]`.
        """
        full = float(self.saturated[i])
        both = full * float(self.reciprocity[i])
        deep = both * float(self.depth[i])
        losses = (
            Reason("one_way", both - full, {"reciprocity": float(self.reciprocity[i])}),
            Reason("shallow", deep - both, {"depth": float(self.depth[i])}),
            Reason("role", float(self.strength[i]) - deep, {"role": float(self.role[i])}),
        )
        return (*self._acts(i), *(loss for loss in losses if loss.contribution != 0))

    def _acts(self, i: int) -> tuple[Reason, ...]:
        if self.evidence[i] == 0:
            return ()
        share = float(self.saturated[i] / self.evidence[i])
        kept = int(np.count_nonzero(self.top.event[i] >= 0))
        made = [
            Reason(
                "act",
                share * float(self.top.counts[i, j]),
                {"signal": self.signals[self.top.signal[i, j]], "days": self.now - float(self.top.day[i, j])},
                (int(self.top.event[i, j]),),
            )
            for j in range(kept)
        ]
        others = int(self.acts[i]) - kept
        if others:
            made.append(Reason("acts", share * float(self.top.others[i]), {"count": others}))
        return tuple(made)

    def graph(self, n: int, *, labels: Sequence[str] | None = None) -> Graph:
        """The pairs with any strength as a directed graph of n nodes, weighed by it; the stronger of a pair given twice."""
        some = self.strength > 0
        return Graph.from_links(
            n, self.first[some], self.second[some], self.strength[some], parallel="max", labels=labels
        )

    def of_records(self, n: int) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
        """For each of n records as the first of its pairs: its strongest, with how many it has had acts, and their mean."""
        touched = self.acts > 0
        owner = self.first[touched]
        strongest, total = np.zeros(n), np.bincount(owner, self.strength[touched], minlength=n)
        np.maximum.at(strongest, owner, self.strength[touched])
        contacts = np.bincount(owner, minlength=n)
        return strongest, contacts, np.divide(total, contacts, out=np.zeros(n), where=contacts > 0)


def run(
    events: Events | Sequence[Events],
    first: ArrayLike,
    second: ArrayLike,
    parameters: Parameters | None = None,
    *,
    now: float,
    role: ArrayLike | None = None,
) -> Strengths:
    """The strength of each ordered pair of records, 0 to 1, from the events that both take part in.

    Formula: an act counts weight · 2^(−age / half-life of its signal), by the signal of the pair's first record;
    evidence E sums them; saturated = 1 − 2^(−E / enough). Reciprocity = 2 · min(ours, theirs) / E, an act of unknown
    direction being half of each. Depth = E / (deepest · Σ 2^(−age / half-life)): the mean weight of acts by the greatest.
    Strength = saturated · (one_way + (1 − one_way) · reciprocity) · depth · role.

    Parameters: events of one or more subject types; numbers of the pairs' records; `now` in days since 1970 (what
    lies after it has not happened yet and does not count); `role` from 0 to 1 for each pair, all 1 without it.

    Returns arrays in the order of the pairs. A pair without a common event has strength 0; so has a record with itself.

    Raises ValueError for pairs of unequal length, a role outside 0 to 1, or a `now` that is no number.

    Example: an account (0) with four people (1 to 4); two meetings with the first, a mail from us to the second.

    >>> from models.profiles import Role, Signal
    >>> kinds = (
    ...     Signal("meetings", ("meetings",), "Meeting", Role.CONTACT),
    ...     Signal("mails", ("mails",), "Mail", Role.CONTACT),
    ... )
    >>> rows = [(0, 10, 0.0, 1.0, 2.0, 0, 0), (0, 11, 90.0, 1.0, 2.0, 0, 0), (0, 12, 90.0, 1.0, 1.0, 1, 1)]
    >>> rows += [(1, 10, 0.0, 1.0, 2.0, 0, 0), (1, 11, 90.0, 1.0, 2.0, 0, 0), (2, 12, 90.0, 1.0, 1.0, 1, 1)]
    >>> found = run(Events.from_rows(kinds, rows), [0, 0, 0, 0], [1, 2, 3, 4], now=90.0)
    >>> found.evidence.tolist(), found.reciprocity.tolist(), found.depth.tolist()
    ([3.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 0.5, 0.0, 0.0])
    >>> found.strength.round(4).tolist(), found.warmth_of(0)
    ([0.4054, 0.0, 0.0, 0.0], 'warm')
    >>> [(reason.code, round(reason.contribution, 4), reason.records) for reason in found.reasons(0)]
    [('act', 0.2703, (11,)), ('act', 0.1351, (10,))]

    Cost: O(e log e + Σ over pairs of the shorter event list · log e); memory for the shared acts, some 60 bytes each.

    Source: the common ground of published rules (decay, two ways, depth), with saturation so that nothing passes 1.
    """
    parameters = parameters or Parameters()
    ends = np.asarray(first, np.int32), np.asarray(second, np.int32)
    factor = _checked(ends, role, now)
    found = shared_acts([events] if isinstance(events, Events) else events, *ends, now=now)
    top = top_acts(found, len(factor), parameters.top)
    evidence = top.counts.sum(axis=1) + top.others
    saturated = 1 - np.exp2(-evidence / parameters.enough)
    reciprocity, depth = _reciprocity(found, evidence, parameters), _depth(found, evidence, parameters)
    strength = saturated * reciprocity * depth * factor
    last_day = np.full(len(factor), -np.inf)
    np.maximum.at(last_day, found.pair, found.day)
    return Strengths(
        *ends,
        strength=strength,
        evidence=evidence,
        saturated=saturated,
        reciprocity=reciprocity,
        depth=depth,
        role=factor,
        warmth=np.digitize(strength, (parameters.cool, parameters.warm, parameters.strong)).astype(np.int8),
        acts=np.bincount(found.pair, minlength=len(factor)),
        last_day=np.where(np.isfinite(last_day), last_day, np.nan),
        top=top,
        signals=found.signals,
        now=now,
    )


def _checked(ends: tuple[NDArray[np.int32], NDArray[np.int32]], role: ArrayLike | None, now: float) -> Floats:
    if ends[0].shape != ends[1].shape or ends[0].ndim != 1:
        raise ValueError(f"Pairs need as many first as second records; they are {ends[0].shape} and {ends[1].shape}.")
    if not np.isfinite(now):
        raise ValueError(f"`now` is {now}; it must be a day counted from 1970.")
    factor = np.ones(len(ends[0])) if role is None else np.asarray(role, np.float64)
    if factor.shape != ends[0].shape or not ((factor >= 0) & (factor <= 1)).all():
        raise ValueError("Each pair needs a role from 0 to 1.")
    return factor


def _reciprocity(found: Evidence, evidence: Floats, parameters: Parameters) -> Floats:
    ours = np.bincount(found.pair, found.counts * (1 + found.direction) / 2, minlength=len(evidence))
    theirs = np.bincount(found.pair, found.counts * (1 - found.direction) / 2, minlength=len(evidence))
    some = evidence > 0
    mutual = np.divide(2 * np.minimum(ours, theirs), ours + theirs, out=np.zeros(len(evidence)), where=some)
    return np.where(some, parameters.one_way + (1 - parameters.one_way) * mutual, 0.0)


def _depth(found: Evidence, evidence: Floats, parameters: Parameters) -> Floats:
    deepest = found.deepest if parameters.deepest is None else parameters.deepest
    flat = np.bincount(found.pair, found.decay, minlength=len(evidence)) * deepest
    depth: Floats = np.divide(evidence, flat, out=np.zeros(len(evidence)), where=flat > 0)
    return np.minimum(depth, 1.0, out=depth)

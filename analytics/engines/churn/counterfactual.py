"""What would change a risk: a contact that answers, a neighbour put right; only what moves is computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn import silence
from analytics.engines.churn.behaviour import behaviour
from analytics.engines.churn.encoding import chosen
from analytics.engines.churn.exposure import Exposure
from analytics.engines.churn.score import Churn
from analytics.engines.churn.silence import Silence
from analytics.events import Events
from analytics.graph import Graph

Floats = NDArray[np.float64]
TOLERANCE = 1e-6  # a change that nobody can see is not followed; ask for less where it must be exact


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What a record's risk would be: `after` instead of `before`, its own risk `own_after` instead of `own_before`.

    `others` are the records whose risk would move with it, farthest first, with their change. `bound`: how far each change
    may be from that of spreading the risks again from the start.
    """

    record: int
    before: float
    after: float
    own_before: float
    own_after: float
    others: tuple[tuple[int, float], ...]
    bound: float

    @property
    def change(self) -> float:
        """How much more the risk would be; below 0 is better."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Moved:
    """Nodes whose score moves and by how much, within `bound`."""

    nodes: NDArray[np.int64]
    change: Floats
    bound: float


def if_answers(
    churn: Churn, i: int, *, signal: int = 0, weight: float = 1.0, most: int = 20, tolerance: float = TOLERANCE
) -> Counterfactual:
    """If a contact of subject i answers today: its risk with one more event, from them, of a signal.

    From silence nothing remains of the own risk, unless nobody's rhythm is known even then. A learned risk is that of the
    features counted with the event; one that was learned from fields alone does not move. Who has left has left. What is
    known of the rhythm of others, and what was learned, stays as it is.

    >>> from analytics.engines.churn.score import run
    >>> from analytics.engines.examples_of_events import bought
    >>> found = run(bought({0: range(0, 41, 10), 1: range(0, 91, 10)}), np.arange(2, dtype=np.int32), now=100.0)
    >>> round(if_answers(found, 0).change, 3)
    -0.8
    """
    return _told(churn, i, i, _own_if_answers(churn, i, signal, weight), most, tolerance)


def if_put_right(
    churn: Churn, i: int, neighbour: int, *, own: float | None = None, most: int = 20, tolerance: float = TOLERANCE
) -> Counterfactual:
    """If the own risk of a neighbour (a place in `subjects`) were another: that at one usual gap, or a typical one's."""
    return _told(churn, i, neighbour, churn.own_risk.scored.base if own is None else own, most, tolerance)


def moved(exposure: Exposure, own: Mapping[int, float], *, tolerance: float = TOLERANCE) -> Moved:
    """How scores move when the own risk of some nodes becomes another.

    Formula: the change x solves x = λ·B·x + (1 − λ)·Δown. What is new at a node is handed on along its links, round by
    round, until it is too little; what was too little, summed over the rounds, makes the bound. Cost: the links of the
    nodes that move, times the rounds, whatever the size of the graph.

    Source: forward push (Andersen, Chung, Lang 2006), for any sign.
    """
    graph, worst = exposure.carried, exposure.most_received
    least = tolerance * (1 - worst) ** 2 / 32
    nodes = np.array(sorted(own), np.int64)
    given = np.array([exposure.kept[node] * (own[int(node)] - exposure.own[node]) for node in nodes])
    reached, changes, left_over = [nodes], [given], 0.0
    while len(nodes):
        nodes, given = _handed_on(graph, nodes, given)
        enough = np.abs(given) > least
        left_over += float(np.abs(given[~enough]).max(initial=0.0))
        nodes, given = nodes[enough], given[enough]
        reached.append(nodes)
        changes.append(given)
    touched, place = np.unique(np.concatenate(reached), return_inverse=True)
    change = np.asarray(np.bincount(place, np.concatenate(changes), minlength=len(touched)), np.float64)
    return Moved(touched, change, left_over / (1 - worst) + exposure.bound)


def _handed_on(graph: Graph, nodes: NDArray[np.int64], given: Floats) -> tuple[NDArray[np.int64], Floats]:
    """What the receivers of these nodes get of it, each receiver once."""
    starts, lengths = graph.indptr[nodes], graph.indptr[nodes + 1] - graph.indptr[nodes]
    place = np.arange(int(lengths.sum())) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    weights = np.ones(len(place)) if graph.weights is None else graph.weights[place]
    receivers, at = np.unique(graph.indices[place], return_inverse=True)
    amounts = np.bincount(at, np.repeat(given, lengths) * weights, minlength=len(receivers))
    return receivers.astype(np.int64), np.asarray(amounts, np.float64)


def _told(churn: Churn, i: int, at: int, own: float, most: int, tolerance: float) -> Counterfactual:
    found = moved(churn.exposure, {at: own}, tolerance=tolerance)
    others = found.nodes != i
    order = np.lexsort((found.nodes[others], -np.abs(found.change[others])))[:most]
    told = zip(churn.subjects[found.nodes[others][order]].tolist(), found.change[others][order].tolist(), strict=True)
    mine = float(found.change[~others].sum())
    before, own_before = float(churn.risk[i]), float(churn.own_risk.risk[i])
    own_after = own if at == i else own_before
    return Counterfactual(
        int(churn.subjects[i]), before, before + mine, own_before, own_after, tuple(told), found.bound
    )


def _own_if_answers(churn: Churn, i: int, signal: int, weight: float) -> float:
    mine = churn.own_risk
    if mine.left[i] or mine.basis == "fields":
        return float(mine.risk[i])
    subject = churn.subjects[i : i + 1]
    if isinstance(mine.scored, Silence) and not np.isnan(mine.scored.multiple).all():
        return float(silence.risk_of(np.zeros(1), mine.scored.parameters)[0])
    events = _with_answer(churn.events, int(subject[0]), churn.now, signal, weight)
    if isinstance(mine.scored, Silence):
        return float(silence.run(events, subject, mine.scored.parameters, now=churn.now).risk[0])
    seen = behaviour(events, subject, now=churn.now)
    model = mine.learned
    if model is None:  # a learned score always has its model
        return float(mine.risk[i])
    return float(model.risk((*seen, *chosen(churn.fields, np.array([i]))))[0])


def _with_answer(events: Events, subject: int, now: float, signal: int, weight: float) -> Events:
    """The subject's own events up to now and one more, from them, today."""
    mine = events.chosen(events.of(subject)).until(now)
    return replace(
        mine,
        subject=np.append(mine.subject, np.int32(subject)),
        event=np.append(mine.event, np.int32(0)),
        day=np.append(mine.day, now),
        value=np.append(mine.value, np.nan),
        sign=np.append(mine.sign, np.int8(1)),
        weight=np.append(mine.weight, np.float32(weight)),
        direction=np.append(mine.direction, np.int8(-1)),
        signal=np.append(mine.signal, np.int16(signal)),
    )

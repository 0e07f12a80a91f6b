"""Own risk of every subject by the best means there is: learned where enough have left, from silence otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn import learned, silence
from analytics.engines.churn.behaviour import behaviour
from analytics.engines.churn.learned import Learned, Scored
from analytics.engines.churn.leavers import Leavers, examples
from analytics.engines.churn.silence import Silence
from analytics.engines.features import Feature
from analytics.events import Events
from analytics.examples import TooFewExamples
from analytics.reasons import Reason

Floats = NDArray[np.float64]
Basis = Literal["silence", "events", "fields"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """`horizon_days`: leaving within so many days is what is learned; from `moments` past moments, that far apart.

    `steady_fields` are fields known not to change, so that they may be learned from together with dated events.
    """

    silence: silence.Parameters = field(default_factory=silence.Parameters)
    learning: learned.Parameters = field(default_factory=learned.Parameters)
    horizon_days: float = 90.0
    moments: int = 4
    steady_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnRisk:
    """The own risk of each subject: 1 for who has left. `basis` says where it comes from; `refused` why not learned."""

    risk: Floats
    left: NDArray[np.bool_]
    basis: Basis
    scored: Silence | Scored
    learned: Learned | None = None
    refused: TooFewExamples | None = None

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """Parts that sum to `risk[i]`: `left`, or those of the silence or of what was learned."""
        return (Reason("left", 1.0),) if self.left[i] else self.scored.reasons(i)


Score = Callable[[Events, NDArray[np.int32], float], Floats]


def own_risk(
    events: Events,
    subjects: NDArray[np.int32],
    parameters: Parameters | None = None,
    *,
    now: float,
    seed: int = 0,
    leavers: Leavers | None = None,
    fields: Sequence[Feature] = (),
    dated: Mapping[str, Floats] | None = None,
) -> OwnRisk:
    """The risk of each subject at `now` from its own signs.

    Leaving with days is learned from what events showed before it (`leavers.examples`); leaving without days from the
    `fields`, since events after it would give it away. Too few examples, or nobody marked: from silence.
    """
    parameters = parameters or Parameters()
    known = leavers or Leavers.undated(np.zeros(len(subjects), bool))
    refused = None
    if leavers is not None:
        try:
            basis, model, features = _learned(events, subjects, parameters, leavers, now, seed, fields, dated)
            scored = model.score(features)
            return OwnRisk(np.where(known.left, 1.0, scored.risk), known.left, basis, scored, model)
        except TooFewExamples as too_few:
            refused = too_few
    quiet = silence.run(events, subjects, parameters.silence, now=now)
    return OwnRisk(np.where(known.left, 1.0, quiet.risk), known.left, "silence", quiet, refused=refused)


def scorer(
    parameters: Parameters | None = None,
    *,
    seed: int = 0,
    leavers: Leavers | None = None,
    fields: Sequence[Feature] = (),
) -> Score:
    """The own risk at a past moment from what was known then, for the back-test."""

    def score(events: Events, subjects: NDArray[np.int32], now: float) -> Floats:
        known = None if leavers is None else leavers.until(now)
        return own_risk(events.until(now), subjects, parameters, now=now, seed=seed, leavers=known, fields=fields).risk

    return score


def _learned(
    events: Events,
    subjects: NDArray[np.int32],
    parameters: Parameters,
    leavers: Leavers,
    now: float,
    seed: int,
    fields: Sequence[Feature],
    dated: Mapping[str, Floats] | None,
) -> tuple[Basis, Learned, tuple[Feature, ...]]:
    if not leavers.is_dated:
        model = learned.learn(tuple(fields), leavers.left, parameters.learning, seed=seed, dated=dated)
        return "fields", model, tuple(fields)
    steady = [feature for feature in fields if feature.name in parameters.steady_fields]
    found = examples(
        events,
        subjects,
        leavers,
        now=now,
        horizon=parameters.horizon_days,
        moments=parameters.moments,
        fields=steady,
    )
    model = learned.learn(found.features, found.left, parameters.learning, seed=seed, groups=found.subject)
    return "events", model, (*behaviour(events, subjects, now=now), *steady)

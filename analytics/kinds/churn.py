"""Churn as a run kind: own risk, what comes along the profile's spreads, and the paths it comes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn import exposure, own, score, silence
from analytics.engines.churn.score import Churn
from analytics.graph import Graph
from analytics.kinds.happened import contact
from analytics.parameters import parameters_of
from analytics.scoring import Context, Explanation, Kind, Path, Scores
from analytics.walking import Walker

MOST_PATHS = 5


@dataclass(frozen=True, slots=True)
class Parameters:
    """What an analyst may choose; the defaults are the engine's own.

    `received` is the part of a score that comes from others; `half` and `steepness` shape the risk from silence; leaving
    within `horizon_days` is learned from `moments` past moments. From `medium` and `high` on a risk is called so.
    """

    received: float = 0.3
    half: float = 3.0
    steepness: float = 2.0
    horizon_days: float = 90.0
    moments: int = 4
    medium: float = 0.3
    high: float = 0.6

    @property
    def of_engine(self) -> score.Parameters:
        """The same as the engine takes them."""
        shape = silence.Parameters(self.half, self.steepness)
        mine = own.Parameters(silence=shape, horizon_days=self.horizon_days, moments=self.moments)
        return score.Parameters(mine, exposure.Parameters(self.received), self.medium, self.high)


def _scores(context: Context) -> Iterator[Scores]:
    chosen = parameters_of(Parameters, context.parameters).of_engine
    spread, reach = _spread(context)
    context.progress("finding risk", 0.0)
    found = score.run(
        contact(context),
        context.subjects,
        chosen,
        now=context.day,
        seed=context.seed,
        leavers=context.leavers,
        spread=spread,
        reach=reach,
    )
    before = context.before.get("risk")
    columns: dict[str, NDArray[Any]] = {
        "risk": found.risk,
        "own": found.own,
        "received": found.received,
        "band": np.array(score.BANDS, object)[found.band],
        "trend": np.full(len(found.risk), np.nan) if before is None else found.risk - before[found.subjects],
    }
    yield Scores(context.type, found.subjects, columns, lambda place: _explained(found, place), quality=_quality(found))


def _spread(context: Context) -> tuple[Graph, NDArray[np.float64]]:
    """Links along which risk comes between the type's records, by the factors of the spreads, and the mean factor of each."""
    span = context.snapshot.range_of(context.type)
    walker, n = Walker(context.model, context.snapshot), len(span)
    receivers, givers, factors = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
    for spread in context.profile.spreads if context.profile else ():
        near, far = walker.pairs(context.type, spread.path)
        among = (far >= span.start) & (far < span.stop) & (far != near)
        receivers.append(near[among].astype(np.int64) - span.start)
        givers.append(far[among].astype(np.int64) - span.start)
        factors.append(np.full(int(among.sum()), spread.factor))
    receiver, giver, factor = (np.concatenate(parts) for parts in (receivers, givers, factors))
    counted = np.bincount(receiver, minlength=n)
    reach = np.divide(np.bincount(receiver, factor, minlength=n), counted, out=np.ones(n), where=counted > 0)
    return Graph.from_links(n, giver, receiver, factor), reach


def _explained(found: Churn, place: int) -> Explanation:
    ways = found.paths(place, k=MOST_PATHS) if found.exposure.incoming.m else ()
    brought = tuple(
        Path(
            "risk_path",
            way.brings,
            way.records,
            contribution=way.brings,
            facts={"shares": list(way.shares), "risk": float(found.own_risk.risk[_place(found, way.source)])},
        )
        for way in ways
    )
    return Explanation(found.reasons(place), brought)


def _place(found: Churn, number: int) -> int:
    return int(np.searchsorted(found.subjects, number))


def _quality(found: Churn) -> dict[str, Any]:
    """Where the own risk comes from, and how well leaving was told where it was learned."""
    risk, learned = found.own_risk, found.own_risk.learned
    told: dict[str, Any] = {"basis": risk.basis, "left": int(risk.left.sum()), "rounds": found.exposure.rounds}
    if risk.refused is not None:
        told["notLearned"] = risk.refused.message
    if learned is not None:
        quality = learned.quality
        told |= {"learner": learned.learner, "auc": quality.mean_auc(learned.learner), "brier": quality.brier}
        told |= {"examples": quality.examples, "dropped": [each.name for each in learned.dropped]}
    return told


KIND = Kind("churn", _scores, needs_events=True, needs_leavers=True)

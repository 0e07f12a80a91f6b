"""Churn as a run kind: own risk, what comes along the profile's spreads, and the paths it comes by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn import exposure, flows, learned, own, score, silence
from analytics.engines.churn.score import Churn
from analytics.graph import Graph
from analytics.kinds.answers import Answers
from analytics.kinds.churn_quality import quality
from analytics.kinds.happened import contact
from analytics.parameters import parameters_of
from analytics.scoring import Context, Explanation, Kind, Path, Scores
from analytics.walking import Walker

MOST_PATHS = 5


@dataclass(frozen=True, slots=True)
class Parameters:
    """What an analyst may choose; the defaults are the engine's own.

    `received` is the part of a score that comes from others; `half` and `steepness` shape the risk from silence; leaving
    within `horizon_days` is learned from `moments` past moments where at least `least_left` left, and from those
    `steady_fields` that do not change. What the risk would have told is looked at in `backtest` past moments (0: not at
    all). From `medium` and `high` on a risk is called so.
    """

    received: float = 0.3
    half: float = 3.0
    steepness: float = 2.0
    horizon_days: float = 90.0
    moments: int = 4
    least_left: int = 40
    steady_fields: tuple[str, ...] = ()
    backtest: int = 3
    medium: float = 0.3
    high: float = 0.6

    def __post_init__(self) -> None:
        if self.backtest < 0 or self.moments < 1 or self.least_left < 5 or not self.horizon_days > 0:
            raise ValueError(
                "`backtest` is from 0 on, `moments` from 1 on, `least_left` from 5 on, `horizon_days` above 0."
            )
        _ = self.of_engine  # the engine's own rules

    @property
    def of_engine(self) -> score.Parameters:
        """The same as the engine takes them."""
        shape = silence.Parameters(self.half, self.steepness)
        mine = own.Parameters(
            silence=shape,
            learning=learned.Parameters(least_left=self.least_left),
            horizon_days=self.horizon_days,
            moments=self.moments,
            steady_fields=self.steady_fields,
        )
        return score.Parameters(mine, exposure.Parameters(self.received), self.medium, self.high)


def measured(context: Context) -> Churn:
    """The risk of the type's records, with what answers questions about one of them. Raises Rejected."""
    spread, reach = _spread(context)
    context.progress("finding risk", 0.0)
    return score.run(
        contact(context),
        context.subjects,
        parameters_of(Parameters, context.parameters).of_engine,
        now=context.day,
        seed=context.seed,
        leavers=context.leavers,
        fields=context.features,
        spread=spread,
        reach=reach,
    )


def _scores(context: Context) -> Iterator[Scores]:
    asked = parameters_of(Parameters, context.parameters)
    found = measured(context)
    context.check()
    context.progress("looking back", 0.5)
    how_good = quality(found, context.leavers, seed=context.seed, moments=asked.backtest)
    answers = Answers(context, found)
    before = context.before.get("risk")
    columns: dict[str, NDArray[Any]] = {
        "risk": found.risk,
        "own": found.own,
        "received": found.received,
        "band": np.array(score.BANDS, object)[found.band],
        "trend": np.full(len(found.risk), np.nan) if before is None else found.risk - before[found.subjects],
        "left": found.own_risk.left,
    }
    yield Scores(
        context.type, found.subjects, columns, lambda place: _explained(found, answers, place), quality=how_good
    )


def _spread(context: Context) -> tuple[Graph, NDArray[np.float64]]:
    """Links along which risk comes between the type's records, by the factors of the spreads, and how open each is to them."""
    walker, spreads = Walker(context.model, context.snapshot), context.profile.spreads if context.profile else ()
    paths = [(walker.graphs(context.type, spread.path), spread.factor) for spread in spreads]
    return flows.flow(paths, context.subjects)


def _explained(found: Churn, answers: Answers, place: int) -> Explanation:
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
    return Explanation(found.reasons(place), brought, answers.of(place, ways))


def _place(found: Churn, number: int) -> int:
    return int(np.searchsorted(found.subjects, number))


KIND = Kind("churn", _scores, partial(parameters_of, Parameters), needs_events=True, needs_leavers=True)

"""Lifetime value: what each customer's purchases from now on are worth today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analytics.engines import gamma_gamma
from analytics.engines.buying import steady
from analytics.engines.gamma_gamma import GammaGamma
from analytics.engines.likelihood import Fit, Floats
from analytics.engines.occasions import Histories, Occasions, histories, occasions
from analytics.events import Events
from analytics.reasons import Reason
from models.errors import Problem, Rejected


@dataclass(frozen=True, slots=True)
class Parameters:
    """How far ahead (`horizon_days`), at what discount a year (0.1: a tenth), and what share of a value is earned.

    `margin` 1 counts turnover. `buying` (r, alpha, a, b; in `unit_days`) and `spending` (p, q, v) are parameters found
    before, used without a fit. Purchases within `merge_days` are one.
    """

    horizon_days: float = 1095.75
    yearly_discount: float = 0.1
    margin: float = 1.0
    merge_days: float = 1.0
    unit_days: float = 7.0
    starts: int = 4
    buying: Mapping[str, float] | None = None
    spending: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """For each of `subjects`: `value` = `alive` × `purchases` × `average` × margin, and what it stands on.

    `alive`: probability that it is still a customer; `purchases`: those expected within the horizon if it is, discounted;
    `average`: the expected value of one. `independence` is the correlation of frequency and mean value among those that
    came back, which the model takes to be nil (NaN where it cannot be told). `without_mean` says that the tail of values is
    so heavy that the model has no mean; then the mean seen stands in for it.
    """

    subjects: NDArray[np.int32]
    value: Floats
    alive: Floats
    purchases: Floats
    average: Floats
    past: Occasions
    history: Histories
    parameters: Parameters
    buying_fit: Fit | None
    spending_fit: Fit | None
    independence: float
    without_mean: bool
    currency: str

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """The value of the i-th subject: that of the mean subject, and what its being alive, pace and spend change.

        The three changes are shared out by Shapley's rule: each weighs what it changes, over all orders of changing.
        """
        own = [float(column[i]) for column in (self.alive, self.purchases, self.average)]
        mean = [float(column.mean()) for column in (self.alive, self.purchases, self.average)]
        alive, pace, spend = (self.parameters.margin * part for part in _shared_out(own, mean))
        repeats = int(self.past.count[i]) - 1
        seen = float(self.history.value[i])
        facts = {"frequency": repeats, "silent_days": float(self.past.now - self.past.last[i]), "alive": own[0]}
        return (
            Reason("lifetime_of_all", self.parameters.margin * float(np.prod(mean)), {"subjects": len(self.subjects)}),
            Reason("lifetime_alive", alive, facts),
            Reason(
                "lifetime_pace", pace, {"purchases": own[1], "of_all": mean[1], "days": self.parameters.horizon_days}
            ),
            Reason(
                "lifetime_spend",
                spend,
                {"average": own[2], "of_all": mean[2], "seen": None if np.isnan(seen) else seen},
            ),
        )


def run(events: Events, parameters: Parameters | None = None, seed: int = 0, *, now: datetime | float) -> Lifetimes:
    """Promise: the value today of what each subject with an event will buy within the horizon.

    Formula: value = margin · P(alive) · E[Z] · ∫ (1 + d)^(-t) dE[Y(t)], P and E[Y] by BG/NBD, E[Z] by gamma-gamma.

    Parameters: `events` of business with values in one currency; see `Parameters`; `now`, a UTC time or days since 1970.

    Returns: `Lifetimes`. Events after `now` and those that count against are left out, and counted in `past.left_out`.

    Raises: TooFewExamples where either model has too little to be fitted on; Rejected for parameters that cannot be.

    Example, five subjects and parameters that were fitted before:

    >>> from analytics.engines.examples_of_events import bought
    >>> days = {7: [0], 8: [0, 30, 60, 90], 9: [0, 10, 20], 11: [0, 180], 12: [60, 95, 130, 165]}
    >>> values = {7: [9], 8: [20, 30, 30, 30], 9: [50, 80, 90], 11: [10, 40], 12: [15, 10, 15, 20]}
    >>> known = Parameters(
    ...     365,
    ...     buying={"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
    ...     spending={"p": 6.25, "q": 3.74, "v": 15.44},
    ... )
    >>> result = run(bought(days, values), known, now=200.0)
    >>> result.average.round(1).tolist(), result.value.round().tolist()
    ([35.2, 30.7, 76.0, 38.5, 17.6], [11.0, 45.0, 25.0, 41.0, 58.0])
    >>> [(reason.code, round(reason.contribution)) for reason in result.reasons(4)]
    [('lifetime_of_all', 59), ('lifetime_alive', 12), ('lifetime_pace', 38), ('lifetime_spend', -52)]

    Cost: O(events) and the fits; each distinct (frequency, age) is integrated once.

    Source: Fader, Hardie & Lee, RFM and CLV, Journal of Marketing Research 42 (2005); Fader & Hardie (2013).
    """
    parameters = parameters or Parameters()
    _check(parameters)
    past = occasions(events, now, merge_days=parameters.merge_days)
    known = histories(past, unit_days=parameters.unit_days)
    buying_fit, buying = steady(
        past, unit_days=parameters.unit_days, given=parameters.buying, seed=seed, starts=parameters.starts
    )
    spending_fit, spending = _spending(known, parameters, seed)
    average = spending.expected_value(known.valued, known.value)
    without_mean = not bool(np.isfinite(average).all())
    average = np.where(np.isfinite(average), average, _mean_seen(known))
    alive = buying.alive()
    purchases = buying.present_value(parameters.horizon_days, yearly_discount=parameters.yearly_discount)
    return Lifetimes(
        subjects=past.subjects,
        value=parameters.margin * alive * purchases * average,
        alive=alive,
        purchases=purchases,
        average=average,
        past=past,
        history=known,
        parameters=parameters,
        buying_fit=buying_fit,
        spending_fit=spending_fit,
        independence=_correlation(known),
        without_mean=without_mean,
        currency=events.currency,
    )


def _spending(known: Histories, parameters: Parameters, seed: int) -> tuple[Fit | None, GammaGamma]:
    if parameters.spending:
        return None, GammaGamma(**parameters.spending)
    fit = gamma_gamma.fit(known.valued, known.value, seed=seed, starts=parameters.starts)
    return fit, GammaGamma(**fit.parameters)


def _seen(known: Histories) -> NDArray[np.bool_]:
    return (known.valued > 0) & (known.value > 0)


def _mean_seen(known: Histories) -> float:
    seen = _seen(known)
    return float(known.value[seen].mean()) if seen.any() else 0.0


def _correlation(known: Histories) -> float:
    seen = _seen(known)
    x, z = known.valued[seen], known.value[seen]
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(z) == 0:
        return float("nan")
    return float(np.corrcoef(x, z)[0, 1])


def _shared_out(own: list[float], mean: list[float]) -> tuple[float, float, float]:
    """What each of three factors changes in their product, by Shapley's rule."""
    parts = []
    for k in range(3):
        (a, b), (c, d) = ((own[j], mean[j]) for j in range(3) if j != k)
        parts.append((own[k] - mean[k]) * (a * c / 3 + (a * d + b * c) / 6 + b * d / 3))
    return parts[0], parts[1], parts[2]


def _check(parameters: Parameters) -> None:
    rules = (
        ("horizon_days", parameters.horizon_days > 0, "above 0"),
        ("yearly_discount", parameters.yearly_discount >= 0, "from 0 up"),
        ("margin", np.isfinite(parameters.margin), "a finite number"),
        ("merge_days", parameters.merge_days >= 0, "from 0 up"),
        ("unit_days", parameters.unit_days > 0, "above 0"),
        ("starts", parameters.starts >= 1, "at least 1"),
    )
    wrong = [(name, wanted) for name, holds, wanted in rules if not holds]
    if wrong:
        raise Rejected(Problem("bad_parameter", f"{name} must be {wanted}.", (name,)) for name, wanted in wrong)

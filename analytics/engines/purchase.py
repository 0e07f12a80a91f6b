"""Repeat buying: who is still a customer, how much more each will buy, and when next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analytics.engines.buying import Buying, ModelName, by_chances, steady
from analytics.engines.fit_quality import Frequencies, HoldOut, hold_out
from analytics.engines.likelihood import Fit, Floats
from analytics.engines.occasions import Occasions, Period, occasions
from analytics.events import Events
from analytics.examples import TooFewExamples
from analytics.reasons import Reason
from models.errors import Problem, Rejected


@dataclass(frozen=True, slots=True)
class Parameters:
    """Which model, and what is asked of it.

    `bg_nbd` suits occasions that come at any moment, `bg_bb` those that come at most once a `period` (a yearly gift).
    `horizon_days` is how far ahead purchases are counted; `level` the probability of the interval of the next date; dates
    farther than `farthest_days` are none. Occasions within `merge_days` are one; times of a fit are in `unit_days`.
    `holdout_share` of the time is kept from a second fit, which must foretell it (0: no such test). `given` parameters are
    used as they are, without any fit.
    """

    model: ModelName = "bg_nbd"
    horizon_days: float = 90.0
    level: float = 0.8
    farthest_days: float = 3652.5
    merge_days: float = 1.0
    unit_days: float = 7.0
    period: Period = "year"
    holdout_share: float = 0.25
    starts: int = 4
    given: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Purchases:
    """Scores of each of `subjects` (numbers of the snapshot, ascending), and what they stand on.

    `alive`: probability that it is still a customer. `expected`: occasions in the horizon. `chance`: probability of any in
    it. `next_day`: the median day (since 1970) of its next occasion, if it is alive, `next_from` and `next_to` the interval
    around it; NaN where it is beyond the farthest day that is told. `fit` is None for parameters given; `hold_out` is
    None where the past is too short or was not asked for.
    """

    subjects: NDArray[np.int32]
    alive: Floats
    expected: Floats
    chance: Floats
    next_day: Floats
    next_from: Floats
    next_to: Floats
    alive_month_later: Floats
    past: Occasions
    parameters: Parameters
    fit: Fit | None
    frequencies: Frequencies
    hold_out: HoldOut | None

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """What `alive` of the i-th subject is made of: the mean of all, and what its own history adds to it.

        The facts hold the counterfactual: what it would be had the last occasion been a month later.
        """
        mean = float(self.alive.mean())
        facts = {**self._history(i), "alive": float(self.alive[i]), "month_later": float(self.alive_month_later[i])}
        return (
            Reason("alive_of_all", mean, {"subjects": len(self.subjects)}),
            Reason("alive_own_history", float(self.alive[i]) - mean, facts),
        )

    def expected_reasons(self, i: int) -> tuple[Reason, ...]:
        """What `expected` of the i-th subject is made of: the mean of all, then how sure it is alive, then its pace."""
        pace = self.expected / np.maximum(self.alive, 1e-300)
        alive, alive_of_all = float(self.alive[i]), float(self.alive.mean())
        own, of_all = float(pace[i]), float(pace.mean())
        return (
            Reason("purchases_of_all", alive_of_all * of_all, {"days": self.parameters.horizon_days}),
            Reason("purchases_alive", (alive - alive_of_all) * (own + of_all) / 2, {"alive": alive}),
            Reason(
                "purchases_pace", (own - of_all) * (alive + alive_of_all) / 2, {**self._history(i), "if_alive": own}
            ),
        )

    def _history(self, i: int) -> dict[str, float | int | None]:
        repeats = int(self.past.count[i]) - 1
        between = float(self.past.last[i] - self.past.first[i])
        return {
            "frequency": repeats,
            "recency_days": between,
            "age_days": float(self.past.now - self.past.first[i]),
            "silent_days": float(self.past.now - self.past.last[i]),
            "usual_gap_days": between / repeats if repeats else None,
        }


def run(events: Events, parameters: Parameters | None = None, seed: int = 0, *, now: datetime | float) -> Purchases:
    """Promise: probability alive, expected purchases, and the next date with its interval, of each subject with an event.

    Formula: BG/NBD (see `bg_nbd`): P(next within t | alive) = 1 - ((α+T)/(α+T+t))^(r+x), whose quantiles are the dates;
    or BG/BB (see `bg_bb`). Fitted on all of the past for the scores; on the past before the cut for the hold-out.

    Parameters: `events` of business (any signals); see `Parameters`; `now`, a UTC time or days since 1970.

    Returns: `Purchases`. Events after `now` and those that count against are left out, and counted in `past.left_out`.

    Raises: TooFewExamples where there is too little to fit; Rejected for parameters that cannot be.

    Example, five subjects and parameters that were fitted before (in weeks):

    >>> from analytics.engines.examples_of_events import bought
    >>> days = {7: [0], 8: [0, 30, 60, 90], 9: [0, 10, 20], 11: [0, 180], 12: [60, 95, 130, 165]}
    >>> given = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    >>> result = run(bought(days), Parameters(given=given), now=200.0)
    >>> result.subjects.tolist(), result.alive.round(2).tolist()
    ([7, 8, 9, 11, 12], [1.0, 0.41, 0.13, 0.73, 0.73])
    >>> (result.next_day - 200).round().tolist()
    [nan, 55.0, 84.0, 172.0, 41.0]
    >>> round(sum(reason.contribution for reason in result.reasons(1)), 2)
    0.41

    Cost: O(events) and the fit; the closed forms take a second or two for a million subjects.

    Source: Fader, Hardie & Lee (2005); Fader, Hardie & Shang (2010).
    """
    parameters = parameters or Parameters()
    _check(parameters)
    past = occasions(events, now, merge_days=parameters.merge_days)
    fit, buying = _fitted(past, parameters, seed)
    low, high = (1 - parameters.level) / 2, (1 + parameters.level) / 2
    return Purchases(
        subjects=past.subjects,
        alive=buying.alive(),
        expected=buying.expected(parameters.horizon_days),
        chance=buying.chance(parameters.horizon_days),
        next_day=_date(past, buying.wait(0.5), parameters),
        next_from=_date(past, buying.wait(low), parameters),
        next_to=_date(past, buying.wait(high), parameters),
        alive_month_later=buying.alive(later_days=30.4375),
        past=past,
        parameters=parameters,
        fit=fit,
        frequencies=buying.frequencies(),
        hold_out=_held_out(past, parameters, seed),
    )


def _fitted(past: Occasions, parameters: Parameters, seed: int) -> tuple[Fit | None, Buying]:
    given, starts = parameters.given, parameters.starts
    if parameters.model == "bg_bb":
        return by_chances(past, period=parameters.period, given=given, seed=seed, starts=starts)
    return steady(past, unit_days=parameters.unit_days, given=given, seed=seed, starts=starts)


def _date(past: Occasions, wait: Floats, parameters: Parameters) -> Floats:
    return np.where(wait <= parameters.farthest_days, past.now + wait, np.nan)


def _held_out(past: Occasions, parameters: Parameters, seed: int) -> HoldOut | None:
    """What a fit on the time before the cut foretells of the time after it; None where the time before is too little."""
    if not len(past.day) or parameters.holdout_share == 0:
        return None
    begin = float(past.day.min())
    cut = float(np.floor(past.now - parameters.holdout_share * (past.now - begin)))
    before = past.until(cut)
    try:
        _, buying = _fitted(before, parameters, seed)
    except TooFewExamples:
        return None
    later = past.day > cut
    days = past.now - cut
    known = np.searchsorted(before.subjects, past.subjects[past.owner[later]])
    ours = (known < len(before.subjects)) & np.isin(past.subjects[past.owner[later]], before.subjects)
    came = np.bincount(known[ours], minlength=len(before.subjects)).astype(np.float64)
    steps = buying.steps(days)
    waits = np.sort(past.day[later][ours] - cut)
    return hold_out(
        cut,
        buying.frequency,
        came,
        buying.expected(days),
        day=cut + steps,
        actual_total=np.searchsorted(waits, steps, side="right").astype(np.float64),
        expected_total=buying.totals(steps),
    )


def _check(parameters: Parameters) -> None:
    rules = (
        ("horizon_days", parameters.horizon_days > 0, "above 0"),
        ("level", 0 < parameters.level < 1, "between 0 and 1"),
        ("farthest_days", parameters.farthest_days > 0, "above 0"),
        ("merge_days", parameters.merge_days >= 0, "from 0 up"),
        ("unit_days", parameters.unit_days > 0, "above 0"),
        ("holdout_share", 0 <= parameters.holdout_share < 1, "from 0 to below 1"),
        ("starts", parameters.starts >= 1, "at least 1"),
        ("model", parameters.model in ("bg_nbd", "bg_bb"), "bg_nbd or bg_bb"),
    )
    wrong = [(name, wanted) for name, holds, wanted in rules if not holds]
    if wrong:
        raise Rejected(Problem("bad_parameter", f"{name} must be {wanted}.", (name,)) for name, wanted in wrong)

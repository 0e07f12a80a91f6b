"""Survival since last contact: how long silences last before contact comes again, those still lasting among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from analytics.engines.likelihood import Floats
from analytics.engines.occasions import LeftOut, Occasions, occasions
from analytics.events import Events
from analytics.reasons import Reason
from models.errors import Problem, Rejected


@dataclass(frozen=True, slots=True)
class Curve:
    """The Kaplan-Meier estimate: at each of `time` (where something ended), how many were at risk and how many ended.

    `survival` holds from that time on (1 before the first); `error` is Greenwood's standard error of it, `low` and `high` its
    interval on the log(-log) scale; `hazard` is ended / at risk, `cumulative_hazard` the sum of it (Nelson-Aalen).
    """

    time: Floats
    at_risk: Floats
    ended: Floats
    survival: Floats
    error: Floats
    low: Floats
    high: Floats
    hazard: Floats
    cumulative_hazard: Floats
    longest: float  # the longest time watched: beyond it nothing is known
    n: int

    def at(self, time: ArrayLike) -> Floats:
        """Survival at any time; beyond the longest watched it stays what it was there."""
        return _step(self.time, self.survival, np.asarray(time, np.float64))

    def quantile(self, ended: float = 0.5) -> float:
        """The first time by which such a share has ended; the median without an argument; inf where never so many did."""
        return _first(self.time, self.survival <= 1.0 - ended + 1e-12)

    def quantile_interval(self, ended: float = 0.5) -> tuple[float, float]:
        """Where the interval of the curve covers that share (Brookmeyer & Crowley)."""
        left = 1.0 - ended + 1e-12
        return _first(self.time, self.low <= left), _first(self.time, self.high <= left)

    def hazard_by(self, width: float) -> tuple[Floats, Floats]:
        """Steps of equal width in time: where each begins, and events per time at risk within it (NaN: nobody at risk)."""
        edges = np.arange(0.0, self.longest + width, width)
        edges = edges if len(edges) > 1 else np.array([0.0, width])
        rises = np.append(0.0, self.cumulative_hazard)[np.searchsorted(self.time, edges, side="right")]
        rate = np.diff(rises) / width
        return edges[:-1], np.where(edges[:-1] < self.longest, rate, np.nan)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`level` of the intervals, how far ahead a return is looked for, and from which distance two occasions are two."""

    level: float = 0.95
    horizon_days: float = 30.0
    merge_days: float = 1.0


@dataclass(frozen=True, slots=True)
class Survival:
    """The curve of all silences, and for each of `subjects` what it says of its present one.

    `silent_days` since the last contact; `lasts`: the share of silences that last so long; `returns`: the probability that
    contact comes within the horizon, given that it has not come yet (NaN where silence outlasts all that was watched).
    """

    curve: Curve
    median_days: float
    subjects: NDArray[np.int32]
    silent_days: Floats
    lasts: Floats
    returns: Floats
    parameters: Parameters
    left_out: LeftOut

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """What `returns` of the i-th subject is made of: that of a fresh contact, and what the silence since changes.

        None where it is not known.
        """
        if np.isnan(self.returns[i]):
            return ()
        fresh = float(1.0 - self.curve.at(self.parameters.horizon_days))
        facts = {"silent_days": float(self.silent_days[i]), "lasts": float(self.lasts[i])}
        return (
            Reason("return_after_contact", fresh, {"days": self.parameters.horizon_days, "silences": self.curve.n}),
            Reason("return_after_silence", float(self.returns[i]) - fresh, facts),
        )


def kaplan_meier(
    duration: ArrayLike, ended: ArrayLike, *, weight: ArrayLike | None = None, level: float = 0.95
) -> Curve:
    """Promise: the share that lasts longer than each time, from some whose end was seen and some watched only so far.

    Formula: S(t) = Π_{times ≤ t} (1 - d/n), d ended of n at risk; those watched until a time are at risk at it. Greenwood:
    var S = S² Σ d / (n (n - d)); the interval is S^exp(±z √var(log(-log S))).

    Parameters: durations from 0 up, and whether each ended (else it still lasted then); weights count as so many alike.

    Returns: a `Curve`; with no ends at all it is empty and survival is 1 everywhere.

    Raises: Rejected for durations or weights below 0 or no numbers, and columns of unequal length.

    Example, the eight of Kaplan and Meier's own paper, and five of them (here in tenths):

    >>> curve = kaplan_meier([0.8, 1.0, 2.7, 3.1, 5.4, 7.0, 9.2, 12.1], [1, 0, 0, 1, 1, 0, 1, 0])
    >>> curve.time.tolist(), curve.survival.round(4).tolist(), curve.quantile()
    ([0.8, 3.1, 5.4, 9.2], [0.875, 0.7, 0.525, 0.2625], 9.2)
    >>> five = kaplan_meier([8, 10, 27, 31, 54], [1, 0, 0, 1, 1])
    >>> five.at_risk.tolist(), five.survival.round(3).tolist(), five.error.round(3).tolist()
    ([5.0, 2.0, 1.0], [0.8, 0.4, 0.0], [0.179, 0.297, nan])

    Cost: O(n log n).

    Source: Kaplan & Meier, Journal of the American Statistical Association 53 (1958); Greenwood (1926).
    """
    times, ends, weights = _columns(duration, ended, weight)
    order = np.argsort(times, kind="stable")
    times, ends, weights = times[order], ends[order], weights[order]
    at, first = np.unique(times, return_index=True)
    gone = np.add.reduceat(weights, first) if len(at) else weights
    died = np.add.reduceat(weights * ends, first) if len(at) else weights
    risk = gone[::-1].cumsum()[::-1]
    kept = died > 0
    return _curve(at[kept], risk[kept], died[kept], longest=float(times.max(initial=0.0)), n=len(times), level=level)


def run(events: Events, parameters: Parameters | None = None, *, now: datetime | float) -> Survival:
    """Promise: how long silences last, and what that says of each subject's present silence.

    Formula: each gap between two occasions is a silence that ended; the time from the last one to now is one that has not
    yet. Kaplan-Meier over all of them; returns within h after silence s: 1 - S(s + h) / S(s).

    Parameters: `events` of contact or business; see `Parameters`; `now`, a UTC time or days since 1970.

    Returns: `Survival`; without events it is empty.

    Raises: Rejected for parameters that cannot be.

    Example, five subjects seen up to day 100:

    >>> from analytics.engines.examples_of_events import bought
    >>> days = {0: [0, 10, 20, 30], 1: [5, 45, 85], 2: [90], 3: [0, 20, 40], 4: [50, 80, 90]}
    >>> result = run(bought(days), now=100.0)
    >>> result.median_days, result.silent_days.tolist()
    (30.0, [70.0, 15.0, 10.0, 60.0, 10.0])
    >>> result.curve.time.tolist(), result.curve.survival.round(2).tolist()
    ([10.0, 20.0, 30.0, 40.0], [0.71, 0.51, 0.41, 0.2])
    >>> result.returns.round(2).tolist()
    [nan, 0.71, 0.71, 0.0, 0.71]

    Cost: O(events log events).

    Source: Kaplan & Meier (1958).
    """
    parameters = parameters or Parameters()
    if not 0 < parameters.level < 1 or parameters.horizon_days <= 0:
        raise Rejected([Problem("bad_parameter", "level must lie between 0 and 1, horizon_days above 0.")])
    past = occasions(events, now, merge_days=parameters.merge_days)
    duration, ended = silences(past)
    curve = kaplan_meier(duration, ended, level=parameters.level)
    silent = past.now - past.last
    lasts = curve.at(silent)
    later = curve.at(silent + parameters.horizon_days)
    known = (silent < curve.longest) & (lasts > 0)
    return Survival(
        curve=curve,
        median_days=curve.quantile(),
        subjects=past.subjects,
        silent_days=silent,
        lasts=lasts,
        returns=np.where(known, 1.0 - later / np.where(lasts > 0, lasts, 1.0), np.nan),
        parameters=parameters,
        left_out=past.left_out,
    )


def silences(past: Occasions) -> tuple[Floats, NDArray[np.bool_]]:
    """The days between each occasion and the next of its subject, or now; and whether contact came again."""
    following = np.append(past.day[1:], past.now)
    ended = np.ones(len(past.day), bool)
    ended[past.starts[1:] - 1] = False
    return np.where(ended, following[: len(past.day)], past.now) - past.day, ended


def _curve(time: Floats, risk: Floats, died: Floats, *, longest: float, n: int, level: float) -> Curve:
    hazard = died / risk
    survival = np.cumprod(1.0 - hazard)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.cumsum(died / (risk * (risk - died)))
        error = survival * np.sqrt(total)
        spread = float(ndtri((1 + level) / 2)) * np.sqrt(total) / np.abs(np.log(survival))
        low, high = survival ** np.exp(spread), survival ** np.exp(-spread)
    over = survival <= 0
    return Curve(
        time=time,
        at_risk=risk,
        ended=died,
        survival=np.where(over, 0.0, survival),
        error=np.where(over, np.nan, error),
        low=np.where(over, 0.0, low),
        high=np.where(over, np.append(1.0, high)[:-1] if len(high) else high, high),
        hazard=hazard,
        cumulative_hazard=np.cumsum(hazard),
        longest=longest,
        n=n,
    )


def _step(time: Floats, value: Floats, at: Floats) -> Floats:
    return np.append(1.0, value)[np.searchsorted(time, at, side="right")]


def _first(time: Floats, holds: NDArray[np.bool_]) -> float:
    return float(time[int(np.argmax(holds))]) if holds.any() else float("inf")


def _columns(duration: ArrayLike, ended: ArrayLike, weight: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    times = np.atleast_1d(np.asarray(duration, np.float64))
    ends = np.atleast_1d(np.asarray(ended)).astype(np.float64)
    weights = np.ones(len(times)) if weight is None else np.atleast_1d(np.asarray(weight, np.float64))
    if times.ndim != 1 or times.shape != ends.shape or times.shape != weights.shape:
        raise Rejected([Problem("bad_shape", "Durations, ends and weights must be flat and equally long.")])
    columns = (("duration", times), ("weight", weights))
    problems = [
        Problem("bad_history", f"The {name} of {int(np.argmax(wrong))} must be a finite number from 0 up.", (name,))
        for name, column in columns
        if (wrong := ~(np.isfinite(column) & (column >= 0))).any()
    ]
    if problems:
        raise Rejected(problems)
    return times, ends, weights

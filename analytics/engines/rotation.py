"""Gone quiet: how long a subject has been silent, in multiples of its own usual gap between contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, polygamma, stdtr

from analytics.engines.likelihood import Floats
from analytics.engines.occasions import Occasions, occasions
from analytics.engines.survival import kaplan_meier, silences
from analytics.events import Events
from analytics.reasons import Reason
from models.errors import Problem, Rejected

STATUSES = ("gone_quiet", "quiet", "late", "in_touch", "unknown")
_LEAST_SPREAD = 0.05  # of the logarithm of a gap: days are whole, no rhythm is told apart more finely
_USUAL_SPREAD = 0.5  # where nobody has two gaps to tell one from
_USUAL_WORTH = 4.0  # how many gaps the spread of all is worth beside one's own, where it cannot be estimated
_BANDS = 4
_LEAST_PER_BAND = 25


@dataclass(frozen=True, slots=True)
class Parameters:
    """When a silence is `late`, `quiet`, `gone_quiet`: when no more than such a share of its gaps would last so long.

    Occasions within `merge_days` are one.
    """

    late: float = 0.2
    quiet: float = 0.05
    gone: float = 0.01
    merge_days: float = 1.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How gaps are spread over all: the median gap of the median subject, and the spreads of logarithms of gaps.

    `between` is that of subjects' usual gaps, `within` that of one subject's gaps around its own, which counts as much as
    `worth` gaps of its own.
    """

    usual_days: float
    between: float
    within: float
    worth: float


@dataclass(frozen=True, slots=True)
class Rotations:
    """For each of `subjects`: its usual gap (base rotation), its silence in days and in multiples of it, and how odd that is.

    `ordinary`: the probability that a gap of this subject lasts longer than its present silence; `ordinary_alike`: the share of
    silences of those of like rotation that lasted so many times their usual gap. `quiet` = 1 - `ordinary`. `own_share` is how
    far its own gaps, not those of all, make its rotation. NaN, and status `unknown`, where nobody has a gap.
    """

    subjects: NDArray[np.int32]
    usual_gap_days: Floats
    silent_days: Floats
    multiple: Floats
    ordinary: Floats
    ordinary_alike: Floats
    quiet: Floats
    status: NDArray[np.str_]
    gaps: NDArray[np.int64]
    own_share: Floats
    ordinary_for_all: Floats
    rhythm: Rhythm | None
    past: Occasions
    parameters: Parameters

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """What `quiet` of the i-th subject sums: what the silence says of anyone, and what its own rhythm adds.

        The counterfactual is in the facts: a contact today takes all of it away.
        """
        if np.isnan(self.quiet[i]):
            return ()
        of_all = 1.0 - float(self.ordinary_for_all[i])
        silent = float(self.silent_days[i])
        last = int(self.past.event[self.past.starts[i + 1] - 1])
        facts = {
            "usual_gap_days": float(self.usual_gap_days[i]),
            "multiple": float(self.multiple[i]),
            "gaps": int(self.gaps[i]),
            "own_share": float(self.own_share[i]),
            "ordinary_alike": float(self.ordinary_alike[i]),
            "if_contact_today": -float(self.quiet[i]),
        }
        return (
            Reason("silence", of_all, {"silent_days": silent}, (last,)),
            Reason("own_rhythm", float(self.quiet[i]) - of_all, facts),
        )


def run(events: Events, parameters: Parameters | None = None, *, now: datetime | float) -> Rotations:
    """Promise: who has been silent for longer than is usual for it, also where it was seen only once or twice.

    Formula: the logarithms of a subject's k gaps are normal around its own mean with its own spread. Means are normal over
    subjects (m, τ²), spreads scaled inverse chi-square (s0², ν): both estimated from all. So its own are drawn to those of all:

        s² = (ν s0² + Σ (y - ȳ)²) / (ν + k - 1)      share = τ² / (τ² + s²/k)      μ = m + share · (ȳ - m)

    and the next gap, given the past, is Student's: P(gap > silence) = P(t > (ln silence - μ) / √(s² + share · s²/k)) with
    ν + k - 1 degrees of freedom (τ² instead of share · s²/k where there is no gap). Usual gap = e^μ. Of its like (a quarter of
    all by usual gap; all where these are few): Kaplan-Meier of silences in multiples of their own usual gap.

    Parameters: `events` of contact, business, or any; see `Parameters`; `now`, a UTC time or days since 1970.

    Returns: `Rotations`; events after `now` and those that count against are left out, counted in `past.left_out`.

    Raises: Rejected for parameters that cannot be.

    Example, five subjects on day 200: monthly and silent for two months, as often but unevenly, daily and here yesterday,
    seen once, and one that comes each quarter.

    >>> from analytics.engines.examples_of_events import bought
    >>> monthly, uneven = range(20, 141, 30), [0, 5, 70, 80, 140]
    >>> result = run(bought({3: monthly, 4: uneven, 5: range(180, 200), 6: [150], 7: [0, 91, 180]}), now=200.0)
    >>> result.usual_gap_days.round(1).tolist()
    [29.9, 20.8, 1.0, 15.3, 87.7]
    >>> result.multiple.round(1).tolist(), result.ordinary.round(2).tolist(), result.status[[0, 1, 3]].tolist()
    ([2.0, 2.9, 1.0, 3.3, 0.2], [0.05, 0.16, 0.5, 0.32, 0.99], ['late', 'late', 'in_touch'])
    >>> round(sum(reason.contribution for reason in result.reasons(0)), 9) == round(float(result.quiet[0]), 9)
    True

    Cost: O(events log events).

    Source: normal means and scaled inverse chi-square spreads by moments (DerSimonian & Laird 1986; Smyth 2004); base rotation
    is the trade's name for the multiple.
    """
    parameters = parameters or Parameters()
    _check(parameters)
    past = occasions(events, now, merge_days=parameters.merge_days)
    silent = past.now - past.last
    duration, ended = silences(past)
    count, mean, squares = _gaps(past, duration, ended)
    rhythm = _rhythm(count, mean, squares)
    if rhythm is None:
        return _unknown(past, silent, parameters)
    middle, spread, share, freedom = _drawn(rhythm, count, mean, squares)
    usual = np.exp(middle)
    ordinary = _longer(silent, middle, spread, freedom)
    alike = _alike(past, usual, duration, ended)
    everyone = _longer(silent, np.full(len(silent), np.log(rhythm.usual_days)), *_anyone(rhythm, len(silent)))
    return Rotations(
        subjects=past.subjects,
        usual_gap_days=usual,
        silent_days=silent,
        multiple=silent / usual,
        ordinary=ordinary,
        ordinary_alike=alike,
        quiet=1.0 - ordinary,
        status=_status(ordinary, parameters),
        gaps=count,
        own_share=share,
        ordinary_for_all=everyone,
        rhythm=rhythm,
        past=past,
        parameters=parameters,
    )


def _gaps(past: Occasions, duration: Floats, ended: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """How many gaps each subject has, the mean of their logarithms and the sum of squares around it."""
    whole = ended & (duration > 0)
    owner, n = past.owner[whole], len(past.subjects)
    logs = np.log(duration[whole])
    count = np.bincount(owner, minlength=n)
    mean = np.bincount(owner, logs, minlength=n) / np.maximum(count, 1)
    squares = np.asarray(np.bincount(owner, np.square(logs - mean[owner]), minlength=n), np.float64)
    return count, mean, squares


def _rhythm(count: NDArray[np.int64], mean: Floats, squares: Floats) -> Rhythm | None:
    """The rhythm of all by moments; None where nobody has a gap."""
    some = count > 0
    if not some.any():
        return None
    within, worth = _spreads(count[some], squares[some])
    k, y = count[some].astype(float), mean[some]
    weight = k / within
    middle = float(np.average(y, weights=weight))
    lost = float(weight.sum() - np.square(weight).sum() / weight.sum())
    excess = float(weight @ np.square(y - middle)) - (len(y) - 1)
    between = max(excess / lost, 0.0) if lost > 1e-9 else within
    middle = float(np.average(y, weights=1.0 / (between + within / k)))
    return Rhythm(float(np.exp(middle)), float(np.sqrt(between)), float(np.sqrt(within)), worth)


def _spreads(count: NDArray[np.int64], squares: Floats) -> tuple[float, float]:
    """The variance of gaps within subjects, and how many gaps it is worth: by the moments of its logarithm (Smyth)."""
    several = count > 2
    freedom = (count - 1).astype(float)
    if not (freedom > 0).any():
        return _USUAL_SPREAD**2, _USUAL_WORTH
    pooled = max(float(squares.sum() / freedom.sum()), _LEAST_SPREAD**2)
    if several.sum() < 10:
        return pooled, _USUAL_WORTH
    half = freedom[several] / 2
    logs = np.log(np.maximum(squares[several] / freedom[several], _LEAST_SPREAD**2)) - digamma(half) + np.log(half)
    excess = float(logs.var(ddof=1) - polygamma(1, half).mean())
    worth = float(np.clip(2.0 * _trigamma_inverse(excess), 1.0, 50.0)) if excess > 0 else 50.0
    within = float(np.exp(logs.mean() + digamma(worth / 2) - np.log(worth / 2)))
    return max(within, _LEAST_SPREAD**2), worth


def _trigamma_inverse(value: float) -> float:
    """Where the trigamma function has this value (above 0), by Newton's steps."""
    at = 0.5 + 1.0 / value
    for _ in range(50):
        height = float(polygamma(1, at))
        step = height * (1.0 - height / value) / float(polygamma(2, at))
        at += step
        if abs(step) < 1e-10 * at:
            break
    return at


def _drawn(
    rhythm: Rhythm, count: NDArray[np.int64], mean: Floats, squares: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Each subject's own middle, spread of its next gap, share of its own gaps in that, and degrees of freedom."""
    freedom = rhythm.worth + np.maximum(count - 1, 0)
    own = np.maximum((rhythm.worth * rhythm.within**2 + squares) / freedom, _LEAST_SPREAD**2)
    between = rhythm.between**2
    error = own / np.maximum(count, 1)
    share = np.where(count > 0, between / np.maximum(between + error, 1e-300), 0.0)
    middle = np.log(rhythm.usual_days) + share * (mean - np.log(rhythm.usual_days))
    return middle, np.sqrt(own + np.where(count > 0, share * error, between)), share, freedom


def _anyone(rhythm: Rhythm, n: int) -> tuple[Floats, Floats]:
    """Spread of the next gap and degrees of freedom of one of whom nothing is known."""
    return np.full(n, np.hypot(rhythm.within, rhythm.between)), np.full(n, rhythm.worth)


def _longer(silent: Floats, middle: Floats, spread: Floats, freedom: Floats) -> Floats:
    """The probability that a gap lasts longer than the silence."""
    logs = np.log(np.maximum(silent, 1e-300))
    return np.where(silent > 0, stdtr(freedom, (middle - logs) / spread), 1.0)


def _alike(past: Occasions, usual: Floats, duration: Floats, ended: NDArray[np.bool_]) -> Floats:
    """The share of silences, among those of like rotation, that lasted so many times the usual gap of their subject."""
    bands = _BANDS if len(usual) >= _BANDS * _LEAST_PER_BAND else 1
    band = np.searchsorted(np.quantile(usual, np.arange(1, bands) / bands), usual, side="right")
    multiples = duration / usual[past.owner]
    present = multiples[past.starts[1:] - 1]
    shares = np.empty(len(usual))
    for each in range(bands):
        rows, ours = band[past.owner] == each, band == each
        if ours.any():
            shares[ours] = kaplan_meier(multiples[rows], ended[rows]).at(present[ours])
    return shares


def _status(ordinary: Floats, parameters: Parameters) -> NDArray[np.str_]:
    steps = (parameters.gone, parameters.quiet, parameters.late)
    return np.asarray(np.array(STATUSES[:4])[np.searchsorted(steps, ordinary, side="left")])


def _unknown(past: Occasions, silent: Floats, parameters: Parameters) -> Rotations:
    n = len(silent)
    none = np.full(n, np.nan)
    return Rotations(
        subjects=past.subjects,
        usual_gap_days=none,
        silent_days=silent,
        multiple=none,
        ordinary=none,
        ordinary_alike=none,
        quiet=none,
        status=np.full(n, "unknown"),
        gaps=np.zeros(n, np.int64),
        own_share=np.zeros(n),
        ordinary_for_all=none,
        rhythm=None,
        past=past,
        parameters=parameters,
    )


def _check(parameters: Parameters) -> None:
    steps = (parameters.gone, parameters.quiet, parameters.late)
    if not 0 < steps[0] < steps[1] < steps[2] < 1:
        message = f"gone, quiet and late must rise between 0 and 1; they are {', '.join(map(str, steps))}."
        raise Rejected([Problem("bad_parameter", message)])
    if parameters.merge_days < 0:
        raise Rejected([Problem("bad_parameter", "merge_days must be from 0 up.", ("merge_days",))])

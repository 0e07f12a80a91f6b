"""The BG/NBD model of repeat buying: who is still a customer, and how much more each will buy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv, betaln, digamma, expit, gammaln, hyp2f1, xlogy

from analytics.engines.likelihood import Fit, Floats, Objective, maximise, require_positive, starts_around
from analytics.engines.patterns import Patterns, checked
from analytics.examples import TooFewExamples

NAMES = ("r", "alpha", "a", "b")
LEAST_SUBJECTS = 30
LEAST_REPEATERS = 10
_ROUGH = 20_000  # patterns on which the starts of a large fit compete
_NEAR = 2e-4  # so near to a pole of the closed form, it is taken from four points around
_AROUND = 1.1e-3
_ALTERNATING = -5.0  # below it the terms of the closed form alternate and lose their digits


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Promise: probability alive and expected purchases of any subject, in closed form, safe for any size of input.

    Formula: while alive, a subject buys at random with its own rate, gamma-distributed over subjects (r, alpha); after each
    purchase it leaves for good with its own probability, beta-distributed (a, b). With frequency x (purchases after the
    first), recency t (first to last) and age T (first to now), its likelihood is

        B(a, b+x)/B(a, b) · Γ(r+x) α^r / Γ(r) · [ (α+T)^-(r+x) + (x>0) a/(b+x-1) (α+t)^-(r+x) ]

    and the share of the first term in the brackets is the probability that it is alive. Everything is kept in logarithms;
    the hypergeometric function of the expectation is turned by Euler's transformation, so that nothing overflows.

    Parameters: r, alpha, a, b, all above 0; alpha is in the unit of time of recency and age, the others have none.

    Returns: arrays, one entry a subject; scalars are broadcast.

    Raises: Rejected, naming each rule that the history of a subject breaks, and the first subject that breaks it.

    Example, five subjects of the CDNOW data with the published parameters, in weeks: one that never came back, one long
    gone, one that was here a moment ago, one of a single repeat, one with many.

    >>> model = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> x, t, T = [0, 4, 4, 1, 26], [0, 5.0, 37.0, 30.43, 30.86], [38.86, 38.86, 38.86, 38.86, 31.0]
    >>> model.probability_alive(x, t, T).round(3).tolist()
    [1.0, 0.01, 0.85, 0.7, 0.969]
    >>> model.expected_purchases(39, x, t, T).round(2).tolist()
    [0.2, 0.03, 2.64, 0.67, 20.75]

    Cost: O(n). A million subjects take less than a second for the first and about one for the second.

    Source: Fader, Hardie & Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005).
    """

    r: float
    alpha: float
    a: float
    b: float

    def __post_init__(self) -> None:
        require_positive("bg_nbd", {name: getattr(self, name) for name in NAMES})

    def log_likelihood(self, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """The logarithm of the likelihood of each history."""
        x, tx, until = checked(frequency, recency, age)
        return _terms(x, tx, until, self.r, self.alpha, self.a, self.b)[0]

    def probability_alive(self, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """The probability that each is still a customer; 1 where there was no repeat, for none leaves before one."""
        x, tx, until = checked(frequency, recency, age)
        return _alive(x, tx, until, self.r, self.alpha, self.a, self.b)

    def expected(self, horizon: ArrayLike) -> Floats:
        """Expected purchases of a subject of whom only the first is known, in a time from that first."""
        return self.expected_if_alive(horizon, 0.0, 0.0)

    def expected_if_alive(self, horizon: ArrayLike, frequency: ArrayLike, age: ArrayLike) -> Floats:
        """Expected purchases in a time from now of a subject known to be alive now."""
        t, x, until = (np.asarray(value, np.float64) for value in (horizon, frequency, age))
        share = np.minimum(t / (self.alpha + until + t), 1.0 - 1e-15)
        return _expectation(x, share, self.r, self.a, self.b)

    def discounted_if_alive(self, horizon: float, rate: float, frequency: ArrayLike, age: ArrayLike) -> Floats:
        """Expected purchases in a time from now of one alive, each counted exp(-rate · wait).

        e^(-rate h) E(h) + rate ∫ e^(-rate t) E(t) dt over 0..h, by Gauss and Legendre: twelve values of E.
        """
        nodes, weights = np.polynomial.legendre.leggauss(12)
        total = np.exp(-rate * horizon) * self.expected_if_alive(horizon, frequency, age)
        for node, weight in zip((nodes + 1) / 2 * horizon, weights / 2 * horizon, strict=True):
            total = total + rate * weight * np.exp(-rate * node) * self.expected_if_alive(node, frequency, age)
        return np.asarray(total)

    def expected_purchases(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
    ) -> Floats:
        """Expected purchases of each in a time from now: what one alive would make, by the probability of that."""
        x, tx, until = checked(frequency, recency, age)
        alive = _alive(x, tx, until, self.r, self.alpha, self.a, self.b)
        return alive * self.expected_if_alive(horizon, x, until)

    def chance_of_purchase(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
    ) -> Floats:
        """The probability that each buys at least once in a time from now."""
        x, tx, until = checked(frequency, recency, age)
        alive = _alive(x, tx, until, self.r, self.alpha, self.a, self.b)
        wait = np.asarray(horizon, np.float64)
        return alive * -np.expm1(-(self.r + x) * np.log1p(wait / (self.alpha + until)))

    def wait_if_alive(self, probability: float, frequency: ArrayLike, age: ArrayLike) -> Floats:
        """The time from now within which one that is alive buys with this probability; inf where no number holds it."""
        x, until = np.asarray(frequency, np.float64), np.asarray(age, np.float64)
        with np.errstate(over="ignore"):
            return np.asarray((self.alpha + until) * np.expm1(-np.log1p(-probability) / (self.r + x)))

    def frequency_probability(self, purchases: ArrayLike, time: ArrayLike) -> Floats:
        """The probability that a new subject makes so many purchases after its first within a time."""
        k, t = np.asarray(purchases, np.float64), np.asarray(time, np.float64)
        r, alpha, a, b = self.r, self.alpha, self.a, self.b
        stayed = betaln(a, b + k) - betaln(a, b) + gammaln(r + k) - gammaln(r) - gammaln(k + 1)
        stayed = stayed - r * np.log1p(t / alpha) + xlogy(k, t / (alpha + t))
        positive = np.maximum(k, 1.0)
        left = np.exp(betaln(a + 1, b + positive - 1) - betaln(a, b)) * betainc(positive, r, t / (alpha + t))
        return np.asarray(np.exp(stayed) + np.where(k > 0, left, 0.0))


def fit(
    frequency: ArrayLike,
    recency: ArrayLike,
    age: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    seed: int = 0,
    starts: int = 4,
    least_subjects: int = LEAST_SUBJECTS,
    least_repeaters: int = LEAST_REPEATERS,
) -> Fit:
    """The BG/NBD parameters of greatest likelihood, in the unit of time given; what they are worth stands in the fit.

    Works on distinct histories with their counts, in a unit of time of its own, from several seeded starts with the
    analytic gradient. Raises TooFewExamples where subjects, or those among them that came back, are too few to learn
    from, and Rejected for a history that cannot be. O(starts × rounds × distinct histories).
    """
    patterns = Patterns.of(frequency, recency, age, weight)
    _refuse_too_few(patterns, least_subjects, least_repeaters)
    unit = float(np.average(patterns.age, weights=patterns.count))
    scaled = Patterns(patterns.frequency, patterns.recency / unit, patterns.age / unit, patterns.count)
    few = scaled.sample(_ROUGH, seed=seed)
    return maximise(
        "bg_nbd",
        NAMES,
        objective(scaled),
        starts_around(_guess(scaled), count=starts, seed=seed),
        n=patterns.subjects,
        rough=objective(few) if few is not scaled else None,
        units=(1.0, unit, 1.0, 1.0),
        shift=-float(patterns.count @ patterns.frequency) * float(np.log(unit)),
    )


def objective(patterns: Patterns) -> Objective:
    """The log-likelihood of patterns and its gradient by r, alpha, a and b.

    Functions of the frequency alone are computed once for each frequency that there is.
    """
    x, tx, until, count = patterns.frequency, patterns.recency, patterns.age, patterns.count
    each, place = np.unique(x, return_inverse=True)
    repeated = x > 0

    def value_and_gradient(parameters: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = parameters
        total, alive = _terms(x, tx, until, r, alpha, a, b, each=each, place=place)
        gone = np.where(repeated, 1.0 - alive, 0.0)
        both = digamma(a + b) - digamma(a + b + each)
        waited = alive * np.log(alpha + until) + gone * np.log(alpha + tx)
        by_r = (digamma(r + each) - digamma(r))[place] + np.log(alpha) - waited
        by_alpha = r / alpha - (r + x) * (alive / (alpha + until) + gone / (alpha + tx))
        by_a = both[place] + gone / a
        by_b = (both + digamma(b + each) - digamma(b))[place] - gone / np.where(repeated, b + x - 1.0, 1.0)
        return float(count @ total), np.array([count @ by_r, count @ by_alpha, count @ by_a, count @ by_b])

    return value_and_gradient


def _terms(
    x: Floats,
    tx: Floats,
    until: Floats,
    r: float,
    alpha: float,
    a: float,
    b: float,
    *,
    each: Floats | None = None,
    place: ArrayLike | None = None,
) -> tuple[Floats, Floats]:
    """Log-likelihood and probability alive of each history."""
    if each is None or place is None:
        each, place = np.unique(x, return_inverse=True)
    by_frequency = gammaln(r + each) - gammaln(r) + betaln(a, b + each) - betaln(a, b)
    stayed = -r * np.log1p(until / alpha) - x * np.log(alpha + until)
    odds = _log_odds_gone(x, tx, until, r, alpha, a, b)
    return by_frequency[place] + stayed + np.logaddexp(0.0, odds), expit(-odds)


def _alive(x: Floats, tx: Floats, until: Floats, r: float, alpha: float, a: float, b: float) -> Floats:
    alive: Floats = expit(-_log_odds_gone(x, tx, until, r, alpha, a, b))
    return alive


def _log_odds_gone(x: Floats, tx: Floats, until: Floats, r: float, alpha: float, a: float, b: float) -> Floats:
    """The logarithm of (left after the last purchase : alive); -inf where there was no repeat."""
    repeated = x > 0
    divisor = np.where(repeated, b + x - 1.0, 1.0)
    odds = np.log(a) - np.log(divisor) + (r + x) * np.log1p((until - tx) / (alpha + tx))
    return np.where(repeated, odds, -np.inf)


def _expectation(x: Floats, share: Floats, r: float, a: float, b: float) -> Floats:
    """Purchases expected of one alive, in a time that is this share of itself and what lies behind (alpha + age).

    Kept between its bounds, which for short times are tighter than the digits of the closed form: those of one that never
    leaves, and those of one whose probability of leaving is the mean.
    """
    x, share = np.broadcast_arrays(x, share)
    ratio, leaving = share / (1.0 - share), a / (a + b + x)
    most, least = (r + x) * ratio, -np.expm1(-(r + x) * np.log1p(leaving * ratio)) / leaving
    if a + b - 1.0 - r < _ALTERNATING or a > -10 * _ALTERNATING:
        return np.clip(_integrated(x, share, r, a, b), np.minimum(least, most), most)
    with np.errstate(all="ignore"):  # what comes out as no number, or out of bounds, is found otherwise
        found = np.array(_around_poles(x, share, r, a, b))
        lost = ~((found >= 0.999 * least) & (found <= 1.001 * most))
    if lost.any():
        found[lost] = _integrated(x[lost], share[lost], r, a, b)
    return np.clip(found, np.minimum(least, most), most)


def _around_poles(x: Floats, share: Floats, r: float, a: float, b: float) -> Floats:
    if min(abs(a - 1.0), abs(a + b - 1.0)) >= _NEAR:
        return _closed(x, share, r, a, b)
    inner = _closed(x, share, r, a + _AROUND, b) + _closed(x, share, r, a - _AROUND, b)
    outer = _closed(x, share, r, a + 2 * _AROUND, b) + _closed(x, share, r, a - 2 * _AROUND, b)
    return (4.0 * inner - outer) / 6.0


def _integrated(x: Floats, share: Floats, r: float, a: float, b: float) -> Floats:
    """The same as an integral over the probability of leaving p: the mean of (1 - (1 + p t/(alpha+age))^-(r+x)) / p.

    For parameters at which the series of the closed form cancels itself. Nodes double-exponential over the quantiles of p,
    which are found once for each frequency.
    """
    x, share = np.broadcast_arrays(x, share)
    each, place = np.unique(x, return_inverse=True)
    step = np.linspace(-3.0, 3.0, 81)
    quantile = expit(np.pi * np.sinh(step))
    weight = np.pi * np.cosh(step) * quantile * (1.0 - quantile)
    leaving = betaincinv(a, b + each[:, None], quantile)
    leaving = np.where(leaving > 1e-300, leaving, 1e-300)  # also where the inverse gives up, at the lowest quantiles
    return np.asarray(_mean_purchases(leaving, weight / weight.sum(), place.reshape(x.shape), x, share, r))


def _mean_purchases(
    leaving: Floats, weight: Floats, place: NDArray[np.int64], x: Floats, share: Floats, r: float
) -> Floats:
    ratio, total = share / (1.0 - share), np.zeros(x.shape)
    for k, part in enumerate(weight):
        p = leaving[:, k][place]
        total = total - part * np.expm1(-(r + x) * np.log1p(p * ratio)) / p
    return total


def _closed(x: Floats, share: Floats, r: float, a: float, b: float) -> Floats:
    top = a + b + x - 1.0
    left = np.exp((a - 1.0) * np.log1p(-share))
    return np.asarray(top / (a - 1.0) * (1.0 - left * hyp2f1(a - 1.0, a + b - 1.0 - r, top, share)))


def _guess(patterns: Patterns) -> tuple[float, float, float, float]:
    """Where to begin: the mean rate while seen, an even spread of rates, one in four leaving."""
    seen = np.where(patterns.frequency > 0, patterns.recency, 0.0) + 0.25 * patterns.age
    rate = float(patterns.count @ patterns.frequency) / max(float(patterns.count @ seen), 1e-12)
    return 0.5, 0.5 / max(rate, 1e-6), 0.8, 2.4


def _refuse_too_few(patterns: Patterns, least_subjects: int, least_repeaters: int) -> None:
    watched = round(float(patterns.count[patterns.age > 0].sum()))
    if watched < least_subjects:
        raise TooFewExamples("subjects whose first purchase lies back", needed=least_subjects, found=watched)
    if patterns.repeaters < least_repeaters:
        raise TooFewExamples(
            "subjects that bought again",
            needed=least_repeaters,
            found=patterns.repeaters,
            cure="Without repeat purchases nothing tells leaving from buying seldom.",
        )

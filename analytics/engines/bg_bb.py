"""The BG/BB model of chances taken or not: who still takes part, and how often each will."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, digamma

from analytics.engines.likelihood import Fit, Floats, Objective, maximise, require_positive, starts_around
from analytics.engines.patterns import Patterns, checked
from analytics.examples import TooFewExamples
from models.errors import Problem, Rejected

NAMES = ("alpha", "beta", "gamma", "delta")
LEAST_SUBJECTS = 30
LEAST_REPEATERS = 10


@dataclass(frozen=True, slots=True)
class BgBb:
    """Promise: probability alive and expected purchases where each subject has chances: one a period, taken or not.

    Formula: while alive, a subject takes a chance with its own probability, beta-distributed over subjects (alpha, beta);
    before each chance it leaves for good with its own probability, beta-distributed (gamma, delta). With frequency x (chances
    taken), recency t (the last one taken) and n chances in all, its likelihood is

        B(α+x, β+n-x)/B(α, β) · B(γ, δ+n)/B(γ, δ)
            + Σ_{i=0}^{n-t-1} B(α+x, β+t-x+i)/B(α, β) · B(γ+1, δ+t+i)/B(γ, δ)

    The first term is that it was alive at the last chance; alive at the next one puts δ+n+1 for δ+n into it.

    Parameters: alpha, beta, gamma, delta, all above 0, without unit.

    Returns: arrays, one entry a subject.

    Raises: Rejected for a history that cannot be: frequency above recency, recency above chances, no whole numbers.

    Example, five donors of six chances with the published parameters: never again, only at the first chance, only at the
    last, the first three, all six.

    >>> model = BgBb(alpha=1.204, beta=0.750, gamma=0.657, delta=2.783)
    >>> x, t, n = [0, 1, 1, 3, 6], [0, 1, 6, 3, 6], [6, 6, 6, 6, 6]
    >>> model.probability_alive(x, t, n).round(2).tolist()
    [0.11, 0.07, 0.93, 0.09, 0.93]
    >>> model.expected_purchases(5, x, t, n).round(2).tolist()
    [0.07, 0.09, 1.15, 0.22, 3.75]

    Cost: O(distinct histories × chances); a million subjects of ten chances take well below a second.

    Source: Fader, Hardie & Shang, Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science
    29 (2010).
    """

    alpha: float
    beta: float
    gamma: float
    delta: float

    def __post_init__(self) -> None:
        require_positive("bg_bb", {name: getattr(self, name) for name in NAMES})

    def log_likelihood(self, frequency: ArrayLike, recency: ArrayLike, chances: ArrayLike) -> Floats:
        """The logarithm of the likelihood of each history."""
        patterns, place = _distinct(frequency, recency, chances)
        return _log_likelihood(patterns, self._point)[0][place]

    def probability_alive(self, frequency: ArrayLike, recency: ArrayLike, chances: ArrayLike) -> Floats:
        """The probability that each takes part at the next chance."""
        patterns, place = _distinct(frequency, recency, chances)
        x, n = patterns.frequency, patterns.age
        alive = betaln(self.alpha + x, self.beta + n - x) - betaln(self.alpha, self.beta)
        alive = alive + betaln(self.gamma, self.delta + n + 1) - betaln(self.gamma, self.delta)
        return np.asarray(np.exp(alive - _log_likelihood(patterns, self._point)[0])[place])

    def expected_purchases(
        self, chances_ahead: int, frequency: ArrayLike, recency: ArrayLike, chances: ArrayLike
    ) -> Floats:
        """How many of the next chances each is expected to take."""
        return np.asarray(self.expected_path(chances_ahead, frequency, recency, chances).sum(axis=1))

    def expected_path(self, chances_ahead: int, frequency: ArrayLike, recency: ArrayLike, chances: ArrayLike) -> Floats:
        """The probability that each takes the next chance, the one after it, and so on: a row a subject."""
        patterns, place = _distinct(frequency, recency, chances)
        x, n = patterns.frequency[:, None], patterns.age[:, None]
        ahead = np.arange(1, chances_ahead + 1)
        taken = betaln(self.alpha + x + 1, self.beta + n - x) - betaln(self.alpha, self.beta)
        alive = betaln(self.gamma, self.delta + n + ahead) - betaln(self.gamma, self.delta)
        return np.asarray(np.exp(taken + alive - _log_likelihood(patterns, self._point)[0][:, None])[place])

    def first_path(self, chances_ahead: int, frequency: ArrayLike, recency: ArrayLike, chances: ArrayLike) -> Floats:
        """The probability that the next chance each takes is the next, the one after it, and so on: a row a subject."""
        patterns, place = _distinct(frequency, recency, chances)
        x, n = patterns.frequency[:, None], patterns.age[:, None]
        ahead = np.arange(1, chances_ahead + 1)
        taken = betaln(self.alpha + x + 1, self.beta + n - x + ahead - 1) - betaln(self.alpha, self.beta)
        alive = betaln(self.gamma, self.delta + n + ahead) - betaln(self.gamma, self.delta)
        return np.asarray(np.exp(taken + alive - _log_likelihood(patterns, self._point)[0][:, None])[place])

    def expected(self, chances: int) -> float:
        """How many of so many chances a new subject is expected to take."""
        none = np.zeros(1)
        return float(self.expected_purchases(chances, none, none, none)[0])

    def frequency_probability(self, chances: int) -> Floats:
        """The probabilities that a new subject takes none, one, … all of so many chances.

        The sum over every history of that frequency: choose(t-1, x-1) ways to have x with the last at t.
        """
        x, tx = (grid.ravel().astype(float) for grid in np.meshgrid(np.arange(chances + 1), np.arange(chances + 1)))
        can = ((x > 0) & (tx >= x)) | ((x == 0) & (tx == 0))
        x, tx = x[can], tx[can]
        ways = np.where(x > 0, _log_choose(np.maximum(tx - 1, 0), np.maximum(x - 1, 0)), 0.0)
        chance = np.exp(ways + self.log_likelihood(x, tx, np.full(len(x), float(chances))))
        return np.asarray(np.bincount(x.astype(int), chance, minlength=chances + 1), np.float64)

    @property
    def _point(self) -> Floats:
        return np.array([self.alpha, self.beta, self.gamma, self.delta])


def fit(
    frequency: ArrayLike,
    recency: ArrayLike,
    chances: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    seed: int = 0,
    starts: int = 4,
    least_subjects: int = LEAST_SUBJECTS,
    least_repeaters: int = LEAST_REPEATERS,
) -> Fit:
    """The BG/BB parameters of greatest likelihood; what they are worth stands in the fit.

    Raises TooFewExamples where subjects, or those among them that took any chance, are too few to learn from, and Rejected
    for a history that cannot be. O(starts × rounds × distinct histories × chances).
    """
    patterns = Patterns.of(frequency, recency, chances, weight)
    _check_chances(patterns)
    had = round(float(patterns.count[patterns.age > 0].sum()))
    if had < least_subjects:
        raise TooFewExamples("subjects that had a chance", needed=least_subjects, found=had)
    if patterns.repeaters < least_repeaters:
        raise TooFewExamples("subjects that took a chance", needed=least_repeaters, found=patterns.repeaters)
    return maximise(
        "bg_bb",
        NAMES,
        objective(patterns),
        starts_around((1.0, 1.0, 0.5, 2.5), count=starts, seed=seed),
        n=patterns.subjects,
    )


def objective(patterns: Patterns) -> Objective:
    """The log-likelihood of patterns and its gradient by alpha, beta, gamma and delta."""

    def value_and_gradient(parameters: Floats) -> tuple[float, Floats]:
        total, gradient = _log_likelihood(patterns, parameters)
        return float(patterns.count @ total), patterns.count @ gradient

    return value_and_gradient


def _log_likelihood(patterns: Patterns, point: Floats) -> tuple[Floats, Floats]:
    """Log-likelihood of each pattern, and its gradient: a row a pattern.

    The terms of all patterns lie one after the other: first that of being alive, then one for each chance before
    which it may have left.
    """
    alpha, beta, gamma, delta = point
    owner, first, taken, refused, gone, stayed = _layout(patterns)
    terms = betaln(alpha + taken, beta + refused) + betaln(gamma + gone, delta + stayed)
    top = np.maximum.reduceat(terms, first)
    parts = np.exp(terms - top[owner])
    whole = np.add.reduceat(parts, first)
    parts /= whole[owner]
    total = top + np.log(whole) - betaln(alpha, beta) - betaln(gamma, delta)
    chances, lives = digamma(alpha + beta + taken + refused), digamma(gamma + delta + gone + stayed)
    slopes = (
        digamma(alpha + taken) - chances - digamma(alpha) + digamma(alpha + beta),
        digamma(beta + refused) - chances - digamma(beta) + digamma(alpha + beta),
        digamma(gamma + gone) - lives - digamma(gamma) + digamma(gamma + delta),
        digamma(delta + stayed) - lives - digamma(delta) + digamma(gamma + delta),
    )
    return total, np.column_stack([np.add.reduceat(parts * slope, first) for slope in slopes])


def _layout(patterns: Patterns) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats, Floats, Floats]:
    """For each term: its pattern, where a pattern's terms begin, and what is added to alpha, beta, gamma and delta."""
    x, tx, n = patterns.frequency, patterns.recency, patterns.age
    length = (n - tx).astype(np.int64) + 1
    first = np.cumsum(length) - length
    owner = np.repeat(np.arange(len(x)), length)
    place = np.arange(len(owner)) - first[owner]  # 0: alive; i+1: left after chance tx+i
    gone = (place > 0).astype(np.float64)
    seen = np.where(place > 0, tx[owner] + place - 1.0, n[owner])
    return owner, first, x[owner], seen - x[owner], gone, seen


def _distinct(frequency: ArrayLike, recency: ArrayLike, chances: ArrayLike) -> tuple[Patterns, NDArray[np.int64]]:
    """Distinct histories, and for each subject which of them is its own."""
    x, tx, n = checked(frequency, recency, chances)
    _check_chances(Patterns(x, tx, n, np.ones(len(x))))
    widest = float(n.max(initial=0.0)) + 1.0
    _, first, place = np.unique((x * widest + tx) * widest + n, return_index=True, return_inverse=True)
    return Patterns(x[first], tx[first], n[first], np.ones(len(first))), place


def _check_chances(patterns: Patterns) -> None:
    x, tx, n = patterns.frequency, patterns.recency, patterns.age
    wrong = (x > tx) | (tx != np.floor(tx)) | (n != np.floor(n)) | ((x == 0) & (tx > 0))
    if wrong.any():
        at = int(np.argmax(wrong))
        message = (
            f"A history of {x[at]:g} chances taken, the last at {tx[at]:g} of {n[at]:g}, cannot be: all are whole numbers, "
            "and no more are taken than had come by the last one taken."
        )
        raise Rejected([Problem("bad_history", message)])


def _log_choose(n: Floats, k: Floats) -> Floats:
    return np.asarray(-np.log1p(n) - betaln(n - k + 1, k + 1))

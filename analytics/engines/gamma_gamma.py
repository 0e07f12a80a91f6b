"""The gamma-gamma model of spend: what a subject's purchases are worth on average, seen few of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln

from analytics.engines.likelihood import Fit, Floats, Objective, maximise, require_positive, starts_around
from analytics.examples import TooFewExamples
from models.errors import Problem, Rejected

NAMES = ("p", "q", "v")
LEAST_SUBJECTS = 20
_ROUGH = 20_000  # subjects on which the starts of a large fit compete


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Promise: the expected value of a purchase of each subject, its own mean drawn towards that of all.

    Formula: a subject's purchases are gamma-distributed around its own mean with shape p; the rates of subjects are
    gamma-distributed (q, v). The mean z of x purchases has the density

        Γ(px+q) / (Γ(px) Γ(q)) · v^q z^(px-1) x^(px) / (v + xz)^(px+q)

    and the expected mean of that subject is p (v + xz) / (px + q - 1): a weighted mean of its own (weight
    px / (px + q - 1)) and that of all, pv / (q - 1).

    Parameters: p, q, v, all above 0; v is in the unit of the values. The mean of all exists only where q is above 1.

    Returns: arrays, one entry a subject; scalars are broadcast.

    Raises: Rejected for a frequency below 0.

    Example, five subjects of the CDNOW data with the published parameters: never came back, two of one purchase, two of many.

    >>> model = GammaGamma(p=6.25, q=3.74, v=15.44)
    >>> round(model.mean, 2)
    35.22
    >>> model.expected_value([0, 1, 1, 10, 10], [0, 20.0, 80.0, 20.0, 80.0]).round(2).tolist()
    [35.22, 24.64, 66.35, 20.64, 78.12]

    Cost: O(n).

    Source: Fader & Hardie, The Gamma-Gamma Model of Monetary Value (2013); Colombo & Jiang (1999).
    """

    p: float
    q: float
    v: float

    def __post_init__(self) -> None:
        require_positive("gamma_gamma", {name: getattr(self, name) for name in NAMES})

    @property
    def mean(self) -> float:
        """The expected value of a purchase of anyone; inf where the tail is so heavy that there is none."""
        return self.p * self.v / (self.q - 1.0) if self.q > 1.0 else float("inf")

    def log_likelihood(self, frequency: ArrayLike, value: ArrayLike) -> Floats:
        """The logarithm of the density of each mean value; frequencies and values must be above 0."""
        x, z = _columns(frequency, value)
        return _density(x, z, self.p, self.q, self.v)

    def own_share(self, frequency: ArrayLike) -> Floats:
        """How far each subject is judged by its own purchases rather than by all: 0 for none, towards 1 for many."""
        x = np.asarray(frequency, np.float64)
        return np.where(x > 0, np.minimum(self.p * x / np.maximum(self.p * x + self.q - 1.0, 1e-300), 1.0), 0.0)

    def expected_value(self, frequency: ArrayLike, value: ArrayLike) -> Floats:
        """The expected mean value of each subject's purchases; values below 0, and none (NaN), count as nothing seen.

        Where q is not above 1 all have no mean: then those of no purchases get inf, and the caller decides.
        """
        x, z = _columns(frequency, value)
        seen = (x > 0) & (z > 0)
        x, z = np.where(seen, x, 0.0), np.where(seen, z, 0.0)
        divisor = self.p * x + self.q - 1.0
        with np.errstate(divide="ignore"):
            return np.where(divisor > 0, self.p * (self.v + x * z) / np.where(divisor > 0, divisor, 1.0), np.inf)


def fit(
    frequency: ArrayLike,
    value: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    seed: int = 0,
    starts: int = 4,
    least_subjects: int = LEAST_SUBJECTS,
) -> Fit:
    """The gamma-gamma parameters of greatest likelihood, in the unit of the values given.

    `value` is the mean of as many purchases as `frequency` says. Subjects without a purchase or with a mean value that is
    not above 0 say nothing of spend and are left out: `n` of the fit counts those that are in. Raises TooFewExamples
    where these are too few. O(starts × rounds × n).
    """
    x, z = _columns(frequency, value)
    counts = np.ones(len(x)) if weight is None else np.asarray(weight, np.float64)
    use = (x > 0) & np.isfinite(z) & (z > 0) & (counts > 0)
    x, z, counts = x[use], z[use], counts[use]
    n = round(float(counts.sum()))
    if n < least_subjects:
        raise TooFewExamples("subjects with purchases of a value above 0", needed=least_subjects, found=n)
    unit = float(np.exp(np.average(np.log(z), weights=counts)))
    return maximise(
        "gamma_gamma",
        NAMES,
        objective(x, z / unit, counts),
        starts_around((2.0, 3.0, 1.5), count=starts, seed=seed),
        n=n,
        rough=_rough(x, z / unit, counts, seed) if len(x) > _ROUGH else None,
        units=(1.0, 1.0, unit),
        shift=-n * float(np.log(unit)),
    )


def objective(x: Floats, z: Floats, count: Floats) -> Objective:
    """The log-likelihood of mean values and its gradient by p, q and v.

    Functions of the frequency alone are computed once for each frequency that there is.
    """
    each, place = np.unique(x, return_inverse=True)

    def value_and_gradient(parameters: Floats) -> tuple[float, Floats]:
        p, q, v = parameters
        share = x * z / v
        by_all, by_own = np.log1p(share), np.log1p(1.0 / share)
        both = digamma(p * each + q)
        by_p = x * ((both - digamma(p * each))[place] - by_own)
        by_q = (both - digamma(q))[place] - by_all
        by_v = (q * share - p * x) / (v * (1.0 + share))
        height = (
            (gammaln(p * each + q) - gammaln(p * each) - gammaln(q))[place] - q * by_all - p * x * by_own - np.log(z)
        )
        return float(count @ height), np.array([count @ by_p, count @ by_q, count @ by_v])

    return value_and_gradient


def _rough(x: Floats, z: Floats, count: Floats, seed: int) -> Objective:
    """The objective of some of the subjects, drawn without favour, their weights raised so that the total stays."""
    drawn = np.random.default_rng(seed).choice(len(x), _ROUGH, replace=False)
    return objective(x[drawn], z[drawn], count[drawn] * (count.sum() / count[drawn].sum()))


def _density(x: Floats, z: Floats, p: float, q: float, v: float) -> Floats:
    """In logarithms; written with v/(v+xz) and xz/(v+xz), so that large shapes do not cancel."""
    share = x * z / v
    gammas = gammaln(p * x + q) - gammaln(p * x) - gammaln(q)
    return np.asarray(gammas - q * np.log1p(share) - p * x * np.log1p(1.0 / share) - np.log(z))


def _columns(frequency: ArrayLike, value: ArrayLike) -> tuple[Floats, Floats]:
    x, z = np.broadcast_arrays(np.atleast_1d(np.asarray(frequency, np.float64)), np.asarray(value, np.float64))
    wrong = ~(np.isfinite(x) & (x >= 0))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise Rejected(
            [Problem("bad_history", f"The frequency of subject {place} must be from 0 up.", ("frequency", place))]
        )
    return x, z

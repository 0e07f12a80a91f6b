"""Customers, donors and baskets made by the very rules of the repeat-buying models, from a seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CDNOW = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
CDNOW_SPEND = {"p": 6.25, "q": 3.74, "v": 15.44}
DONORS = {"alpha": 1.204, "beta": 0.750, "gamma": 0.657, "delta": 2.783}


def purchase_times(
    n: int, until: Floats, *, seed: int, r: float, alpha: float, a: float, b: float
) -> tuple[NDArray[np.int64], Floats]:
    """Who bought again and when, in time from its first purchase, up to its own `until`: sorted by subject, then time."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(r, 1 / alpha, n)
    most = rng.geometric(np.maximum(rng.beta(a, b, n), 1e-12))
    clock, made = np.zeros(n), np.zeros(n, np.int64)
    buying = np.arange(n)
    who: list[NDArray[np.int64]] = []
    when: list[Floats] = []
    while len(buying):
        clock[buying] += rng.exponential(1 / np.maximum(rate[buying], 1e-300))
        buying = buying[clock[buying] <= until[buying]]
        made[buying] += 1
        who.append(buying)
        when.append(clock[buying])
        buying = buying[made[buying] < most[buying]]
    subject, time = np.concatenate(who), np.concatenate(when)
    order = np.lexsort((time, subject))
    return subject[order], time[order]


def customers(
    n: int, until: Floats, *, seed: int, r: float, alpha: float, a: float, b: float
) -> tuple[Floats, Floats, Floats]:
    """Frequency, recency and age of customers of the BG/NBD model."""
    who, when = purchase_times(n, until, seed=seed, r=r, alpha=alpha, a=a, b=b)
    frequency = np.bincount(who, minlength=n).astype(float)
    recency = np.zeros(n)
    np.maximum.at(recency, who, when)
    return frequency, recency, until


def baskets(frequency: Floats, *, seed: int, p: float, q: float, v: float) -> Floats:
    """The mean value of so many purchases of each, by the gamma-gamma model; NaN where there are none."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(q, 1 / v, len(frequency))
    bought = np.maximum(frequency, 1.0)
    mean = rng.gamma(p * bought, 1 / (rate * bought))
    return np.where(frequency > 0, mean, np.nan)


def donors(
    n: int, chances: int, *, seed: int, alpha: float, beta: float, gamma: float, delta: float
) -> tuple[Floats, Floats, Floats]:
    """Frequency, recency and chances of donors of the BG/BB model."""
    rng = np.random.default_rng(seed)
    giving = rng.beta(alpha, beta, n)
    life = rng.geometric(rng.beta(gamma, delta, n)) - 1
    given = (rng.random((n, chances)) < giving[:, None]) & (np.arange(chances) < life[:, None])
    frequency = given.sum(axis=1).astype(float)
    recency = np.where(given.any(axis=1), chances - np.argmax(given[:, ::-1], axis=1), 0).astype(float)
    return frequency, recency, np.full(n, float(chances))

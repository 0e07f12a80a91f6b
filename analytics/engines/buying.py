"""Both models of repeat buying behind one face: fitted on occasions, asked in days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from analytics.engines import bg_bb, bg_nbd
from analytics.engines.bg_bb import BgBb
from analytics.engines.bg_nbd import BgNbd
from analytics.engines.fit_quality import Frequencies, compare
from analytics.engines.likelihood import Fit, Floats
from analytics.engines.occasions import DAYS_OF, Occasions, Period, chances, histories

ModelName = Literal["bg_nbd", "bg_bb"]
_MOST_CLASSES = 60
_FARTHEST_CHANCE = 240


class Buying(Protocol):
    """Subjects under a fitted model; every array has one entry a subject, every time is in days."""

    @property
    def frequency(self) -> Floats: ...
    def alive(self, *, later_days: float = 0.0) -> Floats:
        """Probability of being alive, had the last occasion been so much later (at most today)."""

    def expected(self, days: float) -> Floats:
        """Occasions expected from now on."""

    def totals(self, days: Floats) -> Floats:
        """Occasions expected of all from now on, for each of several times."""

    def chance(self, days: float) -> Floats:
        """Probability of any occasion from now on."""

    def wait(self, probability: float) -> Floats:
        """Days within which the next occasion comes with this probability, if it is alive."""

    def frequencies(self) -> Frequencies:
        """Subjects by frequency against those the model expects."""

    def steps(self, days: float) -> Floats:
        """The days, up to this many, at which it is worth comparing with what came."""


@dataclass(frozen=True, slots=True)
class Steady:
    """BG/NBD: an occasion may come at any moment."""

    model: BgNbd
    frequency: Floats
    recency: Floats
    age: Floats
    unit_days: float

    def alive(self, *, later_days: float = 0.0) -> Floats:
        later = np.where(self.frequency > 0, np.minimum(self.recency + later_days / self.unit_days, self.age), 0.0)
        return self.model.probability_alive(self.frequency, later, self.age)

    def expected(self, days: float) -> Floats:
        x, age, place = self.distinct()
        return self.alive() * self.model.expected_if_alive(days / self.unit_days, x, age)[place]

    def totals(self, days: Floats) -> Floats:
        x, age, place = self.distinct()
        alive = np.bincount(place, self.alive(), minlength=len(x))
        return np.array([alive @ self.model.expected_if_alive(each / self.unit_days, x, age) for each in days])

    def chance(self, days: float) -> Floats:
        return self.model.chance_of_purchase(days / self.unit_days, self.frequency, self.recency, self.age)

    def wait(self, probability: float) -> Floats:
        return self.model.wait_if_alive(probability, self.frequency, self.age) * self.unit_days

    def frequencies(self) -> Frequencies:
        ages, watched = np.unique(self.age, return_counts=True)
        most = int(min(self.frequency.max(initial=0.0), _MOST_CLASSES))
        below = np.array([watched @ self.model.frequency_probability(k, ages) for k in range(most)])
        expected = np.append(below, max(len(self.age) - below.sum(), 0.0))
        return compare(_counts(self.frequency, most), expected, fitted=len(bg_nbd.NAMES))

    def steps(self, days: float) -> Floats:
        return np.asarray(np.linspace(0.0, days, min(max(int(days // 7), 1), 104) + 1)[1:], np.float64)

    def distinct(self) -> tuple[Floats, Floats, NDArray[np.int64]]:
        """Distinct (frequency, age), on which alone the costly part of an expectation stands; which is each subject's."""
        order = np.lexsort((self.age, self.frequency))
        x, age = self.frequency[order], self.age[order]
        new = np.ones(len(x), bool)
        new[1:] = (np.diff(x) != 0) | (np.diff(age) != 0)
        place = np.empty(len(x), np.int64)
        place[order] = np.cumsum(new) - 1
        return x[new], age[new], place

    def present_value(self, days: float, *, yearly_discount: float) -> Floats:
        """Occasions of one alive from now on, each worth what is left of 1 when it comes, discounted continuously."""
        x, age, place = self.distinct()
        rate = float(np.log1p(yearly_discount)) * self.unit_days / 365.25
        return self.model.discounted_if_alive(days / self.unit_days, rate, x, age)[place]


@dataclass(frozen=True, slots=True)
class ByChances:
    """BG/BB: one chance a period, taken or not."""

    model: BgBb
    frequency: Floats
    recency: Floats
    had: Floats
    period: Period

    def alive(self, *, later_days: float = 0.0) -> Floats:
        later = self.recency + round(later_days / DAYS_OF[self.period])
        later = np.where(self.frequency > 0, np.minimum(later, self.had), 0.0)
        return self.model.probability_alive(self.frequency, later, self.had)

    def expected(self, days: float) -> Floats:
        return self.model.expected_purchases(self._ahead(days), self.frequency, self.recency, self.had)

    def totals(self, days: Floats) -> Floats:
        ahead = [self._ahead(each) for each in days]
        path = self.model.expected_path(max(ahead, default=1), self.frequency, self.recency, self.had)
        return np.cumsum(path.sum(axis=0))[np.array(ahead, np.int64) - 1]

    def chance(self, days: float) -> Floats:
        first = self.model.first_path(self._ahead(days), self.frequency, self.recency, self.had)
        return np.asarray(first.sum(axis=1))

    def wait(self, probability: float) -> Floats:
        """As of all waits; here if it comes at all within 240 chances, counted to the middle of a period."""
        keys, place = np.unique(np.column_stack([self.frequency, self.recency, self.had]), axis=0, return_inverse=True)
        first = self.model.first_path(_FARTHEST_CHANCE, *keys.T)
        reached = np.cumsum(first, axis=1)
        which = (reached < probability * reached[:, -1:]).sum(axis=1)
        return np.asarray(((which + 0.5) * DAYS_OF[self.period])[place.ravel()])

    def frequencies(self) -> Frequencies:
        most = int(self.had.max(initial=0.0))
        expected = np.zeros(most + 1)
        for had, subjects in zip(*np.unique(self.had, return_counts=True), strict=True):
            expected[: int(had) + 1] += subjects * self.model.frequency_probability(int(had))
        return compare(_counts(self.frequency, most), expected, fitted=len(bg_bb.NAMES))

    def steps(self, days: float) -> Floats:
        return np.asarray(np.arange(1, self._ahead(days) + 1) * DAYS_OF[self.period], np.float64)

    def _ahead(self, days: float) -> int:
        return max(round(days / DAYS_OF[self.period]), 1)


def steady(
    past: Occasions, *, unit_days: float, given: Mapping[str, float] | None, seed: int, starts: int
) -> tuple[Fit | None, Steady]:
    """Occasions under BG/NBD, fitted, or with the parameters given (no fit then). Raises TooFewExamples."""
    known = histories(past, unit_days=unit_days)
    x, recency, age = known.frequency, known.recency, known.age
    fit = None if given else bg_nbd.fit(x, recency, age, seed=seed, starts=starts)
    model = BgNbd(**(given or _parameters(fit)))
    return fit, Steady(model, x, recency, age, unit_days)


def by_chances(
    past: Occasions, *, period: Period, given: Mapping[str, float] | None, seed: int, starts: int
) -> tuple[Fit | None, ByChances]:
    """Occasions under BG/BB, fitted, or with the parameters given (no fit then). Raises TooFewExamples."""
    x, recency, had = chances(past, period)
    fit = None if given else bg_bb.fit(x, recency, had, seed=seed, starts=starts)
    return fit, ByChances(BgBb(**(given or _parameters(fit))), x, recency, had, period)


def _parameters(fit: Fit | None) -> Mapping[str, float]:
    return fit.parameters if fit else {}


def _counts(frequency: Floats, most: int) -> Floats:
    return np.bincount(np.minimum(frequency, most).astype(np.int64), minlength=most + 1).astype(np.float64)

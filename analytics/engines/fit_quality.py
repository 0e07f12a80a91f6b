"""How well a model of repeat buying holds: frequencies against those expected, and weeks that it was not shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from analytics.engines.likelihood import Floats

LEAST_EXPECTED = 5.0  # a class of fewer is joined with its neighbour, as the test of chi-square asks


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many subjects came back 0, 1, 2 … times, and how many the model expects.

    The last class holds all of `frequency[-1]` times and more. `p_value` is the chance of a `chi_square` so large if the
    model held exactly (NaN where the classes are no more than the parameters): with many subjects a good model fails it too,
    so look at the sizes as well.
    """

    frequency: NDArray[np.int64]
    actual: Floats
    expected: Floats
    chi_square: float
    degrees: int
    p_value: float


@dataclass(frozen=True, slots=True)
class HoldOut:
    """What a model fitted on the earlier part of the past foretold of the later one, against what came.

    By how often subjects had come back before (`frequency`, the last class open): how many they are, their mean number of
    occasions in the time held out, and the one foretold. By time: occasions of all up to each of `day` (from the cut).
    `error` is |foretold - actual| / actual of the total, NaN where nothing came.
    """

    cut: float
    frequency: NDArray[np.int64]
    subjects: NDArray[np.int64]
    actual: Floats
    expected: Floats
    day: Floats
    actual_total: Floats
    expected_total: Floats
    error: float


def compare(actual: Floats, expected: Floats, *, fitted: int) -> Frequencies:
    """Counts by frequency 0, 1, 2 … against those expected, thin classes at the end joined; `fitted` parameters.

    >>> compared = compare(np.array([50.0, 30.0, 12.0, 3.0, 5.0]), np.array([48.0, 31.0, 13.0, 4.0, 4.0]), fitted=1)
    >>> compared.frequency.tolist(), compared.expected.tolist(), round(compared.chi_square, 3), compared.degrees
    ([0, 1, 2, 3], [48.0, 31.0, 13.0, 8.0], 0.193, 2)
    """
    classes = len(actual)
    while classes > 1 and min(expected[: classes - 1].min(), expected[classes - 1 :].sum()) < LEAST_EXPECTED:
        classes -= 1
    seen = np.append(actual[: classes - 1], actual[classes - 1 :].sum())
    awaited = np.append(expected[: classes - 1], expected[classes - 1 :].sum())
    square = float((np.square(seen - awaited) / np.maximum(awaited, 1e-300)).sum())
    degrees = classes - 1 - fitted
    chance = float(chdtrc(degrees, square)) if degrees > 0 else float("nan")
    return Frequencies(np.arange(classes), seen, awaited, square, degrees, chance)


def hold_out(
    cut: float,
    frequency: Floats,
    actual: Floats,
    expected: Floats,
    *,
    day: Floats,
    actual_total: Floats,
    expected_total: Floats,
) -> HoldOut:
    """What was foretold for each subject against what came, gathered by its frequency before (7 and more together)."""
    group = np.minimum(frequency, 7).astype(np.int64)
    subjects = np.bincount(group, minlength=1)
    there = np.flatnonzero(subjects)
    means = [np.bincount(group, column)[there] / subjects[there] for column in (actual, expected)]
    came, foretold = float(actual.sum()), float(expected.sum())
    error = abs(foretold - came) / came if came else float("nan")
    return HoldOut(cut, there, subjects[there], means[0], means[1], day, actual_total, expected_total, error)

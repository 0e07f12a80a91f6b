"""Features as standardised columns: what can be compared by distance, and turned back into what people know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines.features import Feature

FAR = 4.0  # standard deviations; what lies further out counts as this far
SKEWED = 2.0  # a feature without negative values that leans this much is compared by its logarithm
CHOICES = 12  # a choice's rarer values stand together as none of these


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A row for each record that is asked about: mean 0, each feature with variance 1 altogether, the unknown at the mean.

    `feature[c]` is the place of column c's feature, `choice[c]` the choice it stands for (NaN for a number). Constant
    features have no column.
    """

    rows: NDArray[np.float64]
    feature: tuple[int, ...]
    choice: tuple[float, ...]


def standardised(features: Sequence[Feature], nodes: NDArray[np.int64]) -> Columns:
    """The features of these nodes as columns. O(nodes × columns).

    Numbers that only grow and lean (money, counts) are taken by their logarithm, and nothing lies further out than four
    standard deviations, so that a few giants do not make up the segments.

    >>> columns = standardised([Feature("n", np.array([1.0, 3.0, np.nan])), Feature("same", np.ones(3))], np.arange(3))
    >>> columns.rows.tolist(), columns.feature
    ([[-1.0], [1.0], [0.0]], (0,))
    """
    made: list[NDArray[np.float64]] = []
    feature_of: list[int] = []
    choice_of: list[float] = []
    for place, feature in enumerate(features):
        values = feature.values[nodes]
        for column, choice in _choices(values) if feature.kind == "choice" else _number(values):
            made.append(column)
            feature_of.append(place)
            choice_of.append(choice)
    rows = np.stack(made, axis=1) if made else np.zeros((len(nodes), 0))
    return Columns(rows, tuple(feature_of), tuple(choice_of))


def _number(values: NDArray[np.float64]) -> list[tuple[NDArray[np.float64], float]]:
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        return []
    if known.min() >= 0 and _skewness(known) > SKEWED:
        values, known = np.log1p(values), np.log1p(known)
    spread = known.std()
    if not spread > 0:
        return []
    return [(np.clip(np.nan_to_num((values - known.mean()) / spread, nan=0.0), -FAR, FAR), np.nan)]


def _choices(values: NDArray[np.float64]) -> list[tuple[NDArray[np.float64], float]]:
    known = ~np.isnan(values)
    kinds, counts = np.unique(values[known], return_counts=True)
    parts = counts / max(counts.sum(), 1)
    spread = np.sqrt((parts * (1 - parts)).sum())
    if not spread > 0:
        return []
    common = np.sort(np.argsort(-counts, kind="stable")[:CHOICES])
    return [(np.where(known, (values == kinds[k]) - parts[k], 0.0) / spread, float(kinds[k])) for k in common.tolist()]


def _skewness(values: NDArray[np.float64]) -> float:
    away = values - values.mean()
    spread = values.std()
    return float((away**3).mean() / spread**3) if spread > 0 else 0.0

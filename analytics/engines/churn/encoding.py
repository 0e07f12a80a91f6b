"""Features as a matrix of numbers: choices as marks, numbers standardised or as they are, each column knowing its feature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines.features import Feature

Floats = NDArray[np.float64]
_SKEWED = 2.0
_MOST_CHOICES = 30


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the matrix: feature `of`, marking `choice`, or whether it is missing, or the number itself."""

    of: int
    choice: float | None = None
    missing: bool = False
    logarithm: bool = False

    def values(self, feature: Feature) -> Floats:
        """The column for the feature it stands for; a mark is 0 or 1, a number NaN where it is not known."""
        if self.missing:
            return np.isnan(feature.values).astype(np.float64)
        if self.choice is not None:
            return np.asarray(feature.values == self.choice, np.float64)
        return np.asarray(np.log1p(np.maximum(feature.values, 0.0))) if self.logarithm else feature.values


@dataclass(frozen=True, slots=True)
class Encoding:
    """How features become columns, learned from the examples: which choices have a mark, means and deviations.

    With `standard` the columns have mean 0 and deviation 1 among the examples, and what is not known is 0.
    """

    columns: tuple[Column, ...]
    mean: Floats
    deviation: Floats
    standard: bool

    @property
    def owner(self) -> NDArray[np.int64]:
        """The number of the feature behind each column."""
        return np.array([column.of for column in self.columns], np.int64)

    def matrix(self, features: Sequence[Feature]) -> Floats:
        """One row a record, one column a column."""
        made = np.empty((len(features[0].values), len(self.columns)))
        for j, column in enumerate(self.columns):
            made[:, j] = column.values(features[column.of])
        if not self.standard:
            return made
        made -= self.mean
        made /= self.deviation
        return np.nan_to_num(made, copy=False, nan=0.0)


def encoding(features: Sequence[Feature], *, standard: bool) -> Encoding:
    """The encoding of these examples.

    A choice has a mark for each of its thirty most frequent values, and one for a missing value where one is missing.
    With `standard` a number has a mark for missing too, and one that is never negative and skewed beyond 2 goes in as
    log(1 + x); columns that are the same for all are left out.
    """
    columns = [column for i, feature in enumerate(features) for column in _columns(i, feature, standard)]
    values = [column.values(features[column.of]) for column in columns]
    mean = np.array([np.nanmean(each) if not np.isnan(each).all() else 0.0 for each in values])
    deviation = np.array([np.nanstd(each) if not np.isnan(each).all() else 0.0 for each in values])
    kept = np.flatnonzero(deviation > 1e-12 * np.maximum(np.abs(mean), 1.0))
    return Encoding(tuple(columns[j] for j in kept), mean[kept], deviation[kept], standard)


def typical(features: Sequence[Feature]) -> tuple[Feature, ...]:
    """A record like most: the median of each number, the most frequent of each choice, unknown where most are unknown.

    >>> shown = typical(
    ...     [Feature("orders", np.array([1.0, 2.0, 9.0])), Feature("kind", np.array([0.0, 1.0, 1.0]), "choice")]
    ... )
    >>> [feature.values.tolist() for feature in shown]
    [[2.0], [1.0]]
    """
    return tuple(Feature(each.name, np.array([_middle(each)]), each.kind, each.choices) for each in features)


def chosen(features: Sequence[Feature], rows: NDArray[np.int64] | NDArray[np.bool_]) -> tuple[Feature, ...]:
    """The features of some of the records."""
    return tuple(Feature(each.name, each.values[rows], each.kind, each.choices) for each in features)


def _columns(i: int, feature: Feature, standard: bool) -> list[Column]:
    missing = np.isnan(feature.values)
    some_missing = bool(missing.any()) and (standard or feature.kind == "choice")
    marks = [Column(i, missing=True)] if some_missing else []
    if feature.kind == "number":
        return [Column(i, logarithm=standard and _skewed(feature.values[~missing])), *marks]
    kinds, counts = np.unique(feature.values[~missing], return_counts=True)
    frequent = np.sort(kinds[np.argsort(-counts, kind="stable")[:_MOST_CHOICES]])
    return [*(Column(i, choice=float(kind)) for kind in frequent), *marks]


def _skewed(known: Floats) -> bool:
    if len(known) < 3 or known.min() < 0:
        return False
    away = known - known.mean()
    spread = float(np.sqrt(np.mean(away**2)))
    return spread > 0 and float(np.mean(away**3)) > _SKEWED * spread**3


def _middle(feature: Feature) -> float:
    known = feature.values[~np.isnan(feature.values)]
    if 2 * len(known) <= len(feature.values):
        return float("nan")
    if feature.kind == "number":
        return float(np.sort(known)[(len(known) - 1) // 2])
    kinds, counts = np.unique(known, return_counts=True)
    return float(kinds[np.argmax(counts)])

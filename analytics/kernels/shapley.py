"""Shapley values of trees, leaf by leaf, record by record; `engines.churn.attribution` says by which formula."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.kernels.compiled import kernel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]


@kernel
def meets(row: Floats, first: int, after: int, column: Ints, bounds: Floats, missing: Marks) -> bool:
    """Whether a record has, in every column asked from `first` to before `after`, a value that leads on."""
    for i in range(first, after):
        value = row[column[i]]
        if np.isnan(value):
            if not missing[i]:
                return False
        elif not bounds[i, 0] < value <= bounds[i, 1]:
            return False
    return True


@kernel
def contributions(
    matrix: Floats,
    features: int,
    value: Floats,
    needed: Ints,
    asks: Ints,
    feature: Ints,
    ranges: Ints,
    column: Ints,
    bounds: Floats,
    missing: Marks,
    given: Floats,
    taken: Floats,
) -> Floats:
    """What every leaf gives to and takes from the features of every record; one row a record.

    The asks of leaf l stand from `asks[l]` to `asks[l + 1]`, the first `needed[l]` of them not met by the reference; the
    columns of ask q from `ranges[q]` to `ranges[q + 1]`.
    """
    found = np.zeros((matrix.shape[0], features))
    failing = np.empty(given.shape[0], np.int64)
    for i in range(matrix.shape[0]):
        row = matrix[i]
        for leaf in range(value.shape[0]):
            free = asks[leaf] + needed[leaf]
            reached = True
            for q in range(asks[leaf], free):
                if not meets(row, ranges[q], ranges[q + 1], column, bounds, missing):
                    reached = False
                    break
            if not reached:
                continue
            b = 0
            for q in range(free, asks[leaf + 1]):
                if not meets(row, ranges[q], ranges[q + 1], column, bounds, missing):
                    failing[b] = feature[q]
                    b += 1
            for q in range(asks[leaf], free):
                found[i, feature[q]] += value[leaf] * given[needed[leaf], b]
            for q in range(b):
                found[i, failing[q]] -= value[leaf] * taken[needed[leaf], b]
    return found

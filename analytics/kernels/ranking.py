"""Power iterations on rows: what flows along links, PageRank, eigenvector and Katz."""

from __future__ import annotations

import numpy as np

from analytics.kernels.compiled import kernel
from analytics.kernels.rows import Float64s, Floats, Int32s, Int64s


@kernel
def strengths(indptr: Int64s, weights: Floats | None) -> Float64s:
    """The sum of the weights of each row; without weights, how many links it has."""
    sums = np.zeros(len(indptr) - 1)
    for i in range(len(sums)):
        if weights is None:
            sums[i] = indptr[i + 1] - indptr[i]
        else:
            for e in range(indptr[i], indptr[i + 1]):
                sums[i] += weights[e]
    return sums


@kernel
def pushed(indptr: Int64s, indices: Int32s, weights: Floats | None, given: Float64s) -> Float64s:
    """What each node is handed when every node sends `given` along its links, times their weights."""
    received = np.zeros(len(given))
    for i in range(len(given)):
        share = given[i]
        if share == 0.0:
            continue
        if weights is None:
            for e in range(indptr[i], indptr[i + 1]):
                received[indices[e]] += share
        else:
            for e in range(indptr[i], indptr[i + 1]):
                received[indices[e]] += share * weights[e]
    return received


@kernel
def pagerank(
    indptr: Int64s,
    indices: Int32s,
    weights: Floats | None,
    alpha: float,
    start: Float64s,
    teleport: Float64s,
    dangling: Float64s,
    tolerance: float,
    rounds: int,
) -> tuple[Float64s, int]:
    """Scores and the rounds taken until they change by less than `tolerance` in all; -1 rounds when they do not settle."""
    n = len(start)
    sums = strengths(indptr, weights)
    x, given = start.copy(), np.zeros(n)
    for done in range(rounds):
        lost = 0.0
        for i in range(n):
            if sums[i] == 0.0:
                lost += x[i]
                given[i] = 0.0
            else:
                given[i] = x[i] / sums[i]
        received = pushed(indptr, indices, weights, given)
        change = 0.0
        for i in range(n):
            score = alpha * (received[i] + lost * dangling[i]) + (1.0 - alpha) * teleport[i]
            change += abs(score - x[i])
            x[i] = score
        if change < tolerance:
            return x, done + 1
    return x, -1


@kernel
def eigenvector(
    indptr: Int64s, indices: Int32s, weights: Floats | None, start: Float64s, tolerance: float, rounds: int
) -> tuple[Float64s, int]:
    """The left eigenvector of A + I of length 1, and the rounds taken; -1 when it does not settle."""
    x = start / start.sum()
    for done in range(rounds):
        y = x + pushed(indptr, indices, weights, x)
        norm = np.sqrt((y * y).sum())
        if norm > 0.0:
            y = y / norm
        change = np.abs(y - x).sum()
        x = y
        if change < tolerance:
            return x, done + 1
    return x, -1


@kernel
def katz(
    indptr: Int64s,
    indices: Int32s,
    weights: Floats | None,
    alpha: float,
    beta: Float64s,
    start: Float64s,
    tolerance: float,
    rounds: int,
) -> tuple[Float64s, int]:
    """Walks into each node, each step worth `alpha`, and the rounds taken; -1 when they do not settle."""
    x = start.copy()
    for done in range(rounds):
        y = alpha * pushed(indptr, indices, weights, x) + beta
        change = np.abs(y - x).sum()
        x = y
        if change < tolerance:
            return x, done + 1
    return x, -1

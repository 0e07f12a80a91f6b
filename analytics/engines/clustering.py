"""k-means and how to judge it, in one order of operations: the same answer whatever the number of threads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


def k_means(rows: Floats, k: int, seed: int, *, restarts: int = 4, rounds: int = 50) -> tuple[Labels, Floats]:
    """Labels and centres of the best of some seeded clusterings: least squared distances within clusters.

    Lloyd's algorithm from k-means++ starts. O(restarts × rounds × rows × k × columns). Fewer distinct rows than k leave
    clusters empty. Source: Lloyd 1982; Arthur & Vassilvitskii, SODA 2007.

    >>> labels, centres = k_means(np.array([[0.0], [0.2], [5.0], [5.2], [9.0]]), 3, 1)
    >>> bool(labels[0] == labels[1]), bool(labels[2] == labels[3]), len(set(labels.tolist()))
    (True, True, 3)
    """
    generator = np.random.default_rng(seed)
    best: tuple[float, Labels, Floats] | None = None
    for _ in range(restarts):
        labels, centres = _lloyd(rows, _starts(rows, k, generator), rounds)
        spread = float(_squares(rows, centres)[np.arange(len(rows)), labels].sum())
        if best is None or spread < best[0] * (1 - 1e-9):
            best = spread, labels, centres
    assert best is not None
    return best[1], best[2]


def nearest(rows: Floats, centres: Floats) -> Labels:
    """The nearest centre of each row, the first of equals."""
    found: Labels = np.argmin(_squares(rows, centres), axis=1)
    return found


def settled(rows: Floats, centres: Floats, rounds: int) -> tuple[Labels, Floats]:
    """Labels and centres after at most `rounds` more rounds of Lloyd's algorithm from these centres."""
    return _lloyd(rows, centres, rounds)


def distances_between(rows: Floats) -> Floats:
    """The distance of each row from each. O(rows² × columns): give it a sample."""
    distances: Floats = np.sqrt(_squares(rows, rows))
    return distances


def silhouette(distances: Floats, labels: Labels) -> float:
    """How much nearer rows are to their own cluster than to the next, mean of -1 to 1; 0 for a single cluster.

    O(rows²). Source: Rousseeuw 1987.
    """
    kinds = np.unique(labels)
    if len(kinds) < 2:
        return 0.0
    sums = np.stack([distances[:, labels == kind].sum(axis=1) for kind in kinds], axis=1)
    sizes = np.array([np.count_nonzero(labels == kind) for kind in kinds])
    own = np.searchsorted(kinds, labels)
    every = np.arange(len(labels))
    within = sums[every, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[every, own] = np.inf
    beside = means.min(axis=1)
    largest = np.maximum(within, beside)
    parts = np.divide(beside - within, largest, out=np.zeros_like(largest), where=largest > 0)
    return float(np.where(sizes[own] > 1, parts, 0.0).mean())


def agreement(one: Labels, other: Labels) -> float:
    """How far two clusterings say the same, corrected for chance: 1 the same, about 0 unrelated (adjusted Rand).

    O(rows + clusters²). Source: Hubert & Arabie 1985.

    >>> agreement(np.array([0, 0, 1, 1, 2]), np.array([5, 5, 7, 7, 6]))
    1.0
    """
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    table = np.zeros((first.max(initial=0) + 1, second.max(initial=0) + 1))
    np.add.at(table, (first, second), 1)
    pairs = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    all_pairs = float(_pairs(np.array(float(len(one)))))
    expected = rows * columns / all_pairs if all_pairs else 0.0
    most = (rows + columns) / 2
    return float((pairs - expected) / (most - expected)) if most != expected else 1.0


def _lloyd(rows: Floats, centres: Floats, rounds: int) -> tuple[Labels, Floats]:
    labels = nearest(rows, centres)
    for _ in range(rounds):
        centres = _centres(rows, labels, centres)
        moved = nearest(rows, centres)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels, centres


def _centres(rows: Floats, labels: Labels, before: Floats) -> Floats:
    """The mean row of each cluster; an empty one stays where it was."""
    sizes = np.bincount(labels, minlength=len(before))
    sums = np.zeros(before.shape)
    for c, column in enumerate(rows.T):
        sums[:, c] = np.bincount(labels, weights=column, minlength=len(before))
    return np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], before)


def _starts(rows: Floats, k: int, generator: np.random.Generator) -> Floats:
    """k rows, each drawn in proportion to its squared distance from those drawn before."""
    chosen = [int(generator.integers(len(rows)))]
    away = _squares(rows, rows[chosen]).ravel()
    for _ in range(k - 1):
        total = away.sum()
        draw = generator.random() * total
        at = int(np.searchsorted(np.cumsum(away), draw, side="right")) if total > 0 else chosen[0]
        chosen.append(min(at, len(rows) - 1))
        away = np.minimum(away, _squares(rows, rows[chosen[-1:]]).ravel())
    return rows[chosen]


def _squares(rows: Floats, centres: Floats) -> Floats:
    """Squared distances, summed column by column: no library decides the order."""
    squares = np.zeros((len(rows), len(centres)))
    for column, centre in zip(rows.T, centres.T, strict=True):
        squares += (column[:, None] - centre[None, :]) ** 2
    return squares


def _pairs(counts: Floats) -> Floats:
    return counts * (counts - 1) / 2

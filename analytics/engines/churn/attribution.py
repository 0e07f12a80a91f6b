"""What each feature adds to an ensemble of trees: exact Shapley values against one typical record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Range:
    """The values of one column that lead on: above `low`, up to `high`; and whether a missing one does."""

    column: int
    low: float = -np.inf
    high: float = np.inf
    missing: bool = True

    def holds(self, value: float) -> bool:
        """Whether the value leads on."""
        return self.missing if np.isnan(value) else self.low < value <= self.high

    def narrowed(self, threshold: float, *, below: bool, missing: bool) -> Range:
        """What is left of it on one side of a split."""
        low, high = (self.low, min(self.high, threshold)) if below else (max(self.low, threshold), self.high)
        return Range(self.column, low, high, self.missing and missing)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf: what it adds, and what it asks of each feature on the way to it."""

    value: float
    asks: tuple[tuple[int, tuple[Range, ...]], ...]


def leaves(nodes: NDArray[np.void], owner: NDArray[np.int64]) -> Iterator[Leaf]:
    """The leaves of one tree of scikit-learn's histogram boosting; `owner` is the feature behind each column."""
    waiting: list[tuple[int, dict[int, Range]]] = [(0, {})]
    while waiting:
        at, ranges = waiting.pop()
        node = nodes[at]
        if node["is_leaf"]:
            yield Leaf(float(node["value"]), _by_feature(ranges, owner))
            continue
        column, threshold = int(node["feature_idx"]), float(node["num_threshold"])
        before, missing_left = ranges.get(column, Range(column)), bool(node["missing_go_to_left"])
        for side, below in ((int(node["right"]), False), (int(node["left"]), True)):
            narrowed = before.narrowed(threshold, below=below, missing=missing_left is below)
            waiting.append((side, {**ranges, column: narrowed}))


def shapley(trees: Sequence[Sequence[Leaf]], matrix: Floats, reference: Floats, features: int) -> Floats:
    """Contributions of each feature to what the trees say of each record, above what they say of the reference.

    Formula: the game of the features that are the record's, the others being the reference's. A leaf that asks a features
    only the record has and b only the reference has gives v·(a−1)!·b!/(a+b)! to each of the a and takes v·a!·(b−1)!/(a+b)!
    from each of the b; other leaves give nothing. Nothing is sampled; each row sums to f(record) − f(reference).

    Cost: O(leaves × features asked) for each record: some ten microseconds for a hundred trees of eight leaves.

    Source: interventional TreeSHAP (Lundberg et al. 2020) for one reference, written leaf by leaf.

    >>> split = [Leaf(1.0, ((0, (Range(0, low=0.0, missing=False),)),)), Leaf(0.0, ((0, (Range(0, high=0.0),)),))]
    >>> shapley([split], np.array([[5.0], [-1.0]]), np.array([-2.0]), 1).tolist()
    [[1.0], [0.0]]
    """
    from analytics.kernels.shapley import contributions

    all_leaves = [_Flat.of(leaf, reference) for tree in trees for leaf in tree]
    asks = [ask for leaf in all_leaves for ask in leaf.asks]
    ranges = [each for _, asked in asks for each in asked]
    return contributions(
        np.ascontiguousarray(matrix),
        features,
        np.array([leaf.value for leaf in all_leaves]),
        np.array([leaf.needed for leaf in all_leaves], np.int64),
        _starts([len(leaf.asks) for leaf in all_leaves]),
        np.array([feature for feature, _ in asks], np.int64),
        _starts([len(asked) for _, asked in asks]),
        np.array([each.column for each in ranges], np.int64),
        np.array([(each.low, each.high) for each in ranges]).reshape(-1, 2),
        np.array([each.missing for each in ranges], bool),
        *_weights(max((len(leaf.asks) for leaf in all_leaves), default=0)),
    )


@dataclass(frozen=True, slots=True)
class _Flat:
    """A leaf whose first `needed` asks are those that the reference does not meet, so the record must."""

    value: float
    needed: int
    asks: tuple[tuple[int, tuple[Range, ...]], ...]

    @classmethod
    def of(cls, leaf: Leaf, reference: Floats) -> _Flat:
        met = [all(each.holds(reference[each.column]) for each in asked) for _, asked in leaf.asks]
        needed = [ask for ask, holds in zip(leaf.asks, met, strict=True) if not holds]
        free = [ask for ask, holds in zip(leaf.asks, met, strict=True) if holds]
        return cls(leaf.value, len(needed), (*needed, *free))


def _starts(lengths: Sequence[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)


def _by_feature(ranges: dict[int, Range], owner: NDArray[np.int64]) -> tuple[tuple[int, tuple[Range, ...]], ...]:
    asked: dict[int, tuple[Range, ...]] = {}
    for column, narrowed in ranges.items():
        feature = int(owner[column])
        asked[feature] = (*asked.get(feature, ()), narrowed)
    return tuple(asked.items())


def _weights(most: int) -> tuple[Floats, Floats]:
    """What each of a features is given, and each of b charged, of a leaf worth 1: rows a, columns b, from 0 to `most`."""
    given, taken = np.zeros((most + 1, most + 1)), np.zeros((most + 1, most + 1))
    for a in range(most + 1):
        for b in range(most + 1):
            given[a, b] = factorial(a - 1) * factorial(b) / factorial(a + b) if a else 0.0
            taken[a, b] = factorial(a) * factorial(b - 1) / factorial(a + b) if b else 0.0
    return given, taken

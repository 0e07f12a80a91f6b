"""How good a risk was once it is known who left: AUC, Brier score, calibration, precision and recall among the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins of records by predicted risk, equally many in each, lowest first: what was said and what came.

    `error` is the expected calibration error: the mean distance between both, weighted by `count`.
    """

    said: Floats
    came: Floats
    count: NDArray[np.int64]

    @property
    def error(self) -> float:
        """The expected calibration error, 0 to 1; 0 without records."""
        whole = int(self.count.sum())
        return float((np.abs(self.said - self.came) * self.count).sum() / whole) if whole else 0.0


def auc(left: Marks, risk: Floats) -> float:
    """The chance that one who left had the higher risk than one who stayed, ties half; NaN when all or none left.

    >>> auc(np.array([True, False, True, False]), np.array([0.9, 0.1, 0.4, 0.4]))
    0.875
    """
    leavers = int(left.sum())
    stayers = len(left) - leavers
    if not leavers or not stayers:
        return float("nan")
    _, place, counts = np.unique(risk, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[left].sum() - leavers * (leavers + 1) / 2) / (leavers * stayers))


def brier(left: Marks, risk: Floats) -> float:
    """The mean squared distance of the risk from what came: 0 is perfect, NaN without records."""
    return float(np.mean((risk - left) ** 2)) if len(left) else float("nan")


def calibration(left: Marks, risk: Floats, bins: int = 10) -> Calibration:
    """What was said and what came in at most so many equally large bins; records of equal risk share one.

    >>> found = calibration(np.array([False, False, True, True]), np.array([0.1, 0.1, 0.8, 0.9]), bins=2)
    >>> found.said.round(3).tolist(), found.came.tolist(), round(found.error, 3)
    ([0.1, 0.85], [0.0, 1.0], 0.125)
    """
    cuts = np.unique(np.quantile(risk, np.arange(1, bins) / bins)) if len(risk) else np.empty(0)
    place = np.searchsorted(cuts, risk, side="left")
    count = np.bincount(place, minlength=len(cuts) + 1)
    kept = count > 0
    said, came = (np.bincount(place, x, minlength=len(cuts) + 1)[kept] / count[kept] for x in (risk, left))
    return Calibration(said, came, count[kept])


def among_first(left: Marks, risk: Floats, k: int) -> tuple[float, float]:
    """Precision and recall of the k highest risks, ties by number; (NaN, NaN) when nobody left or k is 0.

    >>> among_first(np.array([True, False, True, False]), np.array([0.9, 0.5, 0.4, 0.1]), 2)
    (0.5, 0.5)
    """
    k = min(k, len(left))
    if not left.any() or not k:
        return float("nan"), float("nan")
    hits = int(left[np.argsort(-risk, kind="stable")[:k]].sum())
    return hits / k, hits / int(left.sum())

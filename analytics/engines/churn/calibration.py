"""Log-odds into probabilities that hold what they say (Platt), and contributions carried over without losing their sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_NEAR = 1e-5


@dataclass(frozen=True, slots=True)
class Platt:
    """probability = 1 / (1 + exp(−(slope · log-odds + shift))), with a slope of at least 0."""

    slope: float = 1.0
    shift: float = 0.0

    def probability(self, log_odds: Floats) -> Floats:
        """The calibrated probability."""
        return sigmoid(self.slope * log_odds + self.shift)

    def carried(self, contributions: Floats, base: float) -> Floats:
        """Contributions to the log-odds above `base` (one row a record) as contributions to the probability.

        Formula (Aumann–Shapley): walk straight from the base to the record, adding every contribution at the same pace;
        each gets its share of the slope on the way, which comes to φ_j · (p − p₀) / (z − z₀). The signs stay and every row
        sums to p − p₀; where z = z₀ the slope at the base takes the place of the fraction.
        """
        walked = contributions.sum(axis=1)
        start = self.slope * base + self.shift
        risen = sigmoid(start + self.slope * walked) - float(sigmoid(np.array([start]))[0])
        middle = sigmoid(start + self.slope * walked / 2)
        far = np.abs(walked) > _NEAR
        pace = np.where(far, risen / np.where(far, walked, 1.0), self.slope * middle * (1 - middle))
        return np.asarray(contributions * pace[:, None])


def sigmoid(log_odds: Floats) -> Floats:
    """1 / (1 + exp(−x)), without overflow."""
    small = np.exp(-np.abs(log_odds))
    return np.where(log_odds >= 0, 1.0, small) / (1.0 + small)


def platt(left: NDArray[np.bool_], log_odds: Floats) -> Platt:
    """The slope and shift of greatest likelihood, with Platt's softened marks so that no probability is 0 or 1.

    Log-odds that say nothing, or the opposite of what came, get slope 0: the share that left, for everybody.
    Newton's method on two numbers: O(examples × rounds), twenty rounds at most. Source: Platt 1999; Lin, Lin, Weng 2007.
    """
    leavers, stayers = int(left.sum()), int((~left).sum())
    goal = np.where(left, (leavers + 1) / (leavers + 2), 1 / (stayers + 2))
    centre, scale = float(log_odds.mean()), float(log_odds.std())
    flat = float(np.log((leavers + 1) / (stayers + 1)))
    if scale < 1e-12:
        return Platt(0.0, flat)
    x = np.column_stack([(log_odds - centre) / scale, np.ones(len(left))])
    found = np.array([0.0, flat])
    for _ in range(20):
        p = sigmoid(x @ found)
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-10 * np.eye(2), x.T @ (p - goal))
        found = found - step
        if float(np.abs(step).max()) < 1e-12:
            break
    slope = float(found[0]) / scale
    return Platt(slope, float(found[1]) - slope * centre) if slope > 0 else Platt(0.0, flat)

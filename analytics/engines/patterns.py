"""What repeat-buying models are fitted on: how often, how lately, for how long, alike subjects counted together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.engines.likelihood import Floats
from models.errors import Problem, Rejected


@dataclass(frozen=True, slots=True)
class Patterns:
    """Distinct (frequency, recency, age) with the weight of the subjects that share each.

    `frequency` counts the times after the first, `recency` is from the first to the last, `age` from the first to now:
    in whatever unit of time, or in chances.
    """

    frequency: Floats
    recency: Floats
    age: Floats
    count: Floats

    @classmethod
    def of(cls, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike, weight: ArrayLike | None = None) -> Patterns:
        """Patterns of columns with one entry a subject, checked whole. O(n log n).

        Raises Rejected with every rule that is broken, and where it is broken first.

        >>> patterns = Patterns.of([0, 2, 2, 0], [0, 5, 5, 0], [9, 9, 9, 9])
        >>> patterns.frequency.tolist(), patterns.count.tolist()
        ([0.0, 2.0], [2.0, 2.0])
        """
        x, tx, until = checked(frequency, recency, age)
        weights = np.ones(len(x)) if weight is None else _checked_weight(weight, len(x))
        order = np.lexsort((until, tx, x))
        x, tx, until, weights = x[order], tx[order], until[order], weights[order]
        new = np.ones(len(x), bool)
        new[1:] = (np.diff(x) != 0) | (np.diff(tx) != 0) | (np.diff(until) != 0)
        starts = np.flatnonzero(new)
        counts = np.add.reduceat(weights, starts) if len(starts) else weights
        kept = counts > 0
        return cls(x[starts][kept], tx[starts][kept], until[starts][kept], counts[kept])

    @property
    def subjects(self) -> int:
        """How many subjects there are, by weight."""
        return round(float(self.count.sum()))

    @property
    def repeaters(self) -> int:
        """How many came again at least once."""
        return round(float(self.count[self.frequency > 0].sum()))

    def sample(self, most: int, *, seed: int) -> Patterns:
        """At most `most` of the patterns, drawn without favour, their weights raised so that the total stays."""
        if len(self.count) <= most:
            return self
        drawn = np.sort(np.random.default_rng(seed).choice(len(self.count), most, replace=False))
        raised = self.count[drawn] * (self.count.sum() / self.count[drawn].sum())
        return Patterns(self.frequency[drawn], self.recency[drawn], self.age[drawn], raised)


def checked(frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """The three columns as floats, equally long; raises Rejected for what cannot be."""
    x, tx, until = (np.atleast_1d(np.asarray(column, np.float64)) for column in (frequency, recency, age))
    if x.ndim != 1 or x.shape != tx.shape or x.shape != until.shape:
        sizes = f"{x.shape}, {tx.shape} and {until.shape}"
        raise Rejected(
            [Problem("bad_shape", f"Frequency, recency and age must be flat and equally long; they are {sizes}.")]
        )
    rules = (
        ("frequency", ~(np.isfinite(x) & (x >= 0) & (x == np.floor(x))), "a whole number from 0 up"),
        ("recency", ~(np.isfinite(tx) & (tx >= 0)), "a finite number from 0 up"),
        ("age", ~(np.isfinite(until) & (until >= 0)), "a finite number from 0 up"),
        ("recency", tx > until, "at most the age: it is counted from the first event to the last, not back from now"),
        ("recency", (x == 0) & (tx > 0), "0 where the frequency is 0: there is no later event than the first"),
    )
    problems = [_problem(name, wrong, wanted) for name, wrong, wanted in rules if wrong.any()]
    if problems:
        raise Rejected(problems)
    return x, tx, until


def _problem(name: str, wrong: NDArray[np.bool_], wanted: str) -> Problem:
    place = int(np.argmax(wrong))
    more = int(wrong.sum()) - 1
    message = f"The {name} of subject {place}{f' (and of {more} more)' if more else ''} must be {wanted}."
    return Problem("bad_history", message, (name, place))


def _checked_weight(weight: ArrayLike, n: int) -> Floats:
    weights = np.atleast_1d(np.asarray(weight, np.float64))
    if weights.shape != (n,) or not (np.isfinite(weights) & (weights >= 0)).all():
        raise Rejected(
            [Problem("bad_weight", f"There must be one weight a subject ({n}), finite and from 0 up.", ("weight",))]
        )
    return weights

"""Recency, frequency, value: when a subject did business last, how often, for how much, and what group that makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.engines.likelihood import Floats
from analytics.engines.occasions import LeftOut, day_of, occasions
from analytics.events import Events
from analytics.reasons import Fact, Reason
from models.errors import Problem, Rejected

GROUPS = (
    "champion", "loyal", "cannot_lose", "at_risk", "potential", "needs_attention",
    "fading", "new", "promising", "cooling", "lost",
)  # fmt: skip
# rows: recency 1 to 5; columns: how often and how much, low (1), middle (2, 3), high (4, 5)
_TABLE = np.array(
    [
        ["lost", "fading", "cannot_lose"],
        ["lost", "fading", "at_risk"],
        ["cooling", "needs_attention", "loyal"],
        ["promising", "potential", "champion"],
        ["new", "potential", "champion"],
    ]
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Frequency and value count the last `window_days` (None: everything); occasions within `merge_days` are one.

    The score sums the three fifths, each by its weight.
    """

    window_days: float | None = 730.0
    merge_days: float = 1.0
    recency_weight: float = 1.0
    frequency_weight: float = 1.0
    value_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class RecencyFrequencyValue:
    """For each of `subjects`: days since the last occasion, occasions and value in the window, their fifths, the group.

    Fifths go from 1 to 5, 5 the latest, most often and most; equals share one. Where no event of anyone has a value,
    `value` is NaN, `value_fifth` is 0 and neither the score nor the group looks at it. `group` is one of GROUPS.
    """

    subjects: NDArray[np.int32]
    recency_days: Floats
    frequency: NDArray[np.int64]
    value: Floats
    recency_fifth: NDArray[np.int64]
    frequency_fifth: NDArray[np.int64]
    value_fifth: NDArray[np.int64]
    score: Floats
    group: NDArray[np.str_]
    last_event: NDArray[np.int32]
    parameters: Parameters
    left_out: LeftOut
    currency: str

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """What the score of the i-th subject sums: its three fifths, with what each stands on.

        The facts of recency hold the counterfactual: the group it would be in after an occasion today.
        """
        days, often = float(self.recency_days[i]), int(self.frequency[i])
        told: dict[str, Fact] = {
            "days": days,
            "fifth": int(self.recency_fifth[i]),
            "if_today": self.group_after_today(i),
        }
        reasons = [
            Reason(
                "recency", self.parameters.recency_weight * int(self.recency_fifth[i]), told, (int(self.last_event[i]),)
            ),
            Reason(
                "frequency",
                self.parameters.frequency_weight * int(self.frequency_fifth[i]),
                {"times": often, "fifth": int(self.frequency_fifth[i])},
            ),
        ]
        if self.value_fifth[i]:
            facts: dict[str, Fact] = {
                "value": float(self.value[i]),
                "fifth": int(self.value_fifth[i]),
                "currency": self.currency,
            }
            reasons.append(Reason("value", self.parameters.value_weight * int(self.value_fifth[i]), facts))
        return tuple(reasons)

    def group_after_today(self, i: int) -> str:
        """The group the i-th subject would be in had it done business today, of no value that is known. O(n)."""
        already = self.recency_days[i] == 0 and self.parameters.merge_days > 0  # all of today is one occasion
        times = int(self.frequency[i]) + (0 if already else 1)
        recency, often = _fifth_with(-self.recency_days, i, 0.0), _fifth_with(self.frequency, i, times)
        return str(_groups(recency, often, self.value_fifth[i : i + 1])[0])


def run(events: Events, parameters: Parameters | None = None, *, now: datetime | float) -> RecencyFrequencyValue:
    """Promise: recency, frequency and value of each subject with an event, in fifths of all, and a named group.

    Formula: fifth of x = 1 + ⌊5 · (how many are less + half of those equal) / n⌋, at most 5; equal subjects are always in
    one fifth, and where all are alike all are in the third. Group: from the fifth of recency, and the mean of the
    fifths of frequency and value: high from 4 on, middle from 2 on, low.

    Parameters: `events` of business, or any; see `Parameters`; `now`, a UTC time or days since 1970. What counts against
    (sign -1) is no occasion and takes its value off.

    Returns: `RecencyFrequencyValue`; events after `now` are left out and counted in `left_out`.

    Raises: Rejected for a window that is not above 0, or weights that are no numbers from 0 up.

    Example, five subjects on day 400:

    >>> from analytics.engines.examples_of_events import bought
    >>> days = {0: [390, 395], 1: [100, 120, 140, 160], 2: [398], 3: [10], 4: [50, 350, 380]}
    >>> values = {0: [20, 25], 1: [90, 90, 90, 90], 2: [5], 3: [10], 4: [30, 20, 40]}
    >>> result = run(bought(days, values), now=400.0)
    >>> result.recency_fifth.tolist(), result.frequency_fifth.tolist(), result.value_fifth.tolist()
    ([4, 2, 5, 1, 3], [3, 5, 2, 2, 4], [3, 5, 1, 2, 4])
    >>> result.group.tolist()
    ['potential', 'at_risk', 'new', 'fading', 'loyal']
    >>> [(reason.code, reason.contribution) for reason in result.reasons(1)], result.group_after_today(1)
    ([('recency', 2.0), ('frequency', 5.0), ('value', 5.0)], 'champion')

    Cost: O(events + n log n).

    Source: Hughes, Strategic Database Marketing (1994), with ranks that share ties.
    """
    parameters = parameters or Parameters()
    _check(parameters)
    past = occasions(events, now, merge_days=parameters.merge_days)
    since = -np.inf if parameters.window_days is None else past.now - parameters.window_days
    n = len(past.subjects)
    frequency = np.bincount(past.owner[past.day >= since], minlength=n)
    value, known = _values(events, past.subjects, since, day_of(now))
    recency_days = past.now - past.last
    recency_fifth = _fifths(-recency_days, -recency_days)
    frequency_fifth = _fifths(frequency.astype(float), frequency.astype(float))
    value_fifth = _fifths(value, value) if known else np.zeros(n, np.int64)
    score = parameters.recency_weight * recency_fifth + parameters.frequency_weight * frequency_fifth
    return RecencyFrequencyValue(
        subjects=past.subjects,
        recency_days=recency_days,
        frequency=frequency,
        value=value if known else np.full(n, np.nan),
        recency_fifth=recency_fifth,
        frequency_fifth=frequency_fifth,
        value_fifth=value_fifth,
        score=score + parameters.value_weight * value_fifth,
        group=_groups(recency_fifth, frequency_fifth, value_fifth),
        last_event=past.event[past.starts[1:] - 1],
        parameters=parameters,
        left_out=past.left_out,
        currency=events.currency,
    )


def _values(events: Events, subjects: NDArray[np.int32], since: float, until: float) -> tuple[Floats, bool]:
    """What the events of each subject are worth in all, and whether any has a value."""
    counted = (events.day >= since) & (events.day <= until) & ~np.isnan(events.value)
    counted &= np.isin(events.subject, subjects)
    worth = np.where(events.sign < 0, -np.abs(events.value), events.value)[counted]
    place = np.searchsorted(subjects, events.subject[counted])
    total = np.asarray(np.bincount(place, worth, minlength=len(subjects)), np.float64)
    return total, bool(counted.any())


def _fifths(of: Floats, where: Floats) -> NDArray[np.int64]:
    """In which fifth of the column `of` each value of `where` lies, ties sharing the middle of their ranks."""
    ordered = np.sort(of)
    below, upto = (np.searchsorted(ordered, where, side=side) for side in ("left", "right"))
    return np.asarray(np.minimum(5 * (below + upto) // max(2 * len(ordered), 1), 4) + 1)


def _fifth_with(of: NDArray[Any], i: int, value: float) -> NDArray[np.int64]:
    """In which fifth of the column the i-th value would lie were it another."""
    others = np.delete(of, i)
    below, upto = int((others < value).sum()), int((others <= value).sum()) + 1
    return np.array([min(5 * (below + upto) // (2 * len(of)), 4) + 1])


def _groups(recency: NDArray[np.int64], frequency: NDArray[np.int64], value: NDArray[np.int64]) -> NDArray[np.str_]:
    weight = np.where(value > 0, (frequency + value) / 2, frequency)
    return np.asarray(_TABLE[recency - 1, np.searchsorted((2.0, 4.0), weight, side="right")])


def _check(parameters: Parameters) -> None:
    rules = (
        ("window_days", parameters.window_days is None or parameters.window_days > 0, "above 0, or none"),
        ("merge_days", parameters.merge_days >= 0, "from 0 up"),
        ("recency_weight", 0 <= parameters.recency_weight < np.inf, "from 0 up"),
        ("frequency_weight", 0 <= parameters.frequency_weight < np.inf, "from 0 up"),
        ("value_weight", 0 <= parameters.value_weight < np.inf, "from 0 up"),
    )
    wrong = [(name, wanted) for name, holds, wanted in rules if not holds]
    if wrong:
        raise Rejected(Problem("bad_parameter", f"{name} must be {wanted}.", (name,)) for name, wanted in wrong)

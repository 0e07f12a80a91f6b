"""Own risk from silence, where nobody marked who left: how many of its usual gaps a subject has been silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines import rotation
from analytics.events import Events
from analytics.reasons import Reason

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parameters:
    """At `half` usual gaps of silence the risk is one half; the greater `steepness`, the sharper it rises there."""

    half: float = 3.0
    steepness: float = 2.0

    def __post_init__(self) -> None:
        if not (self.half > 0 and self.steepness > 0):
            raise ValueError("`half` and `steepness` of the risk from silence must be above 0.")


@dataclass(frozen=True, slots=True)
class Silence:
    """The risk of each of `subjects`, in their order; `base` is that at one usual gap, which those get of whom nothing is known.

    `multiple`, `silent_days` and `usual_gap_days` are NaN where there is no event, or nobody has a gap; `last` is the
    newest event (-1: none).
    """

    subjects: NDArray[np.int32]
    risk: Floats
    base: float
    multiple: Floats
    silent_days: Floats
    usual_gap_days: Floats
    last: NDArray[np.int32]
    parameters: Parameters

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """`rhythm`, the risk at one usual gap, and `silence`, what the silence adds or takes; they sum to `risk[i]`."""
        if np.isnan(self.multiple[i]):
            return (Reason("unknown", float(self.risk[i])),)
        facts = {
            "silent_days": float(self.silent_days[i]),
            "usual_gap_days": float(self.usual_gap_days[i]),
            "multiple": float(self.multiple[i]),
        }
        return (
            Reason("rhythm", self.base, {"usual_gap_days": facts["usual_gap_days"]}),
            Reason("silence", float(self.risk[i]) - self.base, facts, (int(self.last[i]),)),
        )


def risk_of(multiple: Floats, parameters: Parameters) -> Floats:
    """m^s / (m^s + half^s), the log-logistic law: 0 after a contact, rising, never 1; the base where m is NaN.

    >>> risk_of(np.array([0.0, 1.0, 3.0, 6.0, np.nan]), Parameters()).round(3).tolist()
    [0.0, 0.1, 0.5, 0.8, 0.1]
    """
    known = np.where(np.isnan(multiple), 1.0, multiple)
    with np.errstate(divide="ignore", over="ignore"):  # no silence at all: infinitely many times less than `half`
        return np.asarray(1.0 / (1.0 + (parameters.half / known) ** parameters.steepness))


def run(events: Events, subjects: NDArray[np.int32], parameters: Parameters | None = None, *, now: float) -> Silence:
    """The risk of each subject from its silence, in multiples of its usual gap (base rotation).

    Formula: risk = m^s / (m^s + half^s), m = days since the last event / usual gap, both of `engines.rotation`.

    Parameters: `events` of contact, business or both; numbers of the subjects, also those without events; `now`, in days
    since 1970: what lies after it has not happened yet.

    Returns Silence, in the order of `subjects`. Nothing known of a subject, or of anybody: the base risk, reason `unknown`.

    Raises ValueError for parameters that cannot be.

    Example: five subjects, each with a contact every ten days, the last one 0, 10, 30 and 60 days ago; the fifth has none.

    >>> from analytics.engines.examples_of_events import bought
    >>> events = bought({i: range(0, 101 - ago, 10) for i, ago in enumerate((0, 10, 30, 60))})
    >>> found = run(events, np.arange(5, dtype=np.int32), now=100.0)
    >>> found.risk.round(2).tolist()
    [0.0, 0.1, 0.5, 0.8, 0.1]
    >>> [(reason.code, round(reason.contribution, 2)) for reason in found.reasons(3)]
    [('rhythm', 0.1), ('silence', 0.7)]

    Cost: O(events log events). Source: accelerated failure time with a log-logistic law of gaps (Kalbfleisch & Prentice 2002).
    """
    parameters = parameters or Parameters()
    found = rotation.run(events, now=now)
    place = np.searchsorted(found.subjects, subjects)
    known = np.zeros(len(subjects), bool)
    if len(found.subjects):
        place = np.minimum(place, len(found.subjects) - 1)
        known = found.subjects[place] == subjects
    last = np.full(len(subjects), -1, np.int32)
    if known.any():
        last[known] = found.past.event[found.past.starts[place[known] + 1] - 1]
    multiple, silent, usual = (
        _spread(column, place, known) for column in (found.multiple, found.silent_days, found.usual_gap_days)
    )
    base = float(risk_of(np.ones(1), parameters)[0])
    return Silence(subjects, risk_of(multiple, parameters), base, multiple, silent, usual, last, parameters)


def _spread(column: Floats, place: NDArray[np.int64], known: NDArray[np.bool_]) -> Floats:
    wide = np.full(len(known), np.nan)
    wide[known] = column[place[known]]
    return wide

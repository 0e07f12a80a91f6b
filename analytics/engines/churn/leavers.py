"""Who has left and when; and from that, examples to learn from: what was to be seen then, and who left soon after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.behaviour import behaviour
from analytics.engines.features import Feature
from analytics.events import Events

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Leavers:
    """For each subject whether it has left, and on which day since 1970 (NaN: stayed, or not known when)."""

    left: Marks
    day: Floats

    @classmethod
    def dated(cls, day: Floats, *, now: float) -> Leavers:
        """By the day each leaves; who leaves after `now` has not left yet."""
        left = day <= now
        return cls(left, np.where(left, day, np.nan))

    @classmethod
    def undated(cls, left: Marks) -> Leavers:
        """By a mark alone."""
        return cls(left, np.full(len(left), np.nan))

    @property
    def is_dated(self) -> bool:
        """Whether it is known of every leaver when it left."""
        return bool(self.left.any()) and not bool(np.isnan(self.day[self.left]).any())

    def until(self, now: float) -> Leavers:
        """What was known at a moment in the past; a leaver without a day is not known of then."""
        return Leavers.dated(self.day, now=now)


@dataclass(frozen=True, slots=True)
class Examples:
    """Subjects at past moments: `features` as they were then, and whether they `left` within the horizon after."""

    features: tuple[Feature, ...]
    left: Marks
    subject: NDArray[np.int64]
    moment: Floats


def examples(
    events: Events,
    subjects: NDArray[np.int32],
    leavers: Leavers,
    *,
    now: float,
    horizon: float,
    moments: int,
    fields: Sequence[Feature] = (),
) -> Examples:
    """Examples at `moments` past moments, a horizon apart, the last one a horizon before `now`.

    A subject is an example while it has had an event and has not left. Measured then, not now: after somebody has left
    there is silence, and silence would give the leaving away. `fields` are taken as they are today.
    """
    columns: list[list[Floats]] = []
    names: tuple[Feature, ...] = ()
    left, subject, moment = [], [], []
    for step in range(moments, 0, -1):
        at = now - step * horizon
        names = (*behaviour(events, subjects, now=at), *fields)
        seen = ~np.isnan(names[0].values) & ~(leavers.day <= at)
        rows = np.flatnonzero(seen)
        columns.append([feature.values[rows] for feature in names])
        left.append(leavers.day[rows] <= at + horizon)
        subject.append(rows)
        moment.append(np.full(len(rows), at))
    made = [
        Feature(feature.name, np.concatenate(parts), feature.kind, feature.choices)
        for feature, parts in zip(names, zip(*columns, strict=True), strict=True)
    ]
    return Examples(tuple(made), np.concatenate(left), np.concatenate(subject), np.concatenate(moment))

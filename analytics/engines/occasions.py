"""A subject's past as occasions: the days on which something happened, and the few numbers that models take of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from analytics.engines.likelihood import Floats
from analytics.events import Events
from models.errors import Problem, Rejected

Period = Literal["day", "week", "month", "quarter", "year"]
DAYS_OF: dict[Period, float] = {"day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Events that say nothing here: those after now, those of sign -1 (they count against), those without a day."""

    future: int = 0
    against: int = 0
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Occasions:
    """Occasions sorted by subject, then day: those of `subjects[i]` are rows `starts[i]` to `starts[i + 1]`.

    `event` is the first of an occasion's events, `value` sums what is known of all, NaN where nothing is. `now` is the
    moment up to which is looked, on the same grid of days as the occasions.
    """

    subjects: NDArray[np.int32]
    starts: NDArray[np.int64]
    day: Floats
    event: NDArray[np.int32]
    value: Floats
    now: float
    left_out: LeftOut

    @property
    def count(self) -> NDArray[np.int64]:
        """How many occasions each subject has; at least one."""
        return np.diff(self.starts)

    @property
    def first(self) -> Floats:
        """The day of each subject's first occasion."""
        return self.day[self.starts[:-1]]

    @property
    def last(self) -> Floats:
        """The day of each subject's last occasion."""
        return self.day[self.starts[1:] - 1]

    @property
    def owner(self) -> NDArray[np.int64]:
        """For each occasion the place of its subject."""
        return np.repeat(np.arange(len(self.subjects)), self.count)

    def position(self, subject: int) -> int | None:
        """Where a subject stands among the subjects; None where it has no occasion."""
        place = int(np.searchsorted(self.subjects, subject))
        return place if place < len(self.subjects) and self.subjects[place] == subject else None

    def until(self, day: float) -> Occasions:
        """The occasions up to an earlier day, which is the new `now`; subjects that began later are not in it."""
        kept = self.day <= day
        columns = _Columns(self.subjects[self.owner], self.day, self.event, self.value)
        return _grouped(columns.at(kept), min(day, self.now), self.left_out)


@dataclass(frozen=True, slots=True)
class Histories:
    """For each subject: times after the first, time from first to last, from first to now; mean value of the repeats.

    `valued` counts the repeats whose value is known and makes up `value` (NaN for none).
    """

    frequency: Floats
    recency: Floats
    age: Floats
    valued: Floats
    value: Floats


def day_of(now: datetime | float) -> float:
    """A moment as days since 1970-01-01 UTC; a number is one already. Raises ValueError for a time without zone."""
    if not isinstance(now, datetime):
        return float(now)
    if now.tzinfo is None:
        raise ValueError(f"The time {now} has no zone; times are UTC here.")
    return now.astimezone(UTC).timestamp() / 86_400


def occasions(events: Events, now: datetime | float, *, merge_days: float = 1.0) -> Occasions:
    """Events up to `now` as occasions: what a subject did within the same `merge_days` is one (0: nothing is merged).

    Events in any order; those after `now`, against the relationship or without a day are left out and counted.
    O(events), O(events log events) where they are out of order.
    """
    moment = day_of(now)
    dated, late = np.isfinite(events.day), events.day > moment
    against = events.sign < 0
    kept = dated & ~late & ~against
    left_out = LeftOut(int(late.sum()), int((against & dated & ~late).sum()), int((~dated).sum()))
    columns = _Columns(events.subject, _on_grid(events.day, merge_days), events.event, events.value).at(kept)
    subject, day = columns.subject, columns.day
    if not ((np.diff(subject) > 0) | ((np.diff(subject) == 0) & (np.diff(day) >= 0))).all():
        columns = columns.at(np.lexsort((day, subject)))
    columns = _merged(columns) if merge_days > 0 else columns
    return _grouped(columns, float(_on_grid(np.array([moment]), merge_days)[0]), left_out)


@dataclass(frozen=True, slots=True)
class _Columns:
    subject: NDArray[np.int32]
    day: Floats
    event: NDArray[np.int32]
    value: Floats

    def at(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> _Columns:
        return _Columns(self.subject[rows], self.day[rows], self.event[rows], self.value[rows])


def _on_grid(day: Floats, merge_days: float) -> Floats:
    return np.floor(day / merge_days) * merge_days if merge_days > 0 else day


def _merged(rows: _Columns) -> _Columns:
    new = np.ones(len(rows.day), bool)
    new[1:] = (np.diff(rows.subject) != 0) | (np.diff(rows.day) != 0)
    first = np.flatnonzero(new)
    if not len(first):
        return rows
    known = ~np.isnan(rows.value)
    total = np.add.reduceat(np.where(known, rows.value, 0.0), first)
    any_known = np.add.reduceat(known.astype(np.int64), first) > 0
    return _Columns(rows.subject[first], rows.day[first], rows.event[first], np.where(any_known, total, np.nan))


def _grouped(rows: _Columns, now: float, left_out: LeftOut) -> Occasions:
    subjects, first = np.unique(rows.subject, return_index=True)
    starts = np.append(first, len(rows.subject)).astype(np.int64)
    return Occasions(subjects, starts, rows.day, rows.event, rows.value, now, left_out)


def histories(past: Occasions, *, unit_days: float = 7.0) -> Histories:
    """The numbers that BG/NBD and gamma-gamma take of each subject, times in units of so many days. O(occasions)."""
    later = np.ones(len(past.day), bool)
    later[past.starts[:-1]] = False
    known = later & ~np.isnan(past.value)
    owner, n = past.owner, len(past.subjects)
    valued = np.bincount(owner[known], minlength=n).astype(np.float64)
    total = np.bincount(owner[known], past.value[known], minlength=n)
    return Histories(
        frequency=(past.count - 1).astype(np.float64),
        recency=(past.last - past.first) / unit_days,
        age=(past.now - past.first) / unit_days,
        valued=valued,
        value=np.where(valued > 0, total / np.maximum(valued, 1.0), np.nan),
    )


def chances(past: Occasions, period: Period) -> tuple[Floats, Floats, Floats]:
    """What BG/BB takes of each subject: chances taken, the last one taken, and chances there were.

    A chance is a calendar period (UTC; weeks from Monday) after that of the first occasion; the present one is not over
    and does not count. Raises Rejected for a period that is none. O(occasions).
    """
    index = period_index(past.day, period)
    last_over = int(period_index(np.array([past.now]), period)[0]) - 1
    owner, n = past.owner, len(past.subjects)
    since = index - index[past.starts[:-1]][owner]
    new = np.ones(len(index), bool)
    new[1:] = (np.diff(index) != 0) | (np.diff(owner) != 0)
    taken = new & (since > 0) & (index <= last_over)
    frequency = np.bincount(owner[taken], minlength=n).astype(np.float64)
    recency = np.zeros(n)
    np.maximum.at(recency, owner[taken], since[taken].astype(np.float64))
    had = np.maximum(last_over - index[past.starts[:-1]], 0).astype(np.float64)
    return frequency, recency, had


def period_index(day: Floats, period: Period) -> NDArray[np.int64]:
    """The number of the calendar period of each day, counted from that of 1970-01-01."""
    whole = np.floor(day).astype(np.int64)
    if period == "day":
        return whole
    if period == "week":
        return (whole + 3) // 7
    if period not in get_args(Period):
        known = ", ".join(get_args(Period))
        raise Rejected([Problem("bad_parameter", f"There is no period {period!r}; there are {known}.", ("period",))])
    months = whole.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months // {"month": 1, "quarter": 3, "year": 12}[period])

"""What subjects have been doing up to a moment, as features: how long silent, how often, for how much, better or worse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analytics.engines.churn.learned import OF_EVENTS
from analytics.engines.features import Feature
from analytics.events import Events

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

WINDOWS = (30, 90, 365)
_MOST_SIGNALS = 8


def behaviour(events: Events, subjects: NDArray[np.int32], *, now: float) -> tuple[Feature, ...]:
    """Features of each subject at `now` (days since 1970), from its events up to then; what lies after changes nothing.

    Days silent, usual gap (the mean of its own) and how many of them it is silent; days known; events and their value in
    30, 90 and 365 days; the trend (ln of events in 90 days by those in the 90 before); of the last year the share that
    counts against, the share that came from them, and how many kinds there were; events of each of the first eight
    signals in 180 days. NaN where a subject has nothing to count from. `subjects` ascend.

    >>> from analytics.engines.examples_of_events import bought
    >>> events = bought({0: [0, 10, 20], 1: [25], 4: [40]})
    >>> found = {each.name: each.values.tolist() for each in behaviour(events, np.arange(5, dtype=np.int32), now=30.0)}
    >>> found["events.silent_days"], found["events.multiple"], found["events.count_30"]
    ([10.0, 5.0, nan, nan, nan], [1.0, nan, nan, nan, nan], [2.0, 1.0, 0.0, 0.0, 0.0])

    Cost: O(events).
    """
    place, known = _places(events, subjects, now)
    past, n = events.chosen(known), len(subjects)
    ago = now - past.day
    columns = {**_rhythm(place, past.day, n, now), **_windows(place, ago, past, n)}
    columns["trend"] = _trend(place, ago, n)
    columns.update(_year(place[ago < WINDOWS[-1]], past.chosen(ago < WINDOWS[-1]), n))
    for number, signal in enumerate(past.signals[:_MOST_SIGNALS]):
        columns[f"{signal.name}_180"] = _count(place[(past.signal == number) & (ago < 180)], n)
    return tuple(Feature(OF_EVENTS + name, values) for name, values in columns.items())


def _places(events: Events, subjects: NDArray[np.int32], now: float) -> tuple[Ints, Marks]:
    """The place of the subject of each event that counts, and which do."""
    if not len(subjects):
        return np.empty(0, np.int64), np.zeros(len(events), bool)
    place = np.minimum(np.searchsorted(subjects, events.subject), len(subjects) - 1)
    known = (subjects[place] == events.subject) & (events.day <= now)
    return place[known], known


def _rhythm(place: Ints, day: Floats, n: int, now: float) -> dict[str, Floats]:
    first, last = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(first, place, day)
    np.maximum.at(last, place, day)
    new_day = np.ones(len(day), bool)
    new_day[1:] = (place[1:] != place[:-1]) | (np.floor(day[1:]) != np.floor(day[:-1]))
    gaps = _count(place[new_day], n) - 1
    some = np.isfinite(first)
    silent = np.where(some, now - np.where(some, last, now), np.nan)
    known_days = np.where(some, now - np.where(some, first, now), np.nan)
    usual = np.divide(known_days - silent, gaps, out=np.full(n, np.nan), where=gaps > 0)
    multiple = np.divide(silent, usual, out=np.full(n, np.nan), where=usual > 0)
    return {"silent_days": silent, "usual_gap_days": usual, "multiple": multiple, "known_days": known_days}


def _windows(place: Ints, ago: Floats, past: Events, n: int) -> dict[str, Floats]:
    value = np.nan_to_num(past.value, nan=0.0)
    made: dict[str, Floats] = {}
    for days in WINDOWS:
        inside = ago < days
        made[f"count_{days}"] = _count(place[inside], n)
        made[f"value_{days}"] = np.asarray(np.bincount(place[inside], value[inside], minlength=n), np.float64)
    return made


def _trend(place: Ints, ago: Floats, n: int) -> Floats:
    late, early = _count(place[ago < 90], n), _count(place[(ago >= 90) & (ago < 180)], n)
    return np.asarray(np.log((late + 0.5) / (early + 0.5)))


def _year(place: Ints, past: Events, n: int) -> dict[str, Floats]:
    whole = _count(place, n)
    directed = past.direction != 0
    kinds = np.unique(place * (len(past.signals) + 1) + past.signal)
    return {
        "against_share": _share(_count(place[past.sign < 0], n), whole),
        "theirs_share": _share(_count(place[past.direction < 0], n), _count(place[directed], n)),
        "kinds": _count(kinds // (len(past.signals) + 1), n),
    }


def _count(place: Ints, n: int) -> Floats:
    return np.asarray(np.bincount(place, minlength=n), np.float64)


def _share(part: Floats, whole: Floats) -> Floats:
    share: Floats = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return share

"""Evidence of pairs: the events that two records both take part in, decayed, joined on the numbers of the events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analytics.events import Events

_AT_ONCE = 1 << 21  # rows compared in one step, so that memory stays bounded


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row for each act of a pair, sorted by pair, then weightiest first, then by event.

    `counts` is weight · decay, `decay` the power of two alone; `direction` is +1 from us, -1 from them, 0 unknown.
    `deepest` is the greatest weight of all events, shared or not; `signal` points into `signals`.
    """

    pair: NDArray[np.int64]
    event: NDArray[np.int32]
    day: NDArray[np.float64]
    counts: NDArray[np.float64]
    decay: NDArray[np.float64]
    direction: NDArray[np.int8]
    signal: NDArray[np.int16]
    signals: tuple[str, ...]
    deepest: float


@dataclass(frozen=True, slots=True)
class TopActs:
    """The weightiest acts of each pair, one row a pair, -1 where there are fewer; `others` is what the rest counts."""

    event: NDArray[np.int32]
    counts: NDArray[np.float64]
    day: NDArray[np.float64]
    signal: NDArray[np.int16]
    others: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Events sorted by (subject, event), each once; `key` is both in one number. Those of subject s stand from
    `starts[s]` to `starts[s + 1]`.
    """

    starts: NDArray[np.int64]
    event: NDArray[np.int32]
    day: NDArray[np.float64]
    counts: NDArray[np.float64]
    decay: NDArray[np.float64]
    direction: NDArray[np.int8]
    signal: NDArray[np.int16]
    key: NDArray[np.int64]
    width: int


def shared_acts(
    events: Sequence[Events], first: NDArray[np.int32], second: NDArray[np.int32], *, now: float
) -> Evidence:
    """The acts that both records of each pair take part in, up to `now`.

    Weight, decay and signal are those of the pair's first record, so that a pair turned round may weigh otherwise.
    An act has no direction when its two records say opposite ones. A record with itself shares nothing.
    """
    signals = tuple(signal.name for each in events for signal in each.signals)
    rows = _rows(events, now, int(max(first.max(initial=0), second.max(initial=0))))
    deepest = max((float(each.weight.max()) for each in events if len(each)), default=0.0)
    shorter = np.minimum(_lengths(rows, first), _lengths(rows, second))
    found = [_joined(rows, first[part], second[part], part.start) for part in _parts(shorter)]
    pair, own, other = (np.concatenate(column) for column in zip(*found, strict=True)) if found else (_NONE,) * 3
    order = np.lexsort((rows.event[own], -rows.counts[own], pair))
    pair, own, other = pair[order], own[order], other[order]
    return Evidence(
        pair=pair,
        event=rows.event[own],
        day=rows.day[own],
        counts=rows.counts[own],
        decay=rows.decay[own],
        direction=np.sign(rows.direction[own] + rows.direction[other]).astype(np.int8),
        signal=rows.signal[own],
        signals=signals,
        deepest=deepest,
    )


def top_acts(found: Evidence, pairs: int, most: int) -> TopActs:
    """The `most` weightiest acts of each of so many pairs, and the sum of the others."""
    starts = np.searchsorted(found.pair, np.arange(pairs))
    place = np.arange(len(found.pair)) - starts[found.pair]
    kept = place < most
    where = found.pair[kept], place[kept]
    top = TopActs(
        np.full((pairs, most), -1, np.int32),
        np.zeros((pairs, most)),
        np.full((pairs, most), np.nan),
        np.full((pairs, most), -1, np.int16),
        np.bincount(found.pair[~kept], found.counts[~kept], minlength=pairs).astype(np.float64),
    )
    top.event[where], top.counts[where] = found.event[kept], found.counts[kept]
    top.day[where], top.signal[where] = found.day[kept], found.signal[kept]
    return top


_NONE = np.empty(0, np.int64)
_NO_ROWS = tuple(np.empty(0, kind) for kind in (np.int32, np.int32, np.float64, np.float64, np.int8, np.int16))


def _rows(events: Sequence[Events], now: float, highest: int) -> _Rows:
    """The rows that can be shared at all: weightier than nothing, not in the future, of an event two records have."""
    offsets = np.cumsum([0, *(len(each.signals) for each in events)])
    half_lives = np.array([signal.half_life_days for each in events for signal in each.signals] or [1.0])
    columns = [
        _NO_ROWS,  # where nothing ever happened
        *(
            (each.subject, each.event, each.day, each.weight.astype(np.float64), each.direction, each.signal + offset)
            for each, offset in zip(events, offsets[:-1].astype(np.int16), strict=True)
        ),
    ]
    subject, event, day, weight, direction, signal = (np.concatenate(c) for c in zip(*columns, strict=True))
    several = np.bincount(event, minlength=1)[event] > 1
    fit = np.flatnonzero(several & (day <= now) & (weight > 0))
    decay = np.exp2((day[fit] - now) / half_lives[signal[fit]])
    width = int(event.max(initial=0)) + 1
    key = subject[fit].astype(np.int64) * width + event[fit]
    order = np.lexsort(
        (signal[fit], -decay * weight[fit], key)
    )  # an event by two signals counts once, by the weightier
    order = order[np.diff(key[order], prepend=-1) != 0]
    chosen = fit[order]
    decay = decay[order]
    counted = np.bincount(subject[chosen], minlength=highest + 1)
    return _Rows(
        np.concatenate([[0], np.cumsum(counted)]),
        event[chosen],
        day[chosen],
        decay * weight[chosen],
        decay,
        direction[chosen],
        signal[chosen].astype(np.int16),
        key[order],
        width,
    )


def _lengths(rows: _Rows, ends: NDArray[np.int32]) -> NDArray[np.int64]:
    lengths: NDArray[np.int64] = np.diff(rows.starts)[ends]
    return lengths


def _parts(lengths: NDArray[np.int64]) -> list[slice]:
    """Pairs cut into runs that compare some `_AT_ONCE` rows each."""
    reached = np.cumsum(lengths)
    cuts = np.searchsorted(reached, np.arange(_AT_ONCE, int(reached[-1]) if len(reached) else 0, _AT_ONCE)) + 1
    bounds = np.unique([0, *cuts, len(lengths)])
    return [slice(int(a), int(b)) for a, b in pairwise(bounds)]


def _joined(
    rows: _Rows, first: NDArray[np.int32], second: NDArray[np.int32], offset: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of pairs, and the rows of their first and second records, for every event they share."""
    first_is_shorter = _lengths(rows, first) <= _lengths(rows, second)
    short, long = np.where(first_is_shorter, first, second), np.where(first_is_shorter, second, first)
    lengths = np.where(first == second, 0, _lengths(rows, short))
    pair = np.repeat(np.arange(len(first)), lengths)
    own = np.arange(len(pair)) + np.repeat(rows.starts[short] - np.cumsum(lengths) + lengths, lengths)
    wanted = np.repeat(long.astype(np.int64) * rows.width, lengths) + rows.event[own]
    order = np.argsort(wanted)  # searched in order, the keys are walked once instead of jumped about in
    place = np.searchsorted(rows.key, wanted[order])
    hit = rows.key[np.minimum(place, len(rows.key) - 1)] == wanted[order] if len(order) else _NONE.astype(bool)
    order, place = order[hit], place[hit]
    pair, own = pair[order], own[order]
    turned = ~first_is_shorter[pair]
    return pair + offset, np.where(turned, place, own), np.where(turned, own, place)

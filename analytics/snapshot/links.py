"""The links of one relation as arrays: in rows by source, sorted inside a row, four bytes a target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ALWAYS: Final = -(2**31)  # `valid_from` of a link that was always true
FOREVER: Final = 2**31 - 1  # `valid_to` of one that has no end
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
UNKNOWN: Final = -(2**62)  # seconds, where the database has no moment
Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class LinkArrays:
    """Links of a relation: those of record `source_first + i` are `indptr[i]` to `indptr[i + 1] - 1`.

    In a row they are sorted by target, then weight, then validity, so that equal links give equal arrays. `weight` is
    None where every link weighs 1. `valid_from` and `valid_to` are minutes since 1970 UTC (`ALWAYS`, `FOREVER` where
    open), the end being outside; None for a relation without validity. A symmetric relation holds each link once.
    """

    relation: str
    source_first: int
    indptr: NDArray[np.int64]
    target: NDArray[np.int32]
    weight: NDArray[np.float32] | None = None
    valid_from: NDArray[np.int32] | None = None
    valid_to: NDArray[np.int32] | None = None
    symmetric: bool = False
    source_types: tuple[str, ...] = ()  # the types whose records have rows, and those between; (): all

    @property
    def m(self) -> int:
        """How many links there are, those that are over included."""
        return len(self.target)

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays."""
        return sum(array.nbytes for array in self.arrays.values())

    @property
    def arrays(self) -> Columns:
        """The arrays there are, by name."""
        return {"indptr": self.indptr, **self.columns}

    @property
    def columns(self) -> Columns:
        """The arrays that have one value a link, by name."""
        named = {
            "target": self.target,
            "weight": self.weight,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
        }
        return {name: array for name, array in named.items() if array is not None}

    def sources(self) -> NDArray[np.int32]:
        """The source of every link; made anew at each call."""
        last = self.source_first + len(self.indptr) - 1
        return np.repeat(np.arange(self.source_first, last, dtype=np.int32), np.diff(self.indptr))

    def in_force(self, minute: int) -> NDArray[np.bool_] | None:
        """Which links were true at a minute; None: all of them."""
        if self.valid_from is None or self.valid_to is None:
            return None
        return (self.valid_from <= minute) & (minute < self.valid_to)

    def filled(self, span: range, columns: Columns) -> LinkArrays:
        """The same relation with other links, sorted, whose sources lie in `span`."""
        indptr = np.zeros(len(span) + 1, np.int64)
        np.cumsum(np.bincount(columns["source"] - span.start, minlength=len(span)), out=indptr[1:])
        rest: dict[str, Any] = {name: array for name, array in columns.items() if name != "source"}
        return replace(self, source_first=span.start, indptr=indptr, **rest)


def empty(
    relation: str,
    *,
    weighted: bool = False,
    temporal: bool = False,
    symmetric: bool = False,
    source_types: tuple[str, ...] = (),
) -> LinkArrays:
    """A relation without a link, and the columns that its links would have."""
    none = np.empty(0, np.int32)
    return LinkArrays(
        relation,
        0,
        np.zeros(1, np.int64),
        none,
        np.empty(0, np.float32) if weighted else None,
        none if temporal else None,
        none if temporal else None,
        symmetric,
        source_types,
    )


def ordered(columns: Columns) -> Columns:
    """The same links sorted by source, target, weight and validity; `columns` has `source` and those of LinkArrays."""
    order = order_of(columns)
    return columns if order is None else {name: array[order] for name, array in columns.items()}


def order_of(columns: Columns) -> NDArray[np.int64] | None:
    """What sorts links by source, target, weight and validity; None when they are sorted. O(m log m)."""
    pairs = (columns["source"].astype(np.int64) << 32) | columns["target"].astype(np.int64)
    order = None
    if len(pairs) > 1 and not bool((pairs[1:] >= pairs[:-1]).all()):
        order = np.argsort(pairs, kind="stable")
        pairs = pairs[order]
    same = np.flatnonzero(pairs[1:] == pairs[:-1])
    ties = [columns[name] for name in ("valid_to", "valid_from", "weight") if name in columns]
    if not len(same) or not ties:
        return order
    if order is None:
        order = np.arange(len(pairs), dtype=np.int64)
    several = np.union1d(same, same + 1)
    mine = order[several]
    order[several] = mine[np.lexsort((*(tie[mine] for tie in ties), pairs[several]))]
    return order


def minute_of(moment: datetime) -> int:
    """The minute that a moment lies in, as snapshots count them; a moment without a time zone is UTC.

    What has no end holds at any minute: moments beyond 4,000 years are the last minute before `FOREVER`.
    """
    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return min(max(int(known.timestamp() // 60), ALWAYS), FOREVER - 1)


def moment_of(minute: int) -> datetime | None:
    """The moment that a minute begins at; None where it is open."""
    return None if minute in (ALWAYS, FOREVER) else EPOCH + timedelta(minutes=minute)


def minutes(seconds: NDArray[np.int64], otherwise: int) -> NDArray[np.int32]:
    """Seconds since 1970 as minutes, rounded down; `otherwise` for what is unknown. Moments beyond 4,000 years are open."""
    found = np.clip(seconds // 60, ALWAYS, FOREVER).astype(np.int32)
    found[seconds == UNKNOWN] = otherwise
    return found


def minutes_of(moments: Iterable[datetime | None], otherwise: int) -> NDArray[np.int32]:
    """The same for moments as Python knows them."""
    return np.array([otherwise if each is None else minute_of(each) for each in moments], np.int32)

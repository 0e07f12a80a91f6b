"""A snapshot with some of it replaced: records that came and went, and every link between some pairs of records.

Pairs are replaced whole, so that it does not matter whether a change was contained before: doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.links import Columns, LinkArrays, ordered
from analytics.snapshot.records import Bytes, Numbers, Records, ascending, keys_of


@dataclass(frozen=True)
class Renumbering:
    """The records of a later state, and the number that each of the earlier ones has there (-1: gone)."""

    records: Records
    numbers: Numbers

    def of(self, earlier: Numbers) -> Numbers:
        """The later numbers of records; -1 stays -1."""
        if not len(self.numbers):
            return np.full(len(earlier), -1, np.int32)
        return np.where(earlier < 0, np.int32(-1), self.numbers[earlier])


def renumbered(records: Records, gone: Numbers, came: Mapping[str, Bytes]) -> Renumbering:
    """Records without some and with others; those that came must not be there yet. O(n + k log n)."""
    stays = np.ones(records.n, np.bool_)
    stays[gone] = False
    numbers = np.full(records.n, -1, np.int32)
    parts: list[Bytes] = []
    types = tuple(sorted({*records.types, *came}))
    starts = np.zeros(len(types) + 1, np.int64)
    for place, name in enumerate(types):
        own = records.range_of(name) if name in records.types else range(0)
        kept = np.flatnonzero(stays[own.start : own.stop])
        ids = records.ids[own.start : own.stop][kept]
        new = ascending(came[name]) if name in came else ids[:0]
        before = np.searchsorted(keys_of(ids), keys_of(new))
        parts.append(np.insert(ids, before, new, axis=0))
        moved = np.arange(len(ids)) + np.searchsorted(before, np.arange(len(ids)), side="right")
        numbers[own.start + kept] = starts[place] + moved
        starts[place + 1] = starts[place] + len(parts[-1])
    ids = np.concatenate(parts) if parts else records.ids[:0]
    return Renumbering(Records(ids, types, starts), numbers)


def relinked(
    links: LinkArrays, renumbering: Renumbering, pairs: tuple[Numbers, Numbers], fresh: Columns, *, moved: bool = True
) -> LinkArrays:
    """A relation's links among the later records; those between `pairs` are replaced by the fresh ones, in any order.

    Pairs and fresh links are told in later numbers. Without `moved` the numbers are as they were. O(m + k log m).
    """
    columns: dict[str, NDArray[np.generic]] = {"source": links.sources(), **links.columns}
    if moved:
        ends = {name: renumbering.of(columns[name]) for name in ("source", "target")}  # type: ignore[arg-type]  # both are there
        columns |= ends
        there = (ends["source"] >= 0) & (ends["target"] >= 0)
        if not there.all():
            columns = {name: array[there] for name, array in columns.items()}
    span = renumbering.records.span(links.source_types)
    columns = _without(columns, _keys(*pairs))
    here = (fresh["source"] >= span.start) & (fresh["source"] < span.stop) & (fresh["target"] >= 0)
    added = ordered({name: fresh[name][here] for name in columns})
    if len(added["source"]):
        before = np.searchsorted(_keys(columns["source"], columns["target"]), _keys(added["source"], added["target"]))
        columns = {name: np.insert(array, before, added[name]) for name, array in columns.items()}
    return links.filled(span, columns)


def between(links: LinkArrays, source: int, target: int) -> slice:
    """Where the links from a record to another stand."""
    row = source - links.source_first
    if not 0 <= row < len(links.indptr) - 1:
        return slice(0, 0)
    first, after = int(links.indptr[row]), int(links.indptr[row + 1])
    found = np.searchsorted(links.target[first:after], (target, target + 1))
    return slice(first + int(found[0]), first + int(found[1]))


def _without(columns: dict[str, NDArray[np.generic]], gone: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
    """Sorted links without those of some pairs."""
    if not len(gone) or not len(columns["source"]):
        return columns
    keys = _keys(columns["source"], columns["target"])
    gone = np.unique(gone)
    first, after = np.searchsorted(keys, gone), np.searchsorted(keys, gone, side="right")
    steps = np.zeros(len(keys) + 1, np.int32)
    np.add.at(steps, first, 1)
    np.add.at(steps, after, -1)
    stays = np.cumsum(steps[:-1]) == 0
    return {name: array[stays] for name, array in columns.items()}


def _keys(source: NDArray[np.generic], target: NDArray[np.generic]) -> NDArray[np.int64]:
    return (source.astype(np.int64) << 32) | target.astype(np.int64)

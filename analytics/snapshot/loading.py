"""A snapshot filled from the database: records type by type, links relation by relation, in packed chunks.

Nothing is made for each link but its bytes in the arrays, which are as long as the database says from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.links import BadWeight
from analytics.snapshot import memory
from analytics.snapshot.links import ALWAYS, FOREVER, Columns, LinkArrays, empty, minutes, ordered
from analytics.snapshot.planning import Plan
from analytics.snapshot.records import Bytes, Records, packed, unpacked_all
from analytics.snapshot.state import Snapshot
from graph.snapshots import Counts, Listed, Packed, Reader
from models.metamodel import Metamodel

Progress = Callable[[str, float | None], None]
LINKS = 200_000  # in a chunk, about
SOURCES = 20_000  # in a chunk, at most
GATHERED = 4_000  # links that the database gathers at once, about


@dataclass
class _Records:
    """The records of the load under way, and which number each node of the database has."""

    records: Records
    nodes: NDArray[np.int64]
    places: NDArray[np.int32]

    @property
    def wide(self) -> bool:
        """Whether node ids go beyond 32 bits."""
        return len(self.places) > 2**31

    def numbers(self, nodes: NDArray[Any]) -> NDArray[np.int32]:
        """The numbers of nodes, -1 for those that are no records or came meanwhile."""
        known = nodes < len(self.places)
        if not known.all():
            nodes = np.where(known, nodes, -1)  # the last place, set right below
        found: NDArray[np.int32] = self.places[nodes] if len(self.places) else np.full(len(nodes), -1, np.int32)
        found[~known] = -1
        return found


async def load(
    reader: Reader,
    model: Metamodel,
    plans: Sequence[Plan],
    *,
    now: datetime,
    progress: Progress,
    limit_bytes: int | None = None,
) -> Snapshot:
    """Everything there is, read anew. What is written meanwhile may be in it or not; the next refresh brings it.

    Raises TooLarge before anything is loaded, BadWeight naming the links whose weight is none, TimedOut, Unavailable.
    """
    state = await reader.state()
    counts = await reader.counts(model, [plan.name for plan in plans])
    memory.check(memory.needed_bytes(counts, plans), limit_bytes)
    progress("Records", 0.0)
    found = await _load_records(reader, model)
    links: dict[str, LinkArrays] = {}
    total, done = sum(counts.links.values()), 0
    for plan in plans:
        progress(plan.name, done / total if total else None)
        links[plan.name] = await _Filling(reader, plan, counts, found).run()
        done += counts.links[plan.name]
    progress("Snapshot", 1.0)
    weights = {plan.name: plan.weight for plan in plans if plan.weight}
    return Snapshot(found.records, links, state.seq, now, model.version, weights, state.mark)


async def _load_records(reader: Reader, model: Metamodel) -> _Records:
    ids: dict[str, Bytes] = {}
    nodes: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for name in sorted(model.types):
        pages: list[Bytes] = [np.empty((0, 16), np.uint8)]
        async for page_nodes, page_ids in reader.ids(name):
            nodes.append(np.array(page_nodes, np.int64))
            pages.append(packed(page_ids))
        ids[name] = np.concatenate(pages)
    records = Records.of(ids)
    numbered = np.concatenate(nodes)
    places = np.full(int(numbered.max(initial=-1)) + 1, -1, np.int32)
    places[numbered] = np.arange(len(numbered), dtype=np.int32)
    return _Records(records, numbered, places)


@dataclass
class _Filling:
    """The arrays of one relation while they are filled, source by source."""

    reader: Reader
    plan: Plan
    counts: Counts
    found: _Records
    parts: dict[str, NDArray[Any]] = field(default_factory=dict)
    filled: int = 0

    async def run(self) -> LinkArrays:
        """All links of the relation."""
        relation, records = self.plan.relation, self.found.records
        span = records.span(relation.source.types)
        self.parts = self._room(self.counts.links[self.plan.name])
        per_source = self.counts.links[self.plan.name] / max(1, len(span))
        size = int(min(SOURCES, max(100, LINKS / max(per_source, 0.01))))
        degrees = np.zeros(len(span) + 1, np.int64)
        for first in range(span.start, span.stop, size):
            chunk = range(first, min(first + size, span.stop))
            columns = await self._chunk(chunk, group=int(max(1, GATHERED / max(per_source, 1))))
            counted = np.bincount(columns["source"] - first, minlength=len(chunk))
            degrees[first - span.start + 1 : chunk.stop - span.start + 1] = counted
            self._append(columns)
        np.cumsum(degrees, out=degrees)
        arrays = {name: part[: self.filled] if len(part) > self.filled else part for name, part in self.parts.items()}
        arrays = {name: array if array.base is None else array.copy() for name, array in arrays.items()}
        return LinkArrays(
            relation.name,
            span.start,
            degrees,
            symmetric=relation.symmetric,
            source_types=relation.source.types,
            **arrays,
        )

    async def _chunk(self, chunk: range, *, group: int) -> Columns:
        """The links of some sources, sorted."""
        nodes = self.found.nodes[chunk.start : chunk.stop].tolist()
        shape = self.plan.shape(wide=self.found.wide)
        parts = [self._live(each) for each in await self.reader.links(shape, nodes, unit=self.plan.unit, group=group)]
        if self.plan.relation.temporal:
            ids = unpacked_all(self.found.records.ids[chunk.start : chunk.stop])
            over = await self.reader.past_links(shape, ids, unit=self.plan.unit, group=max(group, 100))
            parts += [self._past(each) for each in over]
        columns = joined(parts, weighted=bool(self.plan.weight), temporal=self.plan.relation.temporal)
        await refuse_bad_weights(self.reader, self.plan, columns)
        here = (columns["target"] >= 0) & (columns["source"] >= chunk.start) & (columns["source"] < chunk.stop)
        return ordered(columns if here.all() else {name: array[here] for name, array in columns.items()})

    def _live(self, part: Packed) -> Columns:
        integers = ">i8" if self.found.wide else ">i4"
        columns: dict[str, NDArray[Any]] = {
            "source": self.found.numbers(np.frombuffer(part.source, integers)),
            "target": self.found.numbers(np.frombuffer(part.target, integers)),
        }
        seconds = [np.frombuffer(each, ">i8").astype(np.int64) for each in (part.since, part.until)]
        return columns | dict(_values(self.plan, np.frombuffer(part.weight, ">f4"), *seconds))

    def _past(self, part: Listed) -> Columns:
        records = self.found.records
        return {
            "source": records.indices(part.source),
            "target": records.indices(part.target),
            **values_of(self.plan, part),
        }

    def _room(self, size: int) -> dict[str, NDArray[Any]]:
        return {name: np.empty(size, array.dtype) for name, array in self._empty.columns.items()}

    @property
    def _empty(self) -> LinkArrays:
        return empty(self.plan.name, weighted=bool(self.plan.weight), temporal=self.plan.relation.temporal)

    def _append(self, columns: Columns) -> None:
        after = self.filled + len(columns["source"])
        for name, part in self.parts.items():
            if after > len(part):  # more than were counted: links that are over, or came meanwhile
                self.parts[name] = grown = np.empty(after + after // 8, part.dtype)
                grown[: self.filled] = part[: self.filled]
            self.parts[name][self.filled : after] = columns[name]
        self.filled = after


def values_of(plan: Plan, part: Listed) -> Columns:
    """The weights and times of listed links as columns."""
    seconds = [np.array(each, np.int64) for each in (part.since, part.until)]
    return dict(_values(plan, np.array(part.weight, np.float64), *seconds))


def joined(parts: Sequence[Columns], *, weighted: bool, temporal: bool) -> Columns:
    """Columns one after the other; none are empty columns."""
    columns = empty("", weighted=weighted, temporal=temporal).columns
    base: Columns = {"source": np.empty(0, np.int32), **columns}
    return {name: np.concatenate([array, *(part[name] for part in parts)]) for name, array in base.items()}


async def refuse_bad_weights(reader: Reader, plan: Plan, columns: Columns) -> None:
    """Raises BadWeight naming links, when one of them came without a weight that is one."""
    if "weight" not in columns or not len(columns["weight"]) or columns["weight"].min() >= 0:
        return
    named = await reader.bad_weights(plan.name, plan.weight, unit=plan.unit)
    those = "; ".join(f"{each.link} from {each.source} to {each.target} ({each.weight})" for each in named)
    raise BadWeight(
        f"Links of {plan.name} have a {plan.weight} that is no finite number of at least 0: {those}. "
        "Mend them, or weigh the relation by another field."
    )


def _values(
    plan: Plan, weight: NDArray[Any], since: NDArray[np.int64], until: NDArray[np.int64]
) -> Iterator[tuple[str, NDArray[Any]]]:
    if plan.weight:
        yield "weight", weight.astype(np.float32)
    if plan.relation.temporal:
        yield "valid_from", minutes(since, ALWAYS)
        yield "valid_to", minutes(until, FOREVER)

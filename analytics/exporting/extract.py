"""What is exported: records and the links between them with their scores, handed out in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot import ALWAYS, FOREVER, LinkArrays, Snapshot
from analytics.snapshot.links import minute_of
from analytics.snapshot.records import unpacked_all
from analytics.surroundings import among
from models.errors import NotFound

BLOCK = 20_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Kind = Literal["number", "integer", "boolean", "text"]
Column = NDArray[Any]
TAKEN = frozenset({"id", "type", "label", "source", "target", "relation", "weight", "validFrom", "validTo"})
_NONE: Mapping[str, Column] = MappingProxyType({})
_KINDS: Mapping[str, Kind] = MappingProxyType({"f": "number", "i": "integer", "u": "integer", "b": "boolean"})
_KINDS_OF_OBJECTS: Mapping[type, Kind] = MappingProxyType({int: "integer", bool: "boolean"})


@dataclass(frozen=True, slots=True)
class Nodes:
    """Some records: ids, types, labels, and each score as a list with None where it is not known."""

    ids: list[str]
    types: list[str]
    labels: list[str]
    scores: Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Edges:
    """Some links of one relation; `weights` are None where the relation has none, times where a link has no bound."""

    sources: list[str]
    targets: list[str]
    relation: str
    weights: NDArray[np.float32] | None
    valid_from: list[datetime | None] | None
    valid_to: list[datetime | None] | None


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """Records of a snapshot (`nodes`, None: all) and the links between them, with scores.

    `scores` have a value for every record of the snapshot, by name: numbers (NaN: not known), integers, truths or texts
    (as objects, where some are None: not known). `labels` gives the names of the records asked for; without it a record's
    label is its id. Links are those of `relations` (None: all), with `as_of` only those in force then, else all there are.
    Raises ValueError for a score of another length or with the name of a column, NotFound for an unknown relation.
    """

    snapshot: Snapshot
    nodes: NDArray[np.int32] | None = None
    relations: Sequence[str] | None = None
    scores: Mapping[str, Column] = field(default_factory=lambda: _NONE)
    labels: Callable[[NDArray[np.int32]], Sequence[str]] | None = None
    as_of: datetime | None = None

    def __post_init__(self) -> None:
        for name, column in self.scores.items():
            if name in TAKEN:
                raise ValueError(f"A score cannot be called {name!r}, which every export has already; rename it.")
            if len(column) != self.snapshot.n:
                raise ValueError(f"Score {name!r} has {len(column)} values for {self.snapshot.n} records.")
        for name in self.relations or ():
            if name not in self.snapshot.links:
                raise NotFound(f"The snapshot has no relation {name!r}; it has: {', '.join(self.snapshot.links)}.")

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """What each score is. O(records) for those that are held as objects."""
        return {name: _kind_of(column) for name, column in self.scores.items()}

    def node_blocks(self) -> Iterator[Nodes]:
        """The records in the order of their numbers."""
        chosen = np.arange(self.snapshot.n, dtype=np.int32) if self.nodes is None else np.unique(self.nodes)
        names = np.array([*self.snapshot.types, ""], dtype=object)
        for first in range(0, len(chosen), BLOCK):
            numbers = chosen[first : first + BLOCK]
            ids = self._ids(numbers)
            types = names[np.searchsorted(self.snapshot.starts, numbers, side="right") - 1].tolist()
            labels = ids if self.labels is None else [str(label) for label in self.labels(numbers)]
            scores = {name: _known(column[numbers]) for name, column in self.scores.items()}
            yield Nodes(ids, types, labels, scores)

    def edge_blocks(self) -> Iterator[Edges]:
        """The links, relation by relation, in the order of their sources and targets."""
        chosen = None if self.nodes is None else np.unique(self.nodes)
        for name in self.snapshot.links if self.relations is None else dict.fromkeys(self.relations):
            links = self.snapshot.links[name]
            sources = links.sources()
            for first in range(0, links.m, BLOCK):
                kept = self._kept(links, sources, chosen, first)
                if len(kept):
                    yield self._edges(links, sources, kept)

    def _kept(
        self, links: LinkArrays, sources: NDArray[np.int32], chosen: NDArray[np.int32] | None, first: int
    ) -> NDArray[np.int64]:
        part = slice(first, first + BLOCK)
        kept = np.ones(len(sources[part]), np.bool_)
        if chosen is not None:
            kept &= among(sources[part], chosen) & among(links.target[part], chosen)
        if self.as_of is not None and links.valid_from is not None and links.valid_to is not None:
            minute = minute_of(self.as_of)
            kept &= (links.valid_from[part] <= minute) & (minute < links.valid_to[part])
        return np.flatnonzero(kept) + first

    def _edges(self, links: LinkArrays, sources: NDArray[np.int32], kept: NDArray[np.int64]) -> Edges:
        return Edges(
            self._ids(sources[kept]),
            self._ids(links.target[kept]),
            links.relation,
            None if links.weight is None else links.weight[kept],
            None if links.valid_from is None else _moments(links.valid_from[kept], ALWAYS),
            None if links.valid_to is None else _moments(links.valid_to[kept], FOREVER),
        )

    def _ids(self, numbers: NDArray[np.int32]) -> list[str]:
        return unpacked_all(self.snapshot.ids[numbers])


def _kind_of(column: Column) -> Kind:
    if column.dtype.kind == "O":
        found = set(map(type, column.tolist())) - {type(None)}
        return _KINDS_OF_OBJECTS.get(next(iter(found)), "text") if len(found) == 1 else "text"
    return _KINDS.get(column.dtype.kind, "text")


def _known(column: Column) -> list[Any]:
    """The values as Python has them, None for NaN."""
    values: list[Any] = column.tolist()
    return [None if value != value else value for value in values] if column.dtype.kind in "fO" else values


def _moments(minutes: NDArray[np.int32], open_end: int) -> list[datetime | None]:
    """Minutes since 1970 as moments in UTC; None where a link is open."""
    return [None if minute == open_end else EPOCH + timedelta(minutes=minute) for minute in minutes.tolist()]

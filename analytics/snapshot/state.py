"""One state of the graph: who is there, how they are linked, when that was, and which changes it contains."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.links import ALWAYS, FOREVER, LinkArrays, empty, minutes_of, ordered
from analytics.snapshot.records import Bytes, Ids, Numbers, Records, packed
from analytics.standing import StandsForGraph
from models.errors import NotFound

if TYPE_CHECKING:
    from analytics.graph import Graph, Parallel
    from analytics.snapshot.changing import Ended, Extra, Pair, Weighed
    from analytics.snapshot.choosing import Ways

NO_LINKS: Mapping[str, LinkArrays] = MappingProxyType({})
NO_WEIGHTS: Mapping[str, str] = MappingProxyType({})
START = datetime(2026, 1, 1, tzinfo=UTC)
LinkTuple = tuple[Any, ...]  # source, target, weight, valid from, valid to: the last three may be left out


@dataclass(frozen=True, eq=False)
class Snapshot(StandsForGraph):
    """The graph as arrays: it never changes, and may be read by any number of threads.

    `seq` is the last change set that is contained for certain, `mark` its id; later ones may be contained too.
    `weight_fields` says which field of each relation its links' weights come from. `moment` is when its graphs are
    read unless they are asked for otherwise; None: when it was taken. To networkx it stands for `.graph()`.
    """

    records: Records
    links: Mapping[str, LinkArrays] = attribute(default_factory=lambda: NO_LINKS)
    seq: int = 0
    taken_at: datetime = START
    model_version: int = 0
    weight_fields: Mapping[str, str] = attribute(default_factory=lambda: NO_WEIGHTS)
    mark: str = ""
    moment: datetime | None = None

    @classmethod
    def of(
        cls,
        ids_by_type: Mapping[str, Sequence[str]],
        links_by_relation: Mapping[str, Iterable[LinkTuple]] | None = None,
        *,
        symmetric: Collection[str] = (),
        seq: int = 0,
        taken_at: datetime = START,
        model_version: int = 0,
    ) -> Snapshot:
        """A snapshot from memory, for trials and tests: ids by type, and (source, target, weight, from, to) by relation.

        Weight and times may be left out; a missing weight is 1. Raises NotFound for ends that are no records.
        """
        records = Records.of({name: packed(list(ids)) for name, ids in ids_by_type.items()})
        links = {
            relation: _from_tuples(records, relation, list(given), symmetric=relation in symmetric)
            for relation, given in (links_by_relation or {}).items()
        }
        return cls(records, links, seq, taken_at, model_version)

    @property
    def n(self) -> int:
        """How many records there are."""
        return self.records.n

    @property
    def m(self) -> int:
        """How many links there are, those that are over included."""
        return sum(links.m for links in self.links.values())

    @property
    def ids(self) -> Bytes:
        """The ids as the bytes of their UUIDs, 16 a record."""
        return self.records.ids

    @property
    def types(self) -> tuple[str, ...]:
        """The types, in the order of their records."""
        return self.records.types

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the records of each type begin, and the end: one more than there are types."""
        return self.records.starts

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays."""
        return self.ids.nbytes + sum(links.nbytes for links in self.links.values())

    @cached_property
    def labels(self) -> Ids:
        """All ids as texts, made when asked for."""
        return Ids(self.records)

    def index(self, id: str) -> int:
        """The number of a record. Raises NotFound."""
        return self.records.index(id)

    def indices(self, ids: Iterable[str]) -> Numbers:
        """The numbers of records, -1 for ids that are unknown."""
        return self.records.indices(ids)

    def id(self, number: int) -> str:
        """The id of a record. Raises IndexError."""
        return self.records.id(number)

    def type_of(self, number: int) -> str:
        """The type of a record. Raises IndexError."""
        return self.records.type_of(number)

    def range_of(self, type_name: str) -> range:
        """The numbers of a type's records. Raises NotFound."""
        return self.records.range_of(type_name)

    def numbers_in(self, other: Snapshot) -> Numbers:
        """For each record its number in another snapshot, -1 where that does not have it."""
        return other.records.indices_of(self.ids)

    def age_s(self, now: datetime) -> float:
        """How many seconds old it is; 0 when the clock was put back since."""
        return max(0.0, (now - self.taken_at).total_seconds())

    def at(self, moment: datetime | None) -> Snapshot:
        """The same snapshot, its graphs read at another moment; arrays are shared."""
        return replace(self, moment=moment)

    def only(self, relations: Sequence[str]) -> Snapshot:
        """The same snapshot with some relations; arrays are shared. Raises NotFound."""
        return replace(self, links={name: self.links[name] for name in self.known(relations)})

    def known(self, relations: Sequence[str]) -> tuple[str, ...]:
        """The relations, each once. Raises NotFound for one that the snapshot does not have."""
        for name in relations:
            if name not in self.links:
                raise NotFound(f"The snapshot has no relation {name!r}; it has: {', '.join(self.links) or 'none'}.")
        return tuple(dict.fromkeys(relations))

    def graph(
        self,
        relations: Sequence[str] | None = None,
        *,
        direction: Ways = "out",
        as_of: datetime | None = None,
        factors: Mapping[str, float] | None = None,
        types: Sequence[str] | None = None,
        parallel: Parallel = "sum",
    ) -> Graph:
        """The links of some relations (None: of all) that were true at a moment (None: at `moment`).

        `direction` says for all or for each relation whether links are walked from source to target, back, or both
        ways; symmetric relations go both ways always. When all go both ways the graph is undirected. `factors`
        multiply the weights of a relation; links of one without weights weigh 1. With `types` only records of these
        are nodes, and links between them: `labels.numbers` says which records they are. O(n + links).
        Raises NotFound for relations and types that the snapshot does not have, BadWeight for a negative factor.
        """
        from analytics.snapshot.choosing import chosen

        return chosen(self, relations, direction, as_of, factors or {}, types, parallel)

    @cached_property
    def whole(self) -> Graph:
        """`graph()` of everything, made once: what networkx sees."""
        return self.graph()

    def changed(
        self,
        *,
        without_records: Iterable[str] = (),
        without_links: Iterable[Pair] = (),
        extra_records: Iterable[tuple[str, str]] = (),
        extra_links: Iterable[Extra] = (),
        ended: Iterable[Ended] = (),
        weights: Iterable[Weighed] = (),
    ) -> Snapshot:
        """A changed copy that shares what stays: what would be if. The data is not touched.

        Links are named (relation, source id, target id), which means every link between the two; `extra_records` are
        (type, id), `extra_links` have a weight as fourth or none, `ended` the moment as fourth or that of the snapshot,
        `weights` the new weight. Records that go take their links along and the others are numbered anew: `numbers_in`
        finds them. Raises Rejected with all that is not there.
        """
        from analytics.snapshot.changing import changed

        return changed(self, without_records, without_links, extra_records, extra_links, ended, weights)

    def __repr__(self) -> str:
        return f"<snapshot of {self.n} records and {self.m} links at {self.taken_at:%Y-%m-%d %H:%M:%S} UTC>"


def _from_tuples(records: Records, relation: str, given: list[LinkTuple], *, symmetric: bool) -> LinkArrays:
    rows = [(*link, *(None,) * (5 - len(link))) for link in given]
    ends = [records.indices(row[side] for row in rows) for side in (0, 1)]
    for side in (0, 1):
        for place in np.flatnonzero(ends[side] < 0)[:1]:
            raise NotFound(f"{relation} links {rows[place][side]!r}, which is no record of the snapshot.")
    columns: dict[str, NDArray[Any]] = {"source": ends[0], "target": ends[1]}
    if any(row[2] is not None for row in rows):
        columns["weight"] = np.array([1 if row[2] is None else row[2] for row in rows], np.float32)
    if any(row[3] is not None or row[4] is not None for row in rows):
        columns["valid_from"] = minutes_of((row[3] for row in rows), ALWAYS)
        columns["valid_to"] = minutes_of((row[4] for row in rows), FOREVER)
    return empty(relation, symmetric=symmetric).filled(range(records.n), ordered(columns))

"""A part of the graph that is fit to be drawn, with what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from analytics.answering.answers import (
    Asked,
    check,
    out_of_range,
    records_unknown,
    relations_unknown,
    types_unknown,
)
from analytics.snapshot import Snapshot
from analytics.snapshot.links import moment_of
from analytics.snapshot.records import unpacked_all
from analytics.subgraph import Caps, Drawing, drawing, whole
from models.errors import told

MOST_SEEDS, MOST_HOPS, MOST_RECORDS, MOST_LINKS = 2_000, 4, 20_000, 60_000


@dataclass(frozen=True, slots=True)
class DrawnRecord:
    """A record of a drawing: how many links from those asked for, and the weight of its links with those before it."""

    id: str
    hop: int
    strength: float


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A link of a drawing, which stands for `count` links of its relation; it holds from and to (None: open)."""

    source: str
    target: str
    relation: str
    weight: float
    count: int
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Records, those asked for first, and the links between them; what was left out, by type and by relation.

    `ids` are those of the records; records and links are made when somebody asks for them one by one.
    """

    snapshot: Snapshot
    ids: tuple[str, ...]
    found: Drawing

    @property
    def records(self) -> tuple[DrawnRecord, ...]:
        """The records one by one."""
        columns = zip(self.ids, self.found.hops.tolist(), self.found.strength.tolist(), strict=True)
        return tuple(DrawnRecord(*each) for each in columns)

    @property
    def links(self) -> tuple[DrawnLink, ...]:
        """The links one by one."""
        columns = self.link_columns
        ends = ([self.ids[place] for place in columns[end]] for end in ("source", "target"))
        rest = (columns[name] for name in ("relation", "weight", "count", "valid_from", "valid_to"))
        return tuple(DrawnLink(*each) for each in zip(*ends, *rest, strict=True))

    @property
    def link_columns(self) -> dict[str, list[Any]]:
        """What links say by columns, named as those of a link; source and target are places among the records."""
        links, names = self.found.links, self.found.relations
        place = np.empty(self.snapshot.n, np.int32)
        place[self.found.nodes] = np.arange(len(self.ids), dtype=np.int32)
        return {
            "source": place[links.source].tolist(),
            "target": place[links.target].tolist(),
            "relation": [names[number] for number in links.relation.tolist()],
            "weight": links.weight.tolist(),
            "count": self.found.count.tolist(),
            "valid_from": [moment_of(minute) for minute in links.begins.tolist()],
            "valid_to": [moment_of(minute) for minute in links.ends.tolist()],
        }

    @property
    def records_left_out(self) -> Mapping[str, int]:
        """How many records within the hops are linked to a shown one and not shown, by type."""
        return self.found.records_left_out

    @property
    def beyond(self) -> Mapping[str, int]:
        """How many are linked to the outermost shown ones only, by type."""
        return self.found.beyond

    @property
    def links_left_out(self) -> Mapping[str, int]:
        """How many links of shown records are not drawn, by relation."""
        return self.found.links_left_out


async def subgraph(
    asked: Asked,
    ids: Sequence[str],
    *,
    hops: int,
    relations: Sequence[str] | None,
    types: Sequence[str] | None,
    most_records: int,
    most_links: int,
    as_of: datetime | None,
    any_time: bool = False,
) -> Drawn:
    """What is around some records by some relations, among records of some types (None: all); the graph itself, the records
    with the most links first, where none are given. Raises Rejected.
    """
    snapshot = await asked.snapshot(ids)
    problems = [*records_unknown(snapshot, ids, "ids"), *relations_unknown(snapshot.links, relations)]
    problems += [*types_unknown(snapshot, types), *out_of_range("hops", hops, 0, MOST_HOPS)]
    problems += out_of_range("maxRecords", most_records, 1, MOST_RECORDS)
    problems += out_of_range("maxLinks", most_links, 0, MOST_LINKS)
    if len(set(ids)) > MOST_SEEDS:
        problems.append(
            told(
                "out_of_range", "Give at most {most} records to begin with.", ("ids",), case="records", most=MOST_SEEDS
            )
        )
    check(problems)
    caps = Caps(hops, most_records, most_links)
    key = snapshot, tuple(ids), caps, _known(relations), _known(types), as_of, any_time

    def drawn() -> Drawing:
        return _drawn(snapshot, ids, caps, relations, types, as_of, any_time=any_time)

    # around records it is found quickly and asked for once; the graph itself is what everybody's explorer begins with
    found = await asked.made("subgraph", key, drawn, keep=not ids)
    return Drawn(snapshot, tuple(unpacked_all(snapshot.records.ids[found.nodes])), found)


def _known(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(sorted(names))


def _drawn(
    snapshot: Snapshot,
    ids: Sequence[str],
    caps: Caps,
    relations: Sequence[str] | None,
    types: Sequence[str] | None,
    as_of: datetime | None,
    *,
    any_time: bool,
) -> Drawing:
    seeds = snapshot.indices(ids).tolist()
    visible = None
    if types is not None:
        visible = np.zeros(snapshot.n, np.bool_)
        visible[seeds] = True
        for name in types:
            span = snapshot.range_of(name)
            visible[span.start : span.stop] = True
    if not seeds:
        return whole(snapshot, caps, relations=relations, as_of=as_of, visible=visible, any_time=any_time)
    return drawing(snapshot, seeds, caps, relations=relations, as_of=as_of, visible=visible, any_time=any_time)

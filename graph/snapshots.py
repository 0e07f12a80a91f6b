"""What fills a snapshot and keeps it fresh, read in packed columns: bytes and lists, which analytics makes arrays of.

Numbers come as big-endian bytes: 4 or 8 bytes a node, 4 a weight, 8 a moment in seconds since 1970.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neo4j.exceptions import ClientError

from cypher import weave
from cypher.ast import Query
from cypher.compile import snapshots as compiled
from cypher.compile.snapshots import LinkShape
from graph.session import Database, Row
from models.actor import Actor
from models.metamodel import Metamodel

PAGE = 20_000  # ids in a record
WIDTH = 4_096  # links in a record: the most that a vector may hold
PAIRS = 5_000  # pairs that are looked up at once
STATEMENT_S = 300.0
UNKNOWN = -(2**62)  # seconds that stand for no moment
MOST = 3.0e38  # a weight fits into 32 bits
SHOWN = 5
_TYPES = {4: "i", 8: "q"}


@dataclass(frozen=True, slots=True)
class State:
    """Where the database stands: its identity, the last numbered change set and its id, the model's version.

    `known` is the id of the change set whose number was asked for; `unsettled`: data has yet to follow the model.
    """

    identity: str
    seq: int
    mark: str
    known: str
    model_version: int
    unsettled: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes, records of each type and links of each relation there are."""

    nodes: int
    records: Mapping[str, int]
    links: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Packed:
    """A column of each kind for some links, as bytes; b"" for what the relation does not have."""

    source: bytes
    target: bytes
    weight: bytes = b""
    since: bytes = b""
    until: bytes = b""


@dataclass(frozen=True, slots=True)
class Listed:
    """Links whose ends are told by ids, or by the place of a pair; values as in the statement, () for what there is not."""

    source: Sequence[str]
    target: Sequence[str]
    places: Sequence[int]
    weight: Sequence[float]
    since: Sequence[int]
    until: Sequence[int]


@dataclass(frozen=True, slots=True)
class BadLink:
    """A link whose weight is none."""

    link: str
    source: str
    target: str
    weight: str


class Reader:
    """The statements of snapshots on one database, with the rights of one actor."""

    def __init__(self, database: Database, actor: Actor, *, vectors: bool = True) -> None:
        self._database = database
        self._actor = actor
        self._vectors = vectors

    async def state(self, seq: int = 0) -> State:
        """Where the database stands; `known` is about the change set with this number."""
        return State(*await self._fixed_row("snapshot_state", {"seq": seq}))

    async def counts(self, model: Metamodel, relations: Sequence[str]) -> Counts:
        """What the model's types and some relations come to; free, the database keeps these counts."""
        types = tuple(model.types)
        ((found,),) = await self._rows(compiled.counts(types, tuple(relations)), {})
        nodes, *each = found
        return Counts(
            nodes, dict(zip(types, each, strict=False)), dict(zip(relations, each[len(types) :], strict=True))
        )

    async def ids(self, type_name: str) -> AsyncIterator[tuple[list[int], list[str]]]:
        """Node ids and ids of a type's records, page by page in the order of ids."""
        after, full = "", True
        while full:
            parameters = {compiled.AFTER: after, compiled.SIZE: PAGE}
            ((nodes, ids),) = await self._rows(compiled.page_of_ids(type_name), parameters)
            full = len(ids) == PAGE
            if ids:
                after = ids[-1]
                yield nodes, ids

    async def links(self, shape: LinkShape, nodes: Sequence[int], *, unit: float, group: int) -> list[Packed]:
        """The links that leave these nodes, in their order; `group`: sources whose links are gathered at once."""
        query = compiled.links_of_nodes(shape, vectors=self._vectors)
        parameters = {
            compiled.NODES: list(nodes),
            compiled.GROUP: group,
            compiled.WIDTH: WIDTH,
            **_values(unit),
        }
        try:
            rows = await self._rows(query, parameters)
        except ClientError:
            if not self._vectors:
                raise
            self._vectors = False  # an older Neo4j, which knows neither the dialect nor vectors
            return await self.links(shape, nodes, unit=unit, group=group)
        return [Packed(**dict(_as_bytes(shape, row))) for row in rows]

    async def past_links(self, shape: LinkShape, ids: Sequence[str], *, unit: float, group: int) -> list[Listed]:
        """The links that are over and leave these records."""
        parameters = {compiled.IDS: list(ids), compiled.GROUP: group, **_values(unit)}
        rows = await self._rows(compiled.past_links_of(shape), parameters)
        return [Listed(row[0], row[1], (), *_values_of(shape, row[2:])) for row in rows]

    async def links_of_pairs(
        self, shape: LinkShape, sources: Sequence[str], targets: Sequence[str], *, unit: float
    ) -> AsyncIterator[Listed]:
        """Every link between pairs of records as it is now, those that are over included; `places` tells whose it is."""
        for first in range(0, len(sources), PAIRS):
            ends = {
                compiled.SOURCES: list(sources[first : first + PAIRS]),
                compiled.TARGETS: list(targets[first : first + PAIRS]),
            }
            for past in (False, True) if shape.temporal else (False,):
                query = compiled.links_of_pairs(shape, past=past)
                ((places, *values),) = await self._rows(query, {**ends, **_values(unit)})
                yield Listed((), (), [first + place for place in places], *_values_of(shape, values))

    async def records_of(self, model: Metamodel, ids: Sequence[str]) -> Mapping[str, list[str]]:
        """Those of some records that are there, by type."""
        found: dict[str, list[str]] = {}
        for labels, those in await self._rows(compiled.records_of_ids(tuple(model.types)), {compiled.IDS: list(ids)}):
            for name in set(labels) & set(model.types):
                found.setdefault(name, []).extend(those)
        return found

    async def changes_counted(self, seq: int) -> int:
        """How many change rows belong to change sets after a number, or to such as have none yet."""
        (number,) = await self._fixed_row("snapshot_changes_counted", {"seq": seq})
        return int(number)

    async def changes(self, seq: int) -> tuple[list[str], dict[str, list[str]]]:
        """What they are about: ids of records that came or went, and by relation the pairs (two ids in one text)."""
        found = _by_name(await self._fixed_rows("snapshot_changes", {"seq": seq}))
        return found.pop("", []), found

    async def pairs_of(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """By relation the pairs that some records are part of, those of links that are over included."""
        return _by_name(await self._fixed_rows("snapshot_pairs", {"ids": list(ids)}))

    async def bad_weights(self, relation: str, key: str, *, unit: float) -> list[BadLink]:
        """The first links of a relation whose weight is not a number, infinite or negative."""
        parameters = {"relation": relation, "key": key, "most": MOST * unit, "shown": SHOWN}
        return [BadLink(*row) for row in await self._fixed_rows("snapshot_bad_weights", parameters)]

    async def _rows(self, query: Query, parameters: Mapping[str, Any]) -> list[Row]:
        return await self._database.rows(weave.read(query, self._actor), parameters, timeout_s=STATEMENT_S)

    async def _fixed_rows(self, name: str, parameters: Mapping[str, Any]) -> list[Row]:
        return await self._database.rows(weave.fixed(name, self._actor), parameters, timeout_s=STATEMENT_S)

    async def _fixed_row(self, name: str, parameters: Mapping[str, Any]) -> Row:
        (row,) = await self._fixed_rows(name, parameters)
        return row


def _by_name(rows: list[Row]) -> dict[str, list[str]]:
    return {str(name): list(those) for name, those in rows}


def _values(unit: float) -> Mapping[str, Any]:
    return {compiled.UNIT: float(unit), compiled.MOST: MOST * unit, compiled.UNKNOWN: UNKNOWN}


def _values_of(shape: LinkShape, row: Sequence[Any]) -> tuple[Sequence[float], Sequence[int], Sequence[int]]:
    left = list(row)
    weight = left.pop(0) if shape.weight else ()
    since, until = left if shape.temporal else ((), ())
    return weight, since, until


def _as_bytes(shape: LinkShape, row: Row) -> Iterator[tuple[str, bytes]]:
    names = [
        "source",
        "target",
        *(("weight",) if shape.weight else ()),
        *(("since", "until") if shape.temporal else ()),
    ]
    for name, column in zip(names, row, strict=True):
        if not isinstance(column, list):
            yield name, column.raw()
            continue
        wide = shape.wide or name in ("since", "until")
        values = array("f" if name == "weight" else _TYPES[8 if wide else 4], column)
        if sys.byteorder == "little":
            values.byteswap()
        yield name, values.tobytes()

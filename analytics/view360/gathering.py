"""What a row holds, put in order: links by relation field, and the records at the end of each path, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analytics.view360 import reading
from analytics.view360.reading import Properties
from analytics.view360.shown import CardShown
from cypher.compile.view360 import MOST_WALKED, CompiledView
from models.metamodel import Direction, EntityType, Metamodel, Side
from models.profiles import Happening, Unfinished, profile_of


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link and the record at its far end, as stored."""

    properties: Properties
    away: bool
    kind: EntityType
    far: Properties


class Gathered:
    """The row of a view behind names."""

    def __init__(self, model: Metamodel, compiled: CompiledView, row: Sequence[Any]) -> None:
        self.model, self.compiled, self.row = model, compiled, row
        self._headlines: dict[str, tuple[str, ...]] = {}
        self._links: dict[str, dict[str, LinkRow]] = {}

    @cached_property
    def properties(self) -> Properties:
        """Those of the record at hand."""
        found: Properties = self.row[self.compiled.record][1]
        return found

    @property
    def scores(self) -> Properties:
        """The properties that hold the scores of the record at hand; of the past they are those of the present record."""
        place = self.compiled.scores
        return self.properties if place is None else self.row[place] or {}

    def count(self, field: str) -> int:
        """How many links there are along a relation field."""
        place = self.compiled.sides[field].count
        return len(self.links(field)) if place is None else int(self.row[place])

    @cached_property
    def too_many(self) -> bool:
        """Whether there are more links than are walked, so that the hub's statement is needed."""
        counts = [rows.count for rows in self.compiled.sides.values()]
        if self.compiled.links is not None and None in counts:
            return len(self.row[self.compiled.links]) > MOST_WALKED
        return sum(int(self.row[place]) for place in counts if place is not None) > MOST_WALKED

    @property
    def is_hub(self) -> bool:
        """Whether only some of the links are in the row."""
        return self.compiled.links is None

    def links(self, field: str) -> dict[str, LinkRow]:
        """The links along a relation field by their ids: all of them, or some of a hub's, its strongest among them."""
        if field not in self._links:
            self._links[field] = self._read_links(field)
        return self._links[field]

    def _read_links(self, field: str) -> dict[str, LinkRow]:
        rows = self.compiled.sides[field]
        listed = [*self._along(rows.side, self.compiled.links), *self._along(rows.side, self.compiled.strongest)]
        listed += self.row[rows.walked] if rows.walked is not None else ()
        return {str(link.properties["id"]): link for link in self._read(listed)}

    def _along(self, side: Side, place: int | None) -> Iterator[Sequence[Any]]:
        """Those of links of all relations that are a side's; a link of a record to itself is on both sides of it."""
        here = self.properties["id"]
        for relation, *row in self.row[place] if place is not None else ():
            ways = {Direction.OUT: row[1], Direction.IN: not row[1], Direction.BOTH: True}
            if relation == side.relation.name and (ways[side.direction] or row[2][1]["id"] == here):
                yield row

    def _read(self, rows: Iterable[Sequence[Any]]) -> Iterator[LinkRow]:
        for properties, away, (labels, far) in rows:
            kind = reading.type_of(labels, self.model)
            if kind is not None:
                yield LinkRow(properties, away, kind, far)

    def records(self, path: tuple[str, ...], type_name: str) -> dict[str, Properties]:
        """The records of a type at the end of a path, by id; of a hub only those that were walked."""
        if len(path) > 1:
            return {each[1]["id"]: each[1] for each in self.row[self.compiled.beyond[path, type_name]]}
        far = (link for link in self.links(path[0]).values() if link.kind.name == type_name)
        return {link.far["id"]: link.far for link in far}

    def sought(self, source: Happening | Unfinished) -> dict[str, Properties]:
        """The records of a source of events; a hub's are those that were looked for."""
        if len(source.path) > 1 or not self.is_hub:
            return self.records(source.path, source.type)
        found: Mapping[Any, int] = self.compiled.happened if isinstance(source, Happening) else self.compiled.waiting
        return {each[1]["id"]: each[1] for each in self.row[found[source]]}

    def card(self, kind: EntityType, properties: Properties) -> CardShown:
        """The card of a record of a type."""
        if kind.name not in self._headlines:
            self._headlines[kind.name] = profile_of(self.model, kind.name).view.headline
        return reading.card(kind, properties, self._headlines[kind.name])

    def mentioned(self) -> dict[str, CardShown]:
        """The records that engines speak of, by id."""
        found = {}
        for labels, properties in self.row[self.compiled.mentioned]:
            kind = reading.type_of(labels, self.model)
            if kind is not None:
                found[properties["id"]] = self.card(kind, properties)
        return found

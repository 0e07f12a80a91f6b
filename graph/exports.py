"""Records and links read out of the graph whole, page by page, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from cypher import weave
from cypher.ast import Query
from cypher.compile.exports import AFTER, SIZE, page_of_links, page_of_records
from graph.session import Database, Row
from graph.unit.values import columns_of, readable
from models import system
from models.actor import Actor
from models.metamodel import EntityType

PAGE = 2_000
PAGE_S = 120.0
Properties = Mapping[str, Any]  # as they lie, days and moments as text


@dataclass(frozen=True, slots=True)
class Linked:
    """A live link; of the records at its ends the id and the properties that were asked for."""

    properties: Properties
    source: Properties
    target: Properties


@dataclass(frozen=True, slots=True)
class Wanted:
    """An end of links: the type of its records, and the fields wanted of them."""

    kind: EntityType
    fields: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The properties to read."""
        return (system.ID.key, *columns_of(self.kind, self.fields))


async def records(database: Database, actor: Actor, kind: EntityType, *, page: int = PAGE) -> AsyncIterator[Properties]:
    """The properties of every record of a type, in the order of creation. Raises TimedOut and Unavailable."""
    async for _, properties in _pages(database, actor, page_of_records(kind.name), page):
        yield _plain(properties)


async def links(
    database: Database, actor: Actor, relation: str, source: Wanted, target: Wanted, *, page: int = PAGE
) -> AsyncIterator[Linked]:
    """Every live link of a relation between records of two types. Raises TimedOut and Unavailable."""
    query = page_of_links(relation, source.kind.name, target.kind.name, source.columns, target.columns)
    async for _, properties, here, there in _pages(database, actor, query, page):
        ends = [dict(zip(end.columns, values, strict=True)) for end, values in ((source, here), (target, there))]
        yield Linked(_plain(properties), *map(_plain, ends))


async def _pages(database: Database, actor: Actor, query: Query, size: int) -> AsyncIterator[Row]:
    guarded, after, more = weave.read(query, actor), "", True
    while more:
        rows = await database.rows(guarded, {AFTER: after, SIZE: size}, timeout_s=PAGE_S)
        for row in rows:
            yield row
        more = len(rows) == size
        after = rows[-1][0] if rows else after


def _plain(properties: Properties) -> Properties:
    return {key: value if isinstance(value, list) else readable(value) for key, value in properties.items()}

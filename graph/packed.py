"""Packed columns read page by page: what each record of a type has, as lists that analytics makes arrays of."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from cypher import weave
from cypher.ast import Query
from cypher.compile import values as compiled
from cypher.compile.snapshots import AFTER, SIZE
from graph.session import Database
from models.actor import Actor
from models.fields import kind_of
from models.metamodel import EntityType, Field

PAGE = 20_000  # records in a page
STATEMENT_S = 300.0
NOTHING: Final = -(2**62)  # stands for no value
EPOCH = date(1970, 1, 1)


async def pages(
    database: Database, actor: Actor, query: Query, names: Sequence[str], parameters: Mapping[str, Any]
) -> AsyncIterator[Mapping[str, Sequence[Any]]]:
    """The columns of a statement of `cypher.compile.packed`, by name, a page at a time, in the order of ids."""
    guarded = weave.read(query, actor)
    after, full = "", True
    while full:
        ((last, size, *row),) = await database.rows(
            guarded, {**parameters, AFTER: after, SIZE: PAGE}, timeout_s=STATEMENT_S
        )
        after, full = last, size == PAGE
        yield dict(zip(names, row, strict=True))


async def values(
    database: Database, actor: Actor, kind: EntityType, fields: Sequence[Field]
) -> AsyncIterator[Mapping[str, Sequence[Any]]]:
    """The values of every record of a type: `id`, and the properties that the fields lie in, by their keys.

    They are as `page_of_values` says, NOTHING where a number, day or boolean is missing. Raises TimedOut, Unavailable.
    """
    columns = [column for field in fields for column in kind_of(field).columns(field)]
    query = compiled.page_of_values(kind.name, columns)
    names = ["id", *(column.key for column in columns)]
    missing = {compiled.EPOCH: EPOCH, compiled.NONE: NOTHING, compiled.UNSAID: ""}
    async for page in pages(database, actor, query, names, missing):
        yield page

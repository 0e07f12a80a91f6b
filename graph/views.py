"""Reading what is shown of records: the type of one, which never changes, the one row of its view, and cards of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from neo4j.time import Date, DateTime

from cypher import weave
from cypher.ast import Query
from graph.session import TIMEOUT_S, Database
from models.actor import Actor


async def type_of(database: Database, actor: Actor, id: str) -> str | None:
    """The type of a record; None when there is no such record."""
    row = await database.read(weave.fixed("record_type", actor), {"id": id})
    return str(row[0]) if row else None


async def type_ever_of(database: Database, actor: Actor, id: str) -> str | None:
    """The type of a record that is there or was; None when there never was such a record."""
    row = await database.read(weave.fixed("record_type_ever", actor), {"id": id})
    return str(row[0]) if row else None


async def view_row(
    database: Database, actor: Actor, query: Query, parameters: Mapping[str, Any], *, timeout_s: float = TIMEOUT_S
) -> list[Any] | None:
    """The row of a view, days and moments as text; None when the record is not there. Raises TimedOut and Unavailable."""
    row = await database.read(weave.read(query, actor), parameters, timeout_s=timeout_s)
    return list(plain(row[0])) if row else None


async def record_rows(
    database: Database, actor: Actor, ids: Sequence[str], *, timeout_s: float = TIMEOUT_S
) -> list[tuple[list[str], Mapping[str, Any]]]:
    """The labels and properties of records, for their cards; those that are not there are left out."""
    rows = await database.rows(weave.fixed("record_cards", actor), {"ids": list(ids)}, timeout_s=timeout_s)
    return [(list(labels), plain(properties)) for labels, properties in rows]


async def part_rows(
    database: Database, actor: Actor, ids: Sequence[str], keys: Sequence[str], *, timeout_s: float = TIMEOUT_S
) -> list[tuple[list[str], Mapping[str, Any]]]:
    """The labels and some properties of records, for names and cards; a tenth of the time of all of them, in one row."""
    given = {"ids": list(ids), "keys": list(keys)}
    row = await database.read(weave.fixed("record_parts", actor), given, timeout_s=timeout_s)
    return [(labels, dict(zip(keys, map(plain, values), strict=True))) for labels, values in (row[0] if row else ())]


async def person_rows(database: Database, actor: Actor) -> list[tuple[list[str], Mapping[str, Any]]]:
    """The labels and properties of the record that an actor's account is; empty where it is none that is there."""
    rows = await database.rows(weave.fixed("user_person", actor), {"id": actor.id})
    return [(list(labels), plain(properties)) for labels, properties in rows]


def plain(value: Any) -> Any:
    """A value of the driver as fields read it: days and moments as RFC 3339 text, in lists and maps too."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, DateTime):
        return value.to_native().isoformat().replace("+00:00", "Z")
    return value.iso_format() if isinstance(value, Date) else value

"""Persisted documents in the database: persisting, listing, forgetting, and the text behind an id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cypher import weave
from graph.session import Database, Row, Transaction
from models.actor import SYSTEM, Actor
from models.documents import LONGEST, MOST_AT_ONCE, PersistedDocument, id_of, is_id
from models.errors import Problem, Rejected


async def persist(database: Database, actor: Actor, texts: Mapping[str, str], *, now: datetime) -> tuple[str, ...]:
    """The ids of texts, each under a name, that are persisted from now on; those that were not before.

    Whoever calls it has made sure that the texts are GraphQL. Raises Rejected, and persists nothing then.
    """
    problems = [
        Problem("too_large", f"{name} has {len(text):,} characters, at most {LONGEST:,} are kept.", (name,))
        for name, text in texts.items()
        if len(text) > LONGEST
    ]
    if len(texts) > MOST_AT_ONCE:
        problems.append(Problem("too_many", f"Persist at most {MOST_AT_ONCE:,} documents at once."))
    if problems:
        raise Rejected(problems)
    rows = [{"id": id_of(text), "name": name, "text": text} for name, text in texts.items()]
    found = await _changed(database, "document_persist", {"documents": rows, "now": now, "by": actor.name})
    return tuple(dict.fromkeys(id for id, new in found if new))


async def listed(database: Database, *, most: int, after: str = "") -> list[PersistedDocument]:
    """Documents in the order of their ids, from the one after an id on."""
    rows = await database.rows(weave.fixed("document_list", SYSTEM), {"most": most, "after": after})
    return [PersistedDocument(id, name, text, at.to_native(), by) for id, name, text, at, by in rows]


async def text_of(database: Database, id: str) -> str | None:
    """The text behind an id; None where nothing is persisted under it."""
    row = await database.read(weave.fixed("document_text", SYSTEM), {"id": id})
    return row[0] if row else None


async def forget(database: Database, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids of documents that are persisted no longer. Raises Rejected for what is no id, and forgets nothing then."""
    problems = [
        Problem("bad_document_id", f"{id[:80]!r} is no id: write sha256: and 64 digits 0-9a-f.", (place,))
        for place, id in enumerate(ids)
        if not is_id(id)
    ]
    if problems:
        raise Rejected(problems)
    return tuple(row[0] for row in await _changed(database, "document_forget", {"ids": list(ids)}))


async def _changed(database: Database, name: str, parameters: Mapping[str, object]) -> list[Row]:
    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed(name, SYSTEM, reads=False), parameters)

    return await database.write(work)

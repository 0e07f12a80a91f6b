"""Saved queries in the database, and the copy of them that a process holds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import orjson

from cypher import weave
from graph.session import Contested, Database, Row, Transaction
from models.actor import SYSTEM, Actor
from models.errors import NotFound, Problem, Rejected, TimedOut, Unavailable
from models.metamodel import Metamodel
from models.saved import NONE, SavedParameter, SavedQueries, SavedQuery, check

MOST_OF_ONE = 500  # queries of one person


class Saved:
    """The saved queries of one database, as far as this process has heard."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.present: SavedQueries = NONE

    async def refresh(self) -> SavedQueries:
        """All of them as they stand; loaded only when something has been saved or deleted."""
        (number,) = await self._database.read(weave.fixed("saved_queries_number", SYSTEM), {})
        if number != self.present.number:
            number, rows = await self._database.read(weave.fixed("saved_queries", SYSTEM), {})
            self.present = SavedQueries(number, tuple(map(_query, rows)))
        return self.present

    async def watch(self, every_s: float = 0.5) -> None:
        """Refresh for ever; while the database cannot be reached all stays as it is."""
        while True:
            with suppress(Unavailable, TimedOut):
                await self.refresh()
            await asyncio.sleep(every_s)

    async def save(self, actor: Actor, query: SavedQuery, model: Metamodel) -> SavedQuery:
        """Keep a query, in the place of the one of its id. Raises Rejected with every problem, and NotFound."""
        saved = await self.refresh()
        before = {each.id: each for each in saved.queries}.get(query.id)
        if before is not None:
            _admit(actor, before)
        problems = [*check(query, model, saved), *_taken(query, saved, new=before is None)]
        if problems:
            raise Rejected(problems)
        try:
            await self._write(actor, "saved_query_save", {"facts": _facts(query)})
        except Contested:
            raise Rejected([_name_taken(query)]) from None
        return query

    async def delete(self, actor: Actor, id: str) -> SavedQuery:
        """Forget a query. Raises NotFound, and Rejected for one that somebody else shares."""
        query = self.visible(actor, id, await self.refresh())
        _admit(actor, query)
        await self._write(actor, "saved_query_delete", {"id": id})
        return query

    def visible(self, actor: Actor, id: str, saved: SavedQueries) -> SavedQuery:
        """A query that an actor may know of. Raises NotFound."""
        for query in saved.queries:
            if query.id == id and (query.shared or query.owner == actor.id):
                return query
        raise NotFound(f"There is no saved query {id[:60]!r} that you may use; savedQueries lists those there are.")

    async def _write(self, actor: Actor, name: str, parameters: Mapping[str, Any]) -> None:
        async def work(transaction: Transaction) -> list[Row]:
            return await transaction.run(weave.fixed(name, actor, reads=False), parameters)

        await self._database.write(work)
        await self.refresh()


def _admit(actor: Actor, query: SavedQuery) -> None:
    """Whether an actor may change a query: its own, and an administrator those that everyone may use."""
    if query.owner == actor.id or (query.shared and actor.administrator):
        return
    if not query.shared:
        raise NotFound(f"There is no saved query {query.id[:60]!r} that you may use.")
    told = f"Only {query.owner_name} and administrators may change this query; save one of your own under another name."
    raise Rejected([Problem("forbidden", told)])


def _taken(query: SavedQuery, saved: SavedQueries, *, new: bool) -> list[Problem]:
    others = [each for each in saved.queries if each.id != query.id]
    if any(each.key == query.key for each in others):
        return [_name_taken(query)]
    if new and sum(each.owner == query.owner for each in others) >= MOST_OF_ONE:
        told = f"You have {MOST_OF_ONE} saved queries already; delete some that you no longer need."
        return [Problem("too_many", told, (), {"case": "own", "most": MOST_OF_ONE})]
    return []


def _name_taken(query: SavedQuery) -> Problem:
    whose = "those for everyone" if query.shared else "yours"
    return Problem("name_taken", f"One of {whose} is named {query.name!r} already; choose another name.", ("name",))


def _facts(query: SavedQuery) -> dict[str, Any]:
    parameters = [[each.name, each.scalar, each.many, each.default] for each in query.parameters]
    return {
        "id": query.id,
        "key": query.key,
        "name": query.name,
        "type": query.type_name,
        "where": query.where,
        "owner": query.owner,
        "ownerName": query.owner_name,
        "shared": query.shared,
        "description": query.description,
        "parameters": orjson.dumps(parameters).decode(),
        "look": None if query.look is None else orjson.dumps(query.look).decode(),
    }


def _query(facts: Mapping[str, Any]) -> SavedQuery:
    return SavedQuery(
        id=facts["id"],
        name=facts["name"],
        type_name=facts["type"],
        where=facts["where"],
        owner=facts["owner"],
        owner_name=facts["ownerName"],
        shared=facts["shared"],
        description=facts["description"],
        parameters=tuple(SavedParameter(*each) for each in orjson.loads(facts["parameters"])),
        look=orjson.loads(facts.get("look") or "null"),
    )

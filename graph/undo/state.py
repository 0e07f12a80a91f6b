"""What an undo must know of the records and links it is about: their changes, and how they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cypher import weave
from cypher.compile.writes.lookups import ROWS, links_by_id
from graph.history import actor_of
from graph.session import Database, Row
from graph.undo.scope import LONG_S, Scope, SetInScope, native
from graph.undo.touches import Present, Standing, Touch
from models.actor import Actor
from models.metamodel import Metamodel

MOST_OTHERS = 1_000


@dataclass(frozen=True, slots=True)
class LinkOn:
    """A live link on a record that is to go, and whether what is to be undone made it."""

    record: str
    relation: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Looking:
    """Reads for one undo on one database."""

    database: Database
    model: Metamodel
    actor: Actor
    scope: Scope

    async def touched(self, sets: Sequence[SetInScope]) -> tuple[list[str], list[str]]:
        """The records and the links that change sets touched, those touched last first."""
        parameters = {"sets": [each.id for each in sets], "change": self.scope.change}
        rows = await self._rows("undo_touched", parameters)
        records, links = ([row[place] for row in rows if row[place] is not None] for place in (0, 1))
        return records, links

    async def histories(self, records: Sequence[str], links: Sequence[str]) -> Mapping[str, list[Touch]]:
        """The changes of records and links since the first that is to be undone, in order."""
        parameters = {"records": records, "links": links, "since": self.scope.since}
        found: dict[str, list[Touch]] = defaultdict(list)
        for id, properties, *by in await self._rows("undo_histories", parameters):
            change = natives(properties)
            found[id].append(Touch(change, actor_of(*by), self.scope.holds(change)))
        return found

    async def records(self, ids: Iterable[str]) -> Mapping[str, Present]:
        """How records are now."""
        found: dict[str, Present] = {}
        for id, living, properties in await self._rows("undo_records", {"ids": list(ids)}):
            if properties is not None:
                found[id] = Present(Standing.LIVING if living else Standing.GONE, natives(properties))
        return found

    async def links(self, by_relation: Mapping[str, Sequence[str]]) -> Mapping[str, Present]:
        """How links are now, asked for by relation; those that are nowhere are left out."""
        found: dict[str, Present] = {}
        for relation, ids in by_relation.items():
            query = weave.read(links_by_id(relation), self.actor)
            rows = await self.database.rows(query, {ROWS: [{"id": id} for id in ids]}, timeout_s=LONG_S)
            found |= {id: Present(Standing.LIVING, natives(properties)) for id, properties in rows}
        missing = [id for ids in by_relation.values() for id in ids if id not in found]
        for id, past, properties in await self._rows("undo_past_links", {"ids": missing}) if missing else ():
            if past:
                found[id] = Present(Standing.PAST, natives(properties))
            else:
                found.setdefault(id, Present(Standing.GONE, natives(properties), waiting=True))
        return found

    async def links_on(self, records: Sequence[str], besides: Sequence[str]) -> list[LinkOn]:
        """Live links on records, besides those named; a thousand at most."""
        parameters = {
            "ids": records,
            "links": besides,
            "since": self.scope.since,
            "sets": list(self.scope.ids),
            "most": MOST_OTHERS,
        }
        rows = await self._rows("undo_links_on", parameters)
        return [LinkOn(record, relation, mine) for record, _, relation, mine in rows]

    async def _rows(self, name: str, parameters: Mapping[str, Any]) -> list[Row]:
        return await self.database.rows(weave.fixed(name, self.actor), parameters, timeout_s=LONG_S)


def natives(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties with days and moments as Python's own."""
    return {key: native(value) for key, value in properties.items()}

"""Makes records findable as the model in force asks: what was written before a change of it is folded anew, bit by bit.

Each batch is one transaction under the lock of its type's `SearchState`, which remembers how far it has come. So a process
that dies loses a batch at most, several may take turns, and whoever has an older model stops. Writers are not held up but
for the records of the batch at hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cypher import weave
from cypher.compile.refolding import AFTER, next_ids
from cypher.compile.refolding import BATCH as BATCH_SLOT
from graph import model_store, schema
from graph.session import Contested, Database, Row, Transaction
from graph.unit.search import of_stored
from models.actor import SYSTEM
from models.errors import TimedOut, Unavailable
from models.metamodel import Metamodel
from models.search.stored import Searched, searched

BATCH = 500
BATCH_S = 60.0


async def keep_findable(database: Database, every_s: float = 1.0) -> None:
    """Endless: whenever the model has moved on, let the records follow it."""
    settled = -1
    while True:
        with suppress(Contested, TimedOut, Unavailable):
            if await model_store.load_version(database) != settled:
                model = await model_store.load(database)
                settled = model.version if await make_findable(database, model) else settled
        await asyncio.sleep(every_s)


async def make_findable(database: Database, model: Metamodel, *, batch: int = BATCH) -> bool:
    """Whether every record is found as this model asks; False where data has yet to follow the model in other things."""
    if await database.rows(weave.fixed("model_cleanups", SYSTEM), {}):
        return False
    rows = await database.rows(weave.fixed("search_states", SYSTEM), {})
    known = {type_name: (mark, done) for type_name, mark, done in rows}
    for name, of in searched(model).items():
        mark, done = known.get(name, ("", not of.fields))
        if done and mark in (of.mark, ""):
            continue
        if mark not in (of.mark, ""):  # somebody may still be writing what was found in another way
            await schema.barrier(database, name, of_relation=False)
        refolding = _Refolding(model, of, batch)
        while not await database.write(refolding.one_batch, timeout_s=BATCH_S):
            pass
    return True


@dataclass(frozen=True, slots=True)
class _Refolding:
    """The records of one type on their way to be found as the model asks."""

    model: Metamodel
    of: Searched
    batch: int

    async def one_batch(self, transaction: Transaction) -> bool:
        """Whether there is nothing left to do, after the next records were done."""
        claim = {"type": self.of.type, "mark": self.of.mark, "version": self.model.version}
        ((after, done),) = await _run(transaction, "search_state_claim", claim)
        if done:
            return True
        following = weave.read(next_ids(self.of.type), SYSTEM)
        ids = [id for (id,) in await transaction.run(following, {AFTER: after, BATCH_SLOT: self.batch})]
        if ids:
            await self._store(transaction, ids)
        state = {"type": self.of.type, "after": ids[-1] if ids else after, "done": not ids}
        await _run(transaction, "search_state_save", state)
        return not ids

    async def _store(self, transaction: Transaction, ids: list[str]) -> None:
        """New texts where the present ones were made otherwise; read under the lock, so that no writer is overtaken."""
        await _run(transaction, "lock_records", {"ids": ids})
        kind = self.model.types[self.of.type]
        wanted = self.of.head if self.of.fields else None
        rows = [
            {"id": id, "texts": of_stored(self.model, kind, properties) or None}
            for id, head, properties in await _run(transaction, "search_records", {"ids": ids})
            if head != wanted
        ]
        await _run(transaction, "search_store", {"rows": rows})


async def _run(transaction: Transaction, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    return await transaction.run(weave.fixed(name, SYSTEM, reads=False), parameters)

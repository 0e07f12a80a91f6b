"""Keeps the vectors that records are found by when search goes by meaning: all of them once, then what has changed since.

Each batch is one transaction under the lock of its `MeaningState`, which remembers how far it has come: for each type the
last record that was told, for the feed of changes the last change that was followed. So a process that dies loses a batch
at most, and several may take turns. A record that changes while its vector is made comes again with its change.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cypher import weave
from cypher.compile.refolding import AFTER, next_ids
from cypher.compile.refolding import BATCH as BATCH_SLOT
from graph import feed, model_store, schema
from graph.feed import Position
from graph.session import Contested, Database, Row, Transaction
from graph.unit.values import shown
from models.actor import SYSTEM
from models.errors import TimedOut, Unavailable
from models.metamodel import Metamodel
from models.search.meaning import Meaning, mark_of, told
from models.search.stored import Searched, searched

BATCH = 500
BATCH_S = 60.0
SAYS_EVERY = 10_000  # records between two lines of how far it is
_GIVES_TEXT = frozenset({"create", "update", "restore"})

log = logging.getLogger("xrm.meaning")


async def prepare(database: Database, meaning: Meaning) -> None:
    """The index that finds what is near holds vectors of this model; one of another model gives way with its vectors."""
    position = await feed.latest(database)
    claim = {"mark": meaning.mark, "seq": position.seq, "change": position.change}

    async def claimed(transaction: Transaction) -> str:
        ((mark, *_),) = await _run(transaction, "meaning_position_claim", claim)
        if mark != meaning.mark:
            await _run(transaction, "meaning_position_save", claim)
        return str(mark)

    before = await database.write(claimed, timeout_s=BATCH_S)
    await schema.build_meaning_index(database, meaning.size, anew=before != meaning.mark)


async def keep_meanings(database: Database, meaning: Meaning, every_s: float = 1.0) -> None:
    """Endless: whenever records have changed, or the model in what search looks into, let the vectors follow."""
    await prepare(database, meaning)
    while True:
        with suppress(Contested, TimedOut, Unavailable):
            await follow(database, meaning)
        await asyncio.sleep(every_s)


async def follow(database: Database, meaning: Meaning, *, batch: int = BATCH) -> None:
    """Every record has the vector of what it says, as far as changes have a number."""
    model = await model_store.load(database)
    for name, of in searched(model).items():
        if of.fields:
            filling = _Filling(model, of, meaning, batch)
            while not await database.write(filling.one_batch, timeout_s=BATCH_S):
                filling.say(name)
    following = _Following(database, model, meaning)
    while await following.one_page():
        pass


@dataclass(slots=True)
class _Filling:
    """The records of one type, told one after the other in the order of their ids."""

    model: Metamodel
    of: Searched
    meaning: Meaning
    batch: int
    told: int = 0

    async def one_batch(self, transaction: Transaction) -> bool:
        """Whether there is nothing left to do, after the next records were done."""
        claim = {"type": self.of.type, "mark": mark_of(self.meaning, self.of), "version": self.model.version}
        ((after, done),) = await _run(transaction, "meaning_state_claim", claim)
        if done:
            return True
        following = weave.read(next_ids(self.of.type), SYSTEM)
        ids = [id for (id,) in await transaction.run(following, {AFTER: after, BATCH_SLOT: self.batch})]
        await _store(transaction, self.model, self.meaning, ids)
        state = {"type": self.of.type, "after": ids[-1] if ids else after, "done": not ids}
        await _run(transaction, "meaning_state_save", state)
        self.told += len(ids)
        return not ids

    def say(self, name: str) -> None:
        """How far it is, now and then."""
        if self.told % SAYS_EVERY < self.batch:
            log.info("%s records of %s can be found by their meaning", f"{self.told:,}", name)


@dataclass(frozen=True, slots=True)
class _Following:
    """Changes of records, in the order of the feed."""

    database: Database
    model: Metamodel
    meaning: Meaning

    async def one_page(self) -> bool:
        """Whether there is more, after the records of the next changes were told anew."""

        async def work(transaction: Transaction) -> bool:
            nowhere = {"mark": self.meaning.mark, "seq": 0, "change": feed.WHOLE}
            ((_, seq, change),) = await _run(transaction, "meaning_position_claim", nowhere)
            page = await feed.changes_after(self.database, Position(seq, change))
            ids = {each.record for each in page.changes if each.record is not None and each.op in _GIVES_TEXT}
            await _store(transaction, self.model, self.meaning, sorted(ids))
            position = {"mark": self.meaning.mark, "seq": page.position.seq, "change": page.position.change}
            await _run(transaction, "meaning_position_save", position)
            return page.more

        return await self.database.write(work, timeout_s=BATCH_S)


async def _store(transaction: Transaction, model: Metamodel, meaning: Meaning, ids: Sequence[str]) -> None:
    """The vectors of what these records say now."""
    found = [
        (id, _text(model, type_name, properties))
        for id, type_name, properties in (await _run(transaction, "meaning_records", {"ids": ids}) if ids else ())
        if type_name in model.types
    ]
    vectors = await asyncio.to_thread(meaning.vectors, [text for _, text in found]) if found else []
    rows = [{"id": id, "vector": vector} for (id, _), vector in zip(found, vectors, strict=True)]
    if rows:
        await _run(transaction, "meaning_store", {"rows": rows})


def _text(model: Metamodel, type_name: str, properties: Mapping[str, Any]) -> str:
    of = searched(model)[type_name]
    return told(of, {name: shown(field, properties) for name, (field, _) in of.fields.items()})


async def _run(transaction: Transaction, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    return await transaction.run(weave.fixed(name, SYSTEM, reads=False), parameters)

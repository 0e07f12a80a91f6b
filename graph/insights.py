"""Scores and their reasons in the database: stored in batches under the run that made them, swept, kept for comparing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import weave
from cypher.compile import insights as texts
from graph import schema
from graph.session import Database, Row, Transaction
from models.actor import SYSTEM, Actor

BATCH = 4_000
BATCH_S = 120.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which run writes: its id, its number, the moment of its data, and the worker that holds its lease."""

    run: str
    number: int
    at: datetime
    worker: str


@dataclass(frozen=True, slots=True)
class Document:
    """Why a record has its scores, as JSON."""

    record: str
    engine: str
    run: int
    text: str


async def prepare(database: Database, type_name: str, engine: str) -> None:
    """The indexes on the engine's main scores of the type's records are there."""
    await schema.build_score_indexes(database, type_name, engine)


async def store(
    database: Database,
    stamp: Stamp,
    type_name: str,
    engine: str,
    ids: Sequence[str],
    columns: Mapping[str, Sequence[Any]],
) -> int:
    """Write the scores of some records, one column each; how many records took them.

    Doing it again does no harm. Records that are gone, and those with scores of a later run, are left out; nothing is
    written when the run is no longer this worker's.
    """
    guarded = weave.write(texts.store(type_name, engine, tuple(columns)), SYSTEM)
    common = {texts.RUN: stamp.run, texts.WORKER: stamp.worker, texts.NUMBER: stamp.number, texts.MOMENT: stamp.at}
    return await _count(database, guarded, {**common, texts.IDS: list(ids), **columns})


async def explain(
    database: Database,
    stamp: Stamp,
    type_name: str,
    engine: str,
    documents: Mapping[str, str],
    mentioned: Mapping[str, Sequence[str]],
) -> int:
    """Write the documents of some records, in the place of those of earlier runs; how many.

    `mentioned` are the records that a record's document speaks of, the weightiest first, so that a reader finds them.
    """
    facts = {"run": stamp.run, "worker": stamp.worker, "number": stamp.number, "type": type_name, "engine": engine}
    spoken_of = [list(mentioned.get(record, ())) for record in documents]
    texts_of = {"records": list(documents), "documents": list(documents.values()), "mentioned": spoken_of}
    parameters = {**facts, **texts_of}
    return await _count(database, weave.fixed("insight_save", SYSTEM, reads=False), parameters)


async def sweep(database: Database, number: int, type_name: str, engine: str, *, batch: int = BATCH) -> int:
    """Take the scores of earlier runs from records that this one did not score, and their documents; how many records."""
    swept = await _until_none(database, weave.write(texts.sweep(type_name, engine), SYSTEM), number=number, batch=batch)
    documents = weave.fixed("insight_sweep", SYSTEM, reads=False)
    await _until_none(database, documents, number=number, batch=batch, type=type_name, engine=engine)
    return swept


async def documents(database: Database, actor: Actor, records: Sequence[str], engines: Sequence[str]) -> list[Document]:
    """The documents that are stored for some records."""
    parameters = {"records": list(records), "engines": list(engines)}
    return [Document(*row) for row in await database.rows(weave.fixed("insights_of", actor), parameters)]


async def ranked(
    database: Database,
    actor: Actor,
    type_name: str,
    *,
    band: str | None,
    left: bool | None = None,
    size: int,
    after: tuple[float, str] | None,
) -> list[Row]:
    """Records of a type by their stored risk, the highest first: id, risk, own, received, band, trend, run, moment.

    `left` chooses those that have left or those that have not. `after` is the risk and the id of the row before the first
    one; ties are in the order of ids.
    """
    guarded = weave.read(texts.ranked(type_name, banded=band is not None, after=after is not None, left=left), actor)
    risk, id = after or (0.0, "")
    rows = await database.rows(guarded, {"band": band, "risk": risk, "id": id, "size": size})
    return [[*row[:-1], row[-1].to_native()] for row in rows]


# what is kept for comparing


async def keep(database: Database, stamp: Stamp, part: str, facts: Mapping[str, Any]) -> None:
    """Keep a part of a run's packed scores beside the run; doing it again does no harm."""
    parameters = {"run": stamp.run, "worker": stamp.worker, "part": part, "facts": dict(facts)}
    await _count(database, weave.fixed("run_scores_save", SYSTEM, reads=False), parameters)


async def kept(database: Database, actor: Actor, run: str, what: str) -> list[Mapping[str, Any]]:
    """The parts of a run's packed scores whose names begin with `what`, in order."""
    rows = await database.rows(weave.fixed("run_scores", actor), {"run": run, "what": what}, timeout_s=BATCH_S)
    return [row[0] for row in rows]


async def prune(database: Database, kind: str, *, scores_of: int, runs: int, batch: int = 100) -> None:
    """Forget the packed scores of all but the latest runs of a kind, and all but the latest runs themselves."""
    beyond = weave.fixed("analyses_beyond", SYSTEM, reads=False)
    await _until_none(database, beyond, kind=kind, keep=scores_of, batch=batch)
    forgotten = weave.fixed("analyses_forgotten", SYSTEM, reads=False)
    await _until_none(database, forgotten, kind=kind, keep=runs, batch=batch)


async def _until_none(database: Database, guarded: weave.Guarded, **parameters: Any) -> int:
    total = 0
    while count := await _count(database, guarded, parameters):
        total += count
    return total


async def _count(database: Database, guarded: weave.Guarded, parameters: Mapping[str, Any]) -> int:
    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(guarded, parameters)

    rows = await database.write(work, timeout_s=BATCH_S)
    return int(rows[0][0]) if rows else 0

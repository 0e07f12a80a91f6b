"""Import runs in the database: what ran, which change sets it made, and what has happened to its records since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import weave
from cypher.compile.writes.lookups import ROWS, find_records, links_by_id
from graph import notifications
from graph.session import Database, Row, Transaction
from graph.unit.values import columns_of, stored
from models.actor import SYSTEM, Actor
from models.metamodel import EntityType, Metamodel

LONG_S = 120.0


_TOLD = {"done": "import_done", "undone": "import_undone"}


@dataclass(frozen=True, slots=True)
class Run:
    """One import: of which mapping and files, by whom, and how far it is."""

    id: str
    mapping: str
    path: str
    fingerprint: str
    status: str  # "running", "done", "undoing" or "undone"
    actor: str
    started_at: datetime
    finished_at: datetime | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A committed part of a run: its change set and what it counted."""

    label: str
    set: str
    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class ChangeSetOf:
    """A committed part of a run, and whether it has been taken back."""

    id: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Made:
    """One change of a run, and the properties of its record or link as they are now; None where it is gone.

    `past` tells of a link that is over and kept beside the graph.
    """

    change: Mapping[str, Any]
    present: Mapping[str, Any] | None
    past: bool = False


@dataclass(frozen=True, slots=True)
class OtherLink:
    """A link that somebody else gave a record which the run created."""

    type: str
    record: str
    relation: str


def key_of(run: str, label: str = "") -> str:
    """The idempotency key of a part of a run; without a label, what the keys of all its parts begin with."""
    return f"import:{run}:{label}"


def undo_key_of(run: str, change_set: str = "") -> str:
    """The idempotency key of taking a change set back; without one, what all those keys begin with."""
    return f"undo:{run}:{change_set}"


async def find_ids(
    database: Database, actor: Actor, kind: EntityType, by: tuple[str, ...], keys: Sequence[tuple[Any, ...]]
) -> list[str | None]:
    """The ids of the records with these keys, in their order; None where there is no such record."""
    rows = [{"place": place} | stored(kind.fields, dict(zip(by, key, strict=True))) for place, key in enumerate(keys)]
    query = find_records(kind.name, columns_of(kind, by))
    rows_found = await database.rows(weave.read(query, actor), {ROWS: rows}, timeout_s=LONG_S)
    found: dict[int, str] = {row[0]: row[1] for row in rows_found}
    return [found.get(place) for place in range(len(keys))]


async def save(database: Database, actor: Actor, run: Run) -> None:
    """Write a run down, as it is now."""
    facts = {
        "mapping": run.mapping,
        "path": run.path,
        "fingerprint": run.fingerprint,
        "status": run.status,
        "actor": run.actor,
        "startedAt": run.started_at,
        "finishedAt": run.finished_at,
        "report": run.report,
    }

    async def work(transaction: Transaction) -> None:
        await transaction.run(weave.fixed("import_run_save", actor, reads=False), {"id": run.id, "facts": facts})
        if run.status in _TOLD:
            person = None if run.actor == SYSTEM.id else run.actor
            text = f"The import of {run.path} is {run.status}."
            await notifications.tell(transaction, kind=_TOLD[run.status], subject=run.id, text=text, person=person)

    await database.write(work)


async def save_batch(database: Database, actor: Actor, run: str, batch: Batch) -> None:
    """Write down that a batch is in; doing so twice is doing so once."""
    facts = {"set": batch.set, "created": batch.created, "updated": batch.updated, "unchanged": batch.unchanged}
    await _write(database, actor, "import_batch_save", {"run": run, "label": batch.label, "facts": facts})


async def runs(database: Database, actor: Actor) -> list[Run]:
    """The latest thousand runs, the newest first."""
    rows = await database.rows(weave.fixed("import_runs", actor), {})
    return [_run(*row) for row in rows]


async def batches(database: Database, actor: Actor, run: str) -> list[Batch]:
    """What of a run is in, in the order in which it went in."""
    rows = await database.rows(weave.fixed("import_batches", actor), {"run": run})
    return [Batch(*row) for row in rows]


async def change_sets(database: Database, actor: Actor, run: Run) -> list[ChangeSetOf]:
    """The change sets of a run, the last one first; also one that was committed just before a kill."""
    keys = {"written": key_of(run.id), "undone": undo_key_of(run.id)}
    parameters = {"actor": run.actor, "undoer": actor.id, **keys}
    rows = await _long(database, weave.fixed("import_sets", actor), parameters)
    return [ChangeSetOf(*row) for row in rows]


async def made_by(database: Database, model: Metamodel, actor: Actor, change_set: str) -> list[Made]:
    """Every change of a change set, the last one first; those of types and relations that are no more are left out."""
    rows = await _long(database, weave.fixed("import_changes", actor), {"set": change_set})
    known = {**model.types, **model.relations}
    changes = [(_natives(change), present) for change, present in rows if change["type"] in known]
    links = await _links_now(database, actor, [change for change, _ in changes if "link" in change])
    past = await _past_links(database, actor, [change["link"] for change, _ in changes if "link" in change], links)
    return [
        Made(change, links.get(change["link"], past.get(change["link"])), change["link"] in past)
        if "link" in change
        else Made(change, None if present is None else _natives(present))
        for change, present in changes
    ]


async def _links_now(
    database: Database, actor: Actor, changes: Sequence[Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """The properties of the links that are in the graph, by id."""
    by_relation: dict[str, list[dict[str, str]]] = {}
    for change in changes:
        by_relation.setdefault(change["type"], []).append({"id": change["link"]})
    found: dict[str, Mapping[str, Any]] = {}
    for relation, wanted in by_relation.items():
        query = weave.read(links_by_id(relation), actor)
        found |= {id: _natives(properties) for id, properties in await _long(database, query, {ROWS: wanted})}
    return found


async def _past_links(
    database: Database, actor: Actor, ids: Sequence[str], present: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """The same of links that are over."""
    missing = [id for id in ids if id not in present]
    if not missing:
        return {}
    rows = await _long(database, weave.fixed("import_past_links", actor), {"ids": missing})
    return {id: _natives(properties) for id, properties in rows}


async def other_links(database: Database, actor: Actor, change_set: str, sets: Sequence[str]) -> list[OtherLink]:
    """Links on records that a change set created which none of the sets created; a thousand at most."""
    parameters = {"set": change_set, "sets": list(sets)}
    return [OtherLink(*row) for row in await _long(database, weave.fixed("import_other_links", actor), parameters)]


async def _long(database: Database, guarded: weave.Guarded, parameters: Mapping[str, Any]) -> list[Row]:
    return await database.rows(guarded, parameters, timeout_s=LONG_S)


def _run(id: str, mapping: str, path: str, fingerprint: str, status: str, actor: str, *rest: Any) -> Run:
    started, finished, report = rest
    return Run(id, mapping, path, fingerprint, status, actor, _native(started), _native(finished), report or "")


async def _write(database: Database, actor: Actor, name: str, parameters: dict[str, Any]) -> None:
    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed(name, actor, reads=False), parameters)

    await database.write(work)


def _natives(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _native(value) for key, value in properties.items()}


def _native(value: Any) -> Any:
    """Days and moments as Python's own."""
    return value.to_native() if hasattr(value, "to_native") else value

"""Import runs in the database: what ran, which change sets it made, and what has happened to its records since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import weave
from cypher.compile.writes.lookups import ROWS, find_records
from graph import notifications
from graph.session import Database, Row, Transaction
from graph.unit.values import columns_of, stored
from models.actor import SYSTEM, Actor
from models.metamodel import EntityType
from models.notices import notice

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
    files: tuple[str, ...] = ()  # by name; runs of before they were kept have none

    @property
    def name(self) -> str:
        """What people know it by: its files, or its mapping."""
        return ", ".join(self.files) or self.mapping


@dataclass(frozen=True, slots=True)
class Batch:
    """A committed part of a run: its change set and what it counted."""

    label: str
    set: str
    created: int
    updated: int
    unchanged: int


def key_of(run: str, label: str = "") -> str:
    """The idempotency key of a part of a run; without a label, what the keys of all its parts begin with."""
    return f"import:{run}:{label}"


async def find_ids(
    database: Database, actor: Actor, kind: EntityType, by: tuple[str, ...], keys: Sequence[tuple[Any, ...]]
) -> list[str | None]:
    """The ids of the records with these keys, in their order; None where there is no such record."""
    rows = [{"place": place} | stored(kind.fields, dict(zip(by, key, strict=True))) for place, key in enumerate(keys)]
    query = find_records(kind.name, columns_of(kind, by))
    rows_found = await database.rows(weave.read(query, actor), {ROWS: rows}, timeout_s=LONG_S)
    found: dict[int, str] = {row[0]: row[1] for row in rows_found}
    return [found.get(place) for place in range(len(keys))]


async def save(database: Database, actor: Actor, run: Run, **came_to: int) -> None:
    """Write a run down, as it is now; whoever ran it is told when it has ended, with what it came to."""
    facts = {
        "mapping": run.mapping,
        "path": run.path,
        "fingerprint": run.fingerprint,
        "status": run.status,
        "actor": run.actor,
        "startedAt": run.started_at,
        "finishedAt": run.finished_at,
        "report": run.report,
        "files": list(run.files),
    }

    async def work(transaction: Transaction) -> None:
        await transaction.run(weave.fixed("import_run_save", actor, reads=False), {"id": run.id, "facts": facts})
        if run.status in _TOLD:
            person = None if run.actor == SYSTEM.id else run.actor
            told = notice(_TOLD[run.status], run.id, name=run.name, **came_to)
            await notifications.tell(transaction, told, person=person)

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


def _run(id: str, mapping: str, path: str, fingerprint: str, status: str, actor: str, *rest: Any) -> Run:
    started, finished, report, files = rest
    ended = _native(finished)
    return Run(id, mapping, path, fingerprint, status, actor, _native(started), ended, report or "", tuple(files or ()))


async def _write(database: Database, actor: Actor, name: str, parameters: dict[str, Any]) -> None:
    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed(name, actor, reads=False), parameters)

    await database.write(work)


def _native(value: Any) -> Any:
    """Days and moments as Python's own."""
    return value.to_native() if hasattr(value, "to_native") else value

"""What is to be undone: a change, a change set, a run, or all that somebody did between two moments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cypher import weave
from graph.session import Database
from models.actor import Actor
from models.errors import NotFound

LONG_S = 120.0
BATCH = 2_000  # changes undone in one transaction; a change set is undone whole, however large


@dataclass(frozen=True, slots=True)
class SetInScope:
    """A change set that is undone, or a change of which is."""

    id: str
    at: datetime
    changes: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Change sets, the newest first, or one change of one of them; `label` says in a reason what was undone."""

    label: str
    sets: tuple[SetInScope, ...]
    change: str | None = None

    @property
    def since(self) -> datetime:
        """The moment of the first of them."""
        return min(each.at for each in self.sets)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the change sets."""
        return frozenset(each.id for each in self.sets)

    def holds(self, change: Mapping[str, Any]) -> bool:
        """Whether a change is one of those to be undone."""
        return change["id"] == self.change if self.change is not None else change["set"] in self.ids

    def batches(self, size: int = BATCH) -> Iterator[Sequence[SetInScope]]:
        """The change sets in batches of so many changes, the newest first."""
        batch: list[SetInScope] = []
        for each in self.sets:
            if batch and sum(earlier.changes for earlier in batch) + each.changes > size:
                yield batch
                batch = []
            batch.append(each)
        if batch:
            yield batch


async def of_change_set(database: Database, actor: Actor, id: str) -> Scope:  # the change set's own
    """A whole change set. Raises NotFound."""
    rows = await _rows(database, actor, "undo_set", {"id": id})
    if not rows or rows[0][3] is not None:
        raise NotFound(f"There is no change set {id[:60]!r}; the history of a record names those that there are.")
    return Scope(f"change set {id}", (_set(*rows[0][:3]),))


async def of_change(database: Database, actor: Actor, id: str) -> Scope:  # the change's own
    """One change alone. Raises NotFound."""
    rows = await _rows(database, actor, "undo_set", {"id": id})
    if not rows or rows[0][3] is None:
        raise NotFound(f"There is no change {id[:60]!r}; the history of a record names those that there are.")
    return Scope(f"change {id}", (_set(*rows[0][:3]),), id)


async def of_activity(database: Database, actor: Actor, of: str, begin: datetime, end: datetime) -> Scope:
    """Everything that somebody did from one moment on until another; there may be nothing."""
    rows = await _rows(database, actor, "undo_activity", {"actor": of, "from": begin, "to": end})
    label = f"what {of} did from {begin.isoformat()} to {end.isoformat()}"
    return Scope(label, tuple(_set(*row) for row in rows))


async def check_known(database: Database, actor: Actor, of: str) -> None:
    """Raises NotFound where there is no account with this id, and nothing was ever done under it."""
    ((known,),) = await _rows(database, actor, "actor_known", {"actor": of})
    if not known:
        told = f"There is no account {of[:60]!r}, and nothing was done under that id; changes name who made them."
        raise NotFound(told)


async def of_keys(database: Database, actor: Actor, label: str, of: str, written: str) -> Scope:
    """The change sets that somebody made under idempotency keys with this beginning; there may be none."""
    rows = await _rows(database, actor, "undo_keyed", {"actor": of, "written": written})
    return Scope(label, tuple(_set(*row) for row in rows))


async def _rows(database: Database, actor: Actor, name: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
    return await database.rows(weave.fixed(name, actor), parameters, timeout_s=LONG_S)


def _set(id: str, at: Any, changes: int) -> SetInScope:  # the change set's own
    return SetInScope(id, native(at), changes)


def native(value: Any) -> Any:
    """A day or moment as Python's own. Moments keep the offset they were written with, for Neo4j tells UTC from +00:00."""
    found = value.to_native() if hasattr(value, "to_native") else value
    return found.astimezone(UTC) if isinstance(found, datetime) else found

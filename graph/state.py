"""How the server and its database are doing, in one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cypher import weave
from graph.session import Database
from models.actor import SYSTEM


@dataclass(frozen=True, slots=True)
class LastChange:
    """The newest change set; `seq` is None until it has been given its number."""

    at: datetime
    by: str
    seq: int | None


@dataclass(frozen=True, slots=True)
class State:
    """What waits, what lags behind, and how much there is; `search_behind` are types that search still goes through."""

    neo4j: str
    records: int
    deleted: int
    unnumbered: int
    runs_queued: int
    runs_running: int
    search_behind: tuple[str, ...]
    last_change: LastChange | None


async def state(database: Database) -> State:
    """The state now. Raises TimedOut and Unavailable."""
    row = await database.read(weave.fixed("state_of_server", SYSTEM), {})
    neo4j, records, deleted, unnumbered, queued, running, behind, at, by, seq = row
    last = None if at is None else LastChange(at.to_native(), SYSTEM.name if by in (None, SYSTEM.id) else by, seq)
    return State(neo4j, records, deleted, unnumbered, queued, running, tuple(sorted(behind)), last)

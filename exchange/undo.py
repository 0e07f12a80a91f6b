"""Taking a whole run back: what it created goes, what it changed gets its values back; refused where others went on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from exchange.runs import alone, folder_of
from graph import imports
from graph.imports import Run
from graph.registry import Registry
from graph.session import Database
from graph.undo import Conflict, InTheWay, Scope, Undoing, of_keys
from models.actor import Actor
from models.errors import NotFound, Problem, Rejected, told

SHOWN = 50
SIZE = 2_000
Progress = Callable[[str, float | None], None]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, counted by what was done: deleted, updated, unlinked, relinked."""

    run: str
    counts: Mapping[str, int]


async def undo(
    database: Database,
    registry: Registry,
    actor: Actor,
    run_id: str,
    *,
    home: Path,
    clock: Callable[[], datetime],
    progress: Progress,
    size: int = SIZE,
) -> Undone:
    """Bring the data back to what it was before the run; after a kill, go on where it was.

    Raises NotFound where there is no such run, and Rejected, changing nothing, where a record or link is no longer as
    the run left it. What is changed while the undo is under way stops it there: nothing of others is overwritten.
    """
    run = await found_run(database, actor, run_id)
    folder = folder_of(home, run.id)
    with alone(folder):
        scope = await scope_of(database, actor, run)
        undoing = Undoing(database, registry, actor, scope, clock, progress=progress, size=size)
        await imports.save(database, actor, replace(run, status="undoing"))
        try:
            done = await undoing.carry_out()
        except InTheWay as refused:
            if not refused.some:
                await imports.save(database, actor, run)
            raise Rejected(_refusal(refused)) from refused
        await imports.save(database, actor, replace(run, status="undone", finished_at=clock()))
    shutil.rmtree(folder, ignore_errors=True)
    return Undone(run.id, done.counts)


async def scope_of(database: Database, actor: Actor, run: Run) -> Scope:
    """The change sets that a run has written."""
    return await of_keys(database, actor, f"import {run.id}", run.actor, imports.key_of(run.id))


async def found_run(database: Database, actor: Actor, run_id: str) -> Run:
    """A run that can be taken back. Raises NotFound, and Rejected where it has been already."""
    runs = await imports.runs(database, actor)
    run = next((each for each in runs if each.id == run_id), None)
    if run is None:
        known = ", ".join(each.id for each in runs[:3]) or "none yet"
        raise NotFound(f"There is no import {run_id!r}. The latest are: {known}. See them all with: xrm import list")
    if run.status == "undone":
        raise Rejected([told("undone_already", "The import {run} has been taken back already.", run=run_id)])
    return run


def _refusal(refused: InTheWay) -> list[Problem]:
    done = "A part was taken back; the same command goes on from there" if refused.some else "Nothing was taken back"
    conflicts: Sequence[Conflict] = refused.conflicts
    more = f" ({len(conflicts) - SHOWN:,} more are not shown)" if len(conflicts) > SHOWN else ""
    count = "1 later change stands" if len(conflicts) == 1 else f"{len(conflicts):,} later changes stand"
    return [
        *refused.problems[:SHOWN],
        Problem(
            "undo_refused",
            f"{done}: {count} in the way{more}. Take those back first.",
            details={"case": "part" if refused.some else "nothing", "changes": len(conflicts)},
        ),
    ]

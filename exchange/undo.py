"""Taking a whole run back: what it created goes, what it changed gets its values back; refused where others went on."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from exchange.inverse import Present, inverse
from exchange.runs import alone, folder_of
from graph import imports
from graph.imports import Run
from graph.registry import Registry
from graph.session import Database
from graph.unit import Outcome, write
from models.actor import Actor
from models.errors import ModelChanged, NotFound, Problem, Rejected
from models.metamodel import Metamodel, OnDelete

SHOWN = 50
UNDO_S = 300.0
REPLANS = 5
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
) -> Undone:
    """Bring the data back to what it was before the run; after a kill, go on where it was.

    Raises NotFound where there is no such run, and Rejected, changing nothing, where a record or link is no longer as
    the run left it. What is changed while the undo is under way stops it there: nothing of others is overwritten.
    """
    run = await _found(database, actor, run_id)
    folder = folder_of(home, run.id)
    with alone(folder):
        taking = _TakingBack(database, registry, actor, run, clock, progress)
        await taking.check()
        await imports.save(database, actor, replace(run, status="undoing"))
        counts = await taking.carry_out()
        await imports.save(database, actor, replace(run, status="undone", finished_at=clock()))
    shutil.rmtree(folder, ignore_errors=True)
    return Undone(run.id, counts)


@dataclass(slots=True)
class _TakingBack:
    database: Database
    registry: Registry
    actor: Actor
    run: Run
    clock: Callable[[], datetime]
    progress: Progress

    async def check(self) -> None:
        """Raise Rejected with everything that is not as the run left it, before anything is taken back."""
        model = await self.registry.refresh()
        sets = await imports.change_sets(self.database, self.actor, self.run)
        waiting = [each.id for each in sets if not each.undone]
        conflicts = await self._conflicts(model, waiting, [each.id for each in sets])
        if conflicts:
            some = "Nothing was" if len(waiting) == len(sets) else "Nothing more was"
            raise Rejected(_refusal(conflicts, f"{some} taken back"))

    async def carry_out(self) -> dict[str, int]:
        """Take back every change set that is not, the last one first; what was done, counted."""
        counts: Counter[str] = Counter()
        sets = await imports.change_sets(self.database, self.actor, self.run)
        for number, each in enumerate(sets, 1):
            if not each.undone:
                counts.update((await self._undo(each.id)).counts)
            self.progress("Taking back", number / len(sets))
        counts.pop("unchanged", None)
        return dict(counts)

    async def _undo(self, change_set: str) -> Outcome:
        for last in (False,) * (REPLANS - 1) + (True,):
            try:
                return await self._inverted(change_set)
            except ModelChanged:
                if last:
                    raise
                await self.registry.refresh()
            except Rejected as rejected:
                conflicts = await self._conflicts(self.registry.model, [change_set], None)
                told = "A part was taken back; the same command goes on from there"
                raise Rejected(_refusal(conflicts or list(rejected.problems), told)) from rejected
        raise AssertionError("the last try returns or raises")

    async def _inverted(self, change_set: str) -> Outcome:
        model = self.registry.model
        made = await imports.made_by(self.database, model, self.actor, change_set)
        present = Present(model)
        if conflicts := [problem for each in made for problem in present.obstacles(each)]:
            raise Rejected(conflicts)
        return await write(
            self.database,
            _alone_deleted(model),
            self.actor,
            [command for each in made if (command := inverse(model, each)) is not None],
            now=self.clock(),
            reason=f"undo import {self.run.id}",
            origin="import",
            idempotency_key=imports.undo_key_of(self.run.id, change_set),
            fingerprint=change_set,
            timeout_s=UNDO_S,
        )

    async def _conflicts(self, model: Metamodel, waiting: Sequence[str], sets: Sequence[str] | None) -> list[Problem]:
        """What is not as the run left it; with `sets`, also links of others on the records that it created."""
        present = Present(model)
        found: list[Problem] = []
        for number, change_set in enumerate(waiting, 1):
            for made in await imports.made_by(self.database, model, self.actor, change_set):
                found += present.obstacles(made)
            if sets is not None:
                found += [
                    Problem(
                        "changed_since",
                        f"{each.type} {each.record}: others linked it by {each.relation}.",
                        (each.record,),
                    )
                    for each in await imports.other_links(self.database, self.actor, change_set, sets)
                ]
            self.progress("Looking for later changes", number / len(waiting))
        return found


async def _found(database: Database, actor: Actor, run_id: str) -> Run:
    runs = await imports.runs(database, actor)
    run = next((each for each in runs if each.id == run_id), None)
    if run is None:
        known = ", ".join(each.id for each in runs[:3]) or "none yet"
        raise NotFound(f"There is no import {run_id!r}. The latest are: {known}. See them all with: xrm import list")
    if run.status == "undone":
        raise Rejected([Problem("undone_already", f"The import {run_id} has been taken back already.")])
    return run


def _alone_deleted(model: Metamodel) -> Metamodel:
    """The model with relations that refuse the deletion of what they link, so that nothing of others goes along."""
    relations = {
        name: replace(
            each,
            source=replace(each.source, on_delete=OnDelete.REFUSE),
            target=replace(each.target, on_delete=OnDelete.REFUSE),
        )
        for name, each in model.relations.items()
    }
    return replace(model, relations=relations)


def _refusal(conflicts: list[Problem], told: str) -> list[Problem]:
    more = f" ({len(conflicts) - SHOWN:,} more are not shown)" if len(conflicts) > SHOWN else ""
    count = "1 later change stands" if len(conflicts) == 1 else f"{len(conflicts):,} later changes stand"
    return [
        *conflicts[:SHOWN],
        Problem("undo_refused", f"{told}: {count} in the way{more}. Take those back first."),
    ]

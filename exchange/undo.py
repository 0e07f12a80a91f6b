"""Taking a whole run back: what it created goes, what it changed gets its values back; refused where others went on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graph import imports
from graph.imports import Later, Made, Run
from graph.registry import Registry
from graph.session import Database
from graph.unit import write
from graph.unit.values import shown
from models.actor import Actor
from models.commands import Command, DeleteRecord, Unlink, UpdateLink, UpdateRecord
from models.errors import NotFound, Problem, Rejected
from models.fields import kind_of
from models.metamodel import Field, Metamodel

SHOWN = 50
UNDO_S = 300.0
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
    clock: Callable[[], datetime],
    progress: Progress,
) -> Undone:
    """Bring the data back to what it was before the run. Raises Rejected, and changes nothing, where somebody changed
    a record or link of the run since; NotFound where there is no such run.
    """
    run = await _found(database, actor, run_id)
    batches = [batch for batch in await imports.batches(database, actor, run.id) if batch.created or batch.updated]
    sets = [batch.set for batch in batches]
    if run.status != "undoing":
        conflicts = await imports.changed_since(database, actor, sets)
        if conflicts:
            raise Rejected(_problems(conflicts))
        await imports.save(database, actor, replace(run, status="undoing"))
    model = await registry.refresh()
    counts: Counter[str] = Counter()
    for number, change_set in enumerate(reversed(sets), 1):
        made = await imports.made_by(database, actor, change_set)
        outcome = await write(
            database,
            model,
            actor,
            [_inverse(model, each) for each in made],
            now=clock(),
            reason=f"undo import {run.id}",
            origin="import",
            idempotency_key=f"undo:{run.id}:{change_set}",
            fingerprint=change_set,
            timeout_s=UNDO_S,
        )
        counts.update(outcome.counts)
        progress("Taking back", number / len(sets))
    await imports.save(database, actor, replace(run, status="undone", finished_at=clock()))
    return Undone(run.id, dict(counts))


async def _found(database: Database, actor: Actor, run_id: str) -> Run:
    runs = await imports.runs(database, actor)
    run = next((each for each in runs if each.id == run_id), None)
    if run is None:
        known = ", ".join(each.id for each in runs[:3]) or "none yet"
        raise NotFound(f"There is no import {run_id!r}. The latest are: {known}. See them all with: xrm import list")
    if run.status == "undone":
        raise Rejected([Problem("undone_already", f"The import {run_id} has been taken back already.")])
    return run


def _problems(conflicts: list[Later]) -> list[Problem]:
    problems = [
        Problem(
            "changed_since", f"{each.type} {each.id}: somebody did this after the import: {_what(each)}.", (each.id,)
        )
        for each in conflicts[:SHOWN]
    ]
    more = f" ({len(conflicts) - SHOWN:,} more are not shown)" if len(conflicts) > SHOWN else ""
    cure = f"Nothing was taken back: {len(conflicts):,} later changes stand in the way{more}. Undo those by hand first."
    return [*problems, Problem("undo_refused", cure)]


def _what(later: Later) -> str:
    return " ".join(filter(None, (later.op, later.at and f"at {later.at}", later.actor and f"by {later.actor}")))


def _inverse(model: Metamodel, made: Made) -> Command:
    change = made.change
    name, op = change["type"], change["op"]
    if "record" in change:
        if op == "create":
            return DeleteRecord(name, change["record"], path=(change["record"],))
        values = _before(model.types[name].fields, made)
        return UpdateRecord(name, change["record"], values, path=(change["record"],))
    if op == "create":
        return Unlink(name, change["link"], path=(change["link"],))
    fields = model.relations[name].fields
    bounds = {key: change.get(f"before.{key}") for key in ("validFrom", "validTo")}
    times = (bounds["validFrom"], bounds["validTo"])
    return UpdateLink(name, change["link"], _before(fields, made), None, *times, (change["link"],))


def _before(fields: Mapping[str, Field], made: Made) -> dict[str, Any]:
    """The canonical values of the changed fields as they were; None for those that were empty."""
    changed = {key.partition(".")[2] for key in made.change if key.startswith(("before.", "after."))}
    was = {**made.present, **{key: made.change.get(f"before.{key}") for key in changed}}
    values: dict[str, Any] = {}
    for name, each in fields.items():
        if changed.isdisjoint(column.key for column in kind_of(each).columns(each)):
            continue
        plain = shown(each, was)
        values[name] = None if plain is None else kind_of(each).coerce(each, plain)
    return values

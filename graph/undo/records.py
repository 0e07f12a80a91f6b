"""Undoing what happened to a record: made, changed, moved to the trash, taken out of it."""

from __future__ import annotations

from graph.undo.reversing import Reversing
from graph.undo.steps import Action, Reversal
from graph.undo.touches import Run, Standing
from models.commands import Command, DeleteRecord, RestoreRecord, UpdateRecord


def of_record(of: Reversing) -> Reversal:
    """What undoing comes to for a record."""
    run, living = of.existence(), of.present.standing is Standing.LIVING
    if any(touch.op == "erase" for touch in of.touches):
        return Reversal(
            None, [of.conflict("erased", "it has been erased; what is erased cannot be brought back.", run)]
        )
    if run:
        was_living = run.changes[0].op == "delete"
        if living and not was_living:
            return _removal(of, run)
        if was_living and not living:
            return _revival(of, run)
        if not was_living:
            return Reversal(None)
    return _update(of) if living else _update_of_removed(of, run)


def _removal(of: Reversing, run: Run) -> Reversal:
    command = DeleteRecord(of.kind.name, of.id, of.present.version, (of.id,))
    return of.reversal(of.step(Action.DELETE, (), command), of.overtaken_since(run))


def _revival(of: Reversing, run: Run) -> Reversal:
    if of.present.standing is Standing.LOST:
        return Reversal(None, [of.conflict("removed_since", "it is not in the trash any more.", run)])
    again = [of.conflict("changed_since", "others brought it back and removed it again.", run)] if run.later else []
    back, told, conflicts = of.changed(dict(of.present.properties))
    step = of.step(Action.RESTORE, told, *_back(of), *_values(of, back, None))
    return of.reversal(step, again) if again else Reversal(step, conflicts)


def _update(of: Reversing) -> Reversal:
    back, told, conflicts = of.changed(dict(of.present.properties))
    step = of.step(Action.UPDATE, told, *_values(of, back, of.present.version)) if told else None
    return Reversal(step, conflicts)


def _update_of_removed(of: Reversing, run: Run) -> Reversal:
    """Values of a record that others have removed since: it stays removed, for that is theirs."""
    _, told, conflicts = of.changed(dict(of.present.properties))
    if not told and not conflicts:
        return Reversal(None)
    return Reversal(None, [of.conflict("removed_since", "it has been removed since.", run)])


def _back(of: Reversing) -> tuple[Command, ...]:
    return (RestoreRecord(of.kind.name, of.id, (of.id,)),)


def _values(of: Reversing, back: dict[str, object], version: int | None) -> tuple[Command, ...]:
    values = of.canonical(back, clearing=True)
    return (UpdateRecord(of.kind.name, of.id, values, version, (of.id,)),) if values else ()

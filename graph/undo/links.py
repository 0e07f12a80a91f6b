"""Undoing what happened to a link: made, changed, ended, taken out, come back."""

from __future__ import annotations

from datetime import datetime

from graph.history import ChangedField
from graph.undo.reversing import BOUNDS, Reversing, Values
from graph.undo.steps import Action, Conflict, Reversal
from graph.undo.touches import Run, Standing, Touch
from graph.unit.values import shown
from models.commands import Command, CreateLink, RetractLink, Unlink, UpdateLink
from models.fields import kind_of


def of_link(of: Reversing) -> Reversal:
    """What undoing comes to for a link."""
    run, standing = of.existence(), of.present.standing
    was = _was(run.changes[0]) if run else standing
    if of.present.waiting:
        return _waiting(of, run, was)
    if was is standing:
        return _update(of) if standing is Standing.LIVING or _long_over(of) else _update_of_removed(of, run)
    overtaken = [of.conflict("changed_since", _told(standing), run)] if standing is not _left(run.changes[-1]) else []
    if was is not Standing.GONE:
        return _revival(of, run, overtaken)
    if standing is Standing.PAST:
        return of.reversal(of.step(Action.UNLINK, (), RetractLink(of.kind.name, of.id, (of.id,))), overtaken)
    unlink = Unlink(of.kind.name, of.id, path=(of.id,), version=of.present.version)
    return of.reversal(of.step(Action.UNLINK, (), unlink), [*overtaken, *of.overtaken_since(run)])


def _waiting(of: Reversing, run: Run, was: Standing) -> Reversal:
    """A link that comes back with the records at its ends: what is to be done with it then."""
    if run and was is Standing.GONE and run.changes[0].op == "create":
        return Reversal(of.step(Action.UNLINK, (), Unlink(of.kind.name, of.id, path=(of.id,))))
    back, told, conflicts = of.changed(dict(of.present.properties))
    return Reversal(of.step(Action.RELINK, told, _change(of, back, None)) if told else None, conflicts)


def _was(first: Touch) -> Standing:
    """Where the link was before a change."""
    if first.op in ("create", "restore"):
        return Standing.GONE
    until: datetime | None = first.before("validTo")
    return Standing.PAST if first.op == "unlink" and until is not None and until <= first.at else Standing.LIVING


def _left(last: Touch) -> Standing:
    """Where a change left the link."""
    until: datetime | None = last.after("validTo")
    if last.op == "unlink":
        return Standing.GONE
    return Standing.PAST if last.op == "end" or (until is not None and until <= last.at) else Standing.LIVING


def _told(standing: Standing) -> str:
    match standing:
        case Standing.LIVING:
            return "others have linked it again since."
        case Standing.PAST:
            return "others have ended it since."
    return "others have taken it out since."


def _revival(of: Reversing, run: Run, overtaken: list[Conflict]) -> Reversal:
    """The link as it was, under its id; one that has ended is taken back first."""
    first = run.changes[0]
    was: Values = {
        column.key: first.before(column.key) for field in of.fields.values() for column in kind_of(field).columns(field)
    }
    back, _, conflicts = of.changed(was)
    was |= back
    commands: list[Command] = []
    if of.present.standing is Standing.PAST:
        commands.append(RetractLink(of.kind.name, of.id, (of.id,)))
    ends = (str(first.change["source"]), str(first.change["target"]))
    values = of.canonical(was, clearing=False)
    times = (was.get("validFrom"), was.get("validTo"))
    commands.append(CreateLink(of.kind.name, of.id, *ends, values, *times, (of.id,)))
    told = [ChangedField(name, None, shown(field, was)) for name, field in of.fields.items()]
    step = of.step(Action.LINK, [each for each in told if each.after is not None], *commands)
    return of.reversal(step, overtaken) if overtaken else Reversal(step, conflicts)


def _update(of: Reversing) -> Reversal:
    back, told, conflicts = of.changed(dict(of.present.properties))
    if not told:
        return Reversal(None, conflicts)
    return Reversal(of.step(Action.RELINK, told, _change(of, back, of.present.version)), conflicts)


def _change(of: Reversing, back: Values, version: int | None) -> UpdateLink:
    bounds = {key: back[key] for key in BOUNDS if key in back}
    times = (bounds.get("validFrom"), bounds.get("validTo"))
    opened = tuple(key for key, bound in bounds.items() if bound is None)
    values = of.canonical(back, clearing=True)
    return UpdateLink(of.kind.name, of.id, values, None, *times, (of.id,), opened, version)


def _long_over(of: Reversing) -> bool:
    """Whether the link had ended before what is to be undone began: then it was corrected as a thing of the past."""
    return of.present.standing is Standing.PAST and not any(touch.op in ("create", "end") for touch in of.touches)


def _update_of_removed(of: Reversing, run: Run) -> Reversal:
    """Values of a link that others have ended or taken out since."""
    if run:
        return Reversal(None)
    back, told, conflicts = of.changed(dict(of.present.properties))
    if not told and not conflicts and not back:
        return Reversal(None)
    return Reversal(None, [of.conflict("removed_since", _told(of.present.standing), run)])

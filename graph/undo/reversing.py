"""The opposite of what happened to one record or link: pure, from its changes and how it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.history import ChangedField, told_fields
from graph.undo.steps import Action, Conflict, Reversal, Step
from graph.undo.touches import Present, Run, Touch, run_of
from graph.unit.values import said, shown
from models.commands import Command
from models.fields import kind_of
from models.metamodel import EntityType, Field, RelationType

BOUNDS = ("validFrom", "validTo")
Values = dict[str, Any]  # a property or a field by name, and what it holds
_BEGINS = ("create", "restore")


@dataclass(frozen=True, slots=True)
class Reversing:
    """What records and links have in common: their fields, and what is told of them."""

    kind: EntityType | RelationType
    id: str
    touches: Sequence[Touch]
    present: Present
    override: bool

    @property
    def of_link(self) -> bool:
        """Whether this is a link."""
        return isinstance(self.kind, RelationType)

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields that can be restored; the times of links among them."""
        return told_fields(self.kind) if self.of_link else self.kind.fields

    def existence(self) -> Run:
        """What is to be undone of its coming and going."""
        return run_of(self.touches, lambda touch: touch.op != "update")

    def changed(self, now: Values) -> tuple[Values, list[ChangedField], list[Conflict]]:
        """The properties to put back, by field what is and what will be, and the fields that others have changed since."""
        back: Values = {}
        told: list[ChangedField] = []
        conflicts: list[Conflict] = []
        for name, field in self.fields.items():
            keys = [column.key for column in kind_of(field).columns(field)]
            run = run_of((touch for touch in self.touches if touch.op == "update"), _touching(keys))
            if not run:
                continue
            was, left, is_now = _before(run, keys, now), _after(run, keys, now), {key: now.get(key) for key in keys}
            if is_now == was:
                continue
            if is_now != left:
                conflicts.append(self.overtaken(name, field, now, was, left, run))
            if is_now == left or self.override:
                back |= was
                told.append(ChangedField(name, shown(field, now), shown(field, was)))
        return back, told, conflicts

    def overtaken_since(self, run: Run) -> list[Conflict]:
        """The fields of something that came with the run and that others have changed since."""
        first = run.changes[0]
        left = self._left(first)
        conflicts = []
        for name, field in self.fields.items():
            keys = [column.key for column in kind_of(field).columns(field)]
            if any(self.present.properties.get(key) != left.get(key) for key in keys):
                nothing: Values = dict.fromkeys(keys)
                others = run_of(self.touches, _touching(keys, first))
                conflicts.append(self.overtaken(name, field, dict(self.present.properties), nothing, left, others))
        return conflicts

    def _left(self, first: Touch) -> Values:
        """What the run left in every property, from the change that brought it on."""
        left: Values = {}
        for touch in self.touches[self.touches.index(first) :]:
            for field in self.fields.values() if touch.mine else ():
                for column in kind_of(field).columns(field):
                    if touch.op in _BEGINS or touch.touches(column.key):
                        left[column.key] = touch.after(column.key)
        return left

    def overtaken(self, name: str, field: Field, now: Values, was: Values, left: Values, run: Run) -> Conflict:
        """A field that is not as it was left."""
        is_now, made = shown(field, now), shown(field, {**now, **left})
        message = f"{name} is {said(is_now)} now, and what is to be undone left {said(made)}."
        return self.conflict("changed_since", message, run, name, is_now, shown(field, was))

    def conflict(
        self, code: str, message: str, run: Run, field: str | None = None, present: Any = None, restored: Any = None
    ) -> Conflict:
        """Something in the way, with who did it last."""
        last = run.later[-1] if run.later else None
        by, at = (None, None) if last is None else (last.actor, last.at)
        told = f"{self.kind.name} {self.id}: {message}"
        return Conflict(code, told, self.kind.name, self.id, self.of_link, field, present, restored, by, at)

    def step(self, action: Action, fields: Sequence[ChangedField], *commands: Command) -> Step:
        """What is done with it."""
        change = self.touches[-1].change
        ends = (change.get("source"), change.get("target"))
        return Step(
            action, self.kind.name, self.id, self.of_link, tuple(fields), commands, *ends, waits=self.present.waiting
        )

    def reversal(self, step: Step | None, conflicts: Sequence[Conflict] = ()) -> Reversal:
        """The step, which anything in its way forbids unless it is overridden."""
        return Reversal(step if self.override or not conflicts else None, conflicts)

    def canonical(self, stored: Values, *, clearing: bool) -> Values:
        """Canonical values by field of stored properties; fields that are not touched by them are left out."""
        values: Values = {}
        for name, field in self.kind.fields.items():
            if not any(column.key in stored for column in kind_of(field).columns(field)):
                continue
            plain = shown(field, stored)
            if plain is not None:
                values[name] = kind_of(field).coerce(field, plain)
            elif clearing:
                values[name] = None
        return values


def _touching(keys: Sequence[str], first: Touch | None = None) -> Callable[[Touch], bool]:
    """Whether a change is about some properties, or the `first`, which brought the whole on."""
    return lambda touch: touch is first or any(map(touch.touches, keys))


def _before(run: Run, keys: Sequence[str], now: Values) -> Values:
    """What the properties were before the run."""
    firsts = {key: next((touch for touch in run.changes if touch.touches(key)), None) for key in keys}
    return {key: now.get(key) if first is None else first.before(key) for key, first in firsts.items()}


def _after(run: Run, keys: Sequence[str], now: Values) -> Values:
    """What the run left in them."""
    lasts = {key: next((touch for touch in reversed(run.changes) if touch.touches(key)), None) for key in keys}
    return {key: now.get(key) if last is None else last.after(key) for key, last in lasts.items()}

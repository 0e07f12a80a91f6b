"""The opposite of one change, and what stands in its way: a value that is no longer the one the change left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.imports import Made
from graph.unit.values import shown
from models.commands import Command, DeleteRecord, RetractLink, Unlink, UpdateLink, UpdateRecord
from models.errors import Problem
from models.fields import kind_of
from models.metamodel import Field, Metamodel

BOUNDS = ("validFrom", "validTo")


@dataclass(slots=True)
class Present:
    """What the data will be while a run is taken back, change by change, the last one first."""

    model: Metamodel
    _back: dict[str, dict[str, Any]] = field(default_factory=dict)

    def obstacles(self, made: Made) -> Iterator[Problem]:
        """What stands in the way of taking a change back, which counts as taken back from then on."""
        change = made.change
        id, name, created = change.get("record", change.get("link")), change["type"], change["op"] == "create"
        if made.present is None:
            if not created:
                yield _problem(name, id, "it has been removed since the import")
            return
        now = {**made.present, **self._back.get(id, {})}
        for key in _keys(self.model, made):
            if (created or _touched(change, key)) and now.get(key) != change.get(f"after.{key}"):
                was, left = _text(now.get(key)), _text(change.get(f"after.{key}"))
                yield _problem(name, id, f"{key} is {was} now, and the import left {left}")
        if not created:
            before = {key: change.get(f"before.{key}") for key in _keys(self.model, made) if _touched(change, key)}
            self._back.setdefault(id, {}).update(before)


def inverse(model: Metamodel, made: Made) -> Command | None:
    """What takes a change back, provided that its record or link is as it was read; None where nothing is left to do."""
    change, present = made.change, made.present
    if present is None:
        return None
    name, version, fields = change["type"], present["version"], _fields(model, made)
    if "record" in change:
        id, path = change["record"], (change["record"],)
        if change["op"] == "create":
            return DeleteRecord(name, id, version, path)
        return UpdateRecord(name, id, _before(fields, made), version, path)
    id, path = change["link"], (change["link"],)
    if made.past:
        return RetractLink(name, id, path)
    if change["op"] == "create":
        return Unlink(name, id, path=path, version=version)
    bounds = {key: change.get(f"before.{key}") for key in BOUNDS if _touched(change, key)}
    times = (bounds.get("validFrom"), bounds.get("validTo"))
    opened = tuple(key for key, bound in bounds.items() if bound is None)
    return UpdateLink(name, id, _before(fields, made), None, *times, path, opened, version)


def _fields(model: Metamodel, made: Made) -> Mapping[str, Field]:
    return (model.types if "record" in made.change else model.relations)[made.change["type"]].fields


def _keys(model: Metamodel, made: Made) -> list[str]:
    """The properties that hold what the model knows of a record or a link."""
    columns = [column.key for each in _fields(model, made).values() for column in kind_of(each).columns(each)]
    return columns if "record" in made.change else [*columns, *BOUNDS]


def _touched(change: Mapping[str, Any], key: str) -> bool:
    return f"before.{key}" in change or f"after.{key}" in change


def _before(fields: Mapping[str, Field], made: Made) -> dict[str, Any]:
    """The canonical values of the changed fields as they were; None for those that were empty."""
    values: dict[str, Any] = {}
    for name, each in fields.items():
        keys = [column.key for column in kind_of(each).columns(each)]
        if not any(_touched(made.change, key) for key in keys):
            continue
        present = made.present or {}
        was = {
            key: made.change.get(f"before.{key}") if _touched(made.change, key) else present.get(key) for key in keys
        }
        plain = shown(each, was)
        values[name] = None if plain is None else kind_of(each).coerce(each, plain)
    return values


def _text(value: Any) -> str:
    return "empty" if value is None else repr(str(value))[:60]


def _problem(name: str, id: str, what: str) -> Problem:
    return Problem("changed_since", f"{name} {id}: {what}.", (id,))

"""Given values of the fields of a type or of a relation, into canonical ones."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from models.commands import Path
from models.errors import Problem, filled
from models.fields import kind_of
from models.fields.choice import choices
from models.fields.kind import InvalidValue
from models.labels import english, heading
from models.metamodel import Field, When


class Refuse(Protocol):
    """Notes one thing wrong with the input."""

    def __call__(self, problem: Problem) -> None: ...


def of_field(owner: str, field: str) -> dict[str, dict[str, str]]:
    """As a detail of a problem: the field that it is about, and the type or relation that has it."""
    return {"ofField": {"owner": owner, "field": field}}


def lacking(field: Field, when: When, other: Field, owner: str, path: Path) -> Problem:
    """The problem of a record without a value that it must have with the value that another field has."""
    called, by = heading(field.name, field.labels), heading(other.name, other.labels)
    said = ", ".join(_said(other, value) for value in when.values)
    facts = {"case": "when", "type": owner, "name": field.name, "by": other.name}
    message = f"{called} needs a value where {by} is {said}."
    return Problem("required", message, (*path, field.name), {**facts, **of_field(owner, field.name)})


def _said(other: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return english(choices(other)[value].get("labels", {})) or str(value)


class FieldReader:
    """Reads the fields of one type or relation; made once for a request and used for each of its records or links."""

    def __init__(self, owner: str, fields: Mapping[str, Field], refuse: Refuse) -> None:
        self.owner, self.fields, self._refuse = owner, fields, refuse
        self._coerce = {name: kind_of(field).coerce for name, field in fields.items() if not field.read_only}
        self.defaults = {
            name: kind_of(field).coerce(field, field.default)
            for name, field in fields.items()
            if field.default is not None
        }
        self._required = tuple(name for name, field in fields.items() if field.required and not field.read_only)
        self._asked = tuple((name, field.when) for name, field in fields.items() if field.when and field.when.required)

    def new(self, given: Mapping[str, Any], path: Path, beside: Collection[str]) -> dict[str, Any]:
        """The values of something new: null and left out are the same, save that null takes no default."""
        values = self._read(given, path, beside)
        for name, default in self.defaults.items():
            if name not in given:
                values[name] = default
        for name in self._required:
            # what was given and is wrong has been refused already
            if values.get(name) is None and given.get(name) is None:
                self._missing("{field} needs a value.", name, path)
        for name, when in self._asked:
            if values.get(name) is None and given.get(name) is None and when.holds(values):
                self._refuse(lacking(self.fields[name], when, self.fields[when.field], self.owner, path))
        if None in values.values():
            return {name: value for name, value in values.items() if value is not None}
        return values

    def changed(self, given: Mapping[str, Any], path: Path, beside: Collection[str]) -> dict[str, Any]:
        """The values of a change: None clears a field, what is left out stays."""
        values = self._read(given, path, beside)
        for name in self._required:
            if name in values and values[name] is None:
                self._missing(
                    "{field} cannot be without a value; leave it out to keep what it has.", name, path, case="kept"
                )
        return values

    def either(
        self, given: Mapping[str, Any], path: Path, beside: Collection[str]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values of what is changed or made new, as it turns out, and the defaults for the second case."""
        values = self.changed(given, path, beside)
        defaults = {name: value for name, value in self.defaults.items() if name not in given}
        for name in self._required:
            if name not in given and name not in defaults:
                sentence = "{field} needs a value, for the record may have to be created."
                self._missing(sentence, name, path, case="created")
        return values, defaults

    def _read(self, given: Mapping[str, Any], path: Path, beside: Collection[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in given.items():
            coerce = self._coerce.get(name)
            if coerce is None:
                if name not in beside:
                    self._unwritten(name, path, beside)
            elif value is None:
                values[name] = None
            else:
                try:
                    values[name] = coerce(self.fields[name], value)
                except InvalidValue as error:
                    self._refuse(self.problem(error, name, path))
        return values

    def problem(self, error: InvalidValue, name: str, path: Path) -> Problem:
        """Why a value of a field is refused, beginning with the field as people read it."""
        message = f"{self._heading(name)}: {error.message}"
        return Problem(error.code, message, (*path, name), {**error.facts, **of_field(self.owner, name)})

    def _missing(self, sentence: str, name: str, path: Path, **case: str) -> None:
        facts = {**case, "type": self.owner, "name": name, **of_field(self.owner, name)}
        message = filled(sentence, {"field": self._heading(name)})
        self._refuse(Problem("required", message, (*path, name), facts))

    def _heading(self, name: str) -> str:
        return heading(name, self.fields[name].labels)

    def _unwritten(self, name: str, path: Path, beside: Iterable[str]) -> None:
        if name in self.fields:
            message = f"{self._heading(name)} is not written by hand; leave it out."
            self._refuse(Problem("read_only", message, (*path, name), {"name": name, **of_field(self.owner, name)}))
            return
        near = difflib.get_close_matches(str(name)[:100], [*self.fields, *beside], n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        message = f"{self.owner} has no field {str(name)[:100]!r}.{hint}"
        self._refuse(Problem("unknown_field", message, (*path, name)))

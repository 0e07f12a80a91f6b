"""Given values of the fields of a type or of a relation, into canonical ones."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from models.commands import Path
from models.errors import Problem, told
from models.fields import kind_of
from models.fields.kind import InvalidValue
from models.metamodel import Field


class Refuse(Protocol):
    """Notes one thing wrong with the input."""

    def __call__(self, problem: Problem) -> None: ...


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

    def new(self, given: Mapping[str, Any], path: Path, beside: Collection[str]) -> dict[str, Any]:
        """The values of something new: null and left out are the same, save that null takes no default."""
        values = self._read(given, path, beside)
        for name, default in self.defaults.items():
            if name not in given:
                values[name] = default
        for name in self._required:
            # what was given and is wrong has been refused already
            if values.get(name) is None and given.get(name) is None:
                sentence = "{type} needs a value for {name}."
                self._refuse(told("required", sentence, (*path, name), type=self.owner, name=name))
        if None in values.values():
            return {name: value for name, value in values.items() if value is not None}
        return values

    def changed(self, given: Mapping[str, Any], path: Path, beside: Collection[str]) -> dict[str, Any]:
        """The values of a change: None clears a field, what is left out stays."""
        values = self._read(given, path, beside)
        for name in self._required:
            if name in values and values[name] is None:
                sentence = "{type} cannot be without {name}; leave it out to keep it."
                self._refuse(told("required", sentence, (*path, name), case="kept", type=self.owner, name=name))
        return values

    def either(
        self, given: Mapping[str, Any], path: Path, beside: Collection[str]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values of what is changed or made new, as it turns out, and the defaults for the second case."""
        values = self.changed(given, path, beside)
        defaults = {name: value for name, value in self.defaults.items() if name not in given}
        for name in self._required:
            if name not in given and name not in defaults:
                sentence = "{type} may have to be created and needs {name}."
                self._refuse(told("required", sentence, (*path, name), case="created", type=self.owner, name=name))
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
                    self._refuse(Problem(error.code, f"{name}: {error.message}", (*path, name), error.facts))
        return values

    def _unwritten(self, name: str, path: Path, beside: Iterable[str]) -> None:
        if name in self.fields:
            sentence = "{name} is not written by hand; leave it out."
            self._refuse(told("read_only", sentence, (*path, name), name=name))
            return
        near = difflib.get_close_matches(str(name)[:100], [*self.fields, *beside], n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        message = f"{self.owner} has no field {str(name)[:100]!r}.{hint}"
        self._refuse(Problem("unknown_field", message, (*path, name)))

"""Fields that are asked for only with some values of another field: read from a document, and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models import names
from models.definitions.given import Given
from models.errors import Problem, told
from models.fields.choice import choices
from models.metamodel import Field, When

MOST_VALUES = 100

_WHEN = frozenset({"field", "values", "required"})
_Path = tuple[str | int, ...]


def read_when(given: Given, value: object, path: _Path) -> When | None:
    """When a field is asked for, as a document says it; what is wrong with its form is noted."""
    if value is None:
        return None
    said = given.entries(value, _WHEN, path)
    name = given.text(said.get("field"), (*path, "field"), longest=names.LONGEST)
    values = [each for _, each in given.items(said.get("values"), MOST_VALUES, (*path, "values"))]
    for place, each in enumerate(values):
        if not isinstance(each, str | bool):
            sentence = "Give a choice, or true or false; not {given}."
            given.fault("bad_when", sentence, (*path, "values", place), case="value", given=names.shown(each))
    return When(name, tuple(values), given.flag(said.get("required"), (*path, "required")))


def check_when(fields: Mapping[str, Field], *, of_link: bool) -> Iterator[Problem]:
    """Problems of the conditions of fields, each of which names another field of the same type."""
    for name, field in fields.items():
        if field.when is not None:
            for problem in _problems(field, field.when, fields, of_link=of_link):
                yield problem.under("fields", name, "when")


def _problems(field: Field, when: When, fields: Mapping[str, Field], *, of_link: bool) -> Iterator[Problem]:
    other = fields.get(when.field)
    if of_link:
        yield told("bad_when", "Fields of links are asked for always; take the condition out.", case="link")
    elif other is None:
        sentence = "The condition names {name}, which is no field here; choose another one."
        yield told("unknown_field", sentence, ("field",), case="when", name=names.shown(when.field))
    elif other is field or other.when is not None or other.kind not in ("choice", "boolean"):
        sentence = "{name} cannot decide; choose a choice or a yes-or-no field that is asked for always."
        yield told("bad_when", sentence, ("field",), case="field", name=when.field)
    else:
        yield from _values(when, other)
    if field.required or (when.required and field.read_only):
        sentence = "{field} cannot be required always and asked for only at times; take one of the two out."
        yield told("bad_when", sentence, ("required",), case="required", field=field.name)


def _values(when: When, other: Field) -> Iterator[Problem]:
    if not when.values:
        yield told("bad_when", "Say with which values of {name} it is asked for.", ("values",), name=other.name)
    known = choices(other).keys() if other.kind == "choice" else {True, False}
    for place, value in enumerate(when.values):
        if value not in known or isinstance(value, bool) is not (other.kind == "boolean"):
            sentence = "{value} is no value of {name}; choose one that it can have."
            path = ("values", place)
            yield told("bad_when", sentence, path, case="unknown", value=names.shown(value), name=other.name)

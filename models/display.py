"""A record's name for people, from its type's template: `"{name} ({city})"`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from models.errors import Problem, told
from models.fields import kind_of
from models.metamodel import EntityType, Field

_NO_FIELD = "The display names {name}, which is no field of {type}."
_PART = re.compile(r"\{\{|\}\}|\{([A-Za-z][A-Za-z0-9]*)\}|[^{}]+")


def display_template(template: str) -> tuple[str | tuple[str], ...]:
    """The parts of a template: texts, and fields as one-tuples. Raises ValueError at a lone brace."""
    parts: list[str | tuple[str]] = []
    end = 0
    for found in _PART.finditer(template):
        if found.start() != end:
            break
        end = found.end()
        parts.append((found[1],) if found[1] else found[0].replace("{{", "{").replace("}}", "}"))
    if end != len(template):
        raise ValueError(f"A lone brace at {end}; write braces twice to show them.")
    return tuple(parts)


def check_template(kind: EntityType) -> list[Problem]:
    """Problems of a type's display template."""
    try:
        parts = display_template(kind.display)
    except ValueError as error:
        return [told("bad_display", "{why}", ("display",), why=str(error))]
    return [
        told("unknown_field", _NO_FIELD, ("display",), case="display", name=repr(part[0]), type=kind.name)
        for part in parts
        if isinstance(part, tuple) and part[0] not in kind.fields
    ]


def display_keys(kind: EntityType) -> tuple[str, ...]:
    """The properties that a type's name is made of."""
    fields, _ = display_of(kind)
    return tuple(column.key for field in fields for column in kind_of(field).columns(field))


def display_of(kind: EntityType) -> tuple[tuple[Field, ...], Callable[..., str]]:
    """The fields a type's name is made of, and what makes it from their columns as the database returned them.

    A template whose fields are all missing falls back on the type's name.
    """
    parts = display_template(kind.display) if kind.display else ()
    names = dict.fromkeys(part[0] for part in parts if isinstance(part, tuple))
    fields = tuple(kind.fields[name] for name in names)
    spans: dict[str, tuple[Field, int, int]] = {}
    at = 0
    for field in fields:
        width = len(kind_of(field).columns(field))
        spans[field.name] = (field, at, at + width)
        at += width

    def finish(*stored: Any) -> str:
        shown = {name: _shown(field, stored[start:end]) for name, (field, start, end) in spans.items()}
        if not any(shown.values()):
            return kind.name
        return "".join(shown[part[0]] if isinstance(part, tuple) else part for part in parts).strip()

    return fields, finish


def display_name(kind: EntityType, values: Mapping[str, Any]) -> str:
    """The name of a record whose canonical values are known."""
    fields, finish = display_of(kind)
    stored: list[Any] = []
    for field in fields:
        value = values.get(field.name)
        columns = kind_of(field).nothing(field) if value is None else kind_of(field).to_store(field, value)
        stored += columns.values()
    return finish(*stored)


def _shown(field: Field, stored: tuple[Any, ...]) -> str:
    if stored[0] is None:
        return ""
    value = kind_of(field).from_store(field, *stored)
    if isinstance(value, dict):  # an amount, or a place
        return " ".join(map(str, value.values()))
    return ", ".join(value) if isinstance(value, list) else str(value)

"""Canonical values as properties: what a record or link of the model stores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from graph.unit.points import of_driver
from models.fields import kind_of
from models.metamodel import EntityType, Field


def stored(fields: Mapping[str, Field], values: Mapping[str, Any], *, clearing: bool = False) -> dict[str, Any]:
    """Property → driver value; None clears where `clearing`, else it is left out."""
    properties: dict[str, Any] = {}
    for name, value in values.items():
        field = fields[name]
        if value is not None:
            properties.update(kind_of(field).to_store(field, value))
        elif clearing:
            properties.update(kind_of(field).nothing(field))
    return of_driver(properties)


def columns_of(kind: EntityType, key: tuple[str, ...]) -> tuple[str, ...]:
    """The properties that a key of field names lies in."""
    return tuple(column.key for name in key for column in kind_of(kind.fields[name]).columns(kind.fields[name]))


def shown(field: Field, properties: Mapping[str, Any]) -> Any:
    """A field's value in its JSON form, from a record's properties as the driver takes or returns them; None if empty."""
    columns = [properties.get(column.key) for column in kind_of(field).columns(field)]
    return None if columns[0] is None else kind_of(field).from_store(field, *map(readable, columns))


def readable(value: Any) -> Any:
    """A value as the driver takes or returns it, days and moments as text."""
    native = value.to_native() if hasattr(value, "to_native") else value
    if isinstance(native, datetime):
        return native.isoformat().replace("+00:00", "Z")
    return native.isoformat() if isinstance(native, date) else native


def said(value: Any) -> str:
    """A shown value inside a sentence: quoted and cut to 60 characters, or `empty`."""
    if isinstance(value, dict):
        value = " ".join(str(part) for part in value.values() if part is not None)
    return "empty" if value is None else repr(str(value)[:60])

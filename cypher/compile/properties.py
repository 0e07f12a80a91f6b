"""How a field's columns are read: temporal values as text, everything else as it lies."""

from __future__ import annotations

from functools import partial
from typing import Any

from cypher.ast import Call, Expression, Prop, Var
from cypher.shape import Value
from models.fields import kind_of
from models.fields.kind import Column, Kind, Storage
from models.metamodel import Field


def first_column(field: Field) -> Column:
    """The column that sorts and compares."""
    return kind_of(field).columns(field)[0]


def is_text(field: Field) -> bool:
    """Whether a field compares as text does: its operands are those of `cypher.texts`."""
    return first_column(field).storage is Storage.STRING


def compared(var: str, field: Field) -> Expression:
    """The property that filters, sorts and indexes use."""
    return Prop(Var(var), first_column(field).key)


def readable(var: str, column: Column) -> Expression:
    """A column as the driver should deliver it."""
    prop = Prop(Var(var), column.key)
    return Call("toString", (prop,)) if column.storage in (Storage.DATE, Storage.DATETIME) else prop


def value_shape(field: Field, columns: tuple[int, ...], inside: tuple[tuple[str, str], ...] | None = None) -> Value:
    """How the field's value is made from the columns at these places of the row."""
    return Value(columns, _finish(field), field.required, inside=inside)


def _finish(field: Field) -> Any:
    kind = kind_of(field)
    return None if type(kind).from_store is Kind.from_store else partial(kind.from_store, field)

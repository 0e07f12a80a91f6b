"""How a field's columns are read: temporal values as text, everything else as it lies."""

from __future__ import annotations

from functools import partial
from typing import Any

from cypher.ast import Call, Expression, Literal, Param, Prop, Var
from cypher.request import OrderKey
from cypher.shape import Value
from models.fields import kind_of
from models.fields.kind import Column, Storage
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


def sorting(var: str, key: OrderKey) -> Expression:
    """What a sort key compares of the record or link bound to `var`."""
    return distance(var, key.field, key.from_slot) if key.from_slot else compared(var, key.field)


def distance(var: str, field: Field, point_slot: str) -> Expression:
    """How many metres a place lies from the point in a parameter, to the millimetre: what is below it differs by machine."""
    return Call("round", (unrounded_distance(var, field, point_slot), Literal(3)))


def unrounded_distance(var: str, field: Field, point_slot: str) -> Expression:
    """The same in the form that the point index answers when it is compared."""
    return Call("point.distance", (compared(var, field), point(point_slot)))


def point(slot: str) -> Expression:
    """The point of the latitude and longitude in a parameter."""
    return Call("point", (Param(slot),))


def readable(var: str, column: Column) -> Expression:
    """A column as the driver should deliver it."""
    prop = Prop(Var(var), column.key)
    return Call("toString", (prop,)) if column.storage in (Storage.DATE, Storage.DATETIME) else prop


def value_shape(field: Field, columns: tuple[int, ...], inside: tuple[tuple[str, str], ...] | None = None) -> Value:
    """How the field's value is made from the columns at these places of the row."""
    type_name = kind_of(field).graphql_scalar(field)
    return Value(columns, _finish(field), field.required, inside=inside, type_name=type_name)


def _finish(field: Field) -> Any:
    kind = kind_of(field)
    return None if kind.shown_as_stored(field) else partial(kind.from_store, field)

"""Values of records in packed columns, as numbers wherever they are such: a list for each property."""

from __future__ import annotations

from collections.abc import Sequence

from cypher.ast import Call, Case, Expression, Literal, Param, Query
from cypher.ast.expressions import Binary
from cypher.compile import packed
from cypher.compile.packed import EPOCH, prop
from models.fields.kind import Column, Storage

NONE, UNSAID = "missing", "unsaid"

__all__ = ["EPOCH", "NONE", "UNSAID", "page_of_values"]


def page_of_values(type_name: str, columns: Sequence[Column]) -> Query:
    """The next records of a type in one row: the last id, how many, their ids, and a list for each property, in order.

    A date is days since 1970, a moment milliseconds, a boolean 1 or 0; the parameter NONE stands for no value of these
    and of numbers, UNSAID for no text.
    """
    lists = ((f"c{place}", _value(column)) for place, column in enumerate(columns))
    return packed.page(type_name, (("id", prop("id")), *lists))


def _value(column: Column) -> Expression:
    match column.storage:
        case Storage.STRING:
            return Call("coalesce", (prop(column.key), Param(UNSAID)))
        case Storage.BOOLEAN:
            said = ((Binary(prop(column.key), "=", Literal(value)), Literal(int(value))) for value in (True, False))
            return Case(tuple(said), Param(NONE))
        case Storage.DATE | Storage.DATETIME:
            at = packed.time(column.key, dated=column.storage is Storage.DATE)
            return Call("coalesce", (at, Param(NONE)))
    return Call("coalesce", (prop(column.key), Param(NONE)))

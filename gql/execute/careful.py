"""Rows into answers step by step, for rows that do not hold what the model promises: errors with paths, nulls that rise.

A null where none may be rises to the nearest place that may be null, as the GraphQL specification has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cypher import shape
from cypher.shape import Shape
from gql.execute.errors import caught, missing
from gql.execute.explaining import explainer
from gql.execute.recounting import recounter
from gql.plan.cursors import Cursors

Path = tuple[str | int, ...]
BROKEN = (TypeError, ValueError, LookupError, ArithmeticError, AttributeError)


class _Rising(Exception):
    """A null on its way up; its error is noted already."""


def assembled(
    wanted: shape.Record, row: Sequence[Any], parameters: Mapping[str, Any], cursors: Cursors
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """The answer's data and its errors; data is None when a null rose to the top."""
    reading = _Reading(parameters, cursors)
    try:
        return reading.record(wanted, row, ()), reading.errors
    except _Rising:
        return None, reading.errors


class _Reading:
    """One row being read."""

    def __init__(self, parameters: Mapping[str, Any], cursors: Cursors) -> None:
        self.parameters, self.cursors = parameters, cursors
        self.errors: list[dict[str, Any]] = []

    def record(self, wanted: shape.Record, row: Sequence[Any], path: Path) -> dict[str, Any]:
        return {key: self.value(part, row, (*path, key)) for key, part in wanted.entries}

    def value(self, wanted: Shape, row: Sequence[Any], path: Path) -> Any:  # noqa: C901  # one case for each form
        match wanted:
            case shape.Value():
                return self._value(wanted, row, path)
            case shape.Fixed(value):
                return value
            case shape.Record():
                return self.record(wanted, row, path)
            case shape.ByKind(column, kinds):
                inner = row[column]
                known = None if inner is None else kinds.get(inner[0])
                return self._lost(path) if known is None else self.record(known, inner, path)
            case shape.CursorOf(columns, tie, order):
                return self.cursors.make(order, [row[place] for place in columns], row[tie])
            case shape.Rows():
                return self._rows(wanted, row, path)
            case shape.ConnectionShape():
                return self._connection(wanted, row[wanted.column], path)
            case shape.Figures(column, entries):
                return self.record(entries, row[column][0], path)
            case shape.Total(column):
                return row[column]
            case shape.Listed(column, inner):
                return [self.value(inner, each, (*path, place)) for place, each in enumerate(row[column])]
            case shape.Several(records):
                return [self.record(each, row, (*path, place)) for place, each in enumerate(records)]
            case shape.Explained(_, document, most, language):
                return explainer(wanted)(row[document], row[most], row[language])
            case shape.Recounted(rows, size):
                return recounter(wanted, self.cursors)(row[rows], row[size])
        raise TypeError(type(wanted).__name__)

    def _lost(self, path: Path) -> Any:
        self.errors.append(missing(path))
        raise _Rising

    def _value(self, wanted: shape.Value, row: Sequence[Any], path: Path) -> Any:
        try:
            value = self._made(wanted, row, path)
        except _Rising:
            value, noted = None, True
        except BROKEN as error:
            self.errors.append(caught(error, path))
            value, noted = None, True
        else:
            noted = False
        if value is None and wanted.required:
            if not noted:
                self.errors.append(missing(path))
            raise _Rising
        return value

    def _made(self, wanted: shape.Value, row: Sequence[Any], path: Path) -> Any:
        columns = [row[place] for place in wanted.columns]
        if columns[0] is None and not wanted.whole:
            return None
        value = columns[0] if wanted.finish is None else wanted.finish(*columns)
        if value is None or wanted.inside is None:
            return value
        made = {}
        for key, name in wanted.inside:
            made[key] = wanted.type_name if name == "__typename" else value[name]
            if made[key] is None:
                self._lost((*path, key))
        return made

    def _rows(self, wanted: shape.Rows, row: Sequence[Any], path: Path) -> Any:
        found = []
        for place, (inner,) in enumerate(row[wanted.column]):
            at = path if wanted.single else (*path, place)
            try:
                found.append(None if inner is None else self.value(wanted.shape, inner, at))
            except _Rising:
                found.append(None)
        return found[0] if wanted.single else found

    def _connection(self, wanted: shape.ConnectionShape, columns: Sequence[Any], path: Path) -> dict[str, Any]:
        rows, more = columns[0] if wanted.has_rows else [], False
        if wanted.peek:
            size = self.parameters[wanted.size_slot] - 1
            rows, more = rows[:size], len(rows) > size
        if wanted.backward:
            rows = rows[::-1]
        page = _Page(rows, more, wanted.backward)
        return {key: self._part(part, columns, page, (*path, key)) for key, part in wanted.entries}

    def _part(self, wanted: Shape, columns: Sequence[Any], page: _Page, path: Path) -> Any:
        if isinstance(wanted, shape.Each):
            return [self.value(wanted.shape, row, (*path, place)) for place, row in enumerate(page.rows)]
        if isinstance(wanted, shape.Info):
            return self._info(wanted, page, path)
        if isinstance(wanted, shape.Record):
            return {key: self._part(part, columns, page, (*path, key)) for key, part in wanted.entries}
        return self.value(wanted, columns, path)

    def _info(self, wanted: shape.Info, page: _Page, path: Path) -> Any:
        paged = wanted.paged or (wanted.skip_slot != "" and self.parameters[wanted.skip_slot] > 0)
        match wanted.what:
            case "hasNextPage":
                return paged if page.backward else page.more
            case "hasPreviousPage":
                return page.more if page.backward else paged
        if not page.rows:
            return None
        return self.value(wanted.cursor, page.rows[0 if wanted.what == "startCursor" else -1], path)


class _Page:
    """The rows of a connection that its parts read."""

    def __init__(self, rows: Sequence[Any], more: bool, backward: bool) -> None:
        self.rows, self.more, self.backward = rows, more, backward

"""Rows of an answer as lines of CSV (RFC 4180): a column for each value, whatever it lies in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from exchange.sheets import harmless

BETWEEN = ";"  # values of one cell, as exports have it


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, and the way to its values; a list on the way is walked along."""

    name: str
    path: tuple[str, ...]


def lines(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The lines of rows."""
    return _written([_cell(row, column.path) for column in columns] for row in rows)


def header(columns: Sequence[Column]) -> bytes:
    """The first line."""
    return _written([[harmless(column.name) for column in columns]])


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(row: Mapping[str, Any], path: tuple[str, ...]) -> str:
    return harmless(BETWEEN.join(_shown(value) for value in _values(row, path)))


def _values(found: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """What lies at the end of the way; nothing is told of nulls."""
    if isinstance(found, list):
        for each in found:
            yield from _values(each, path)
    elif path and found is not None:
        yield from _values(found[path[0]], path[1:])
    elif found is not None:
        yield found


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()

"""Values put right in a file that was uploaded: the file is written anew, as it was but for the cells named."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from exchange.tables import Row, Table
from models.errors import Rejected, told


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell, by the line its row begins at and its column, and what is to stand there."""

    line: int
    column: str
    value: str


def mend(table: Table, cells: Sequence[Mended]) -> int:
    """Write the file anew with these cells; how many rows were changed. Raises Rejected, and the file is as it was.

    Blank lines go, so rows behind one have another number afterwards.
    """
    wanted = _by_line(table, cells)
    part = table.path.with_name(f".{table.path.name}.part")
    try:
        changed = _written(table, wanted, part)
    except UnicodeEncodeError as error:
        part.unlink(missing_ok=True)
        sentence = "{letter} cannot be written as {encoding}; send the file as UTF-8 instead."
        facts = {"letter": repr(error.object[error.start]), "encoding": table.encoding}
        raise Rejected([told("not_in_encoding", sentence, ("value",), **facts)]) from error
    if changed < len(wanted):
        part.unlink(missing_ok=True)
        sentence = "{table} has no longer rows at all of these lines; try the import again first."
        raise Rejected([told("no_such_row", sentence, ("line",), table=table.path.name)])
    part.replace(table.path)
    return changed


def _by_line(table: Table, cells: Sequence[Mended]) -> Mapping[int, Mapping[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for each in cells:
        if each.column not in table.columns:
            raise Rejected(
                [
                    told(
                        "unknown_column",
                        "{table} has no column {name}.",
                        ("column",),
                        case="mended",
                        table=table.path.name,
                        name=repr(each.column),
                    )
                ]
            )
        found.setdefault(each.line, {})[table.columns.index(each.column)] = each.value
    return found


def _written(table: Table, wanted: Mapping[int, Mapping[int, str]], part: Path) -> int:
    changed = 0
    with ExitStack() as stack:
        writer = csv.writer(_for_writing(table, part, stack), delimiter=table.delimiter)
        writer.writerow(table.columns)
        for row in table.rows():
            cells = list(row.cells)
            if isinstance(row, Row) and row.line in wanted:
                changed += 1
                for place, value in wanted[row.line].items():
                    cells[place] = value
            writer.writerow(cells)
    return changed


def _for_writing(table: Table, part: Path, stack: ExitStack) -> IO[str]:
    raw = stack.enter_context(part.open("wb"))
    packed = stack.enter_context(gzip.GzipFile(fileobj=raw, mode="wb")) if table.path.name.endswith(".gz") else raw
    return stack.enter_context(io.TextIOWrapper(packed, encoding=table.encoding, newline=""))

"""What can be told of a file before anybody has said what it means: how it is written, its columns, its first rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exchange.tables import Ragged, Row, Table, look_at, opened
from models.errors import Rejected, told

SAMPLE_ROWS = 50
SAMPLE_VALUES = 5
DISTINCT_ROWS = 5_000  # rows over which different values are counted
LONGEST_CELL = 200  # characters of a cell that are kept for showing
MOST_UNZIPPED = 20  # times the size that an upload may have
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column: how many cells hold something, whether no two are alike among the first rows, and some of them."""

    name: str
    filled: int
    unique: bool
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that was looked at whole."""

    name: str
    size: int
    encoding: str
    delimiter: str
    digest: str
    rows: int
    ragged: int
    columns: tuple[ColumnFacts, ...]
    sample: tuple[tuple[str, ...], ...]

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> FileFacts:
        """As they were kept."""
        columns = tuple(ColumnFacts(**(each | {"samples": tuple(each["samples"])})) for each in plain["columns"])
        return cls(**(plain | {"columns": columns, "sample": tuple(map(tuple, plain["sample"]))}))

    def table(self, folder: Path) -> Table:
        """The table, without looking at the file again."""
        names = tuple(column.name for column in self.columns)
        return Table(folder / self.name, self.encoding, self.delimiter, names, self.digest, self.size)


@dataclass(slots=True)
class _Column:
    """Counts one column while rows go by."""

    filled: int = 0
    samples: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    repeats: bool = False

    def take(self, cell: str, *, compare: bool) -> None:
        text = cell.strip()
        if not text:
            return
        self.filled += 1
        if compare:
            self.repeats = self.repeats or text in self.seen
            self.seen.add(text)
        if len(self.samples) < SAMPLE_VALUES and text[:LONGEST_CELL] not in self.samples:
            self.samples.append(text[:LONGEST_CELL])


def facts_of(path: Path, *, most_bytes: int, encoding: str | None = None, delimiter: str | None = None) -> FileFacts:
    """Everything about a file, read once from end to end. Raises Rejected for what is no table."""
    _measure(path, most_bytes * MOST_UNZIPPED)
    table = look_at(path, encoding=encoding, delimiter=delimiter)
    counted = [_Column() for _ in table.columns]
    rows, ragged, sample = 0, 0, list[tuple[str, ...]]()
    for row in _rows(table):
        if isinstance(row, Ragged):
            ragged += 1
            continue
        rows += 1
        for column, cell in zip(counted, row.cells, strict=True):
            column.take(cell, compare=rows <= DISTINCT_ROWS)
        if len(sample) < SAMPLE_ROWS:
            sample.append(tuple(cell[:LONGEST_CELL] for cell in row.cells))
    if not rows:
        raise Rejected(
            [told("no_rows", "{table} has no row below its header that can be read.", (path.name,), table=path.name)]
        )
    columns = tuple(_shown(name, column) for name, column in zip(table.columns, counted, strict=True))
    return FileFacts(
        path.name,
        path.stat().st_size,
        table.encoding,
        table.delimiter,
        table.digest,
        rows + ragged,
        ragged,
        columns,
        tuple(sample),
    )


def keys_of(table: Table, columns: Sequence[str], *, most: int) -> set[tuple[str, ...]]:
    """The values of some columns over the first rows, those with an empty one left out."""
    places = [table.columns.index(name) for name in columns]
    found: set[tuple[str, ...]] = set()
    for number, row in enumerate(_rows(table)):
        if number >= most:
            break
        if isinstance(row, Row) and all(key := tuple(row.cells[place].strip() for place in places)):
            found.add(key)
    return found


def _rows(table: Table) -> Iterator[Row | Ragged]:
    yield from table.rows()


def _measure(path: Path, most: int) -> None:
    """Refuse what unzips to far more than anybody would send, before it is looked at."""
    if not path.name.endswith(".gz"):
        return
    size = 0
    try:
        with opened(path) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    sentence = "{table} unzips to more than {bytes} bytes. Split it into smaller files."
                    facts = {"table": path.name, "bytes": f"{most:,}"}
                    raise Rejected([told("too_large", sentence, (path.name,), case="unzipped", **facts)])
    except (EOFError, OSError):
        return  # what cannot be unzipped is refused with its own words when it is looked at


def _shown(name: str, column: _Column) -> ColumnFacts:
    return ColumnFacts(name, column.filled, bool(column.filled) and not column.repeats, tuple(column.samples))

"""Reading tables: CSV files of any usual encoding and delimiter, plain or gzipped, row by row in bounded memory."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import charset_normalizer

from exchange.reasons import Reason, because
from models.errors import Problem, Rejected, filled

LONGEST_ROW = 1 << 20  # characters
MOST_COLUMNS = 5_000
SUFFIXES = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
DELIMITERS = (",", ";", "\t", "|")

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SIGNATURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "gzipped but not called .gz",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What is considered when a text is not UTF-8; ordered as they are preferred.
_LEGACY = ["cp1252", "cp1251", "cp1256", "cp1250", "cp1254", "koi8_r", "cp866", "gb18030", "shift_jis", "euc_kr"]

csv.field_size_limit(LONGEST_ROW)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the line of the file it begins at."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row that cannot be read against the header, and why."""

    line: int
    cells: list[str]
    reason: Reason


@dataclass(frozen=True)
class Table:
    """A file that has been looked at: how it is written, which columns it has, and the digest of its bytes."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    digest: str
    size: int

    def rows(self) -> Iterator[Row | Ragged]:
        """Every row below the header, blank lines left out. Raises Rejected where the rest cannot be read."""
        for line, cells in _rows(self.path, self.encoding, self.delimiter, skip=1):
            if len(cells) != len(self.columns):
                yield Ragged(line, cells, self._ragged(len(cells)))
            elif any("\0" in cell for cell in cells):
                reason = because("", "ragged_row", "The row holds a NUL byte; take it out.", case="nul")
                yield Ragged(line, [cell.replace("\0", "") for cell in cells], reason)
            else:
                yield Row(line, cells)

    def _ragged(self, cells: int) -> Reason:
        sentence = (
            "The row has {has}, the header names {columns} columns. Quote cells that hold the delimiter {delimiter}."
        )
        facts = {"cells": cells, "columns": len(self.columns), "delimiter": repr(self.delimiter)}
        return because("", "ragged_row", sentence, has="1 cell" if cells == 1 else f"{cells} cells", **facts)


def look_at(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """The table in a file, its encoding and delimiter found out where they are not given. Raises Rejected."""
    digest, size, sample, utf8 = _survey(path)
    if not sample.strip(b"\0 \t\r\n"):
        raise _refused(path, "empty_file", "The file is empty; its first line must name the columns.")
    if encoding is None:
        encoding = _encoding(path, sample, utf8=utf8)
    else:
        _check_encoding(path, encoding)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample)
    delimiter = delimiter or _delimiter(text)
    columns = _columns(path, encoding, delimiter)
    return Table(path, encoding, delimiter, columns, digest, size)


def tables_in(folder: Path) -> list[Path]:
    """The files of a folder that are tables by their names, sorted."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name.lower().endswith(SUFFIXES))


def opened(path: Path) -> BinaryIO:
    """The bytes of a file, unzipped where its name ends in .gz."""
    if path.name.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.open(path, "rb"))
    return path.open("rb")


def _survey(path: Path) -> tuple[str, int, bytes, bool]:
    """One pass over the bytes: their digest, their number, the first of them, and whether all of it is UTF-8."""
    digest, size, sample, utf8 = hashlib.sha256(), 0, b"", True
    decoder = codecs.getincrementaldecoder("utf-8")()
    for chunk in _chunks(path):
        digest.update(chunk)
        size += len(chunk)
        sample = sample if len(sample) >= _SAMPLE else (sample + chunk)[:_SAMPLE]
        utf8 = utf8 and _decodes(decoder, chunk)
    return digest.hexdigest(), size, sample, utf8 and _decodes(decoder, b"", final=True)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with opened(path) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _refused(
            path, "bad_gzip", "The file is called .gz but cannot be unzipped ({why}).", why=str(error)
        ) from error
    except OSError as error:
        why = str(error.strerror or error)
        raise _refused(path, "unreadable", "The file cannot be read: {why}.", why=why) from error


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(path: Path, sample: bytes, *, utf8: bool) -> str:
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    for signature, what in _SIGNATURES.items():
        if sample.startswith(signature):
            sentence = "The file is {what}, not a table. Export it as CSV (UTF-8)."
            raise _refused(path, "not_a_table", sentence, what=what)
    if (wide := _utf16(sample)) is not None:
        return wide
    if sample.count(0) > len(sample) // 100 + 1:
        sentence = "The file is no text: it is full of NUL bytes. Export it as CSV (UTF-8)."
        raise _refused(path, "not_a_table", sentence, case="nul")
    if utf8:
        return "utf-8"
    return _legacy(path, sample)


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: the bytes of blanks and delimiters are zero on one side, and all of it is printable."""
    half = max(len(sample) // 2, 1)
    high, low = sample[1::2].count(0) / half, sample[0::2].count(0) / half
    lines = sample.count(b"\n")  # each of them would bring a zero of its own
    if max(low, high) < 0.02 or min(low, high) > max(low, high) / 4 or sample.count(0) <= lines:
        return None
    name = "utf-16-le" if high > low else "utf-16-be"
    text = sample[: 2 * half].decode(name, errors="replace")
    return name if sum(each.isprintable() or each.isspace() for each in text) > 0.98 * len(text) else None


def _legacy(path: Path, sample: bytes) -> str:
    """The encoding of a text that is not UTF-8, by the letters it would hold in each."""
    at = next((place for place, byte in enumerate(sample) if byte > 127), 0)
    best = charset_normalizer.from_bytes(sample[max(at - 4096, 0) :], cp_isolation=_LEGACY).best()
    if best is None:
        cure = "Save it as UTF-8, or say its encoding in the mapping: encoding: cp1251."
        raise _refused(path, "unknown_encoding", "The file is not UTF-8, and its encoding cannot be told. " + cure)
    return str(best.encoding)


def _check_encoding(path: Path, name: str) -> None:
    try:
        codecs.lookup(name)
    except LookupError:
        sentence = "There is no encoding {encoding}; such as utf-8 or cp1251."
        raise _refused(path, "unknown_encoding", sentence, case="named", encoding=repr(name)) from None


def _delimiter(text: str) -> str:
    """The one of the usual delimiters that cuts the first rows into equally many cells, and into most of them."""
    lines = text.splitlines(keepends=True)[:50]
    lines = lines[:-1] if len(lines) > 1 and not lines[-1].endswith(("\n", "\r")) else lines

    def score(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        except csv.Error:
            return 0.0, 0
        if not widths or widths[0] < 2:
            return 0.0, 0
        return widths.count(widths[0]) / len(widths), widths[0]

    best = max(DELIMITERS, key=score)
    return best if score(best)[1] else ","


def _columns(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    first = next(iter(_rows(path, encoding, delimiter)), None)
    if first is None:
        raise _refused(path, "empty_file", "The file is empty; its first line must name the columns.")
    line, cells = first
    names = tuple(cell.strip() for cell in cells)
    if len(names) > MOST_COLUMNS:
        sentence = "The header names {columns} columns; at most {most}."
        raise _refused(path, "too_many_columns", sentence, line, columns=len(names), most=MOST_COLUMNS)
    problems = [
        _problem(path, "unnamed_column", "Column {place} has no name; name it in the header.", line, place=place)
        for place, name in enumerate(names, 1)
        if not name
    ]
    problems += [
        _problem(path, "repeated_column", _REPEATED, line, columns=names.count(name), name=repr(name))
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    if problems:
        raise Rejected(problems)
    return names


def _rows(path: Path, encoding: str, delimiter: str, *, skip: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins at; rows longer than LONGEST_ROW are refused before they are read whole."""
    try:
        with opened(path) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            lines = _Lines(text.readline, path)
            reader = csv.reader(lines, delimiter=delimiter, strict=False)
            line = 1
            for cells in reader:
                if cells and skip:
                    skip -= 1
                elif cells:
                    yield line, cells
                line = reader.line_num + 1
                lines.length = 0
    except UnicodeDecodeError as error:
        sentence = (
            "A byte of the file is not {encoding} ({why}). Save the file as UTF-8, or say its encoding in the mapping."
        )
        raise _refused(path, "bad_encoding", sentence, encoding=encoding, why=error.reason) from error
    except csv.Error as error:
        raise _refused(path, "row_too_long", "{why}; " + _TOO_LONG, why=str(error)) from error


_REPEATED = "{columns} columns are called {name}; rename all but one."
_TOO_LONG = f"a row may have {LONGEST_ROW:,} characters. Most often a quotation mark is not closed."


class _Lines:
    """The lines of a text, counting the characters of the present row so that no row outgrows the memory."""

    def __init__(self, readline: Callable[[int], str], path: Path) -> None:
        self.length = 0
        self._readline = readline
        self._path = path
        self._line = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self._line += 1
        text = self._readline(LONGEST_ROW + 1)
        if not text:
            raise StopIteration
        self.length += len(text)
        if self.length > LONGEST_ROW:
            raise _refused(self._path, "row_too_long", "The row that ends here is too long: " + _TOO_LONG, self._line)
        return text


def _problem(path: Path, code: str, sentence: str, line: int | None = None, **facts: Any) -> Problem:
    place = f"{path}:{line}" if line else f"{path}"
    details = {"file": path.name, **facts}
    return Problem(code, f"{place}: {filled(sentence, facts)}", (path.name, *([line] if line else [])), details)


def _refused(path: Path, code: str, sentence: str, line: int | None = None, **facts: Any) -> Rejected:
    return Rejected([_problem(path, code, sentence, line, **facts)])

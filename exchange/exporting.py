"""Records and links out of the graph into a folder: CSV that our own import reads back, or a JSON object on each line."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

import orjson
import yaml

from exchange.remapping import left_out, mapping_of
from exchange.sheets import LinkSheet, RecordSheet
from graph.exports import PAGE
from graph.session import Database
from models.actor import Actor
from models.errors import Problem, Rejected
from models.metamodel import Metamodel

MAPPING = "mapping.yaml"
EVERY = 2_000  # records or links between two reports of progress
Progress = Callable[[str, float | None], None]
T = TypeVar("T")


class Sheet(Protocol[T]):
    """What a file holds: rows that can be written as cells under the columns, or as JSON objects."""

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The header."""

    def rows(self, database: Database, actor: Actor, page: int) -> AsyncIterator[T]:
        """Everything, a page at a time."""

    def cells(self, row: T) -> list[str]:
        """A row as cells under the columns."""

    def document(self, row: T) -> dict[str, Any]:
        """A row as a JSON object."""


class Form(StrEnum):
    """How the files are written."""

    CSV = "csv"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many records or links each file holds, and what an import could not bring back, and why."""

    folder: str
    files: dict[str, int]
    left_out: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The report as plain data, for machines."""
        return asdict(self)

    def text(self) -> str:
        """The report for people."""
        lines = [f"Written to {self.folder}:", *(f"  {name}: {count:,}" for name, count in self.files.items())]
        return "\n".join([*lines, *(f"Note: {each}" for each in self.left_out)])


async def export_files(
    database: Database,
    actor: Actor,
    model: Metamodel,
    folder: Path,
    *,
    types: Sequence[str] = (),
    form: Form = Form.CSV,
    progress: Progress,
    page: int = PAGE,
) -> Exported:
    """Write the records of these types (all when none are named), and the live links between them, to a new folder.

    CSV files come with the mapping that imports them again; it is written last, so a folder with a mapping is whole.
    Memory does not grow with the data. Raises Rejected for unknown types and for a folder that holds something.
    """
    records = _record_sheets(model, types)
    links = list(_link_sheets(model, records))
    _prepare(folder)
    files = await _write_all(records, database, actor, folder, form, progress, page)
    found = await _write_all(links, database, actor, folder, form, progress, page)
    links = [sheet for sheet in links if found[_file(sheet, form)]]
    for name in [name for name, count in found.items() if not count]:
        (folder / name).unlink()
        del found[name]
    notes: tuple[str, ...] = ()
    if form is Form.CSV:
        notes = tuple(left_out(records, links))
        _write_mapping(folder, mapping_of(records, links))
    return Exported(str(folder), files | found, notes)


def _record_sheets(model: Metamodel, types: Sequence[str]) -> list[RecordSheet]:
    unknown = [name for name in types if name not in model.types]
    if unknown:
        known = ", ".join(model.types) or "none"
        raise Rejected([Problem("unknown_type", f"No type {name!r}; there are: {known}.") for name in unknown])
    return [RecordSheet(model.types[name]) for name in dict.fromkeys(types or model.types)]


def _link_sheets(model: Metamodel, records: Sequence[RecordSheet]) -> Iterator[LinkSheet]:
    """The links between the types that are exported."""
    kinds = {sheet.kind.name: sheet.kind for sheet in records}
    for relation in model.relations.values():
        for source in relation.source.types:
            for target in relation.target.types:
                if source in kinds and target in kinds:
                    yield LinkSheet(relation, kinds[source], kinds[target])


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        message = f"The folder {folder} cannot be used ({error.strerror}); name one that can be written to."
        raise Rejected([Problem("unusable_folder", message)]) from error
    if taken:
        raise Rejected([Problem("folder_in_use", f"The folder {folder} is not empty; name a new one for the export.")])


async def _write_all(
    sheets: Sequence[Sheet[T]],
    database: Database,
    actor: Actor,
    folder: Path,
    form: Form,
    progress: Progress,
    page: int,
) -> dict[str, int]:
    """Write a file for each sheet; how many records or links each one holds."""
    counts: dict[str, int] = {}
    for number, sheet in enumerate(sheets):
        progress("Exporting", number / len(sheets))
        name = _file(sheet, form)
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            put, counts[name] = _csv(sheet, file) if form is Form.CSV else _ndjson(sheet, file), 0
            async for row in sheet.rows(database, actor, page):
                put(row)
                counts[name] += 1
                if counts[name] % EVERY == 0:
                    progress(f"Exporting {sheet.name}: {counts[name]:,}", None)
    return counts


def _file(sheet: Sheet[Any], form: Form) -> str:
    return f"{sheet.name}.{form}"


def _csv(sheet: Sheet[T], file: IO[str]) -> Callable[[T], object]:
    writer = csv.writer(file)
    writer.writerow(sheet.columns)
    return lambda row: writer.writerow(sheet.cells(row))


def _ndjson(sheet: Sheet[T], file: IO[str]) -> Callable[[T], object]:
    return lambda row: file.write(orjson.dumps(sheet.document(row)).decode() + "\n")


def _write_mapping(folder: Path, mapping: dict[str, Any]) -> None:
    """Write the mapping, unless nothing of the export could be imported."""
    if mapping["sources"]:
        text = yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True, width=120)
        (folder / MAPPING).write_text(text, encoding="utf-8")

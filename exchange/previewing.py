"""What the first rows of a file become, before anything is tried: records with their values, links, and what is wrong."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from exchange.gathering import places_of, sums_of
from exchange.mapping import Plan, Source
from exchange.problems import RowProblem, columns_by_field, shown, subjects
from exchange.reasons import Reason
from exchange.rows import Meaning, RecordDraft, Reference, RowReader
from exchange.tables import Ragged, Row, Table
from exchange.transforms import Place, Sums
from graph import imports
from graph.session import Database
from models.actor import Actor
from models.fields import kind_of
from models.metamodel import Field, Metamodel

MOST_SUMMED = 50 << 20  # bytes of files that sums are made of while somebody looks on


@dataclass(frozen=True, slots=True)
class PreviewRecord:
    """A record that a row means: its key and values as text, and whether it is there already."""

    type: str
    key: tuple[str, ...]
    values: Mapping[str, str]
    exists: bool


@dataclass(frozen=True, slots=True)
class PreviewLink:
    """A link that a row means, its ends told by their keys."""

    relation: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row and what becomes of it."""

    line: int
    cells: tuple[str, ...]
    records: tuple[PreviewRecord, ...]
    links: tuple[PreviewLink, ...]
    problems: tuple[RowProblem, ...]


async def preview(
    database: Database,
    actor: Actor,
    model: Metamodel,
    plan: Plan,
    tables: Mapping[str, Table],
    name: str,
    *,
    first: int,
) -> list[PreviewRow]:
    """The first rows of a source. Raises Rejected where the file cannot be read."""
    source = next(each for each in plan.sources if each.name == name)
    read = await asyncio.to_thread(_read, plan, source, tables, model, first)
    drafts = dict.fromkeys(draft.reference for _, meaning in read for draft in meaning.records)
    there = await _there(database, actor, model, list(drafts))
    places = places_of(tables[name])
    return [
        PreviewRow(
            row.line,
            tuple(row.cells),
            tuple(_record(draft, model, there) for draft in meaning.records),
            tuple(
                PreviewLink(each.relation, _key(each.source, model), _key(each.target, model)) for each in meaning.links
            ),
            tuple(_problems(source, row, meaning.problems, places)),
        )
        for row, meaning in read
    ]


def _read(
    plan: Plan, source: Source, tables: Mapping[str, Table], model: Metamodel, first: int
) -> list[tuple[Row | Ragged, Meaning]]:
    small = sum(table.size for table in tables.values()) <= MOST_SUMMED
    sums: Sums = sums_of(plan, tables) if small else _Nothing()
    table = tables[source.name]
    reader = RowReader(source, model, Place(source.name, places_of(table), plan.nulls, Counter(), sums))
    return [(row, _meaning(reader, row)) for row in islice(table.rows(), first)]


class _Nothing(dict[Any, Mapping[str, Any]]):
    """Sums of files that are too large to be added up now."""

    def __missing__(self, key: Any) -> Mapping[str, Any]:
        return {}


def _meaning(reader: RowReader, row: Row | Ragged) -> Meaning:
    if isinstance(row, Ragged):
        return Meaning((), (), (row.reason,))
    return reader.read(row.cells)


async def _there(
    database: Database, actor: Actor, model: Metamodel, references: list[Reference]
) -> dict[Reference, bool]:
    shapes: dict[tuple[str, tuple[str, ...]], list[Reference]] = {}
    for each in references:
        shapes.setdefault((each.type, each.by), []).append(each)
    found: dict[Reference, bool] = {}
    for (type_name, by), some in shapes.items():
        ids = await imports.find_ids(database, actor, model.types[type_name], by, [each.key for each in some])
        found |= {each: id is not None for each, id in zip(some, ids, strict=True)}
    return found


def _record(draft: RecordDraft, model: Metamodel, there: Mapping[Reference, bool]) -> PreviewRecord:
    reference, fields = draft.reference, model.types[draft.reference.type].fields
    values = {name: _text(fields[name], value) for name, value in draft.values.items()}
    return PreviewRecord(reference.type, tuple(values.get(name, "") for name in reference.by), values, there[reference])


def _key(reference: Reference, model: Metamodel) -> str:
    fields = model.types[reference.type].fields
    texts = [_text(fields[name], value) for name, value in zip(reference.by, reference.key, strict=True)]
    return f"{reference.type} {', '.join(texts)}"


def _text(field: Field, value: Any) -> str:
    return "" if value is None else kind_of(field).export(field, value)


def _problems(
    source: Source, row: Row | Ragged, reasons: tuple[Reason, ...], places: Mapping[str, int]
) -> Iterator[RowProblem]:
    columns, about = columns_by_field(source), subjects(source)
    for place, each in enumerate(reasons):
        at = columns.get(each.field, ())
        value, facts = shown(row.cells, places, at), {**each.facts, **about.get(each.field, {})}
        yield RowProblem(place, source.name, row.line, each.field, at, value, each.code, each.message, facts)

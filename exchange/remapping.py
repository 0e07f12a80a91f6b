"""The mapping that brings an export back: the sheets' columns to the fields they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from exchange.sheets import MARK, LinkSheet, RecordSheet, key_of
from models.metamodel import EntityType, Field

UNMARKED = f"(?s){MARK}?(.*)"
Plain = dict[str, Any]


def mapping_of(records: Sequence[RecordSheet], links: Sequence[LinkSheet]) -> Plain:
    """The mapping of CSV files as plain data; what cannot be told apart has no part in it (see `left_out`)."""
    sources: Plain = {sheet.name: _source(sheet.name) | _records(sheet) for sheet in records if key_of(sheet.kind)}
    sources |= {sheet.name: _source(sheet.name) | _links(sheet) for sheet in links if _tellable(sheet)}
    packs = {sheet.kind.pack for sheet in records} - {""}
    return {"name": "export", "requires": sorted(packs), "sources": sources}


def left_out(records: Sequence[RecordSheet], links: Sequence[LinkSheet]) -> Iterator[str]:
    """A sentence for each file that an import cannot use, and why."""
    for sheet in records:
        if not key_of(sheet.kind):
            yield (
                f"{sheet.name} has no natural key and no unique field, so an import could not tell its records apart; "
                "they and their links are in the files, not in the mapping. Give the type a key to import them."
            )
    for link in links:
        if link.relation.repeatable:
            yield f"{link.name}: links of one pair whose fields are all equal become one link in an import."


def _source(name: str) -> Plain:
    return {"file": f"{name}.csv", "encoding": "utf-8", "delimiter": ","}


def _records(sheet: RecordSheet) -> Plain:
    kind = sheet.kind
    record = {"type": kind.name, "key": list(key_of(kind)), "fields": _values(kind.fields.items())}
    return {"records": {"record": record}}


def _links(sheet: LinkSheet) -> Plain:
    link: Plain = {
        "relation": sheet.relation.name,
        "from": _end("source", sheet.source),
        "to": _end("target", sheet.target),
    }
    if sheet.relation.fields:
        link["fields"] = _values(sheet.relation.fields.items())
    return {"links": [link | {name: name for name in sheet.bounds}]}


def _end(end: str, kind: EntityType) -> Plain:
    named = {name: kind.fields[name] for name in key_of(kind)}
    return {"type": kind.name, "by": _values(named.items(), before=f"{end}.")}


def _values(fields: Iterable[tuple[str, Field]], *, before: str = "") -> Mapping[str, Plain]:
    """Field → column, without the mark that keeps spreadsheets from running it."""
    return {name: {"column": f"{before}{name}", "extract": UNMARKED} for name, _ in fields}


def _tellable(sheet: LinkSheet) -> bool:
    return bool(key_of(sheet.source) and key_of(sheet.target))

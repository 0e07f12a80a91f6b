"""What an import did, or would do: counts by type and relation, mended values, rejected rows and where they are."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from exchange import problems
from exchange.gathering import places_of
from exchange.mapping import Plan
from exchange.problems import RowProblem, columns_by_field, headed, shown, subjects
from exchange.reasons import Reason
from exchange.staging import Staging
from exchange.tables import Table
from models.metamodel import Metamodel

REASON = ("source file", "line", "reason")


@dataclass(slots=True)
class Counts:
    """Of one type or relation: what was created, changed, left as it was, and rejected."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run. `rows` and `rejected` count rows by source; a row is rejected when any part of it is."""

    run: str
    mapping: str
    dry_run: bool
    resumed: bool
    records: Mapping[str, Counts]
    links: Mapping[str, Counts]
    rows: Mapping[str, int]
    rejected: Mapping[str, int]
    mended: tuple[Mapping[str, Any], ...]
    rejected_folder: str | None = None

    def plain(self) -> dict[str, Any]:
        """The report as plain data, for machines."""
        return asdict(self)

    @property
    def changes(self) -> int:
        """How many records and links were created or changed."""
        return sum(each.created + each.updated for each in (*self.records.values(), *self.links.values()))

    def text(self) -> str:
        """The report for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        way = "would do" if self.dry_run else "did (resumed)" if self.resumed else "did"
        yield f"What the import {self.run} of {self.mapping} {way}:"
        for name, counts in (*self.records.items(), *self.links.items()):
            yield (
                f"  {name}: {counts.created:,} created, {counts.updated:,} updated, "
                f"{counts.unchanged:,} unchanged, {counts.rejected:,} rejected"
            )
        for mend in self.mended:
            place = f"{mend['source']}, {mend['field']}"
            yield f"  mended in {place}: {mend['given']!r} became {mend['became']!r} in {mend['rows']:,} rows"
        for source, count in self.rejected.items():
            yield f"  rejected rows of {source}: {count:,} of {self.rows.get(source, 0):,}"
        if self.rejected_folder:
            yield f"Rejected rows, with reasons: {self.rejected_folder}"
        if not self.dry_run and self.changes:
            yield f"To take it back: xrm import undo {self.run}"


Reasons = Mapping[int, list[Reason]]  # by line


@dataclass(slots=True)
class Rejected:
    """Writes the rejected rows of every source beside the run: their own columns, then file, line and reason."""

    folder: Path
    plan: Plan
    model: Metamodel
    counts: dict[str, int] = field(default_factory=dict)

    def write(self, staging: Staging, tables: Mapping[str, Table]) -> None:
        """One file for each source that has rejected rows, and their problems; the sources are read once more for them."""
        wanted: dict[str, dict[int, list[Reason]]] = {}
        for source, line, reason in staging.rejects():
            wanted.setdefault(source, {}).setdefault(line, []).append(reason)
        if not wanted:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.counts |= {source: len(reasons) for source, reasons in wanted.items()}
        problems.keep(
            self.folder.parent,
            (each for source, reasons in wanted.items() for each in self._write(source, tables[source], reasons)),
        )

    def _write(self, source: str, table: Table, reasons: Reasons) -> Iterator[RowProblem]:
        """The problems of a source, whose rejected rows are written on the way."""
        of = next(each for each in self.plan.sources if each.name == source)
        columns, about = columns_by_field(of), subjects(of)
        places, width = places_of(table), len(table.columns)
        with (self.folder / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*table.columns, *REASON])
            for row in table.rows():
                if row.line not in reasons:
                    continue
                cells = (row.cells + [""] * width)[:width]
                why = reasons[row.line]
                told = " | ".join(headed(each, about.get(each.field, {}), self.model) for each in why)
                writer.writerow([*cells, table.path.name, row.line, told])
                for each in why:
                    at = columns.get(each.field, ())
                    value = shown(cells, places, at)
                    facts = {**each.facts, **about.get(each.field, {})}
                    yield RowProblem(0, source, row.line, each.field, at, value, each.code, each.message, facts)

"""Imports of small files into a small model, and a look at all that lies in the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import neo4j
import pytest

from exchange.mapping import parse
from exchange.report import Report
from exchange.runs import import_files
from exchange.undo import Undone, undo
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Problem, Rejected

MODEL: dict[str, Any] = {
    "types": [
        {
            "name": "Firm",
            "plural": "Firms",
            "naturalKeys": [["code"]],
            "fields": [
                {"name": "code", "kind": "text", "required": True},
                {"name": "name", "kind": "text"},
                {"name": "taxId", "kind": "text", "unique": True},
                {"name": "revenue", "kind": "money", "options": {"currency": "EUR"}},
                {"name": "founded", "kind": "date"},
                {"name": "tags", "kind": "multiChoice", "options": {"choices": [{"value": "a"}, {"value": "b"}]}},
            ],
        },
        {
            "name": "Worker",
            "plural": "Workers",
            "naturalKeys": [["mail"]],
            "fields": [{"name": "mail", "kind": "email", "required": True}, {"name": "name", "kind": "text"}],
        },
    ],
    "relations": [
        {
            "name": "EMPLOYED_AT",
            "source": {"types": ["Worker"], "field": "employers"},
            "target": {"types": ["Firm"], "field": "employees"},
            "fields": [{"name": "role", "kind": "text"}, {"name": "hours", "kind": "integer"}],
            "validity": "overlaps",
        },
        {
            "name": "MENTORS",
            "source": {"types": ["Worker"], "field": "mentees", "most": 2},
            "target": {"types": ["Worker"], "field": "mentors", "most": 2},
        },
        {
            "name": "OWNED_BY",
            "source": {"types": ["Firm"], "field": "owner", "most": 1, "onDelete": "cascade"},
            "target": {"types": ["Firm"], "field": "owned", "onDelete": "cascade"},
        },
    ],
}
DATA = "Record|Deleted|RecordVersion|LinkVersion|Change|ChangeSet|Outbox|ImportRun|ImportBatch"
RECORDS = "MATCH (n:Record) RETURN n.id AS id, labels(n) AS labels, n {.*, validFrom: null} AS properties"
LINKS = "MATCH (a)-[l]->(b:Record) RETURN l.id AS id, [type(l), a.id, b.id] AS labels, properties(l) AS properties"
BOOKKEEPING = {
    "version",
    "updatedAt",
    "knownFrom",
    "held_from",
}  # these tell that something happened, not what the data is
Progress = Callable[[str, float | None], None]


class Broken(BaseException):
    """A process that ends in the middle, as if by kill -9: nothing after it runs but what runs in any case."""


@dataclass
class Desk:
    """Somebody who imports into a graph and looks at it from outside."""

    database: Database
    registry: Registry
    driver: neo4j.Driver
    folder: Path
    said: list[str] = field(default_factory=list)

    def put(self, **files: str | bytes) -> None:
        """Write files; NAME_csv becomes NAME.csv."""
        (self.folder / "in").mkdir(exist_ok=True)
        for name, text in files.items():
            path = self.folder / "in" / ".".join(name.rsplit("_", 1))
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    async def bring(
        self, mapping: str, *, progress: Progress | None = None, dry_run: bool = False, size: int = 2_000
    ) -> Report:
        return await import_files(
            self.database,
            self.registry,
            SYSTEM,
            parse(mapping, "m.yaml"),
            self.folder / "in",
            home=self.folder / "home",
            clock=now,
            progress=progress or (lambda text, done: None),
            dry_run=dry_run,
            size=size,
        )

    async def refused(self, mapping: str) -> tuple[Problem, ...]:
        """The problems of an import that must be refused and leave the graph as it was."""
        before = self.look("MATCH (n) RETURN count(n)")
        with pytest.raises(Rejected) as caught:
            await self.bring(mapping)
        assert self.look("MATCH (n) RETURN count(n)") == before
        return tuple(caught.value.problems)

    async def take_back(self, run: str, *, progress: Progress | None = None, size: int = 2) -> Undone:
        home, said = self.folder / "home", progress or (lambda text, done: None)
        return await undo(self.database, self.registry, SYSTEM, run, home=home, clock=now, progress=said, size=size)

    def look(self, cypher: str, **parameters: Any) -> list[Any]:
        """The first column of every row."""
        records = self.driver.execute_query(cypher, parameters, database_=self.database.name).records
        return [record.value() for record in records]

    def data(self) -> Mapping[str, Any]:
        """Every record and link by its id: labels or ends, and all properties but the bookkeeping."""
        found = {}
        for query in (RECORDS, LINKS):
            for record in self.driver.execute_query(query, database_=self.database.name).records:
                kept = {key: value for key, value in record["properties"].items() if key not in BOOKKEEPING}
                found[record["id"]] = (record["labels"], kept)
        return found

    def rejected(self, report: Report, source: str) -> str:
        """The file of rejected rows of a source."""
        assert report.rejected_folder is not None
        return (Path(report.rejected_folder) / f"{source}.csv").read_text(encoding="utf-8")


def now() -> datetime:
    return datetime.now(UTC)


def breaking(text: str) -> Progress:
    """Progress that ends the process the first time it says this."""

    def report(said: str, done: float | None) -> None:
        if said == text:
            raise Broken

    return report


async def until_broken(work: Any) -> None:
    """Wait for a process that breaks."""
    with suppress(Broken):
        await work
        pytest.fail("it was not broken")

"""What is true and known of records and links, kept as plain copies in Python; and a reader of what lies in the database."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

BEFORE_ALL, AFTER_ALL = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
Values = dict[str, Any]


@dataclass(slots=True)
class Stretch:
    """Values that hold from one moment to another."""

    begins: datetime
    ends: datetime
    values: Values

    def holds(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


@dataclass(slots=True)
class KeptRecord:
    """What is believed of a record: stretches that do not overlap."""

    stretches: list[Stretch]

    def set(self, values: Values, since: datetime, until: datetime) -> None:
        """These values hold in a time, as far as the record was there."""
        cut: list[Stretch] = []
        for each in self.stretches:
            inside = (max(each.begins, since), min(each.ends, until))
            if inside[0] >= inside[1]:
                cut.append(each)
                continue
            parts = ((each.begins, inside[0], {}), (*inside, values), (inside[1], each.ends, {}))
            cut += [Stretch(a, b, {**each.values, **new}) for a, b, new in parts if a < b]
        self.stretches = cut

    def cut(self, at: datetime) -> None:
        """It is there no longer."""
        for each in self.stretches:
            each.ends = min(each.ends, at)


@dataclass(slots=True)
class KeptLink(KeptRecord):
    """The same of a link: the time people say it holds for, and what writes said of it meanwhile."""

    relation: str = ""
    source: str = ""
    target: str = ""
    since: datetime = BEFORE_ALL
    until: datetime = AFTER_ALL


@dataclass(slots=True)
class Kept:
    """All records and links as they are believed to have been; and a copy of it all from each moment something was written."""

    records: dict[str, KeptRecord] = field(default_factory=dict)
    links: dict[str, KeptLink] = field(default_factory=dict)
    copies: list[tuple[datetime, dict[str, KeptRecord], dict[str, KeptLink]]] = field(default_factory=list)

    def remember(self, now: datetime) -> None:
        self.copies.append((now, copy.deepcopy(self.records), copy.deepcopy(self.links)))

    def seen(self, true: datetime, known: datetime) -> dict[str, Any]:
        """What was true at one moment as it was known at another, by id."""
        copies = [(records, links) for at, records, links in self.copies if at <= known]
        records, links = copies[-1] if copies else ({}, {})
        shown: dict[str, Any] = {}
        for id, record in records.items():
            shown.update((id, each.values) for each in record.stretches if each.holds(true))
        there = set(shown)
        for id, link in links.items():
            if not ({link.source, link.target} <= there and link.since <= true < link.until):
                continue
            ends = (link.relation, link.source, link.target)
            shown.update((id, (*ends, each.values)) for each in link.stretches if each.holds(true))
        return shown


@dataclass(frozen=True, slots=True)
class Stored:
    """Every row of the database that says what a record or link is or was."""

    records: list[Values]
    record_versions: list[Values]
    links: list[Values]
    link_versions: list[Values]

    @classmethod
    def read(cls, look: Callable[[str], Iterable[Any]]) -> Stored:
        def rows(cypher: str) -> list[Values]:
            return [{key: _native(value) for key, value in row.items()} for row in look(cypher)]

        return cls(
            rows("MATCH (n:Record) RETURN properties(n)"),
            rows("MATCH (n:RecordVersion) RETURN properties(n)"),
            rows("MATCH (a:Record)-[l]->(b:Record) RETURN l {.*, relation: type(l), source: a.id, target: b.id}"),
            rows("MATCH (n:LinkVersion) RETURN properties(n)"),
        )

    def seen(self, true: datetime, known: datetime, fields: tuple[str, ...]) -> dict[str, Any]:
        """The same of the stored rows, by the rules of docs/architecture.md. No record and no link is seen twice."""
        shown: dict[str, Any] = {}
        for row in (*self.records, *self.record_versions):
            if _record_shows(row, true, known):
                assert row["id"] not in shown, f"seen twice at {true}, {known}: {row}"
                shown[row["id"]] = _fields(row, fields)
        there = set(shown)
        for row in (*self.links, *self.link_versions):
            if {row["source"], row["target"]} <= there and _link_shows(row, true, known):
                assert row["id"] not in shown, f"seen twice at {true}, {known}: {row}"
                shown[row["id"]] = (row["relation"], row["source"], row["target"], _fields(row, fields))
        return shown


def _record_shows(row: Mapping[str, Any], true: datetime, known: datetime) -> bool:
    if not (row["knownFrom"] <= known < row.get("knownTo", AFTER_ALL) and row["validFrom"] <= true):
        return False
    return "closed_at" not in row or true < row["validTo"] or known < row["closed_at"]


def _link_shows(row: Mapping[str, Any], true: datetime, known: datetime) -> bool:
    begun = row["knownFrom"] <= known and row.get("held_from", BEFORE_ALL) <= true
    if not (begun and row.get("validFrom", BEFORE_ALL) <= true < row.get("validTo", AFTER_ALL)):
        return False
    as_past = "held_to" in row and true < row["held_to"] and known < row.get("retracted_at", AFTER_ALL)
    return known < row.get("knownTo", AFTER_ALL) or as_past


def _fields(row: Mapping[str, Any], fields: tuple[str, ...]) -> Values:
    return {name: row[name] for name in fields if name in row}


def _native(value: Any) -> Any:
    return value.to_native() if hasattr(value, "to_native") else value

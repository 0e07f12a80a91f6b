"""A mapping as data: which file becomes which records and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from exchange.mapping.document import At, Document
from exchange.transforms import Value


@dataclass(frozen=True, slots=True)
class RecordRule:
    """Each row of the source is a record of `type`, found again by the fields of `key`, so since `valid_from`."""

    name: str
    type: str
    key: tuple[str, ...]
    fields: Mapping[str, Value]
    path: At
    valid_from: Value | None = None


@dataclass(frozen=True, slots=True)
class SameRow:
    """An end of a link: the record that the same row makes by the rule of this name."""

    rule: str


@dataclass(frozen=True, slots=True)
class ByKey:
    """An end of a link: the record of `type` whose natural key has these values; no link where one is empty."""

    type: str
    by: Mapping[str, Value]


EndRule = SameRow | ByKey


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Each row of the source is a link; links of one pair are told apart by `key` where the relation is repeatable.

    `valid_from` is part of a link that has a time of its own, and says of another one since when it has been there.
    """

    relation: str
    source: EndRule
    target: EndRule
    key: tuple[str, ...]
    fields: Mapping[str, Value]
    valid_from: Value | None
    valid_to: Value | None
    path: At


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the folder, how it is written where that is not to be detected, and what its rows become.

    `valid_from` says since when a row has been true: its records, and its links that have no time of their own.
    """

    name: str
    file: str
    encoding: str | None
    delimiter: str | None
    records: tuple[RecordRule, ...]
    links: tuple[LinkRule, ...]
    valid_from: Value | None = None

    def record(self, name: str) -> RecordRule:
        """The rule of that name; reading has made sure that it is there."""
        return next(rule for rule in self.records if rule.name == name)


class Existing(StrEnum):
    """What an import does with records that are there already."""

    UPDATE = "update"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole mapping, read: packs it needs, texts that mean nothing, its sources in order, what happens to what exists."""

    name: str
    requires: tuple[str, ...]
    nulls: frozenset[str]
    sources: tuple[Source, ...]
    document: Document
    existing: Existing = Existing.UPDATE

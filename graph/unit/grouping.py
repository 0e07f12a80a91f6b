"""Groups of rows under way and done: their order makes equal units of work equal text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cypher.compile.writes import (
    LOCKS,
    CheckAsked,
    CheckLimits,
    CloseLinks,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Group,
    UpdateLinks,
    UpdateRecords,
    WriteShape,
    slot,
)
from graph.changes import ChangeSet
from models.errors import Problem
from models.metamodel import Metamodel

Row = dict[str, Any]
# what goes or moves makes room for what comes; links come when their ends are there, and are counted at the end
_ORDER: tuple[type, ...] = (
    CloseLinks,
    UpdateLinks,
    UpdateRecords,
    CorrectRecords,
    CreateRecords,
    CreateLinks,
    CheckLimits,
    CheckAsked,
)


@dataclass(slots=True)
class Gathering:
    """Rows by group, while commands are gone through, and what is already known to be wrong with them."""

    model: Metamodel
    changes: ChangeSet
    new: dict[str, str] = field(default_factory=dict)  # ids of the records this unit creates → their types
    rows: dict[Group, list[Row]] = field(default_factory=dict)
    locks: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def put(self, group: Group, row: Row) -> None:
        """One more row for a group."""
        self.rows.setdefault(group, []).append(row)

    def done(self) -> Grouped:
        """Everything in its final order: groups by kind and shape, rows to be locked by id."""
        groups = tuple(sorted(self.rows, key=lambda group: (_ORDER.index(type(group)), repr(group))))
        return Grouped(groups, tuple(map(self._sorted, groups)), tuple(sorted(self.locks)), tuple(self.problems))

    def _sorted(self, group: Group) -> list[Row]:
        rows = self.rows[group]
        return rows if isinstance(group, CreateRecords | CreateLinks) else sorted(rows, key=lambda row: str(row["id"]))


@dataclass(frozen=True)
class Grouped:
    """A unit of work ready to be written: its groups with their rows, the records to lock, and what is wrong already."""

    groups: tuple[Group, ...]
    rows: tuple[list[Row], ...]
    locks: tuple[str, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def shape(self) -> WriteShape:
        """What the statement's text depends on."""
        return WriteShape(self.groups, locks=bool(self.locks))

    @cached_property
    def parameters(self) -> Row:
        """The rows of every group and the ids to lock, as parameters."""
        return {slot(number): rows for number, rows in enumerate(self.rows)} | {LOCKS: list(self.locks)}

"""A unit of work as it is sent to the database: one statement, its parameters, and the judgement of what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cypher.compile.scope import NOW
from cypher.compile.writes import (
    CHANGE_SET,
    EXPECTED,
    OUTBOX,
    SHOULD,
    CheckAsked,
    CheckLimits,
    CloseLinks,
    Closing,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Doing,
    UpdateLinks,
    UpdateRecords,
)
from cypher.weave import Guarded
from graph import outbox
from graph.changes import ChangeSet
from graph.session import Row
from graph.unit.grouping import Gathering, Grouped
from graph.unit.link_changes import changes_of_links, close_links, count_revived, update_links
from graph.unit.links import add_links
from graph.unit.outcome import Outcome, ReadBack
from graph.unit.records import add_records
from graph.unit.statements import written
from models.commands import Command, UpdateLink
from models.errors import ModelChanged, Problem
from models.metamodel import Metamodel


class Unmet(Exception):
    """Rows that found something missing or in their way; nothing may be committed."""


@dataclass(frozen=True, slots=True)
class Work:
    """Commands with every id settled, grouped; `removed` counts what earlier steps of the transaction took or gave back."""

    model: Metamodel
    changes: ChangeSet
    commands: tuple[Command, ...]
    grouped: Grouped
    answer: tuple[str, ...]
    removed: Mapping[str, int]
    problems: tuple[Problem, ...]

    def statement(self, read_back: ReadBack | None, *, halts: bool = False) -> Guarded:
        """The statement that does it all; one that halts judges itself and may be committed with its end."""
        reading = None if read_back is None else read_back.compiled.query
        shape = replace(self.grouped.shape, halts=True) if halts else self.grouped.shape
        return written(shape, reading, self.changes.actor)

    def parameters(self, read_back: ReadBack | None) -> dict[str, Any]:
        """Every value the statement needs."""
        return {
            **_of_read_back(read_back, self.answer),
            **self.grouped.parameters,
            NOW: self.changes.at,
            CHANGE_SET: self.changes.properties(self.answer),
            OUTBOX: outbox.entry(self.changes),
            SHOULD: self._certain(),
            EXPECTED: self.model.version,
        }

    def judge(self, row: Row) -> Outcome:
        """The outcome, when every row did what it should. Raises ModelChanged and Unmet."""
        done, version, *columns = row
        check_version(self.model, version)
        counts = Counter(self.removed)
        for group, rows, (met, changed) in zip(self.grouped.groups, self.grouped.rows, done, strict=True):
            if met != len(rows):
                raise Unmet
            if isinstance(group, CheckLimits | CheckAsked):
                continue
            counts[_name(group)] += changed
            counts["unchanged"] += met - changed
        return Outcome(self.changes.id, self.answer, columns or None, False, {k: n for k, n in counts.items() if n})

    def _certain(self) -> int:
        """How much changes whatever the updates find; a change set with an idempotency key is wanted in any case."""
        sure = sum(
            len(rows)
            for group, rows in zip(self.grouped.groups, self.grouped.rows, strict=True)
            if not isinstance(group, UpdateRecords | CorrectRecords | UpdateLinks | CheckLimits | CheckAsked)
        )
        removed = sum(number for what, number in self.removed.items() if what != "unchanged")
        return sure + removed + (self.changes.key is not None)


def check_version(model: Metamodel, version: int) -> None:
    """Raises ModelChanged when the database is at another version of the model than the one work was planned on."""
    if version != model.version:
        raise ModelChanged(f"The model moved from version {model.version} to {version}; plan the change again.")


def work_of(
    model: Metamodel,
    changes: ChangeSet,
    commands: Sequence[Command],
    answer: Sequence[str],
    removed: Mapping[str, int] | None = None,
    problems: Sequence[Problem] = (),
    revived: Sequence[UpdateLink] = (),
) -> Work:
    """The work of commands that name records and links by the ids they have; changes are told in the order of these steps.

    `revived` are changes by which links are in the graph again.
    """
    gathering = Gathering(model, changes)
    changed = changes_of_links(commands)
    close_links(gathering, changed)
    update_links(gathering, changed)
    add_records(gathering, commands)
    add_links(gathering, commands)
    count_revived(gathering, revived, first=len(commands))
    grouped = gathering.done()
    found = (*problems, *gathering.problems)
    return Work(model, changes, (*commands, *revived), grouped, tuple(answer), removed or {}, found)


def _of_read_back(read_back: ReadBack | None, ids: tuple[str, ...]) -> dict[str, Any]:
    if read_back is None:
        return {}
    return {**read_back.parameters, **({read_back.ids_slot: list(ids)} if read_back.ids_slot else {})}


def _name(group: Doing) -> str:
    match group:
        case CreateRecords():
            return "created"
        case UpdateRecords() | CorrectRecords():
            return "updated"
        case CreateLinks():
            return "linked"
        case UpdateLinks():
            return "relinked"
        case CloseLinks():
            return "ended" if group.why is Closing.ENDED else "unlinked"

"""The feed of changes: what was changed, set by set in the order of the sequencer's numbers, from any position on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import weave
from graph.session import Database, Row
from models.actor import SYSTEM
from models.fields.kind import InvalidValue
from models.ids import is_id

SETS, MOST = 50, 1_000  # change sets read at once, and changes of all of them
WHOLE = "~"  # behind the id of every change: the whole of a change set
_CURSOR = re.compile(r"([0-9]{1,18})\.(.+)\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the feed: behind a change of the change set with this number, or behind all of it."""

    seq: int
    change: str = WHOLE

    @property
    def cursor(self) -> str:
        """The position as clients keep it."""
        return f"{self.seq}.{self.change}"


@dataclass(frozen=True, slots=True)
class ChangeAuthor:
    """What the changes of one change set have in common: which set, when, by whom, why and from where."""

    set: str
    at: datetime
    actor: str
    reason: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a record or of a link; `columns` are the properties that it gave, took or replaced."""

    position: Position
    author: ChangeAuthor
    op: str
    type: str  # of the record, or the relation of the link
    record: str | None
    link: str | None
    source: str | None
    target: str | None
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes in their order, the position behind them, and whether the position asked for is in the database."""

    changes: Sequence[Change]
    position: Position
    known: bool
    more: bool


def position_of(cursor: object) -> Position:
    """The position of a cursor. Raises InvalidValue."""
    found = _CURSOR.match(cursor) if isinstance(cursor, str) else None
    if found is None or not (found[2] == WHOLE or is_id(found[2])):
        message = "this is no cursor of the feed of changes; give one that came with a change, or leave it out."
        raise InvalidValue("bad_cursor", message)
    return Position(int(found[1]), found[2])


async def latest(database: Database) -> Position:
    """The position behind everything that has a number. Raises TimedOut and Unavailable."""
    (last,) = await database.read(weave.fixed("changes_numbered", SYSTEM), {})
    return Position(last)


async def changes_after(database: Database, position: Position, *, sets: int = SETS, most: int = MOST) -> Page:
    """The changes behind a position, in order, each exactly once however the calls are cut. Raises TimedOut and Unavailable.

    About `most` of them are read, whatever the size of the change sets: more would be read in vain. Numbers have no
    gaps, so a reader that meets one has come between a writer's own steps, and stops before it.
    """
    most += 1  # the change set of the position takes a place, though it may have no more changes
    parameters = {"seq": position.seq, "change": position.change, "sets": sets + 1, "most": most}
    rows = await database.rows(weave.fixed("changes_after", SYSTEM), parameters)
    known = position.seq == 0 or bool(rows and rows[0][0] == position.seq)
    cut = sum(len(row[-1]) or 1 for row in rows) >= most
    changes: list[Change] = []
    following = position.seq
    for row in rows:
        if row[0] not in (following, following + 1):
            return Page(changes, position, known, more=False)
        following = row[0]
        changes += _changes(row)
        position = _behind(row, position, cut=cut and row is rows[-1])
    return Page(changes, position, known, more=cut or len(rows) > sets)


def _behind(row: Row, before: Position, *, cut: bool) -> Position:
    """The position behind what was read of a change set: in it, when there may be more."""
    seq, changes = row[0], row[-1]
    if cut and changes:
        return Position(seq, changes[-1][0])
    return Position(seq) if changes or seq > before.seq else before


def _changes(row: Row) -> list[Change]:
    seq, set_, at, actor, reason, origin, changes = row
    author = ChangeAuthor(set_, at.to_native(), actor, reason, origin)
    return [_change(seq, author, *change) for change in changes]


def _change(
    seq: int,
    author: ChangeAuthor,
    id: str,
    op: str,
    type_: str,
    record: str | None,
    link: str | None,
    source: str | None,
    target: str | None,
    keys: list[Any],
) -> Change:
    columns = frozenset(key.partition(".")[2] for key in keys)
    return Change(Position(seq, id), author, op, type_, record, link, source, target, columns)

"""The feed of changes for other programs: each change once, in the order of the sequencer's numbers, told in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cypher import weave
from graph.feed import Position
from graph.history import Change, change_of, fields_of
from graph.session import Database, Row
from models.actor import Actor
from models.errors import Problem, Rejected
from models.metamodel import Metamodel

SCANNED = 1_000  # change sets of which nothing is wanted, passed over in one go


@dataclass(frozen=True, slots=True)
class Entry:
    """A change and its place in the feed."""

    position: Position
    change: Change


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Changes in order; the position behind all that was looked at, to go on from; and whether there is more by now."""

    entries: Sequence[Entry]
    position: Position
    more: bool


async def changes_since(
    database: Database,
    model: Metamodel,
    actor: Actor,
    position: Position,
    *,
    size: int,
    types: Sequence[str] | None = None,
    except_actor: str | None = None,
) -> FeedPage:
    """The next changes behind a position, of these types and relations, without those that one actor made.

    Whoever goes on from the page's position gets every change once, however long they wait in between: what has no
    number yet comes later, under a number of its own. A page may be empty and yet have more behind it, where nothing
    of what was looked at is wanted. Raises Rejected for a position that the database does not have.
    """
    limit = 2 * size + SCANNED
    parameters = {
        "seq": position.seq,
        "change": position.change,
        "types": None if types is None else list(types),
        "exceptActor": except_actor,
        "rows": limit,
    }
    rows = await database.rows(weave.fixed("changes_since", actor), parameters)
    if position.seq and not (rows and rows[0][0] == position.seq):
        raise Rejected([_lost()])
    return _page(model, _without_gaps(rows, position.seq), position, size=size, full=len(rows) == limit)


def _page(model: Metamodel, rows: Sequence[Row], position: Position, *, size: int, full: bool) -> FeedPage:
    """What the rows come to: a change, or the end of a change set."""
    entries: list[Entry] = []
    for seq, properties, *author in rows:
        if properties is None:
            position = max(position, Position(seq))
        elif len(entries) == size:
            return FeedPage(entries, position, more=True)
        else:
            position = Position(seq, properties["id"])
            change = change_of(fields_of(model, properties["type"]), [properties, *author])
            entries.append(Entry(position, change))
    return FeedPage(entries, position, more=full)


def _without_gaps(rows: Sequence[Row], last: int) -> list[Row]:
    """The rows before the first number that is missing: numbers have no gaps, so whoever meets one was too early."""
    found = []
    for row in rows:
        if row[0] > last + 1:
            break
        last = row[0]
        found.append(row)
    return found


def _lost() -> Problem:
    told = (
        "The database does not hold the change that this cursor stands for; it may have been restored from a copy. "
        "Take the data anew, and go on from changes { latest }."
    )
    return Problem("unknown_cursor", told, ("since",))

"""The outcome of a unit of work that is done already: found by its idempotency key, or by its id after a broken commit."""

from __future__ import annotations

from dataclasses import replace

from cypher import weave
from cypher.compile.scope import NOW
from graph.changes import ChangeSet
from graph.session import Contested, Database, Row, Transaction
from graph.unit.outcome import Outcome, ReadBack
from models.errors import Problem, Rejected

OPS = {
    ("record", "create"): "created",
    ("record", "update"): "updated",
    ("record", "delete"): "deleted",
    ("record", "restore"): "restored",
    ("record", "erase"): "erased",
    ("link", "create"): "linked",
    ("link", "update"): "relinked",
    ("link", "end"): "ended",
    ("link", "unlink"): "unlinked",
    ("link", "restore"): "relinked",
}


async def replayed(transaction: Transaction, changes: ChangeSet, read_back: ReadBack | None) -> Outcome | None:
    """What the actor's earlier request with this key did, read back anew; None when there was none.

    Raises Rejected when that request was another one.
    """
    named = {"actor": changes.actor.id, "key": changes.key}
    rows = await transaction.run(weave.fixed("change_set_by_key", changes.actor), named)
    if not rows:
        return None
    if rows[0][1] != changes.fingerprint:
        raise Rejected([_reused()])
    return await _outcome(transaction, changes, rows[0], tuple(rows[0][2] or ()), read_back)


async def settled(
    database: Database, changes: ChangeSet, ids: tuple[str, ...], read_back: ReadBack | None, timeout_s: float
) -> Outcome | None:
    """What became of a commit whose answer was lost: its outcome, or None when nothing of it is in the database.

    `ids` are those that the lost work was to answer with.
    """

    async def look(transaction: Transaction) -> Outcome | None:
        return await committed(transaction, changes, ids, read_back)

    if await _gone(database, changes, timeout_s):
        return None
    return await database.write(look, timeout_s=timeout_s)


async def committed(
    transaction: Transaction, changes: ChangeSet, ids: tuple[str, ...], read_back: ReadBack | None
) -> Outcome | None:
    """The outcome of this very change set, when it is in the database."""
    rows = await transaction.run(weave.fixed("change_set_by_id", changes.actor), {"id": changes.id})
    if not rows:
        return None
    outcome = await _outcome(transaction, changes, rows[0], ids, read_back)
    return replace(outcome, replayed=False)


class _Free(Exception):
    """The id could be taken: the lost transaction has ended without a trace."""


async def _gone(database: Database, changes: ChangeSet, timeout_s: float) -> bool:
    """Whether nothing was committed: taking the id waits for a transaction that still holds it, and fails if it is there."""

    async def take(transaction: Transaction) -> None:
        await transaction.run(weave.fixed("change_set_probe", changes.actor, reads=False), {"id": changes.id})
        raise _Free

    try:
        await database.write(take, timeout_s=timeout_s)
    except _Free:
        return True
    except Contested:
        return False
    raise AssertionError("the probe is never committed")


async def _outcome(
    transaction: Transaction, changes: ChangeSet, row: Row, ids: tuple[str, ...], read_back: ReadBack | None
) -> Outcome:
    id, _, _, tallies = row
    columns = None
    if read_back is not None:
        slot = {read_back.ids_slot: list(ids)} if read_back.ids_slot else {}
        parameters = {NOW: changes.at, **read_back.parameters, **slot}
        (columns,) = await transaction.run(weave.read(read_back.compiled.query, changes.actor), parameters)
    counts: dict[str, int] = {}
    for what, op, number in tallies:
        counts[OPS[what, op]] = counts.get(OPS[what, op], 0) + number
    return Outcome(id, ids, columns, True, counts)


def _reused() -> Problem:
    return Problem(
        "idempotency_key_reused",
        "This idempotency key was used for another request; give every request a key of its own.",
        ("idempotencyKey",),
    )

"""Records that leave the graph or come back to it, in the order in which they make room for each other; past links that go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cypher import weave
from graph.changes import ChangeSet
from graph.session import Transaction
from graph.unit.problems import deleted_too, not_found
from graph.unit.restoring import restore
from graph.unit.trash import delete
from models.commands import (
    Command,
    CreateLink,
    DeleteRecord,
    EnsureLink,
    EraseRecord,
    RestoreRecord,
    RetractLink,
    UpdateRecord,
)
from models.errors import Problem
from models.metamodel import Metamodel


@dataclass(frozen=True, slots=True)
class Removed:
    """How many records were deleted, erased and restored, everything that stood in the way, and the commands that can be
    looked at: within its transaction Neo4j finds a deleted record by its id and fails to read it.
    """

    counts: Counter[str]
    problems: Sequence[Problem]
    commands: Sequence[Command]


async def remove(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command]
) -> Removed:
    """Do what deletes, erases and restores among the commands."""
    counts: Counter[str] = Counter()
    deletes = [command for command in commands if isinstance(command, DeleteRecord)]
    erasures = [command for command in commands if isinstance(command, EraseRecord)]
    restores = [command for command in commands if isinstance(command, RestoreRecord)]
    in_trash = await _in_trash(transaction, changes, erasures)
    living = [DeleteRecord(each.type, each.id, None, each.path) for each in erasures if each.id not in in_trash]
    gone, counts["unlinked"], problems = await delete(transaction, model, changes, [*deletes, *living])
    counts["deleted"] = len(gone) - len(living) if gone else 0
    if erasures and not problems:
        counts["erased"] = await _erase(transaction, changes, erasures)
    left = {*gone, *in_trash}
    if contradictory := [problem for command in commands for problem in _contradictions(command, left)]:
        rest = [command for command in commands if not _contradictions(command, left)]
        return Removed(counts, [*problems, *contradictory], rest)
    counts["restored"], counts["relinked"], refused = await restore(transaction, model, changes, restores, gone)
    retracts = [command for command in commands if isinstance(command, RetractLink)]
    missing = await _retract(transaction, changes, retracts)
    counts["unlinked"] += len(retracts) - len(missing)
    return Removed(counts, [*problems, *refused, *missing], commands)


def _contradictions(command: Command, gone: AbstractSet[str]) -> list[Problem]:
    """The problems of a command that needs records which others take away."""
    match command:
        case UpdateRecord(id=id) | RestoreRecord(id=id):
            needed = {id}
        case CreateLink() | EnsureLink():
            needed = {command.source, command.target}
        case _:
            return []
    return [deleted_too(id, command.path) for id in sorted(needed & gone)]


async def _retract(transaction: Transaction, changes: ChangeSet, commands: Sequence[RetractLink]) -> list[Problem]:
    """Keep past links as what was believed until now; the problems of those that are not there."""
    if not commands:
        return []
    rows = [{"id": command.id, "change": changes.of_link(command.id, "unlink")} for command in commands]
    statement = weave.fixed("retract_links", changes.actor, reads=False)
    found = await transaction.run(statement, {"rows": rows, "now": changes.at, "set": changes.id})
    there = {id for (id,) in found}
    return [not_found(f"past link {each.relation}", each.id, each.path) for each in commands if each.id not in there]


async def _in_trash(transaction: Transaction, changes: ChangeSet, commands: Sequence[EraseRecord]) -> set[str]:
    if not commands:
        return set()
    ids = sorted(command.id for command in commands)
    found = await transaction.run(weave.fixed("trash_found", changes.actor, reads=False), {"ids": ids})
    return {id for id, *_ in found}


async def _erase(transaction: Transaction, changes: ChangeSet, commands: Sequence[EraseRecord]) -> int:
    """Erase records that are in the trash, their closed links, and the values in their change rows and those links'."""
    rows = [
        {"id": id, "type": type_name, "change": changes.of_record(id, "erase")}
        for id, type_name in sorted({command.id: command.type for command in commands}.items())
    ]
    ((erased,),) = await transaction.run(
        weave.fixed("erase_records", changes.actor, reads=False), {"rows": rows, "now": changes.at, "set": changes.id}
    )
    return int(erased)

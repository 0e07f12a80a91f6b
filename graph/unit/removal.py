"""Records that leave the graph or come back to it, in the order in which they make room for each other; past links that go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cypher import weave
from graph.changes import ChangeSet
from graph.session import Transaction
from graph.unit.problems import not_found
from graph.unit.restoring import restore
from graph.unit.trash import delete
from models.commands import Command, DeleteRecord, EraseRecord, RestoreRecord, RetractLink
from models.errors import Problem
from models.metamodel import Metamodel


async def remove(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command]
) -> tuple[Counter[str], list[Problem]]:
    """How many records were deleted, erased and restored, and everything that stood in the way."""
    counts: Counter[str] = Counter()
    deletes = [command for command in commands if isinstance(command, DeleteRecord)]
    erasures = [command for command in commands if isinstance(command, EraseRecord)]
    restores = [command for command in commands if isinstance(command, RestoreRecord)]
    in_trash = await _in_trash(transaction, changes, erasures)
    living = [DeleteRecord(each.type, each.id, None, each.path) for each in erasures if each.id not in in_trash]
    gone, counts["unlinked"], problems = await delete(transaction, model, changes, [*deletes, *living])
    counts["deleted"] = gone - len(living) if gone else 0
    if erasures and not problems:
        counts["erased"] = await _erase(transaction, changes, erasures)
    counts["restored"], counts["relinked"], refused = await restore(transaction, model, changes, restores)
    retracts = [command for command in commands if isinstance(command, RetractLink)]
    missing = await _retract(transaction, changes, retracts)
    counts["unlinked"] += len(retracts) - len(missing)
    return counts, [*problems, *refused, *missing]


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

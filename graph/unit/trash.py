"""Records into the trash: what goes along by the delete rules, what refuses, and the links that are closed by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cypher import weave
from graph.changes import ChangeSet
from graph.session import Row, Transaction
from graph.unit import problems
from models.commands import DeleteRecord
from models.errors import Problem
from models.metamodel import Metamodel, OnDelete

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Doomed:
    """The records that go: their types by id, and the path of the command that takes each of them along."""

    types: dict[str, str] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


async def delete(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[DeleteRecord]
) -> tuple[list[str], int, list[Problem]]:
    """Move records, and those that go with them, to the trash: the ids of those that went and how many links closed.

    With problems, nothing is moved.
    """
    if not commands:
        return [], 0, []
    doomed = await _doomed(transaction, model, changes, commands)
    ids = sorted(doomed.types)
    refusals = await _run(
        transaction, changes, "trash_refusals", {"ids": ids, **_rules(model, OnDelete.REFUSE, "refusedBy")}
    )
    doomed.problems += [
        problems.delete_refused(id, model.relations[relation], links, doomed.paths[id])
        for id, relation, links in refusals
    ]
    if doomed.problems:
        return [], 0, doomed.problems
    links = await _close_links(transaction, changes, ids)
    rows = [{"id": id, "type": doomed.types[id], "change": changes.of_record(id, "delete")} for id in ids]
    parameters = {"rows": rows, "now": changes.at, "actor": changes.actor.id, "set": changes.id}
    await _run(transaction, changes, "trash_records", parameters)
    return ids, links, []


async def _doomed(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[DeleteRecord]
) -> Doomed:
    """Everything that goes, level by level along the relations that cascade; cycles end where they close."""
    doomed, rules = Doomed(), _rules(model, OnDelete.CASCADE, "from")
    asked = {command.id: command for command in commands}
    level: dict[str, Path] = {id: command.path for id, command in sorted(asked.items())}
    while level:
        found = await _run(transaction, changes, "trash_level", {"ids": list(level), **rules})
        following: dict[str, Path] = {}
        for id, type_name, version, _, taken in found:
            doomed.types[id], doomed.paths[id] = type_name, level[id]
            following |= dict.fromkeys(sorted(taken), level[id])
            command = asked.get(id)
            if command is not None and command.version not in (None, version):
                kind = model.types[type_name]
                doomed.problems.append(problems.version_conflict(kind, command, version, {}))
        level = {id: path for id, path in following.items() if id not in doomed.types}
    doomed.problems += [
        problems.not_found(command.type, command.id, command.path)
        for command in commands
        if doomed.types.get(command.id) != command.type
    ]
    return doomed


async def _close_links(transaction: Transaction, changes: ChangeSet, ids: list[str]) -> int:
    found = await _run(transaction, changes, "trash_links_of", {"ids": ids})
    rows = [
        {
            "id": id,
            "relation": relation,
            "source": source,
            "target": target,
            "change": changes.of_link(id, "unlink"),
        }
        for id, relation, source, target in found
    ]
    if not rows:
        return 0
    closing = {"rows": rows, "now": changes.at, "set": changes.id}
    ((closed,),) = await _run(transaction, changes, "trash_links", closing)
    return int(closed)


def _rules(model: Metamodel, rule: OnDelete, prefix: str) -> dict[str, list[str]]:
    """The relations that follow a delete rule, when the record that goes is their source, and when it is their target."""
    relations = model.relations.values()
    return {
        f"{prefix}Source": [each.name for each in relations if each.source.on_delete is rule],
        f"{prefix}Target": [each.name for each in relations if each.target.on_delete is rule],
    }


async def _run(transaction: Transaction, changes: ChangeSet, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    return await transaction.run(weave.fixed(name, changes.actor, reads=False), parameters)

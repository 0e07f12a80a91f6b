"""Asks the database why a unit of work could not be done, and says it in problems, all of them at once."""

from __future__ import annotations

from typing import Any

from cypher.compile.writes import (
    Check,
    CloseLinks,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Finding,
    Group,
    UpdateRecords,
    WriteShape,
    kind_of_link,
)
from graph.session import Transaction
from graph.unit import problems
from graph.unit.statements import checked, written
from graph.unit.values import shown, stored
from graph.unit.work import Work
from models.commands import CreateLink, CreateRecord, UpdateRecord
from models.errors import Problem
from models.keys import keys_of
from models.metamodel import Metamodel


async def diagnosed(transaction: Transaction, work: Work) -> list[Problem]:
    """Everything that stands in the way of the work, in the order of the commands. The transaction must be rolled back.

    Links that the work closes are closed before the rest is looked at, for they make room for it.
    """
    groups = work.grouped.groups
    closings = sum(isinstance(group, CloseLinks) for group in groups)  # they come first
    located = await _found(transaction, work, 0, closings)
    if closings < len(groups):
        if closings:
            closing = written(WriteShape(groups[:closings]), None, work.changes.actor)
            await transaction.run(closing, work.parameters(None))
        located += await _found(transaction, work, closings, len(groups))
    in_order = [problem for _, problem in sorted(located, key=lambda pair: pair[0])]
    return list(dict.fromkeys([*work.problems, *in_order]))


async def _found(transaction: Transaction, work: Work, first: int, end: int) -> list[tuple[int, Problem]]:
    """The problems of the groups from `first` on, before `end`, with the places of their commands."""
    if first == end:
        return []
    groups = work.grouped.groups
    guarded, checks = checked(groups[first:end], first, work.changes.actor)
    (row,) = await transaction.run(guarded, work.parameters(None))
    return [
        (place, _problem(work.model, groups[check.group], check, work.commands[place], facts))
        for check, findings in zip(checks, row, strict=True)
        for place, *facts in findings
    ]


def _problem(model: Metamodel, group: Group, check: Check, command: Any, facts: list[Any]) -> Problem:
    if isinstance(group, CreateRecords | UpdateRecords | CorrectRecords):
        return _of_record(model, check, command, facts)
    if isinstance(group, CreateLinks):
        return _of_new_link(model, check, command, facts)
    return _of_link(model, check, command, facts)


def _of_record(model: Metamodel, check: Check, command: CreateRecord | UpdateRecord, facts: list[Any]) -> Problem:
    kind = model.types[command.type]
    match check.finding:
        case Finding.NOT_UNIQUE:
            return problems.not_unique(kind, keys_of(kind)[check.key], command.values, command.path, "this graph")
        case Finding.CONFLICT:
            return _conflict(model, command, *facts)
        case Finding.NOT_YET_THERE:
            return problems.not_yet_there(kind.name, command.id, command.path)
        case Finding.ID_TAKEN:
            return problems.id_taken(command.id, command.path)
        case _:
            return problems.not_found(kind.name, command.id, command.path)


def _conflict(model: Metamodel, command: CreateRecord | UpdateRecord, version: int, present: dict[str, Any]) -> Problem:
    """Both values of every field that would be overwritten with another one."""
    assert isinstance(command, UpdateRecord)
    fields = model.types[command.type].fields
    differing = {}
    for name, value in command.values.items():
        yours = stored(fields, {name: value}, clearing=True)
        if any(present.get(key) != mine for key, mine in yours.items()):
            differing[name] = {"present": shown(fields[name], present), "yours": shown(fields[name], yours)}
    return problems.version_conflict(command, version, differing)


def _of_new_link(model: Metamodel, check: Check, command: CreateLink, facts: list[Any]) -> Problem:
    relation = model.relations[command.relation]
    match check.finding:
        case Finding.PAIR_TAKEN:
            return problems.pair_taken(relation, command.path, "a second time")
        case Finding.SOURCE_FULL:
            return problems.end_full(relation, relation.source, command.source, command.path)
        case Finding.TARGET_FULL:
            return problems.end_full(relation, relation.target, command.target, command.path)
        case Finding.NO_SOURCE:
            end, record = relation.source, command.source
        case _:
            end, record = relation.target, command.target
    if facts[0]:
        return problems.wrong_end(relation, end, command.path)
    return problems.not_found(" or ".join(end.types), record, command.path)


def _of_link(model: Metamodel, check: Check, command: Any, facts: list[Any]) -> Problem:
    relation = model.relations[command.relation]
    match check.finding:
        case Finding.BAD_TIMES:
            return problems.bad_times(command.path, alone=kind_of_link(relation).single)
        case Finding.SOURCE_FULL:
            return problems.end_full(relation, relation.source, facts[0], command.path)
        case Finding.TARGET_FULL:
            return problems.end_full(relation, relation.target, facts[0], command.path)
    near = f" at the record {command.near}" if command.near else ""
    return problems.not_found(f"link {command.relation}{near}", command.id, command.path)

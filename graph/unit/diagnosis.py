"""Asks the database why a unit of work could not be done, and says it in problems, all of them at once."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from cypher.compile.writes import (
    Check,
    CheckAsked,
    CheckLimits,
    CloseLinks,
    CorrectRecords,
    CreateLinks,
    CreateRecords,
    Finding,
    Group,
    UpdateLinks,
    UpdateRecords,
    kind_of_link,
    slot,
)
from graph.session import Transaction
from graph.unit import problems
from graph.unit.asked import asked_of
from graph.unit.statements import checked, partly_written
from graph.unit.values import shown, stored
from graph.unit.work import Work
from models.commands import CreateLink, CreateRecord, UpdateRecord
from models.errors import Problem
from models.keys import keys_of
from models.metamodel import Metamodel

Located = tuple[int, Problem]  # with the place of its command
# a stage is looked at when those before it are done, for what goes or moves makes room for what comes
_STAGES: tuple[tuple[type, ...], ...] = (
    (CloseLinks,),
    (UpdateLinks,),
    (UpdateRecords, CorrectRecords, CreateRecords, CreateLinks),
    (CheckLimits, CheckAsked),
)


async def diagnosed(transaction: Transaction, work: Work) -> list[Problem]:
    """Everything that stands in the way of the work, in the order of the commands. The transaction must be rolled back."""
    located: list[Located] = []
    first = 0
    for stage in _STAGES:
        end = first + sum(isinstance(group, stage) for group in work.grouped.groups)
        if CheckLimits in stage and work.problems:
            break  # links are counted where all the others could be made
        located += await _found(transaction, work, first, end)
        if end < len(work.grouped.groups):
            await _done(transaction, work, first, end, {place for place, _ in located})
        first = end
    in_order = [problem for _, problem in sorted(located, key=lambda pair: pair[0])]
    return list(dict.fromkeys([*work.problems, *in_order]))


async def _done(transaction: Transaction, work: Work, first: int, end: int, wrong: AbstractSet[int]) -> None:
    """Do the groups of a stage, with all links whose ends are there, and without the records that cannot be written."""
    groups = work.grouped.groups[first:end]
    if not groups or (work.problems and not isinstance(groups[0], CloseLinks | UpdateLinks)):
        return
    rows = {
        slot(number): [row for row in rows if row["place"] not in wrong]
        for number, (group, rows) in enumerate(zip(work.grouped.groups, work.grouped.rows, strict=True))
        if isinstance(group, CreateRecords | UpdateRecords | CorrectRecords)
    }
    whole = tuple(replace(group, check_pair=False) if isinstance(group, CreateLinks) else group for group in groups)
    await transaction.run(partly_written(whole, first, work.changes.actor), work.parameters(None) | rows)


async def _found(transaction: Transaction, work: Work, first: int, end: int) -> list[Located]:
    """The problems of the groups from `first` on, before `end`."""
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
    if isinstance(group, CheckAsked):
        kind = model.types[group.type]
        return problems.lacking(kind, asked_of(kind)[check.key], command.path)
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
    kind = model.types[command.type]
    fields = kind.fields
    differing = {}
    for name, value in command.values.items():
        yours = stored(fields, {name: value}, clearing=True)
        if any(present.get(key) != mine for key, mine in yours.items()):
            differing[name] = {"present": shown(fields[name], present), "yours": shown(fields[name], yours)}
    return problems.version_conflict(kind, command, version, differing)


def _of_new_link(model: Metamodel, check: Check, command: CreateLink, facts: list[Any]) -> Problem:
    relation = model.relations[command.relation]
    match check.finding:
        case Finding.PAIR_TAKEN:
            return problems.pair_taken(relation, command.path, "a second time")
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
    return problems.link_not_found(command)

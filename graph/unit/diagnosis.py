"""Asks the database why a unit of work could not be done, and says it in problems, all of them at once."""

from __future__ import annotations

from typing import Any

from cypher.compile.writes import Check, CreateLinks, CreateRecords, Finding, Group, UpdateRecords
from graph.session import Database
from graph.unit import problems
from graph.unit.statements import checked
from graph.unit.values import keys_of, shown, stored
from graph.unit.work import Work
from models.commands import CreateLink, CreateRecord, UpdateRecord
from models.errors import Problem
from models.metamodel import Metamodel


async def diagnosed(database: Database, work: Work, *, timeout_s: float) -> list[Problem]:
    """Everything that stands in the way of the work as the database lies now, in the order of the commands."""
    groups = work.grouped.groups
    if not groups:
        return list(work.problems)
    guarded, checks = checked(groups, work.changes.actor)
    row = await database.read(guarded, work.parameters(None), timeout_s=timeout_s)
    found: list[tuple[int, Problem]] = []
    for check, findings in zip(checks, row, strict=True):
        for place, *facts in findings:
            found.append((place, _problem(work.model, groups[check.group], check, work.commands[place], facts)))
    located = [problem for _, problem in sorted(found, key=lambda pair: pair[0])]
    return list(dict.fromkeys([*work.problems, *located]))


def _problem(model: Metamodel, group: Group, check: Check, command: Any, facts: list[Any]) -> Problem:
    if isinstance(group, CreateRecords | UpdateRecords):
        return _of_record(model, check, command, facts)
    if isinstance(group, CreateLinks):
        return _of_new_link(model, check, command, facts)
    return _of_link(check, command)


def _of_record(model: Metamodel, check: Check, command: CreateRecord | UpdateRecord, facts: list[Any]) -> Problem:
    kind = model.types[command.type]
    match check.finding:
        case Finding.NOT_UNIQUE:
            return problems.not_unique(kind, keys_of(kind)[check.key], command.values, command.path, "this graph")
        case Finding.CONFLICT:
            return _conflict(model, command, *facts)
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


def _of_link(check: Check, command: Any) -> Problem:
    if check.finding in (Finding.BAD_TIMES, Finding.NOT_BEGUN):
        return problems.bad_times(command.path)
    near = f" at the record {command.near}" if command.near else ""
    return problems.not_found(f"link {command.relation}{near}", command.id, command.path)

"""Commands that name records by key and links by their ends, turned into commands that name them by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cypher import weave
from cypher.ast import Query
from cypher.compile.writes import kind_of_link
from cypher.compile.writes.lookups import ROWS, find_links, find_past_links, find_records
from graph.changes import ChangeSet
from graph.session import Transaction
from graph.unit import problems
from graph.unit.links import directed
from graph.unit.values import columns_of, stored
from models.commands import (
    Command,
    CreateLink,
    CreateRecord,
    DeleteRecord,
    EndLink,
    EnsureLink,
    EraseRecord,
    RestoreRecord,
    RetractLink,
    Unlink,
    UpdateLink,
    UpdateRecord,
    UpsertRecord,
)
from models.errors import Problem
from models.keys import keys_of
from models.metamodel import Direction, Metamodel

Found = Mapping[int, list[str]]  # place of a command → ids of what is there


@dataclass(slots=True)
class Resolved:
    """Commands that name everything by id; `ids` maps the ids of upserted records to those they really have."""

    commands: list[Command] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0


def needs_steps(commands: Iterable[Command]) -> bool:
    """Whether some command must look at the data first, or takes statements of its own."""
    return any(
        isinstance(command, UpsertRecord | EnsureLink | DeleteRecord | RestoreRecord | EraseRecord | RetractLink)
        or (isinstance(command, Unlink) and command.id is None)
        for command in commands
    )


async def resolved(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command]
) -> Resolved:
    """The same commands by id. Costs a statement for each key of each type and for each relation that is asked about."""
    done = Resolved()
    upserted = await _records(transaction, model, changes, commands, done)
    renamed = directed(model, [_renamed(command, done.ids) for command in upserted])
    await _lock_sources(transaction, model, changes, renamed)
    await _links(transaction, model, changes, renamed, done)
    return done


async def _records(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command], done: Resolved
) -> list[Command]:
    """Every upsert as an update of the record there is, or as a creation; the rest as it is."""
    asked: dict[tuple[str, tuple[str, ...]], dict[int, UpsertRecord]] = defaultdict(dict)
    for place, command in enumerate(commands):
        if isinstance(command, UpsertRecord):
            asked[command.type, command.by][place] = command
    found: dict[int, str] = {}
    for (type_name, by), upserts in asked.items():
        kind = model.types[type_name]
        if by not in keys_of(kind):
            done.problems += [problems.not_a_key(kind, by, upsert.path) for upsert in upserts.values()]
            continue
        rows = [
            {"place": place} | stored(kind.fields, {name: upsert.values.get(name) for name in by})
            for place, upsert in upserts.items()
        ]
        query = find_records(type_name, columns_of(kind, by))
        found |= {place: ids[0] for place, ids in (await _ask(transaction, changes, query, rows)).items()}
    new: dict[tuple[Any, ...], str] = {}
    return [
        _upserted(model, command, found.get(place), new, done) if isinstance(command, UpsertRecord) else command
        for place, command in enumerate(commands)
    ]


def _upserted(
    model: Metamodel, upsert: UpsertRecord, found: str | None, new: dict[tuple[Any, ...], str], done: Resolved
) -> Command:
    key = (upsert.type, upsert.by, *(upsert.values.get(name) for name in upsert.by))
    id = found or (new.get(key) if None not in key else None)
    if id is not None:
        done.ids[upsert.id] = id
        since = upsert.valid_from
        return UpdateRecord(upsert.type, id, upsert.values, path=upsert.path, valid_from=since, clipped=True)
    new[key] = upsert.id
    values = {**upsert.defaults, **{name: value for name, value in upsert.values.items() if value is not None}}
    for field_ in model.types[upsert.type].fields.values():
        if field_.required and values.get(field_.name) is None:
            done.problems.append(problems.required(field_, upsert.type, upsert.path))
    return CreateRecord(upsert.type, upsert.id, values, upsert.path, upsert.valid_from)


def _renamed(command: Command, ids: Mapping[str, str]) -> Command:
    """The command with the ids that upserted records really have."""

    def real(id: str) -> str:
        return ids.get(id, id)

    match command:
        case CreateLink() | EnsureLink():
            return replace(command, source=real(command.source), target=real(command.target))
        case Unlink():
            return replace(command, near=command.near and real(command.near), far=command.far and real(command.far))
        case UpdateLink() | EndLink():
            return replace(command, near=command.near and real(command.near))
        case UpdateRecord() | DeleteRecord() | RestoreRecord() | EraseRecord():
            return replace(command, id=real(command.id))
        case _:
            return command


async def _lock_sources(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Iterable[Command]
) -> None:
    """Of two who ensure a link that may be there several times, the second must see what the first has made."""
    ensured = (command for command in commands if isinstance(command, EnsureLink))
    ids = sorted({each.source for each in ensured if not kind_of_link(model.relations[each.relation]).single})
    if ids:
        await transaction.run(weave.fixed("lock_records", changes.actor, reads=False), {"ids": ids})


async def _links(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command], done: Resolved
) -> None:
    """Every EnsureLink as a change of the link there is, or as a new one; every Unlink of a pair as those of its links."""
    present = await _present_links(transaction, model, changes, commands)
    past = await _past_links(transaction, model, changes, commands)
    new: dict[tuple[Any, ...], int] = {}
    for place, command in enumerate(commands):
        if isinstance(command, EnsureLink):
            if place in past:
                done.unchanged += 1
            else:
                _ensured(command, present.get(place), new, done)
        elif isinstance(command, Unlink) and command.id is None:
            done.commands += [replace(command, id=id) for id in present.get(place, ())]
            if place not in present:
                done.problems.append(problems.not_linked(model.relations[command.relation], command))
        else:
            done.commands.append(command)


def _ensured(command: EnsureLink, found: list[str] | None, new: dict[tuple[Any, ...], int], done: Resolved) -> None:
    times = (command.valid_from, command.valid_to)
    if found:
        done.commands.append(UpdateLink(command.relation, found[0], command.values, None, *times, command.path))
        return
    key = (command.relation, command.source, command.target, *(command.values.get(name) for name in command.by))
    if key in new:  # named twice in one request: one link, with the values of both
        earlier = done.commands[new[key]]
        assert isinstance(earlier, CreateLink)
        done.commands[new[key]] = replace(earlier, values={**earlier.values, **command.values})
        return
    new[key] = len(done.commands)
    ends, values = (command.source, command.target), {**command.defaults, **command.values}
    held_from = command.held_from
    done.commands.append(CreateLink(command.relation, command.id, *ends, values, *times, command.path, held_from))


async def _present_links(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command]
) -> Found:
    asked: dict[tuple[str, tuple[str, ...], bool], list[dict[str, Any]]] = defaultdict(list)
    for place, command in enumerate(commands):
        if isinstance(command, EnsureLink):
            row = _row(model, place, command)
            asked[command.relation, _columns(model, command), True].append(row)
        elif isinstance(command, Unlink) and command.id is None:
            against = command.direction is Direction.IN
            ends = (command.far, command.near) if against else (command.near, command.far)
            row = {"place": place, "source": ends[0], "target": ends[1]}
            asked[command.relation, (), command.direction is not Direction.BOTH].append(row)
    found: dict[int, list[str]] = {}
    for (relation, columns, one_way), rows in asked.items():
        found |= await _ask(transaction, changes, find_links(relation, columns, directed=one_way), rows)
    return found


async def _past_links(
    transaction: Transaction, model: Metamodel, changes: ChangeSet, commands: Sequence[Command]
) -> Found:
    asked: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for place, command in enumerate(commands):
        if isinstance(command, EnsureLink) and command.valid_to is not None and command.valid_to <= changes.at:
            row = _row(model, place, command) | {"until": command.valid_to}
            asked[command.relation, _columns(model, command)].append(row)
    found: dict[int, list[str]] = {}
    for (relation, columns), rows in asked.items():
        found |= await _ask(transaction, changes, find_past_links(relation, columns), rows)
    return found


def _row(model: Metamodel, place: int, command: EnsureLink) -> dict[str, Any]:
    fields = model.relations[command.relation].fields
    values = stored(fields, {name: command.values.get(name) for name in command.by})
    return {"place": place, "source": command.source, "target": command.target, **values}


def _columns(model: Metamodel, command: EnsureLink) -> tuple[str, ...]:
    fields = model.relations[command.relation].fields
    return tuple(stored(fields, {name: command.values.get(name) for name in command.by}))


async def _ask(transaction: Transaction, changes: ChangeSet, query: Query, rows: list[dict[str, Any]]) -> Found:
    found: dict[int, list[str]] = defaultdict(list)
    for place, id in await transaction.run(weave.read(query, changes.actor), {ROWS: rows}):
        found[place].append(id)
    return found

"""Commands on records as rows: created, or given new values; several commands on one record become one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cypher.compile.writes import CorrectRecords, CreateRecords, UpdateRecords
from graph.unit import asked, search
from graph.unit.grouping import Gathering
from graph.unit.problems import bad_period, id_taken, not_unique, two_periods
from graph.unit.values import columns_of, stored
from models.commands import Command, CreateRecord, UpdateRecord
from models.keys import keys_of
from models.metamodel import EntityType


@dataclass(frozen=True, slots=True)
class _Placed:
    """A command, and its place among the commands of the unit."""

    place: int
    command: CreateRecord | UpdateRecord


def add_records(gathering: Gathering, commands: Sequence[Command]) -> None:
    """Rows for every CreateRecord and UpdateRecord."""
    merged = _merged(gathering, commands)
    taken: dict[tuple[Any, ...], str] = {}
    for placed in merged.values():
        kind = gathering.model.types[placed.command.type]
        if not _sound(gathering, placed.command):
            continue
        _check_keys(gathering, kind, placed.command, taken)
        if isinstance(placed.command, CreateRecord):
            _create(gathering, kind, placed.place, placed.command)
        else:
            _update(gathering, kind, placed.place, placed.command)


def _merged(gathering: Gathering, commands: Sequence[Command]) -> dict[str, _Placed]:
    merged: dict[str, _Placed] = {}
    for place, command in enumerate(commands):
        if not isinstance(command, CreateRecord | UpdateRecord):
            continue
        earlier = merged.get(command.id)
        if earlier is None:
            merged[command.id] = _Placed(place, command)
        elif isinstance(command, CreateRecord):
            gathering.problems.append(id_taken(command.id, command.path))
        else:
            if isinstance(earlier.command, UpdateRecord) and _period(command) != _period(earlier.command):
                gathering.problems.append(two_periods(command.path))
            values = {**earlier.command.values, **command.values}
            merged[command.id] = _Placed(earlier.place, replace(earlier.command, values=values))
        if isinstance(command, CreateRecord):
            gathering.new[command.id] = command.type
    return merged


def _period(command: CreateRecord | UpdateRecord) -> tuple[datetime | None, datetime | None]:
    return command.valid_from, command.valid_to if isinstance(command, UpdateRecord) else None


def _sound(gathering: Gathering, command: CreateRecord | UpdateRecord) -> bool:
    """Whether values can have held for the time that a command gives; what is wrong with it is noted."""
    since, until = _period(command)
    late = since is not None and since > gathering.changes.at
    wrong_end = until is not None and (since is None or until <= since or until > gathering.changes.at)
    if late or wrong_end:
        gathering.problems.append(bad_period(not late, command.path))
    return not (late or wrong_end)


def _create(gathering: Gathering, kind: EntityType, place: int, command: CreateRecord) -> None:
    gathering.problems += asked.missing(kind, command.values, command.path)
    changes, values = gathering.changes, stored(kind.fields, command.values)
    since = {} if command.valid_from is None else {"validFrom": command.valid_from}
    change = changes.of_record(command.id, "create", values) | since
    props = values | {"id": command.id} | since | search.of_new(gathering.model, kind, command.values)
    row = {"place": place, "id": command.id, "props": props, "change": change}
    gathering.put(CreateRecords(kind.name, _key_columns(kind)), row)


def _update(gathering: Gathering, kind: EntityType, place: int, command: UpdateRecord) -> None:
    gathering.locks.add(command.id)
    row = {
        "place": place,
        "id": command.id,
        "version": command.version,
        "props": stored(kind.fields, command.values, clearing=True),
        "change": gathering.changes.of_record(command.id, "update"),
    }
    check = None if command.valid_to else asked.check_of(kind, command.values)
    if check is not None:
        gathering.put(check, {"place": place, "id": command.id})
    keys, found_by = _key_columns(kind), search.of_changed(gathering.model, kind, command.values)
    if command.valid_from is None:
        gathering.put(UpdateRecords(kind.name, keys, searched=bool(found_by)), row | found_by)
    else:
        until = command.valid_to is not None
        period = {"since": command.valid_from, "until": command.valid_to, "clipped": command.clipped}
        found_by = {} if until else found_by  # a time that is over leaves the present as it is
        gathering.put(CorrectRecords(kind.name, keys, until, searched=bool(found_by)), row | period | found_by)


def _key_columns(kind: EntityType) -> tuple[tuple[str, ...], ...]:
    return tuple(columns_of(kind, key) for key in keys_of(kind))


def _check_keys(
    gathering: Gathering, kind: EntityType, command: CreateRecord | UpdateRecord, taken: dict[tuple[Any, ...], str]
) -> None:
    """A key that another record of the same request has already; one with a missing part counts for nothing."""
    for key in keys_of(kind):
        values = tuple(command.values.get(name) for name in key)
        if None in values or taken.setdefault((kind.name, key, values), command.id) == command.id:
            continue
        gathering.problems.append(not_unique(kind, key, command.values, command.path, "this request"))

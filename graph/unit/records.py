"""Commands on records as rows: created, or given new values; several commands on one record become one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cypher.compile.writes import CreateRecords, UpdateRecords
from graph.unit.grouping import Gathering
from graph.unit.problems import id_taken, not_unique
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
            values = {**earlier.command.values, **command.values}
            merged[command.id] = _Placed(earlier.place, replace(earlier.command, values=values))
        if isinstance(command, CreateRecord):
            gathering.new[command.id] = command.type
    return merged


def _create(gathering: Gathering, kind: EntityType, place: int, command: CreateRecord) -> None:
    changes, values = gathering.changes, stored(kind.fields, command.values)
    change = changes.of_record(command.id, "create", values)
    row = {"place": place, "id": command.id, "props": values | {"id": command.id}, "change": change}
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
    gathering.put(UpdateRecords(kind.name, _key_columns(kind)), row)


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

"""Commands for new links as rows; links of one request that stand in each other's way are found here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cypher.compile.writes import CreateLinks, LinkKind, kind_of_link
from graph.unit.crowd import Crowd
from graph.unit.grouping import Gathering, Row
from graph.unit.link_changes import check_span
from graph.unit.problems import end_full, pair_taken, wrong_end
from graph.unit.values import stored
from models.commands import Command, CreateLink, EnsureLink
from models.metamodel import Metamodel, RelationType


def add_links(gathering: Gathering, commands: Sequence[Command]) -> None:
    """Rows for every CreateLink."""
    crowd = Crowd()
    for place, command in enumerate(commands):
        if isinstance(command, CreateLink):
            _create(gathering, crowd, place, command)


def directed(model: Metamodel, commands: Iterable[Command]) -> tuple[Command, ...]:
    """The commands with links of symmetric relations as they are stored: from the smaller id to the greater one."""
    return tuple(
        replace(command, source=command.target, target=command.source)
        if isinstance(command, CreateLink | EnsureLink)
        and command.target < command.source
        and model.relations[command.relation].symmetric
        else command
        for command in commands
    )


def _create(gathering: Gathering, crowd: Crowd, place: int, command: CreateLink) -> None:
    relation = gathering.model.relations[command.relation]
    kind = kind_of_link(relation)
    source, target = command.source, command.target
    span = (command.valid_from, command.valid_to)
    row: Row = {
        "place": place,
        "source": source,
        "target": target,
        "since": span[0],
        "until": span[1],
        "new": {end: True for end, id in (("source", source), ("target", target)) if id in gathering.new},
        "sources": crowd.at_end(relation, relation.source, "source", source, span),
        "targets": crowd.at_end(relation, relation.target, "target", target, span),
    }
    past = command.valid_to is not None and command.valid_to <= gathering.changes.at
    if not _sound(gathering, crowd, relation, command, row):
        return
    group = _group_of(kind, row, past=past)
    _lock(gathering, group, row)
    gathering.put(group, row | _written(gathering, relation, command))


def _written(gathering: Gathering, relation: RelationType, command: CreateLink) -> Row:
    """The properties of the link and its change row."""
    changes, values = gathering.changes, stored(relation.fields, command.values)
    if relation.temporal:
        bounds = {"validFrom": command.valid_from, "validTo": command.valid_to}
        values |= {key: bound for key, bound in bounds.items() if bound is not None}
    held = {"held_from": command.held_from} if command.held_from is not None and not relation.temporal else {}
    return {"props": values | {"id": command.id} | held, "change": changes.of_link(command.id, "create", values)}


def _group_of(kind: LinkKind, row: Row, *, past: bool) -> CreateLinks:
    """The checks that must be made in the database: those in which links of records that are there can stand in the way."""
    new_source, new_target = "source" in row["new"], "target" in row["new"]
    return CreateLinks(
        kind,
        check_pair=kind.single and not new_source and not new_target,
        check_source=kind.most_of_source is not None and not new_source and not past,
        check_target=kind.most_of_target is not None and not new_target and not past,
        past=past,
    )


def _lock(gathering: Gathering, group: CreateLinks, row: Row) -> None:
    """Other writers of the pair, and of an end that is limited, must wait."""
    if group.check_pair or group.check_source:
        gathering.locks.add(row["source"])
    if group.check_target:
        gathering.locks.add(row["target"])


def _sound(gathering: Gathering, crowd: Crowd, relation: RelationType, command: CreateLink, row: Row) -> bool:
    """Whether nothing within the request stands in the way of a link; what does is noted."""
    kind, before = kind_of_link(relation), len(gathering.problems)
    note = gathering.problems.append
    check_span(gathering, relation, command)
    if (
        kind.single
        and crowd.join(kind.name, "pair", row["source"], row["target"], span=(row["since"], row["until"])) > 1
    ):
        note(pair_taken(relation, command.path, "twice in this request"))
    for end, side in (("source", relation.source), ("target", relation.target)):
        type_name = gathering.new.get(row[end])
        if type_name is not None and type_name not in side.types:
            note(wrong_end(relation, side, command.path, type_name))
        if side.most is not None and row["new"].get(end) and row[f"{end}s"] > side.most:
            note(end_full(relation, side, row[end], command.path))
    return len(gathering.problems) == before

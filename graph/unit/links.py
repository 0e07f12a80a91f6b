"""Commands for new links as rows; links of one request that stand in each other's way are found here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cypher.compile.writes import CheckLimits, CreateLinks, kind_of_link
from graph.unit.crowd import Crowd, ends_of
from graph.unit.grouping import Gathering, Row
from graph.unit.link_changes import check_span
from graph.unit.problems import pair_taken, wrong_end
from graph.unit.values import stored
from models.commands import Command, CreateLink, EnsureLink
from models.metamodel import Metamodel, RelationType


def add_links(gathering: Gathering, commands: Sequence[Command]) -> None:
    """Rows for every CreateLink."""
    created = [(place, command) for place, command in enumerate(commands) if isinstance(command, CreateLink)]
    crowd = Crowd.of(gathering.model, [command for _, command in created])
    for place, command in created:
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
    if not _sound(gathering, crowd, relation, command):
        return
    kind = kind_of_link(relation)
    past = command.valid_to is not None and command.valid_to <= gathering.changes.at
    new = {end: True for end, id in ends_of(command) if id in gathering.new}
    group = CreateLinks(kind, check_pair=kind.single and not new, past=past)
    times = {"since": command.valid_from, "until": command.valid_to}
    row = {"place": place, **dict(ends_of(command)), "new": new, **times}
    gathering.put(group, row | _written(gathering, relation, command))
    full = [] if past else crowd.full_ends(kind, command, gathering.new)
    if full:
        gathering.put(CheckLimits(kind), {"place": place, "id": command.id})
    # other writers of the pair, and of an end that is limited, must wait
    gathering.locks.update(id for id in full if id not in gathering.new)
    gathering.locks.update([command.source] if group.check_pair else [])


def _written(gathering: Gathering, relation: RelationType, command: CreateLink) -> Row:
    """The properties of the link and its change row."""
    changes, values = gathering.changes, stored(relation.fields, command.values)
    if relation.temporal:
        bounds = {"validFrom": command.valid_from, "validTo": command.valid_to}
        values |= {key: bound for key, bound in bounds.items() if bound is not None}
    held = {"held_from": command.held_from} if command.held_from is not None and not relation.temporal else {}
    return {"props": values | {"id": command.id} | held, "change": changes.of_link(command.id, "create", values)}


def _sound(gathering: Gathering, crowd: Crowd, relation: RelationType, command: CreateLink) -> bool:
    """Whether nothing within the request stands in the way of a link; what does is noted."""
    before = len(gathering.problems)
    note = gathering.problems.append
    check_span(gathering, relation, command)
    if kind_of_link(relation).single and crowd.join(command) > 1:
        note(pair_taken(relation, command.path, "twice in this request"))
    for (_, id), side in zip(ends_of(command), (relation.source, relation.target), strict=True):
        type_name = gathering.new.get(id)
        if type_name is not None and type_name not in side.types:
            note(wrong_end(relation, side, command.path, type_name))
    return len(gathering.problems) == before

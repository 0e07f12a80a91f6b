"""Commands on links that are there as rows: changed, ended, unlinked; several commands on one link become one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from cypher.compile.writes import CloseLinks, Closing, UpdateLinks, kind_of_link
from graph.unit.crowd import Crowd
from graph.unit.grouping import Gathering, Row
from graph.unit.problems import bad_times, no_validity
from graph.unit.values import stored
from models.commands import Command, CreateLink, EndLink, Unlink, UpdateLink
from models.metamodel import RelationType

# a bound that is taken away leaves the time open: so it is checked against other links of the pair
BEFORE_ALL, AFTER_ALL = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def change_links(gathering: Gathering, commands: Sequence[Command]) -> None:
    """Rows for every UpdateLink, EndLink and Unlink by id; a link gets one new version, whatever its commands are."""
    crowd = Crowd()
    for place, command in _merged(commands).values():
        if isinstance(command, Unlink):
            kind = kind_of_link(gathering.model.relations[command.relation])
            gathering.put(CloseLinks(kind, Closing.UNLINKED), _named(gathering, place, command, "unlink"))
        else:
            _update(gathering, crowd, place, command)


def check_span(gathering: Gathering, relation: RelationType, command: CreateLink | UpdateLink) -> bool:
    """Whether a link may hold for the time given; else the problem is noted."""
    since, until = command.valid_from, command.valid_to
    if not relation.temporal and (since is not None or until is not None):
        gathering.problems.append(no_validity(relation, command.path))
        return False
    if since is not None and until is not None and since > until:
        gathering.problems.append(bad_times(command.path))
        return False
    return True


def _merged(commands: Sequence[Command]) -> dict[str, tuple[int, UpdateLink | Unlink]]:
    """What becomes of each link, and the place of its first command. What is unlinked needs no new values."""
    merged: dict[str, tuple[int, UpdateLink | Unlink]] = {}
    for place, command in enumerate(commands):
        if not isinstance(command, UpdateLink | EndLink | Unlink) or command.id is None:
            continue
        change = _as_update(command) if isinstance(command, EndLink) else command
        first, earlier = merged.get(command.id, (place, None))
        if isinstance(earlier, Unlink):
            continue
        if earlier is not None and isinstance(change, UpdateLink):
            change = _both(earlier, change)
        merged[command.id] = first, change
    return merged


def _as_update(end: EndLink) -> UpdateLink:
    return UpdateLink(end.relation, end.id, {}, end.near, None, end.at, end.path)


def _both(earlier: UpdateLink, later: UpdateLink) -> UpdateLink:
    """Two changes as one; where they differ the later one holds."""
    since = later if later.valid_from is not None or "validFrom" in later.open else earlier
    until = later if later.valid_to is not None or "validTo" in later.open else earlier
    return replace(
        earlier,
        values={**earlier.values, **later.values},
        near=earlier.near or later.near,
        valid_from=since.valid_from,
        valid_to=until.valid_to,
        open=tuple(bound for bound, of in (("validFrom", since), ("validTo", until)) if bound in of.open),
        version=later.version if earlier.version is None else earlier.version,
    )


def _update(gathering: Gathering, crowd: Crowd, place: int, command: UpdateLink) -> None:
    """New values; a link that was true until a moment that is over leaves the graph with them."""
    relation = gathering.model.relations[command.relation]
    if not check_span(gathering, relation, command):
        return
    values = stored(relation.fields, command.values, clearing=True)
    bounds = {"validFrom": command.valid_from, "validTo": command.valid_to}
    values |= {key: bound for key, bound in bounds.items() if bound is not None or key in command.open}
    since = BEFORE_ALL if "validFrom" in command.open else command.valid_from
    until = AFTER_ALL if "validTo" in command.open else command.valid_to
    given: Row = {"since": since, "until": until, "props": values}
    kind = kind_of_link(relation)
    if command.valid_to is not None and command.valid_to <= gathering.changes.at:
        gathering.put(CloseLinks(kind, Closing.ENDED), _named(gathering, place, command, "end") | given)
    else:
        group = UpdateLinks(kind, times=bool(since or until))
        if group.times and command.near is not None:
            given["moving"] = crowd.join(relation.name, command.near, span=(since, until))
        gathering.put(group, _named(gathering, place, command, "update") | given)


def _named(gathering: Gathering, place: int, command: UpdateLink | Unlink, op: str) -> Row:
    assert command.id is not None
    change = gathering.changes.of_link(command.id, op)
    return {"place": place, "id": command.id, "near": command.near, "version": command.version, "change": change}

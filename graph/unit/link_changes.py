"""Commands on links that are there as rows: changed, ended, unlinked; several commands on one link become one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cypher.compile.writes import CheckLimits, CloseLinks, Closing, UpdateLinks, kind_of_link
from graph.unit.grouping import Gathering, Row
from graph.unit.problems import bad_times, no_validity
from graph.unit.values import stored
from models.commands import Command, CreateLink, EndLink, Unlink, UpdateLink
from models.metamodel import Metamodel, RelationType

# a bound that is taken away leaves the time open: so it is checked against other links of the pair
BEFORE_ALL, AFTER_ALL = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ChangedLink:
    """What becomes of a link, and the place of its first command among those of the unit."""

    place: int
    command: UpdateLink | Unlink

    def closes(self, now: datetime) -> bool:
        """Whether it leaves the graph."""
        until = self.command.valid_to if isinstance(self.command, UpdateLink) else now
        return until is not None and until <= now


def changes_of_links(commands: Sequence[Command]) -> Sequence[ChangedLink]:
    """UpdateLinks, EndLinks and Unlinks by id, one for each link, whatever its commands are.

    What is unlinked needs no new values.
    """
    merged: dict[str, ChangedLink] = {}
    for place, command in enumerate(commands):
        if not isinstance(command, UpdateLink | EndLink | Unlink) or command.id is None:
            continue
        change = _as_update(command) if isinstance(command, EndLink) else command
        earlier = merged.get(command.id)
        if earlier is None:
            merged[command.id] = ChangedLink(place, change)
        elif isinstance(earlier.command, UpdateLink):
            both = _both(earlier.command, change) if isinstance(change, UpdateLink) else change
            merged[command.id] = ChangedLink(earlier.place, both)
    return [*merged.values()]


def close_links(gathering: Gathering, changes: Sequence[ChangedLink]) -> None:
    """Rows for every link that leaves the graph: unlinked, or true until a moment that is over."""
    for each in changes:
        command = each.command
        if not each.closes(gathering.changes.at):
            continue
        kind = kind_of_link(gathering.model.relations[command.relation])
        if isinstance(command, Unlink):
            gathering.put(CloseLinks(kind, Closing.UNLINKED), _named(gathering, each, "unlink"))
        elif check_span(gathering, gathering.model.relations[command.relation], command):
            row = _named(gathering, each, "end") | new_values(gathering.model, command)
            gathering.put(CloseLinks(kind, Closing.ENDED), row)


def update_links(gathering: Gathering, changes: Sequence[ChangedLink]) -> None:
    """Rows for every link that stays, with new values; where it is moved in time, it is counted again."""
    for each in changes:
        command = each.command
        if isinstance(command, Unlink) or each.closes(gathering.changes.at):
            continue
        relation = gathering.model.relations[command.relation]
        if not check_span(gathering, relation, command):
            continue
        kind, row = kind_of_link(relation), _named(gathering, each, "update") | new_values(gathering.model, command)
        group = UpdateLinks(kind, times=bool(row["since"] or row["until"]))
        gathering.put(group, row)
        if group.times and (kind.single or kind.limited):
            gathering.put(CheckLimits(kind, pair=kind.single), {"place": each.place, "id": command.id})


def count_revived(gathering: Gathering, revived: Sequence[UpdateLink], *, first: int) -> None:
    """Rows that count links which are in the graph again; their places begin at `first`."""
    for place, command in enumerate(revived, first):
        kind = kind_of_link(gathering.model.relations[command.relation])
        if kind.limited:
            gathering.put(CheckLimits(kind), {"place": place, "id": command.id})


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


def new_values(model: Metamodel, command: UpdateLink) -> Row:
    """The new values, and the bounds of the link's time as far as they are given."""
    values = stored(model.relations[command.relation].fields, command.values, clearing=True)
    bounds = {"validFrom": command.valid_from, "validTo": command.valid_to}
    values |= {key: bound for key, bound in bounds.items() if bound is not None or key in command.open}
    since = BEFORE_ALL if "validFrom" in command.open else command.valid_from
    until = AFTER_ALL if "validTo" in command.open else command.valid_to
    return {"since": since, "until": until, "props": values}


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


def _named(gathering: Gathering, changed: ChangedLink, op: str) -> Row:
    command = changed.command
    assert command.id is not None
    change = gathering.changes.of_link(command.id, op)
    return {
        "place": changed.place,
        "id": command.id,
        "near": command.near,
        "version": command.version,
        "change": change,
    }

"""Commands on links as rows; links of one request that stand in each other's way are found here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from cypher.compile.writes import CloseLinks, Closing, CreateLinks, LinkKind, UpdateLinks, kind_of_link
from graph.unit.grouping import Gathering, Row
from graph.unit.problems import bad_times, end_full, no_validity, pair_taken, wrong_end
from graph.unit.values import stored
from models.commands import Command, CreateLink, EndLink, EnsureLink, Unlink, UpdateLink
from models.metamodel import End, Metamodel, RelationType


def add_links(gathering: Gathering, commands: Sequence[Command]) -> None:
    """Rows for every CreateLink, UpdateLink, EndLink and Unlink by id."""
    crowd = _Crowd()
    for place, command in enumerate(commands):
        match command:
            case CreateLink():
                _create(gathering, crowd, place, command)
            case UpdateLink():
                _update(gathering, place, command)
            case EndLink():
                _end(gathering, place, command)
            case Unlink(id=str()):
                _unlink(gathering, place, command)


Span = tuple[datetime | None, datetime | None]
# a bound that is taken away leaves the time open: so it is checked against other links of the pair
BEFORE_ALL, AFTER_ALL = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(slots=True)
class _Crowd:
    """The links of this request by pair and by end, to see which of them cannot all be."""

    spans: dict[tuple[str, ...], list[Span]] = field(default_factory=lambda: defaultdict(list))

    def join(self, *at: str, span: Span) -> int:
        """How many links stand at this pair or end at some moment of the span, this one among them."""
        spans = self.spans[at]
        spans.append(span)
        return sum(1 for other in spans if _overlap(span, other))

    def at_end(self, relation: RelationType, end: End, name: str, record: str, span: Span) -> int:
        """The same for a record at an end; 1 where nobody counts."""
        return (
            1 if end.most is None else self.join(relation.name, "" if relation.symmetric else name, record, span=span)
        )


def _overlap(one: Span, other: Span) -> bool:
    return _before(one[0], other[1]) and _before(other[0], one[1])


def _before(begin: datetime | None, end: datetime | None) -> bool:
    return begin is None or end is None or begin < end


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


def _create(gathering: Gathering, crowd: _Crowd, place: int, command: CreateLink) -> None:
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
    return {"props": values | {"id": command.id}, "change": changes.of_link(command.id, "create", values)}


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


def _sound(gathering: Gathering, crowd: _Crowd, relation: RelationType, command: CreateLink, row: Row) -> bool:
    """Whether nothing within the request stands in the way of a link; what does is noted."""
    kind, before = kind_of_link(relation), len(gathering.problems)
    note = gathering.problems.append
    _check_span(gathering, relation, command)
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


def _check_span(gathering: Gathering, relation: RelationType, command: CreateLink | UpdateLink) -> None:
    since, until = command.valid_from, command.valid_to
    if not relation.temporal and (since is not None or until is not None):
        gathering.problems.append(no_validity(relation, command.path))
    elif since is not None and until is not None and since > until:
        gathering.problems.append(bad_times(command.path))


def _update(gathering: Gathering, place: int, command: UpdateLink) -> None:
    relation = gathering.model.relations[command.relation]
    before = len(gathering.problems)
    _check_span(gathering, relation, command)
    if len(gathering.problems) > before:
        return
    values = stored(relation.fields, command.values, clearing=True)
    bounds = {"validFrom": command.valid_from, "validTo": command.valid_to}
    values |= {key: bound for key, bound in bounds.items() if bound is not None or key in command.open}
    since = BEFORE_ALL if "validFrom" in command.open else command.valid_from
    until = AFTER_ALL if "validTo" in command.open else command.valid_to
    row = _named(gathering, place, command, "update") | {"since": since, "until": until, "props": values}
    gathering.put(UpdateLinks(kind_of_link(relation), times=bool(since or until)), row)


def _end(gathering: Gathering, place: int, command: EndLink) -> None:
    relation = gathering.model.relations[command.relation]
    if not relation.temporal:
        gathering.problems.append(no_validity(relation, command.path))
        return
    row = _named(gathering, place, command, "end")
    if command.at > gathering.changes.at:
        times = {"since": None, "until": command.at, "props": {"validTo": command.at}}
        gathering.put(UpdateLinks(kind_of_link(relation), times=True), row | times)
    else:
        _close(gathering, CloseLinks(kind_of_link(relation), Closing.ENDED), row | {"at": command.at})


def _unlink(gathering: Gathering, place: int, command: Unlink) -> None:
    relation = gathering.model.relations[command.relation]
    _close(gathering, CloseLinks(kind_of_link(relation), Closing.UNLINKED), _named(gathering, place, command, "unlink"))


def _close(gathering: Gathering, group: CloseLinks, row: Row) -> None:
    """A link named twice in one request is closed once."""
    if row["id"] not in gathering.closed:
        gathering.closed.add(row["id"])
        gathering.put(group, row)


def _named(gathering: Gathering, place: int, command: UpdateLink | EndLink | Unlink, op: str) -> dict[str, Any]:
    assert command.id is not None
    change = gathering.changes.of_link(command.id, op)
    version = None if isinstance(command, EndLink) else command.version
    return {"place": place, "id": command.id, "near": command.near, "version": version, "change": change}

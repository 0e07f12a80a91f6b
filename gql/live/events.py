"""Changes as a subscription tells them: which ones concern it, and what is asked of each, read in one statement a batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graphql import GraphQLError

from cypher import request
from cypher.compile.changed import IDS, compile_changed
from cypher.compile.reads import Compiled
from gql.execute.answers import Answer, answered
from gql.execute.assemble import assembler
from gql.execute.limits import Limits
from gql.execute.reading import TypedRead
from gql.live.asked import AFTER, Asked
from gql.live.wanted import Wanted, fields_of, wanted_of
from gql.plan.cursors import Cursors
from gql.plan.selection import Selections
from gql.typed.changes import LINK_CHANGED, LINK_EVENT, RECORD_CHANGED, RECORD_EVENT, SUFFIX, LinkKind, RecordKind
from graph.feed import Change, Position, position_of
from graph.session import Database
from models.actor import Actor
from models.counts import NOTHING_KNOWN
from models.fields.kind import InvalidValue
from models.metamodel import EntityType, Metamodel

MOST_AT_ONCE = 200  # changes told from one statement
_ENDS = frozenset({"record", "source", "target"})  # what is read; each is an attribute of a change too


@dataclass(frozen=True, slots=True)
class EventPlan:
    """A subscription to changes under one model."""

    model: Metamodel
    key: str
    type_name: str
    parts: tuple[tuple[str, str], ...]  # response key and name
    wanted: Wanted
    read: TypedRead | None
    variables: Mapping[str, Any]
    filtered: bool
    batch: int  # changes told from one statement

    def concerns(self, change: Change) -> bool:
        """Whether the change may be told."""
        return self.wanted.covers(change)

    async def answers(
        self, database: Database, actor: Actor, changes: Sequence[Change], limits: Limits
    ) -> list[tuple[Position, Answer]]:
        """What is told of these changes, in their order, from one statement. Raises TimedOut and Unavailable."""
        ids = list(dict.fromkeys(id for change in changes for id in self._ids(change)))
        places = {id: place for place, id in enumerate(ids)}
        row: list[Any] = []
        data: dict[str, Any] = {}
        errors: list[dict[str, Any]] = []
        if self.read is not None:
            now = datetime.now(UTC)
            parameters = self.read.parameters(self.variables, now, actor.time_zone) | {IDS: ids}
            row = await database.read(self.read.guarded(actor), parameters, timeout_s=limits.timeout_s)
            found, errors = self.read.assemble(row, parameters)
            data = found or {}
        told = []
        for change in changes:
            if self.filtered and change.op != RecordKind.ERASED.value and not row[-1][places[change.record or ""]]:
                continue
            told.append((change.position, self._answer(change, data, errors, places)))
        return told

    def _ids(self, change: Change) -> tuple[str, ...]:
        return tuple(id for id in (change.record, change.source, change.target) if id is not None)

    def _answer(
        self, change: Change, data: Mapping[str, Any], errors: list[dict[str, Any]], places: Mapping[str, int]
    ) -> Answer:
        event: dict[str, Any] = {}
        of_event: list[dict[str, Any]] = []
        for key, name in self.parts:
            if name == "__typename":
                event[key] = self.type_name
            elif name == "fields":
                event[key] = fields_of(self.model, change)
            elif name in _FACTS:
                event[key] = _FACTS[name](change)
            else:
                place = places[getattr(change, name)]
                event[key] = data[key][place] if key in data else None
                of_event += [self._located(each, key) for each in errors if each["path"][:2] == [key, place]]
        answer = answered({self.key: event}, of_event)
        return Answer(answer.body, errors=answer.errors, cursor=change.position.cursor)

    def _located(self, error: dict[str, Any], key: str) -> dict[str, Any]:
        """An error of a record among many as one of the event that tells of it."""
        return {**error, "path": [self.key, key, *error["path"][2:]]}


def _kind(change: Change) -> str:
    """What the API calls what happened."""
    return RecordKind(change.op).name if change.link is None else LinkKind(change.op).name


_FACTS: Mapping[str, Callable[[Change], Any]] = {
    "kind": _kind,
    "id": lambda change: change.link or change.record,
    "type": lambda change: change.type,
    "relation": lambda change: change.type,
    "sourceId": lambda change: change.source,
    "targetId": lambda change: change.target,
    "at": lambda change: change.author.at,
    "by": lambda change: change.author.actor,
    "reason": lambda change: change.author.reason,
    "origin": lambda change: change.author.origin,
    "changeSet": lambda change: change.author.set,
    "cursor": lambda change: change.position.cursor,
}


def is_event(model: Metamodel, field: str) -> bool:
    """Whether a root field tells of changes."""
    return field in (RECORD_CHANGED, LINK_CHANGED) or _typed(model, field) is not None


def _typed(model: Metamodel, field: str) -> EntityType | None:
    """The type whose changes a root field tells of, `companyChanged`."""
    kind = model.by_root_field.get(field.removesuffix(SUFFIX))
    return kind if kind is not None and field == f"{kind.one}{SUFFIX}" else None


def plan_events(wanted: Asked, cursors: Cursors, limits: Limits) -> EventPlan:
    """The plan of a subscription to changes. Raises GraphQLError for arguments that cannot be used."""
    model, selections = wanted.edition.model, wanted.selections(cursors, limits)
    kind = _typed(model, wanted.field)
    arguments = selections.arguments(wanted.nodes[0])
    of_links = wanted.field == LINK_CHANGED
    name = LINK_EVENT.name if of_links else f"{kind.name}{SUFFIX}" if kind else RECORD_EVENT.name
    sets = selections.collect([node.selection_set for node in wanted.nodes], frozenset({name}))
    kinds = () if kind is None else (kind,)
    types = list(model.types) if kind is None else [kind.name]
    roots = [
        request.ReadRecords(
            key, kinds, IDS, selections.by_type([node.selection_set for node in nodes], types), many=True
        )
        for key, nodes in sets.items()
        if nodes[0].name.value in _ENDS
    ]
    where = arguments.get("where")
    filter_ = selections.filters.of_type(kind, where) if kind else selections.filters.of_any(where)
    compiled = compile_changed(roots, filter_, tuple(each.name for each in kinds))
    reads = bool(roots) or compiled.filtered
    read = _read(compiled.read, selections, cursors) if reads else None
    return EventPlan(
        model,
        wanted.key,
        name,
        tuple((key, nodes[0].name.value) for key, nodes in sets.items()),
        wanted_of(model, arguments, kind, of_links=of_links),
        read,
        wanted.variables,
        compiled.filtered,
        MOST_AT_ONCE if read is None else _batch(read, wanted, limits),
    )


def _read(compiled: Compiled, selections: Selections, cursors: Cursors) -> TypedRead:
    return TypedRead(compiled, selections.slots, selections.ledger.costs(), assembler(compiled.shape, cursors))


def _batch(read: TypedRead, wanted: Asked, limits: Limits) -> int:
    """How many records one statement may read with the pages of links that are asked for below each."""
    each = read.costs.of(read.parameters(wanted.variables, datetime.now(UTC)), NOTHING_KNOWN)
    return max(1, min(MOST_AT_ONCE, limits.max_cost // each))


def resumed_from(wanted: Asked, beside: str, cursors: Cursors, limits: Limits) -> Position | None:
    """Where the subscription goes on from; None: from now. Raises GraphQLError for what is no cursor."""
    given = wanted.selections(cursors, limits).arguments(wanted.nodes[0]).get(AFTER)
    cursor = beside or (given.plain() if given else None)
    if cursor is None:
        return None
    try:
        return position_of(cursor)
    except InvalidValue as error:
        raise GraphQLError(f"{wanted.field}.after: {error.message}", extensions={"code": error.code}) from error

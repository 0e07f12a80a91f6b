"""Which changes a subscription wants, by what every change says of itself, and the names of the fields it touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from graphql import GraphQLError

from gql.plan.given import Given
from gql.typed.changes import LinkKind, RecordKind
from graph.feed import Change
from models import system
from models.fields import kind_of
from models.metamodel import EntityType, Field, Metamodel

MOST_IDS = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions that need no look at the database; None stands for anything."""

    of_links: bool
    names: frozenset[str] | None  # of types or relations
    ops: frozenset[str] | None
    ids: frozenset[str] | None

    def covers(self, change: Change) -> bool:
        """Whether the change meets all of them."""
        if (change.link is not None) is not self.of_links:
            return False
        if self.names is not None and change.type not in self.names:
            return False
        if self.ops is not None and change.op not in self.ops:
            return False
        return self.ids is None or not self.ids.isdisjoint((change.record, change.source, change.target))


def wanted_of(model: Metamodel, arguments: Mapping[str, Given], kind: EntityType | None, *, of_links: bool) -> Wanted:
    """The conditions in a field's arguments. Raises GraphQLError for names that the model does not have."""
    if of_links:
        names = _names(arguments, "relations", model.relations, "relation")
    else:
        names = frozenset({kind.name}) if kind else _names(arguments, "types", model.types, "type")
    kinds = _list(arguments, "kinds")
    by_name: Mapping[str, Any] = (LinkKind if of_links else RecordKind).__members__
    ops = None if kinds is None else frozenset(by_name[name].value for name in kinds)
    ids = _list(arguments, "ids")
    if ids is not None and len(ids) > MOST_IDS:
        message = f"ids: follow at most {MOST_IDS:,} records by their ids; or leave ids out and use where."
        raise GraphQLError(message, extensions={"code": "too_many_ids"})
    return Wanted(of_links, names, ops, None if ids is None else frozenset(map(str, ids)))


def _names(arguments: Mapping[str, Given], name: str, known: Collection[str], what: str) -> frozenset[str] | None:
    given = _list(arguments, name)
    for one in given or ():
        if one not in known:
            near = ", ".join(get_close_matches(one, known, n=3)) or "none"
            message = f"{name}: there is no {what} {one[:80]!r}; near: {near}."
            raise GraphQLError(message, extensions={"code": f"unknown_{what}"})
    return None if given is None else frozenset(given)


def _list(arguments: Mapping[str, Given], name: str) -> list[Any] | None:
    """A list argument, a single value standing for a list of one."""
    value = arguments.get(name)
    return [one.plain() for one in value.each()] if value is not None and value else None


def fields_of(model: Metamodel, change: Change) -> list[str]:
    """The names of the fields that a change touched, in the model's order."""
    return [field.name for field in _fields(model, change) if not change.columns.isdisjoint(_columns(field))]


def _fields(model: Metamodel, change: Change) -> Iterator[Field]:
    if change.link is None:
        kind = model.types.get(change.type)
        yield from kind.fields.values() if kind else ()
        return
    relation = model.relations.get(change.type)
    if relation is not None:
        yield from (system.VALID_FROM, system.VALID_TO) if relation.temporal else ()
        yield from relation.fields.values()


def _columns(field: Field) -> tuple[str, ...]:
    return tuple(column.key for column in kind_of(field).columns(field))

"""Representations of records, as a gateway gives them, into rows that one statement finds them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, SelectionSetNode

from cypher import request
from gql.plan.given import Given
from models.fields import kind_of
from models.fields.kind import InvalidValue
from models.keys import keys_of
from models.metamodel import EntityType, Metamodel

if TYPE_CHECKING:
    from gql.plan.selection import Selections

ENTITIES, ENTITY, TYPE, FAULT = "_entities", "_Entity", "type", "fault"
RECORD_NAMES = ("Record", "Node", ENTITY)  # that a record has beside its type's
Keys = Mapping[str, Mapping[tuple[str, ...], request.EntityKey]]
Row = dict[str, Any]


def read_entities(selections: Selections, key: str, nodes: list[FieldNode]) -> request.ReadEntities:
    """The root field as a request. Raises GraphQLError for more representations than a page may hold."""
    sets, numbers = [node.selection_set for node in nodes], count()
    keys = {
        kind.name: {fields: _key(kind, fields, numbers) for fields in keys_of(kind)}
        for kind in selections.model.types.values()
        if _asked_of(selections, kind, sets)
    }
    rows = _Rows(selections.model, keys, selections.most)
    given = selections.arguments(nodes[0])["representations"]
    slot = selections.slots.add(given, rows.of, f"{ENTITIES}.representations")
    with selections.ledger.at(key), selections.ledger.page(slot):
        by_type = selections.by_type(sets, selections.model.types)
    return request.ReadEntities(key, slot, tuple(one for each in keys.values() for one in each.values()), by_type)


def _asked_of(selections: Selections, kind: EntityType, sets: list[SelectionSetNode | None]) -> bool:
    """Whether more is asked of records of a type than its name."""
    wanted = selections.collect(sets, frozenset((kind.name, *RECORD_NAMES)))
    return any(nodes[0].name.value != "__typename" for nodes in wanted.values())


def _key(kind: EntityType, fields: tuple[str, ...], numbers: Iterator[int]) -> request.EntityKey:
    columns = [column.key for name in fields for column in kind_of(kind.fields[name]).columns(kind.fields[name])]
    return request.EntityKey(kind, tuple((column, f"k{next(numbers)}") for column in columns))


class _Rows:
    """Makes the rows of one root field."""

    def __init__(self, model: Metamodel, keys: Keys, most: int) -> None:
        self.model, self.keys, self.most = model, keys, most

    def of(self, value: Any) -> list[Row]:
        """A row for each representation; one that cannot be found says why. Raises InvalidValue for too many."""
        listed = value if isinstance(value, list) else [value]
        if len(listed) > self.most:
            raise InvalidValue("page_too_large", f"ask for at most {self.most} at once.")
        return [self._row(one.plain() if isinstance(one, Given) else one) for one in listed]

    def _row(self, given: Mapping[str, Any]) -> Row:
        name = given["__typename"]
        kind = self.model.types.get(name)
        if kind is None:
            return {TYPE: name, FAULT: f"There is no type {name[:60]!r}."}
        if given.get("id") is not None:
            return {TYPE: name, "id": str(given["id"])}
        fields = next((key for key in keys_of(kind) if all(given.get(each) is not None for each in key)), None)
        if fields is None:
            known = ", ".join(" + ".join(key) for key in (("id",), *keys_of(kind)))
            return {TYPE: name, FAULT: f"A {name} is known by {known}; give one of these."}
        if fields not in self.keys.get(name, {}):
            return {TYPE: name, FAULT: f"Nothing is asked of a {name}; select some of its fields."}
        try:
            return {TYPE: name, **self._values(kind, fields, given)}
        except InvalidValue as error:
            return {TYPE: name, FAULT: error.message}

    def _values(self, kind: EntityType, fields: tuple[str, ...], given: Mapping[str, Any]) -> Row:
        stored: dict[str, Any] = {}
        for name in fields:
            field = kind.fields[name]
            stored |= kind_of(field).to_store(field, kind_of(field).coerce(field, given[name]))
        return {entry: stored[column] for column, entry in self.keys[kind.name][fields].columns}

"""The root fields of a reading operation into requests."""

from __future__ import annotations

from typing import Any

from graphql import FieldNode

from cypher import request
from gql.plan.entities import ENTITIES, read_entities
from gql.plan.given import Given
from gql.plan.search import Searches
from gql.plan.selection import Fields, Selections
from models.fields.kind import InvalidValue
from models.metamodel import Metamodel

BY_ID = frozenset({"node", "nodes", "record"})
SEARCH = "search"


def is_typed(model: Metamodel, name: str) -> bool:
    """Whether a root field of a query is answered from the model's records."""
    return name in model.by_root_field or name in BY_ID or name in (SEARCH, ENTITIES)


def read_roots(selections: Selections, fields: Fields) -> list[request.Root]:
    """Typed root fields by response key as requests. Raises GraphQLError for arguments that cannot be used."""
    return [_root(selections, key, nodes) for key, nodes in fields.items()]


def _root(selections: Selections, key: str, nodes: list[FieldNode]) -> request.Root:
    name = nodes[0].name.value
    if name == "__typename":
        return request.Constant(key, "Query")
    if name == SEARCH:
        return Searches(selections).root(key, nodes)
    if name == ENTITIES:
        return read_entities(selections, key, nodes)
    kind = selections.model.by_root_field.get(name)
    if kind is not None and name == kind.many:
        return request.ReadList(key, selections.listing(kind, nodes))
    kinds = () if kind is None else (kind,)
    arguments, sets = selections.arguments(nodes[0]), [node.selection_set for node in nodes]
    many = name == "nodes"
    ids = arguments["ids" if many else "id"]
    slot = selections.slots.add(ids, _ids(selections.most) if many else _id, f"{name}.{'ids' if many else 'id'}")
    ledger = selections.ledger
    with selections.clocks.of(arguments, name) as clock, ledger.at(key), ledger.page(slot):
        by_type = selections.by_type(sets, [each.name for each in kinds] or selections.model.types)
    return request.ReadRecords(key, kinds, slot, by_type, many=many, clock=clock)


def _id(value: Any) -> list[str]:
    return [str(value)]


def _ids(most: int) -> Any:
    def ids(value: Any) -> list[str]:
        listed = value if isinstance(value, list) else [value]
        if len(listed) > most:
            raise InvalidValue("page_too_large", f"ask for at most {most} ids at once.")
        return [str(one.plain() if isinstance(one, Given) else one) for one in listed]

    return ids

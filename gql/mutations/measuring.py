"""How much a mutation is to write, counted in its input before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import FieldNode

from gql.plan.given import given

_WHAT = ("data", "ids", "id")  # where an input holds the records that it writes


def written_by(field: FieldNode, variables: Mapping[str, Any]) -> tuple[int, int]:
    """The records that a root field writes, and how much it writes in all: with links, and records inside them."""
    (argument,) = field.arguments or ()
    value = given(argument.value, variables)
    plain = value.plain() if value else None
    if not isinstance(plain, dict):
        return 1, 1
    found = next((plain[name] for name in _WHAT if plain.get(name) is not None), None)
    records = len(found) if isinstance(found, list) else 1
    return max(1, records), max(1, records, _objects(found))


def _objects(value: Any) -> int:
    """The objects in a value, itself one of them; of an id in a list of ids the list counts."""
    if isinstance(value, dict):
        return 1 + sum(map(_objects, value.values()))
    if isinstance(value, list):
        return sum(map(_objects, value))
    return 0

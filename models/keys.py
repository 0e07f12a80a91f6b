"""The keys a record is found by when it is created or changed as needed."""

from __future__ import annotations

from collections.abc import Iterable

from models.metamodel import EntityType


def keys_of(kind: EntityType) -> tuple[tuple[str, ...], ...]:
    """The sets of fields that name one record of a type: its natural keys, then its unique fields."""
    unique = ((name,) for name, field in kind.fields.items() if field.unique)
    return tuple(dict.fromkeys((*kind.natural_keys, *unique)))


def key_named(kind: EntityType, by: Iterable[str]) -> tuple[str, ...] | None:
    """The key that consists of these fields, in its own order; None when they are no key of the type."""
    wanted = frozenset(by)
    return next((key for key in keys_of(kind) if frozenset(key) == wanted), None)

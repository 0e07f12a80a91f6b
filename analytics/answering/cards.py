"""Cards of many records: which of their properties are read, and what is made of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from analytics.snapshot import Snapshot
from analytics.view360 import reading
from analytics.view360.shown import CardShown
from models.display import display_keys
from models.fields import kind_of
from models.metamodel import EntityType, Metamodel
from models.profiles import profile_of

Row: TypeAlias = tuple[list[str], Mapping[str, Any]]  # the labels of a record, and properties


def keys(model: Metamodel, snapshot: Snapshot, ids: Sequence[str]) -> list[str]:
    """The properties that cards of these records are made of; of a record that came later, those of any type."""
    numbers = snapshot.indices(ids).tolist()
    known = {snapshot.type_of(number) for number in numbers if number >= 0}
    names = known & model.types.keys() if min(numbers, default=0) >= 0 else model.types.keys()
    return sorted({"id", *(key for name in names for key in _keys_of(model, model.types[name]))})


def name_keys(model: Metamodel) -> list[str]:
    """The properties that names of records of any type are made of."""
    return sorted({"id", *(key for kind in model.types.values() for key in display_keys(kind))})


def _keys_of(model: Metamodel, kind: EntityType) -> Iterable[str]:
    headline = profile_of(model, kind.name).view.headline
    shown = (kind.fields[name] for name in headline if name in kind.fields)
    return (*display_keys(kind), *(column.key for field in shown for column in kind_of(field).columns(field)))


def read(model: Metamodel, rows: Iterable[Row]) -> dict[str, CardShown]:
    """Cards by id; records of types that the model does not know are left out."""
    headline = cache(lambda name: profile_of(model, name).view.headline)
    cards = (
        reading.card(kind, properties, headline(kind.name))
        for labels, properties in rows
        if (kind := reading.type_of(labels, model)) is not None
    )
    return {card.id: card for card in cards}


def named(model: Metamodel, rows: Iterable[Row]) -> dict[str, CardShown]:
    """Cards by id, without values."""
    name_of = cache(lambda type_name: reading.naming(model.types[type_name]))
    return {
        properties["id"]: CardShown(properties["id"], kind.name, name_of(kind.name)(properties), {})
        for labels, properties in rows
        if (kind := reading.type_of(labels, model)) is not None
    }


def completed(snapshot: Snapshot, ids: Sequence[str], found: dict[str, CardShown]) -> dict[str, CardShown]:
    """With a card for each record of the snapshot that is gone since: its id is its title."""
    for id, number in zip(ids, snapshot.indices(ids).tolist(), strict=True):
        if id not in found and number >= 0:
            found[id] = CardShown(id, snapshot.type_of(number), id, {})
    return found

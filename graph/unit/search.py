"""What records are found by, as part of the rows that write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cypher.compile.writes.search import COME, GONE
from graph.unit.values import shown
from models.metamodel import EntityType, Metamodel
from models.search.stored import KEY, changed_texts, searched, texts


def of_new(model: Metamodel, kind: EntityType, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The property of a new record with these values; {} where search looks into nothing of its type."""
    found = texts(searched(model)[kind.name], values)
    return {KEY: found} if found else {}


def of_stored(model: Metamodel, kind: EntityType, properties: Mapping[str, Any]) -> list[str]:
    """The same of a record that lies in the database, from its properties; [] where search looks into nothing."""
    of = searched(model)[kind.name]
    return texts(of, {name: shown(field, properties) for name, (field, _) in of.fields.items()})


def of_changed(model: Metamodel, kind: EntityType, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a row of changed values adds for search; {} where it looks into none of them."""
    begins, found = changed_texts(searched(model)[kind.name], values)
    return {GONE: begins, COME: found} if begins else {}

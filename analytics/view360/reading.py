"""Rows of a view read by the model: records and links from their properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from analytics.view360.shown import CardShown
from models import system
from models.display import display_of
from models.fields import kind_of
from models.metamodel import EntityType, Field, Metamodel, Side

Row = Sequence[Any]
Properties = Mapping[str, Any]


def read(field: Field, properties: Properties) -> Any:
    """A field's value in its JSON form, None where it has none."""
    kind = kind_of(field)
    stored = [properties.get(column.key) for column in kind.columns(field)]
    return None if stored[0] is None else kind.from_store(field, *stored)


def type_of(labels: Iterable[str], model: Metamodel) -> EntityType | None:
    """The type a record's labels name; None for one that the model does not know (any more)."""
    return next((model.types[label] for label in labels if label in model.types), None)


def whole(kind: EntityType, properties: Properties) -> CardShown:
    """The record at hand with all of its fields."""
    fields = {**system.OF_RECORDS, **kind.fields}
    values = {name: read(field, properties) for name, field in fields.items() if field is not system.ID}
    return CardShown(properties["id"], kind.name, title(kind, properties), values)


def card(kind: EntityType, properties: Properties, headline: Sequence[str]) -> CardShown:
    """A record in short."""
    values = {name: read(kind.fields[name], properties) for name in headline if name in kind.fields}
    return CardShown(properties["id"], kind.name, title(kind, properties), values)


def link_values(side: Side, properties: Properties) -> dict[str, Any]:
    """Everything a link says."""
    own = system.OF_TEMPORAL_LINKS if side.relation.temporal else system.OF_LINKS
    return {name: read(field, properties) for name, field in {**own, **side.relation.fields}.items() if name != "id"}


def title(kind: EntityType, properties: Properties) -> str:
    """The record's name for people."""
    return naming(kind)(properties)


def naming(kind: EntityType) -> Callable[[Properties], str]:
    """What makes names for people of the properties of a type's records; made once where there are many of them."""
    fields, finish = display_of(kind)
    keys = [column.key for field in fields for column in kind_of(field).columns(field)]
    return lambda properties: finish(*map(properties.get, keys))


def moment(text: str) -> datetime:
    """A moment, or a day (its first moment), in UTC."""
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)

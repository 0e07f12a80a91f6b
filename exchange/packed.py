"""Values and references as bytes, and back: what a run gathers of its files lies on disk."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import orjson

from exchange.rows import Reference, Values
from models.fields.geo_point import GeoPoint
from models.fields.money import Money


def dumped(value: Any) -> bytes:
    """Canonical values as JSON that `loaded` reads back exactly."""
    return orjson.dumps(
        value, default=_tagged, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
    )


def loaded(text: bytes) -> Values:
    """The values that `dumped` wrote."""
    return {name: _value(value) for name, value in orjson.loads(text).items()}


def loaded_key(text: bytes) -> tuple[Any, ...]:
    """The key that `dumped` wrote."""
    return tuple(_value(value) for value in orjson.loads(text))


def moment(stored: bytes) -> dt.datetime | None:
    """The moment that `dumped` wrote; None where there is none."""
    at: dt.datetime | None = _value(orjson.loads(stored))
    return at


def group_of(reference: Reference) -> str:
    """What references to records of one type by the same fields have in common."""
    return " ".join((reference.type, *reference.by))


def packed(reference: Reference) -> bytes:
    """A reference, the same bytes for the same record."""
    return dumped([group_of(reference), list(reference.key)])


def unpacked(stored: bytes) -> Reference:
    """The reference that `packed` wrote."""
    group, key = orjson.loads(stored)
    type_name, *by = group.split(" ")
    return Reference(type_name, tuple(by), tuple(_value(each) for each in key))


def _tagged(value: Any) -> dict[str, Any]:
    match value:
        case Decimal():
            return {"number": str(value)}
        case Money(amount, currency):
            return {"money": [str(amount), currency]}
        case GeoPoint(latitude, longitude):
            return {"place": [latitude, longitude]}
        case dt.datetime():
            return {"at": value.isoformat()}
        case dt.date():
            return {"on": value.isoformat()}
    raise TypeError(f"A {type(value).__name__} cannot be kept.")


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(plain)
    if not isinstance(plain, dict):
        return plain
    ((tag, text),) = plain.items()
    match tag:
        case "number":
            return Decimal(text)
        case "money":
            return Money(Decimal(text[0]), text[1])
        case "place":
            return GeoPoint(*text)
        case "at":
            return dt.datetime.fromisoformat(text)
        case _:
            return dt.date.fromisoformat(text)

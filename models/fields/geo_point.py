"""Places on the earth: a latitude and a longitude in degrees (WGS-84)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal as Exact
from typing import Any

from babel.numbers import format_decimal

from models.fields.kind import COUNTED, PLACED, Aggregate, Column, InvalidValue, Kind, Operator, Storage
from models.fields.writing import called, localized, western
from models.metamodel import Field

MOST_LATITUDE, MOST_LONGITUDE = 90, 180
HOW = "Write the place as latitude and longitude in degrees: 41.0082, 28.9784."
_NO_PLACE = "{given} is no place. " + HOW
_DEGREES = r"([+-]?\d{1,3}(?:\.\d{1,400})?)\s*°?\s*"
_PAIR = re.compile(rf"\(?\s*{_DEGREES}([NS])?\s*[,;\s]\s*{_DEGREES}([EW])?\s*\)?\Z", re.ASCII | re.IGNORECASE)
_LONGEST = 1_000
_SIDES = {
    "en": ("N", "S", "E", "W"),
    "ru": ("с. ш.", "ю. ш.", "в. д.", "з. д."),
    "fa": ("شمالی", "جنوبی", "شرقی", "غربی"),
}


@dataclass(frozen=True, slots=True)
class GeoPoint:
    """A place: degrees north of the equator and east of Greenwich; south and west are negative."""

    latitude: float
    longitude: float

    def plain(self) -> dict[str, float]:
        """The place as JSON, and as the parameter that a statement makes a point of."""
        return {"latitude": self.latitude, "longitude": self.longitude}


def place(given: Any) -> GeoPoint:
    """The place of `{latitude, longitude}`, a GeoJSON point, or a text of the two numbers. Raises InvalidValue."""
    latitude, longitude = _parts(given)
    return GeoPoint(
        _degrees(latitude, "latitude", MOST_LATITUDE),
        _degrees(longitude, "longitude", MOST_LONGITUDE),
    )


def _parts(given: Any) -> tuple[Any, Any]:
    match given:
        case GeoPoint(latitude, longitude):
            return latitude, longitude
        case str():
            return _written(given)
        case Mapping() if "coordinates" in given:
            return _of_geojson(given)
        case Mapping() if given.keys() == {"latitude", "longitude"}:
            return given["latitude"], given["longitude"]
    raise InvalidValue("wrong_type", _NO_PLACE, case="place", given=called(given))


def _written(given: str) -> tuple[Any, Any]:
    text = western(given[:_LONGEST])
    if text.startswith("{"):
        try:
            return _parts(json.loads(text))
        except (ValueError, RecursionError):
            sentence = "{given} is no GeoJSON point. " + HOW
            raise InvalidValue("wrong_type", sentence, case="geojson", given=called(given)) from None
    found = _PAIR.match(text)
    if found is None or len(given) > _LONGEST:
        raise InvalidValue("wrong_type", _NO_PLACE, case="place", given=called(given))
    latitude, north, longitude, east = found.groups()
    return _turned(latitude, north, "S"), _turned(longitude, east, "W")


def _turned(number: str, side: str | None, negative: str) -> float:
    value = float(number)
    if side and value < 0:
        raise InvalidValue(
            "two_signs",
            "{number} {side} has a sign and a side; write only one of them.",
            number=number,
            side=side,
        )
    return -value if (side or "").upper() == negative else value


def _of_geojson(given: Mapping[str, Any]) -> tuple[Any, Any]:
    """GeoJSON names the longitude first (RFC 7946); a height behind it is left out."""
    coordinates = given["coordinates"]
    if given.get("type") != "Point" or not isinstance(coordinates, (list, tuple)) or len(coordinates) not in (2, 3):
        sentence = 'Of GeoJSON only points are places: {{"type": "Point", "coordinates": [28.9784, 41.0082]}}.'
        raise InvalidValue("wrong_type", sentence, case="point")
    return coordinates[1], coordinates[0]


def _degrees(given: Any, name: str, most: int) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float, Exact)):
        sentence = "The {name} is a number of degrees, not {given}. " + HOW
        raise InvalidValue("wrong_type", sentence, case=name, name=name, given=called(given))
    if not -most <= given <= most:  # which no NaN is either
        sentence = "The {name} lies from -{most} to {most}; {given} does not. The latitude comes first."
        raise InvalidValue("out_of_range", sentence, case=name, name=name, most=most, given=called(given)[:40])
    return float(given) + 0.0  # no negative zero


def metres(given: Any) -> float:
    """A distance in metres. Raises InvalidValue for what is no number, endless or negative."""
    if isinstance(given, bool) or not isinstance(given, (int, float, Exact)):
        sentence = "Give the distance in metres as a number, not {given}."
        raise InvalidValue("wrong_type", sentence, case="distance", given=called(given))
    if not 0 <= given < math.inf:
        sentence = "A distance is a number of metres from 0 on, not {given}."
        raise InvalidValue("out_of_range", sentence, case="distance", given=called(given)[:40])
    return float(min(given, 10**9))


class GeoPointKind(Kind):
    """A place on the earth; filters ask how far it lies from another, or whether it lies in a box."""

    name = "geoPoint"
    scalar = "GeoPoint"
    operators = PLACED
    aggregates = COUNTED - {Aggregate.COUNT_DISTINCT}
    sortable = False
    indexed = False  # a point index finds what is near; places have no order that a range index would keep

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.POINT),)

    def coerce(self, field: Field, given: Any) -> GeoPoint:
        return place(given)

    def from_store(self, field: Field, *stored: Any) -> dict[str, float]:
        """Latitude and longitude; behind the point may stand distances from other points, `distance0` on."""
        point, *distances = stored
        far = {f"distance{number}": each for number, each in enumerate(distances)}
        return {"latitude": point.latitude, "longitude": point.longitude, **far}

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> dict[str, float]:
        return place(given).plain()

    def show(self, field: Field, value: Any, language: str) -> str:
        north, south, east, west = _SIDES.get(language, _SIDES["en"])
        latitude = f"{_shown(value.latitude, language)} {south if value.latitude < 0 else north}"
        longitude = f"{_shown(value.longitude, language)} {west if value.longitude < 0 else east}"
        return f"{latitude}{'،' if language == 'fa' else ','} {longitude}"

    def export(self, field: Field, value: Any) -> str:
        return f"{_digits(value.latitude)}, {_digits(value.longitude)}"


def _shown(degrees: float, language: str) -> str:
    shown = format_decimal(abs(degrees), format="0.######", locale=language, numbering_system="default")
    return f"{localized(shown, language)}°"


def _digits(degrees: float) -> str:
    """The number with all its digits and without an exponent, so that it is read back as it was."""
    return format(Exact(repr(degrees)), "f")

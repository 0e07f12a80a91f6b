"""Places the plain way: how far one lies from another, and whether it lies in a box."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from models.fields.geo_point import GeoPoint

RADIUS_M = 6_378_140.0  # of Neo4j's earth


def place_of(given: Mapping[str, Any]) -> GeoPoint:
    """A place as GraphQL gives it."""
    return GeoPoint(float(given["latitude"]), float(given["longitude"]))


def metres(one: GeoPoint, other: GeoPoint) -> float:
    """The great-circle distance, to the millimetre."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude) - math.radians(one.longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return round(RADIUS_M * 2 * math.atan2(math.sqrt(half), math.sqrt(1 - half)), 3)


def holds(
    value: GeoPoint, name: str, operand: Mapping[str, Any], signs: Mapping[str, Callable[[Any, Any], bool]]
) -> bool:
    """Whether a place meets one of the comparisons that only places have."""
    if name == "inBox":
        return _inside(value, place_of(operand["southWest"]), place_of(operand["northEast"]))
    if name == "near":
        return metres(value, place_of(operand["point"])) <= operand["within"]
    far = metres(value, place_of(operand["from"]))
    return all(signs[each](far, bound) for each, bound in operand.items() if each != "from")


def _inside(value: GeoPoint, south_west: GeoPoint, north_east: GeoPoint) -> bool:
    west, east = south_west.longitude, north_east.longitude
    across = west <= value.longitude <= east if west <= east else value.longitude >= west or value.longitude <= east
    return across and south_west.latitude <= value.latitude <= north_east.latitude

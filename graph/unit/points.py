"""Places as the driver takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neo4j.spatial import WGS84Point

from models.fields.geo_point import GeoPoint


def of_driver(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The same properties with places as points of the driver; all else is taken as it is."""
    return {key: _point(value) if isinstance(value, GeoPoint) else value for key, value in properties.items()}


def _point(place: GeoPoint) -> WGS84Point:
    return WGS84Point((place.longitude, place.latitude))

"""Scalars that the fixed half shares with the typed one, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

PathStep = NewType("PathStep", object)

SCALARS: Mapping[object, ScalarDefinition] = {
    PathStep: strawberry.scalar(
        name="PathStep",
        description="A step on the way to a value: the name of an entry, or a place from 0.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    )
}

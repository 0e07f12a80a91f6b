"""Scalars that the fixed half shares with the typed one, by name."""

from __future__ import annotations

from typing import NewType

import strawberry

PathStep = strawberry.scalar(
    NewType("PathStep", object),
    name="PathStep",
    description="A step on the way to a value: the name of an entry, or a place from 0.",
    serialize=lambda value: value,
    parse_value=lambda value: value,
)

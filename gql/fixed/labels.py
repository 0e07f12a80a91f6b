"""What clients say of the language they want, and data of the model as the API gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

Language = Annotated[
    str,
    strawberry.argument(description='The language wanted, as in BCP 47: "ru". Falls back to English, then to any.'),
]
Form = Annotated[
    str,
    strawberry.argument(description='The plural form wanted, as in CLDR: "one", "few", "many", "other".'),
]


def plain(value: object) -> JSON:
    """Frozen data of the model as JSON-ready data."""
    return JSON(_thawed(value))


def _thawed(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _thawed(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_thawed(entry) for entry in value]
    return value

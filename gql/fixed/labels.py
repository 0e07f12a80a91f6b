"""Texts of the model in the language a client asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from models.metamodel import Labels

Language = Annotated[
    str,
    strawberry.argument(description='The language wanted, as in BCP 47: "ru". Falls back to English, then to any.'),
]
Form = Annotated[
    str,
    strawberry.argument(description='The plural form wanted, as in CLDR: "one", "few", "many", "other".'),
]


def label(labels: Labels, language: str, form: str = "other") -> str | None:
    """The text in a language: as asked, without its region, in English, or in any; None where there is none."""
    for wanted in (language, language.partition("-")[0], "en", *labels):
        forms = labels.get(wanted)
        if forms:
            return forms.get(form) or forms.get("other") or next(iter(forms.values()))
    return None


def plain(value: object) -> JSON:
    """Frozen data of the model as JSON-ready data."""
    return JSON(_thawed(value))


def _thawed(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _thawed(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_thawed(entry) for entry in value]
    return value

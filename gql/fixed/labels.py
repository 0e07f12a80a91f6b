"""Texts of the model in the language a client asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

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


def plain(value: Any) -> Any:
    """Frozen data of the model as JSON-ready data."""
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value

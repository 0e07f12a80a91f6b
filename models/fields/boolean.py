"""Yes or no."""

from __future__ import annotations

from typing import Any

from models.fields.kind import COUNTED, EQUALITY, Column, InvalidValue, Kind, Storage
from models.fields.writing import called, western
from models.metamodel import Field

_WORDS = {
    "true": True,
    "yes": True,
    "1": True,
    "y": True,
    "false": False,
    "no": False,
    "0": False,
    "n": False,
    "да": True,
    "нет": False,
    "بله": True,
    "خیر": False,
}
_SHOWN = {"en": ("no", "yes"), "ru": ("нет", "да"), "fa": ("خیر", "بله")}


class Boolean(Kind):
    """True or false; an import also reads yes and no, in all three languages, 1 and 0."""

    name = "boolean"
    scalar = "Boolean"
    operators = EQUALITY
    aggregates = COUNTED
    indexed = False

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.BOOLEAN),)

    def coerce(self, field: Field, given: Any) -> bool:
        if not isinstance(given, bool):
            raise InvalidValue("wrong_type", "Give true or false.", case="boolean")
        return given

    def show(self, field: Field, value: Any, language: str) -> str:
        return _SHOWN.get(language, _SHOWN["en"])[value]

    def parse(self, field: Field, text: str) -> bool:
        try:
            return _WORDS[western(text[:40]).lower()]
        except KeyError:
            raise InvalidValue(
                "wrong_type", "{given} is neither yes nor no; write true or false.", case="yes_no", given=called(text)
            ) from None

    def export(self, field: Field, value: Any) -> str:
        return "true" if value else "false"

"""Numbers that were computed, such as scores: binary floating point, which no field of a model holds."""

from __future__ import annotations

import math
from typing import Any

from babel.numbers import format_decimal

from models.fields.decimal import exact
from models.fields.kind import ORDERED, SUMMED, Column, InvalidValue, Kind, Operator, Storage
from models.fields.writing import localized
from models.metamodel import Field


class Number(Kind):
    """A finite number of 64 bits."""

    name = "number"
    scalar = "Float"
    operators = ORDERED
    aggregates = SUMMED

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column(field.key, Storage.FLOAT),)

    def coerce(self, field: Field, given: Any) -> float:
        number = float(exact(given))
        if not math.isfinite(number):
            raise InvalidValue("too_large", "Give a number that 64 bits can hold.", case="bits")
        return number

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> float:
        return self.coerce(field, given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return localized(format_decimal(value, locale=language, numbering_system="default"), language)

    def export(self, field: Field, value: Any) -> str:
        return repr(float(value))

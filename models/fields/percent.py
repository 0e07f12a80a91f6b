"""Percentages: 12.5 means 12.5 %."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_percent

from models.fields.decimal import Decimal
from models.fields.kind import InvalidValue
from models.metamodel import Field


class Percent(Decimal):
    """An exact share in hundredths; a trailing percent sign is understood."""

    name = "percent"

    def coerce(self, field: Field, given: Any) -> Any:
        if isinstance(given, str) and len(given) > 90:
            raise InvalidValue("wrong_type", "Give a percentage such as 12.5.")
        return super().coerce(field, given.strip().removesuffix("%").strip() if isinstance(given, str) else given)

    def show(self, field: Field, value: Any, language: str) -> str:
        return str(format_percent(value / 100, locale=language, decimal_quantization=False))

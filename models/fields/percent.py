"""Percentages: 12.5 means 12.5 %."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_percent

from models.fields.decimal import Decimal
from models.fields.kind import Operator
from models.fields.writing import localized, western
from models.metamodel import Field


class Percent(Decimal):
    """An exact share in hundredths; a trailing percent sign is understood."""

    name = "percent"

    def coerce(self, field: Field, given: Any) -> Any:
        return super().coerce(field, _without_sign(given))

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> int:
        return super().to_compare(field, _without_sign(given), operator)

    def show(self, field: Field, value: Any, language: str) -> str:
        share = value.scaleb(-2)
        shown = format_percent(share, locale=language, decimal_quantization=False, numbering_system="default")
        return localized(shown, language)

    def parse(self, field: Field, text: str) -> Any:
        return super().parse(field, _without_sign(text))


def _without_sign(given: Any) -> Any:
    return western(given[:120]).removesuffix("%").removesuffix("٪").strip() if isinstance(given, str) else given

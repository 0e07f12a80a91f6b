"""Amounts of money: an exact amount and its currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal as Exact
from functools import cache
from typing import Any

from babel.numbers import format_currency, get_currency_precision, list_currencies

from models.errors import Problem, told
from models.fields.decimal import check_scale_and_bounds, comparable, exact, plain, scale_of, units, within
from models.fields.kind import ORDERED, SUMMED, Column, InvalidValue, Kind, Operator, Storage
from models.fields.writing import called, localized, ungrouped, western
from models.metamodel import Field

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₹": "INR", "﷼": "IRR"}
_CELL = re.compile(
    r"(?P<before>[A-Z]{3}|[$€£¥₽₹﷼])?\s*(?P<amount>[+-]?[\d.,\s]{1,60})\s*(?P<after>[A-Z]{3}|[$€£¥₽₹﷼])?\Z"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217)."""

    amount: Exact
    currency: str


@cache
def currencies() -> frozenset[str]:
    """Every code of ISO 4217."""
    return frozenset(list_currencies())


def currency_of(given: Any) -> str:
    """A code of ISO 4217. Raises InvalidValue for anything else."""
    if not _is_currency(given):
        raise InvalidValue("bad_currency", "{given} is no currency of ISO 4217, such as EUR.", given=called(given))
    return str(given)


def _is_currency(given: Any) -> bool:
    return isinstance(given, str) and given in currencies()


def _parts(given: Any) -> tuple[Any, Any]:
    """The amount and the currency, None where only an amount was given."""
    if isinstance(given, Money):
        return given.amount, given.currency
    return (given.get("amount"), given.get("currency")) if isinstance(given, Mapping) else (given, None)


class MoneyKind(Kind):
    """An amount at `scale` (2) in the field's fixed `currency`, or in any currency where none is fixed."""

    name = "money"
    scalar = "Money"
    operators = ORDERED
    aggregates = SUMMED
    options = frozenset({"currency", "scale", "min", "max"})

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (
            Column(f"{field.key}_e{scale_of(field)}", Storage.INTEGER),
            Column(f"{field.key}_currency", Storage.STRING),
        )

    def check_options(self, field: Field) -> list[Problem]:
        fixed = field.options.get("currency")
        problems = check_scale_and_bounds(field)
        if fixed is not None and not _is_currency(fixed):
            problems.append(
                told(
                    "bad_option",
                    "{given} is no currency of ISO 4217, such as EUR.",
                    ("options", "currency"),
                    case="currency",
                    given=called(fixed),
                )
            )
        return problems

    def coerce(self, field: Field, given: Any) -> Money:
        amount, currency = _parts(given)
        return Money(within(field, exact(amount)), self._currency(field, currency))

    def _currency(self, field: Field, given: Any) -> str:
        fixed: str | None = field.options.get("currency")
        if given is None and fixed is None:
            raise InvalidValue("no_currency", 'Say the currency: {amount: "12.50", currency: "EUR"}.')
        if given is None:
            return str(fixed)
        code = currency_of(given)
        if fixed is not None and code != fixed:
            raise InvalidValue(
                "other_currency", "This field is kept in {currency}; convert the amount first.", currency=fixed
            )
        return code

    def to_store(self, field: Field, value: Any) -> dict[str, Any]:
        amount, currency = self.columns(field)
        return {amount.key: units(value.amount, scale_of(field)), currency.key: value.currency}

    def from_store(self, field: Field, *stored: Any) -> Any:
        return {"amount": plain(stored[0], scale_of(field)), "currency": stored[1]}

    def to_compare(self, field: Field, given: Any, operator: Operator = Operator.EQ) -> int:
        amount, currency = _parts(given)
        if currency is not None:
            self._currency(field, currency)
        return comparable(exact(amount), scale_of(field), operator)

    def show(self, field: Field, value: Any, language: str) -> str:
        digits = max(get_currency_precision(value.currency), -value.amount.normalize().as_tuple().exponent)
        amount = value.amount.quantize(Exact(1).scaleb(-digits))
        shown = format_currency(
            amount, value.currency, locale=language, decimal_quantization=False, numbering_system="default"
        )
        return localized(shown, language)

    def parse(self, field: Field, text: str) -> Money:
        cell = _CELL.match(western(text[:120]))
        if cell is None:
            raise InvalidValue(
                "wrong_type",
                "{given} is not an amount such as 1234.50 or 1234.50 EUR.",
                case="amount",
                given=called(text),
            )
        sign = cell["before"] or cell["after"]
        return self.coerce(
            field, {"amount": ungrouped(cell["amount"]), "currency": _SIGNS.get(sign, sign) if sign else None}
        )

    def export(self, field: Field, value: Any) -> str:
        return f"{plain(units(value.amount, scale_of(field)), scale_of(field))} {value.currency}"

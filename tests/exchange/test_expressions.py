"""The arithmetic of mappings: exact, and nothing but arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exchange.expressions import BadExpression, parse, plain
from models.fields.kind import InvalidValue

PLACES = {"price": 0, "quantity": 1, "Unit price": 2}


def value(text: str, *cells: str) -> Decimal | None:
    return parse(text).bind(PLACES, frozenset({""}))(cells)


@pytest.mark.parametrize(
    ("text", "cells", "result"),
    [
        ("price * quantity * (1 - 0.05)", ("9.8", "10"), "93.1"),
        ("1 + 2 * 3 - 4 / 2", (), "5"),
        ("-(price - 1)", ("0.1",), "0.9"),
        ("[Unit price] * 3", ("", "", "0.1"), "0.3"),
    ],
)
def test_an_expression_is_computed_exactly(text: str, cells: tuple[str, ...], result: str) -> None:
    computed = value(text, *cells)

    assert computed is not None
    assert plain(computed) == result


def test_an_empty_cell_makes_the_whole_empty() -> None:
    assert value("price * quantity", "", "2") is None


@pytest.mark.parametrize(
    "text", ["", "1 +", "(1", "1)", "price price", "__import__('os')", "2 ** 3", "1" * 501, "(" * 60]
)
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(BadExpression):
        parse(text)


def test_a_division_by_zero_names_itself() -> None:
    with pytest.raises(InvalidValue, match="1 / 0"):
        value("1 / price", "0")


def test_rounding_is_half_away_from_zero() -> None:
    assert [plain(Decimal(text), 2) for text in ("0.125", "-0.125", "7")] == ["0.13", "-0.13", "7"]

"""Texts are compared by code points, though the database compares the units of UTF-16 or, in an index, code points."""

from __future__ import annotations

from itertools import pairwise
from operator import ge, gt, le, lt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher.ast import Param
from cypher.texts import BOUND, TURNS, ceiling, holds, is_endless, operand
from models.fields.kind import Operator

WAYS = {Operator.LT: lt, Operator.LTE: le, Operator.GT: gt, Operator.GTE: ge}
CHARS = "aZ\0\ud7ff\ue000\uffee\uffff\U00010000😀\U0010ffff"
TEXTS = st.text(st.sampled_from(CHARS), max_size=5) | st.text(max_size=5)


def units(text: str) -> bytes:
    """A text as Neo4j's filters order it."""
    return text.encode("utf-16-be")


@given(TEXTS, TEXTS, st.sampled_from(sorted(WAYS)))
def test_a_text_is_inside_where_it_compares_so_by_code_points(one: str, other: str, operator: Operator) -> None:
    turns = operand(operator, other)[TURNS]

    passed = sum(units(one) >= units(turn) for turn in turns)

    assert passed % 2 == WAYS[operator](one, other)


@given(TEXTS, TEXTS)
def test_the_bound_of_an_index_leaves_nothing_out_in_either_order(one: str, other: str) -> None:
    bound: Any = operand(Operator.GTE, other)[BOUND]

    assert bound <= other
    assert one < other or (bound <= one and units(bound) <= units(one))


@given(TEXTS, TEXTS)
def test_the_ceiling_of_an_index_leaves_nothing_out_in_either_order(one: str, other: str) -> None:
    top = ceiling(other)

    assert is_endless(other) or top >= other
    assert is_endless(other) or one > other or (one <= top and units(one) <= units(top))


@given(TEXTS)
def test_the_places_are_in_the_order_of_units(text: str) -> None:
    turns = operand(Operator.GTE, text)[TURNS]

    assert all(units(one) <= units(other) for one, other in pairwise(turns))


@pytest.mark.parametrize(
    ("operator", "text"),
    [
        (Operator.GT, "$x >= $p0.bound AND (size([t IN $p0.turns WHERE $x >= t]) % 2) = 1"),
        (Operator.LTE, "(size([t IN $p0.turns WHERE $x >= t]) % 2) = 1"),
    ],
)
def test_what_is_to_be_greater_is_sought(operator: Operator, text: str) -> None:
    assert str(holds(Param("x"), operator, "p0")) == text


def test_most_texts_have_one_place() -> None:
    assert operand(Operator.GTE, "Zoë") == {"text": "Zoë", "bound": "Zoë", "ceiling": "Zoë", "turns": ["Zoë"]}
    assert operand(Operator.LT, "Zoë") == {"text": "Zoë", "bound": "Zoë", "ceiling": "Zoë", "turns": ["", "Zoë"]}

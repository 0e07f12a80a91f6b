"""Reasons add up to their score, also when only the weightiest are shown."""

import doctest

import pytest

from analytics import reasons
from analytics.reasons import Reason, plain, total, weightiest


def test_the_examples_of_the_module_hold() -> None:
    assert doctest.testmod(reasons).failed == 0


def test_no_reasons_are_a_score_of_nothing() -> None:
    assert total(()) == 0.0
    assert weightiest((), 3) == ()


def test_what_is_not_shown_is_one_reason_and_the_sum_stays() -> None:
    many = [Reason(f"feature.{i}", (-1) ** i * i / 100) for i in range(20)]

    short = weightiest(many, 5)

    assert [reason.code for reason in short[:2]] == ["feature.19", "feature.18"]
    assert short[-1].code == "rest"
    assert short[-1].facts == {"count": 16}
    assert total(short) == pytest.approx(total(many), abs=1e-15)


def test_a_base_is_shown_first_whatever_it_weighs() -> None:
    short = weightiest([Reason("big", 0.9), Reason("base", 0.0), Reason("small", 0.1)], 2, always=frozenset({"base"}))

    assert [reason.code for reason in short] == ["base", "rest"]


def test_equal_weights_come_in_the_order_of_their_codes() -> None:
    assert [reason.code for reason in weightiest([Reason("b", 1.0), Reason("a", -1.0)], 2)] == ["a", "b"]


def test_a_list_of_no_reasons_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least one"):
        weightiest([Reason("a", 1.0)], 0)


def test_a_reason_becomes_plain_values_with_ids_for_records() -> None:
    reason = Reason("silence", 0.25, {"days": 40.5, "since": "2026-01-01"}, (3, 7))

    assert plain(reason, lambda number: f"id-{number}") == {
        "code": "silence",
        "contribution": 0.25,
        "facts": {"days": 40.5, "since": "2026-01-01"},
        "records": ["id-3", "id-7"],
    }

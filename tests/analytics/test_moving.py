"""Reasons and paths of one record in two runs: which moved, each beside what it was."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from analytics import moving
from analytics.moving import paths_moved, reasons_moved


def reason(code: str, contribution: float, *records: str, **facts: Any) -> dict[str, Any]:
    return {"code": code, "contribution": contribution, "facts": facts, "records": list(records)}


def path(strength: float, *records: str) -> dict[str, Any]:
    return {"code": "risk", "strength": strength, "records": list(records), "relations": ["KNOWS"]}


def test_the_examples_of_the_docs_hold() -> None:
    assert doctest.testmod(moving).failed == 0


def test_reasons_of_one_sort_are_told_apart_by_the_records_and_fields_they_speak_of() -> None:
    before = [reason("received", 0.3, "a"), reason("received", 0.2, "b"), reason("field", 0.1, name="size")]
    after = [
        reason("received", 0.2, "b"),
        reason("received", 0.25, "c"),
        reason("field", 0.15, name="size"),
        reason("field", -0.02, name="age"),
    ]

    found = reasons_moved(before, after)

    assert [(each.code, each.records, each.facts, each.before, each.after) for each in found] == [
        ("received", ("a",), {}, 0.3, 0.0),
        ("received", ("c",), {}, 0.0, 0.25),
        ("field", (), {"name": "size"}, 0.1, 0.15),
        ("field", (), {"name": "age"}, 0.0, -0.02),
    ]
    assert sum(each.after - each.before for each in found) == pytest.approx(0.58 - 0.6)


def test_the_only_reason_of_its_sort_stays_the_same_when_it_speaks_of_a_later_record() -> None:
    before = [reason("rhythm", 0.1, usual_gap_days=7), reason("silence", 0.4, "call 1", silent_days=30)]
    after = [reason("rhythm", 0.1, usual_gap_days=7), reason("silence", 0.1, "call 2", silent_days=3)]

    (found,) = reasons_moved(before, after)

    assert (found.code, found.records, found.before, found.after) == ("silence", ("call 2",), 0.4, 0.1)
    assert found.facts == {"silent_days": 3}


def test_several_reasons_without_records_are_matched_in_pairs() -> None:
    twice = [reason("acts", 0.2), reason("acts", 0.1)]

    assert reasons_moved(twice, twice) == ()
    assert [(each.before, each.after) for each in reasons_moved(twice, [reason("acts", 0.2)])] == [(0.1, 0.0)]


def test_paths_are_new_gone_or_of_another_strength() -> None:
    before = [path(0.9, "a", "x"), path(0.5, "b", "x"), path(0.4, "c", "x")]
    after = [path(0.9, "a", "x"), path(0.6, "b", "x"), path(0.7, "d", "x")]

    found = paths_moved(before, after)

    assert [(each.records[0], each.before, each.after) for each in found] == [
        ("d", None, 0.7),
        ("b", 0.5, 0.6),
        ("c", 0.4, None),
    ]
    assert found[0].relations == ("KNOWS",)

"""Notices: an English sentence from facts, the fullest that they suffice for, and no fact that a kind does not have."""

from __future__ import annotations

from typing import Any

import pytest

from models.notices import KINDS, notice, places_of

RUN = {"number": 7, "engine": "churn"}


@pytest.mark.parametrize(
    ("kind", "facts", "text"),
    [
        ("analysis_done", {**RUN, "type": None, "scored": 3}, "Run 7 of churn is done"),
        ("analysis_done", {**RUN, "type": "Company"}, "Run 7 of churn of Company is done"),
        ("analysis_failed", {**RUN, "error": "No {signals}.", "reason": "no_signals"}, "Run 7 of churn failed: No {signals}."),
        ("import_done", {"name": "a.csv, b.csv", "changed": 2, "rejected": 0}, "The import of a.csv, b.csv is done."),
        ("import_undone", {"name": "a.csv"}, "The import of a.csv is undone."),
        ("page_due", {"name": "Sales", "of": "dashboard"}, "“Sales” is here, as you wished."),
    ],
)  # fmt: skip
def test_a_notice_says_what_its_facts_suffice_for(kind: str, facts: dict[str, Any], text: str) -> None:
    told = notice(kind, "subject", **facts)

    assert told.text == text
    assert None not in told.facts.values()


@pytest.mark.parametrize("facts", [{"name": "Sales", "size": 3}, {"name": 3}, {"name": True}])
def test_a_fact_that_its_kind_does_not_have_or_of_another_type_is_an_error(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="page_due is not told with"):
        notice("page_due", "page", **facts)


def test_every_sentence_is_made_of_facts_that_its_kind_has() -> None:
    unknown = {name: places_of(each) - kind.facts.keys() for name, kind in KINDS.items() for each in kind.sentences}

    assert {name: more for name, more in unknown.items() if more} == {}

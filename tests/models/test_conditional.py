"""Fields that are asked for only with some values of another: what a document may say, and what new records need."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from models.definitions import patch_from_plain, patched, to_plain
from models.difference import difference
from models.drafts import Draft
from models.metamodel import EMPTY, Metamodel, When

STATUS = {
    "name": "status",
    "kind": "choice",
    "options": {"choices": [{"value": "open"}, {"value": "lost", "labels": {"en": "lost"}}]},
}
REASON = {"name": "reason", "kind": "text", "when": {"field": "status", "values": ["lost"], "required": True}}
URGENT = {"name": "urgent", "kind": "boolean"}


def deals(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"types": [{"name": "Deal", "plural": "Deals", "fields": [*fields]}]}


def made(document: dict[str, Any]) -> Metamodel:
    patch, problems = patch_from_plain(document)
    assert problems == []
    model, problems = patched(EMPTY, patch)
    assert problems == []
    return model


def wrong(document: dict[str, Any]) -> list[tuple[str, tuple[str | int, ...]]]:
    patch, problems = patch_from_plain(document)
    return [(each.code, each.path[-2:]) for each in problems or patched(EMPTY, patch)[1]]


def test_a_condition_is_read_and_written_as_it_was() -> None:
    model = made(deals(STATUS, REASON))

    assert model.types["Deal"].fields["reason"].when == When("status", ("lost",), True)
    assert made(to_plain(model)) == model
    assert to_plain(model)["types"][0]["fields"][1]["when"] == REASON["when"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"when": {"field": "stage", "values": ["lost"]}}, ("unknown_field", ("when", "field"))),
        ({"when": {"field": "reason", "values": ["lost"]}}, ("bad_when", ("when", "field"))),
        ({"when": {"field": "status", "values": []}}, ("bad_when", ("when", "values"))),
        ({"when": {"field": "status", "values": ["won"]}}, ("bad_when", ("values", 0))),
        ({"when": {"field": "status", "values": [True]}}, ("bad_when", ("values", 0))),
        ({"when": {"field": "status", "values": [3]}}, ("bad_when", ("values", 0))),
        ({"when": {"field": "urgent", "values": ["true"]}}, ("bad_when", ("values", 0))),
        ({"required": True}, ("bad_when", ("when", "required"))),
    ],
)
def test_a_condition_that_no_record_could_meet_is_refused_at_its_place(change: dict[str, Any], expected: Any) -> None:
    assert wrong(deals(STATUS, URGENT, {**REASON, **change})) == [expected]


def test_a_field_that_decides_is_itself_asked_for_always() -> None:
    urgent = {**URGENT, "when": {"field": "status", "values": ["lost"]}}
    reason = {**REASON, "when": {"field": "urgent", "values": [True]}}

    assert wrong(deals(STATUS, urgent, reason)) == [("bad_when", ("when", "field"))]


def test_fields_of_links_are_asked_for_always() -> None:
    knows = {
        "name": "KNOWS",
        "source": {"types": ["Deal"], "field": "sources"},
        "target": {"types": ["Deal"], "field": "targets"},
        "fields": [STATUS, REASON],
    }

    assert ("bad_when", (1, "when")) in wrong({**deals(STATUS), "relations": [knows]})


def test_another_condition_is_a_change_that_the_plan_tells() -> None:
    before, after = made(deals(STATUS, REASON)), made(deals(STATUS, {**REASON, "when": None}))

    (change,) = difference(before, after)

    assert (change.code, change.facts["word"]) == ("field_changed", "when")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"status": "lost"}, ["reason"]),
        ({"status": "lost", "reason": None}, ["reason"]),
        ({"status": "lost", "reason": "price"}, []),
        ({"status": "open"}, []),
        ({}, []),
    ],
)
def test_a_new_record_needs_what_its_other_values_ask_for(data: dict[str, Any], expected: list[str]) -> None:
    model = made(deals(STATUS, REASON))
    draft = Draft(model, now=datetime(2026, 11, 27, tzinfo=UTC))

    draft.create(model.types["Deal"], data, ("data",))

    assert [problem.path[-1] for problem in draft.problems] == expected
    for problem in draft.problems:
        assert problem.message == "Reason needs a value where Status is lost."

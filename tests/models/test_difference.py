"""What sets two models apart: each change by its effect, its place and what must be counted for it."""

from __future__ import annotations

from typing import Any

import pytest

from models.definitions import patch_from_plain, patched
from models.difference import Effect, ModelChange, difference
from models.metamodel import EMPTY, Metamodel

BASE: dict[str, Any] = {
    "types": [
        {
            "name": "Company",
            "plural": "Companies",
            "fields": [
                {"name": "name", "kind": "text"},
                {"name": "revenue", "kind": "money", "options": {"scale": 2}},
                {"name": "stage", "kind": "choice", "options": {"choices": [{"value": "new"}, {"value": "won"}]}},
            ],
        },
        {"name": "Person", "plural": "Persons", "fields": []},
    ],
    "relations": [
        {
            "name": "WORKS_AT",
            "source": {"types": ["Person"], "field": "employers"},
            "target": {"types": ["Company", "Person"], "field": "employees"},
            "fields": [{"name": "role", "kind": "text"}],
            "repeatable": True,
            "validity": "overlaps",
        }
    ],
}


def changed(model: Metamodel, document: dict[str, Any]) -> Metamodel:
    patch, problems = patch_from_plain(document)
    made, more = patched(model, patch)
    assert (problems, more) == ([], [])
    return made


def changes(document: dict[str, Any]) -> tuple[ModelChange, ...]:
    old = changed(EMPTY, BASE)
    return difference(old, changed(old, document))


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"types": [{"extends": "Company", "fields": [{"name": name, "kind": kind, **more}]}]}


def relation(**attributes: Any) -> dict[str, Any]:
    return {"relations": [{"extends": "WORKS_AT", **attributes}]}


def test_a_model_does_not_differ_from_itself() -> None:
    assert changes(BASE) == ()


def test_everything_new_is_safe_and_said_in_a_sentence() -> None:
    found = difference(EMPTY, changed(EMPTY, BASE))

    assert [(change.code, change.effect, change.sentence) for change in found] == [
        ("type_added", Effect.SAFE, "The type Company is new, with 3 fields."),
        ("type_added", Effect.SAFE, "The type Person is new, with 0 fields."),
        ("relation_added", Effect.SAFE, "The relation WORKS_AT is new: Person to Company, Person."),
    ]


@pytest.mark.parametrize(
    ("document", "code", "effect", "counted", "obstacle"),
    [
        (field("city", "text"), "field_added", Effect.SAFE, [], None),
        (field("city", "text", required=True), "field_added", Effect.SAFE, [], "records_missing"),
        (field("city", "text", required=True, default="Bonn"), "field_added", Effect.FILLS, ["records_missing"], None),
        (field("name", "text", required=True), "field_required", Effect.SAFE, [], "records_missing"),
        (field("name", "text", unique=True), "field_unique", Effect.SAFE, [], "duplicates"),
        (field("name", "email"), "kind_changed", Effect.SAFE, [], None),
        (field("name", "integer"), "stored_otherwise", Effect.SAFE, [], "records_holding"),
        (field("revenue", "money", options={"scale": 3}), "stored_otherwise", Effect.SAFE, [], "records_holding"),
        ({"drop": {"fields": ["Company.name"]}}, "field_dropped", Effect.DESTROYS, ["records_holding"], None),
        ({"drop": {"fields": ["WORKS_AT.role"]}}, "field_dropped", Effect.DESTROYS, ["links_holding"], None),
        ({"drop": {"relations": ["WORKS_AT"]}}, "relation_dropped", Effect.DESTROYS, ["links"], None),
        (relation(target={"types": ["Company"]}), "end_narrowed", Effect.DESTROYS, ["links_of_target"], None),
        (relation(source={"most": 2}), "limit_lowered", Effect.SAFE, [], "above_limit_source"),
        (relation(repeatable=False), "not_repeatable", Effect.SAFE, [], "repeated_pairs"),
        (relation(validity="none"), "validity_changed", Effect.SAFE, [], "timed_links"),
        (relation(validity="exclusive"), "validity_changed", Effect.SAFE, [], "overlapping_pairs"),
    ],
)
def test_a_change_says_what_it_does_and_what_to_count(
    document: dict[str, Any], code: str, effect: Effect, counted: list[str], obstacle: str | None
) -> None:
    (change,) = changes(document)

    assert (change.code, change.effect) == (code, effect)
    assert [question.what for question in change.touches] == counted
    assert (change.obstacle.what if change.obstacle else None) == obstacle
    assert bool(change.cure) == (obstacle is not None)


@pytest.mark.parametrize(
    ("document", "narrowed"),
    [
        (field("stage", "choice", options={"choices": [{"value": "new"}, {"value": "won"}, {"value": "lost"}]}), False),
        (field("stage", "choice", options={"choices": [{"value": "won"}, {"value": "lost"}]}), True),
        (field("name", "choice", options={"choices": [{"value": "won"}]}), True),
    ],
    ids=["added", "taken away", "of texts"],
)
def test_values_that_are_no_longer_listed_may_not_be_in_use(document: dict[str, Any], narrowed: bool) -> None:
    found = {change.code: change for change in changes(document)}

    assert ("choices_narrowed" in found) is narrowed
    if narrowed:
        obstacle = found["choices_narrowed"].obstacle
        assert obstacle is not None
        assert obstacle.what == "records_beside_choices"
        assert "Records of Company hold other values" in found["choices_narrowed"].cure


def test_a_dropped_type_is_counted_with_its_links_and_narrows_what_it_stood_in() -> None:
    found = changes({"drop": {"types": ["Company"]}})

    assert [(change.code, [question.what for question in change.touches]) for change in found] == [
        ("type_dropped", ["records", "links_of_type"]),
        ("end_narrowed", ["links_of_target"]),
    ]


def test_fields_stand_in_the_order_that_is_given_and_the_others_after_them() -> None:
    more = {"extends": "Company", "fields": [{"name": "city", "kind": "text"}], "fieldOrder": ["city", "revenue"]}
    ordered = changed(changed(EMPTY, BASE), {"types": [more]})

    assert list(ordered.types["Company"].fields) == ["city", "revenue", "name", "stage"]


def test_another_order_of_fields_alone_is_a_safe_change() -> None:
    (change,) = changes({"types": [{"extends": "Company", "field_order": ["revenue", "name"]}]})

    assert (change.code, change.effect, change.path) == (
        "fields_ordered", Effect.SAFE, ("types", "Company", "fieldOrder"),
    )  # fmt: skip
    assert change.sentence == "The fields of Company stand in another order: revenue, name, stage."
    assert changes({"types": [{"extends": "Company", "fieldOrder": ["name", "revenue"]}]}) == ()


def test_an_order_of_fields_that_are_not_there_is_refused_at_its_place() -> None:
    patch, problems = patch_from_plain(relation(fieldOrder=["role", "since"]))
    _, refused = patched(changed(EMPTY, BASE), patch)

    assert problems == []
    assert [(problem.code, problem.path) for problem in refused] == [("unknown", ("relations", 0, "fieldOrder", 1))]

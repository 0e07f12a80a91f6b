"""Parts of the model that clients should use no longer: read, kept, written out again, told of when they change."""

from __future__ import annotations

from typing import Any

import pytest

from models.definitions import patch_from_plain, patched, to_plain
from models.difference import difference
from models.metamodel import EMPTY, Metamodel

OLD, INSTEAD = "It names one only.", "Use legalName."
DOCUMENT: dict[str, Any] = {
    "types": [
        {
            "name": "Company",
            "plural": "Companies",
            "fields": [{"name": "name", "kind": "text", "deprecated": INSTEAD}, {"name": "legalName", "kind": "text"}],
        },
        {"name": "Fax", "plural": "Faxes", "deprecated": "Nobody sends any.", "fields": []},
    ],
    "relations": [
        {
            "name": "SENT_TO",
            "source": {"types": ["Fax"], "field": "receiver", "deprecated": OLD},
            "target": {"types": ["Company"], "field": "faxes", "deprecated": "Nobody reads any."},
            "fields": [{"name": "pages", "kind": "integer", "deprecated": "Always one."}],
        }
    ],
}


def after(document: dict[str, Any], model: Metamodel = EMPTY) -> Metamodel:
    patch, problems = patch_from_plain(document)
    changed, more = patched(model, patch)
    assert (problems, more) == ([], [])
    return changed


def test_fields_types_links_and_each_end_of_a_relation_are_deprecated_by_themselves() -> None:
    model = after(DOCUMENT)

    relation = model.relations["SENT_TO"]
    assert model.types["Company"].fields["name"].deprecated == INSTEAD
    assert model.types["Company"].fields["legalName"].deprecated == model.types["Company"].deprecated == ""
    assert model.types["Fax"].deprecated == "Nobody sends any."
    assert (relation.source.deprecated, relation.fields["pages"].deprecated) == (OLD, "Always one.")
    assert model.sides["Company"]["faxes"].deprecated == "Nobody reads any."
    assert model.deprecates
    assert not EMPTY.deprecates
    assert after(to_plain(model)) == model


def test_what_is_told_is_that_it_is_deprecated_and_that_it_is_no_more() -> None:
    model = after(DOCUMENT)
    bare = after(
        {
            "types": [
                {"extends": "Company", "fields": [{"name": "name", "kind": "text"}]},
                {"extends": "Fax", "deprecated": None},
            ],
            "relations": [{"extends": "SENT_TO", "source": {"deprecated": ""}}],
        },
        model,
    )

    told = [(each.code, each.path[-1], each.sentence) for each in difference(model, bare)]

    assert told == [
        ("not_deprecated", "deprecated", "Company.name is no longer deprecated."),
        ("not_deprecated", "deprecated", "Fax is no longer deprecated."),
        ("not_deprecated", "deprecated", "SENT_TO, called receiver at its source, is no longer deprecated."),
    ]
    assert next(each.sentence for each in difference(bare, model)) == "Company.name is deprecated: Use legalName."


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ({"name": "a", "kind": "text", "required": True, "deprecated": "Use b."}, "required_deprecated"),
        ({"name": "a", "kind": "text", "deprecated": "x" * 301}, "too_long"),
        ({"name": "a", "kind": "text", "deprecated": True}, "wrong_type"),
    ],
)
def test_what_cannot_be_deprecated_so_is_refused_with_its_path(field: dict[str, Any], code: str) -> None:
    _, problems = patch_from_plain({"types": [{"name": "A", "plural": "As", "fields": [field]}]})

    assert [(one.code, one.path) for one in problems] == [(code, ("types", 0, "fields", 0, "deprecated"))]


def test_a_required_field_with_a_default_may_be_deprecated_for_nobody_must_give_it() -> None:
    field = {"name": "a", "kind": "text", "required": True, "default": "x", "deprecated": "Use b."}

    assert patch_from_plain({"types": [{"name": "A", "plural": "As", "fields": [field]}]})[1] == []

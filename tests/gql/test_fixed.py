"""The fixed half: who asks, the model as data, planning and applying changes, and its schema in git."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gql.fixed.schema import fixed_schema, fixed_sdl
from models import names

pytestmark = pytest.mark.anyio

SDL = Path(__file__).parents[2] / "docs" / "reference" / "schema.graphql"
FIRM = {
    "name": "Firm",
    "plural": "Firms",
    "labels": {"en": {"one": "firm", "other": "firms"}, "ru": {"one": "фирма", "few": "фирмы", "other": "фирм"}},
    "naturalKeys": [["code"]],
    "order": [{"field": "code", "direction": "desc"}],
    "fields": [
        {"name": "code", "kind": "text", "required": True, "unique": True, "labels": {"fa": "کد"}},
        {"name": "size", "kind": "choice", "options": {"choices": [{"value": "small"}, {"value": "large"}]}},
        {"name": "parent", "kind": "text", "when": {"field": "size", "values": ["small"], "required": True}},
    ],
}
OWNS = {
    "name": "OWNS",
    "source": {"types": ["Firm"], "field": "owned", "onDelete": "REFUSE"},
    "target": {"types": ["Firm"], "field": "owners", "most": 1},
    "validity": "OVERLAPS",
}
APPLY = """
mutation ($input: ApplyModelInput!) {
  applyModel(input: $input) {
    model { version } plan { version effect changes { code effect sentence records links } errors { code } }
    errors { code message path } clientMutationId
  }
}
"""
PLAN = "query ($input: ModelPatchInput!) { planModel(input: $input) { version effect changes { code } errors { code path } } }"
MODEL = """
{ model { version
  types { name plural one many label ru: label(language: "ru", form: "few") de: label(language: "de") naturalKeys
    order { field direction } fields { name kind scalar required unique label(language: "fa-IR") options
      when { field values required } }
    relations { name relation direction types most } }
  relations { name validity source { field onDelete most } target { field onDelete most } } } }
"""


def test_the_schema_in_git_is_the_one_that_is_served() -> None:
    assert SDL.read_text(encoding="utf-8") == fixed_sdl()


def test_everything_in_the_fixed_half_is_described() -> None:
    kinds = [kind for name, kind in fixed_schema().type_map.items() if not name.startswith("__")]
    roots = {"Query", "Mutation", "Subscription"}

    without = [kind.name for kind in kinds if not kind.description and kind.name not in roots]
    without += [
        f"{kind.name}.{name}"
        for kind in kinds
        for name, field in getattr(kind, "fields", {}).items()
        if not field.description
    ]

    assert without == []


def test_no_type_of_a_model_can_take_a_name_of_the_fixed_half() -> None:
    schema = fixed_schema()

    free = [name for name in schema.type_map if not name.startswith("__") and not names.check_type_name(name)]

    assert [name for name in free if not name.endswith(tuple(names.RESERVED_SUFFIXES))] == []
    assert schema.query_type is not None
    assert set(schema.query_type.fields) <= names.RESERVED_ROOTS


async def test_a_model_is_applied_and_read_back_in_any_language(api: Any) -> None:
    given = {"types": [FIRM], "relations": [OWNS], "reason": "test", "clientMutationId": "c1", "expectedVersion": 0}

    applied = (await api.ask(APPLY, input=given)).json()["data"]["applyModel"]
    model = (await api.ask(MODEL)).json()["data"]["model"]

    assert (applied["errors"], applied["clientMutationId"]) == ([], "c1")
    assert applied["model"] == {"version": 1}
    assert (applied["plan"]["version"], applied["plan"]["effect"]) == (0, "SAFE")
    (firm,) = model["types"]
    assert (firm["name"], firm["one"], firm["many"]) == ("Firm", "firm", "firms")
    assert (firm["label"], firm["ru"], firm["de"]) == ("firm", "фирмы", "firm")
    assert (firm["naturalKeys"], firm["order"]) == ([["code"]], [{"field": "code", "direction": "desc"}])
    assert [(field["name"], field["scalar"], field["label"]) for field in firm["fields"]] == [
        ("code", "String", "کد"),
        ("size", "String", "size"),
        ("parent", "String", "parent"),
    ]
    asked = {"field": "size", "values": ["small"], "required": True}
    assert [field["when"] for field in firm["fields"]] == [None, None, asked]
    assert firm["fields"][1]["options"]["choices"][0]["value"] == "small"
    assert {side["name"]: (side["direction"], side["most"]) for side in firm["relations"]} == {
        "owned": ("out", None),
        "owners": ("in", 1),
    }
    assert model["relations"] == [
        {
            "name": "OWNS",
            "validity": "OVERLAPS",
            "source": {"field": "owned", "onDelete": "REFUSE", "most": None},
            "target": {"field": "owners", "onDelete": "UNLINK", "most": 1},
        }
    ]


async def test_only_administrators_change_the_model(api: Any) -> None:
    refused = (await api.ask(APPLY, token=api.person, input={"types": [FIRM]})).json()["data"]["applyModel"]

    assert [error["code"] for error in refused["errors"]] == ["forbidden"]
    assert (refused["model"], refused["plan"]) == ({"version": 0}, None)
    assert (await api.ask(MODEL)).json()["data"]["model"]["types"] == []


async def test_a_plan_changes_nothing_and_says_everything_that_is_wrong(api: Any) -> None:
    good = (await api.ask(PLAN, token=api.person, input={"types": [FIRM]})).json()["data"]["planModel"]
    bad = {"types": [{"name": "firm"}, {"name": "Firm", "plural": "Firms", "fields": [{"name": "x", "kind": "nope"}]}]}
    wrong = (await api.ask(PLAN, input=bad)).json()["data"]["planModel"]

    assert (good["version"], good["errors"]) == (0, [])
    assert len(good["changes"]) > 0
    assert [error["path"][:2] for error in wrong["errors"]] == [["types", 0], ["types", 1]]
    assert (await api.ask("{ model { version } }")).json()["data"] == {"model": {"version": 0}}


async def test_a_model_that_has_moved_on_is_not_changed_by_an_old_plan(api: Any) -> None:
    await api.ask(APPLY, input={"types": [FIRM]})

    late = (await api.ask(APPLY, input={"drop": {"types": ["Firm"]}, "expectedVersion": 0})).json()["data"][
        "applyModel"
    ]

    assert [(error["code"], error["path"]) for error in late["errors"]] == [("model_changed", ["expectedVersion"])]
    assert late["model"] == {"version": 1}

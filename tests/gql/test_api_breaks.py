"""What a change of the model breaks for API clients: told before it is made, and kept with the version it makes."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import find_breaking_changes
from served_models import until_served
from small_worlds import MODEL

from gql.breaks import breaks
from gql.schema import build_schema, complete
from models.api_breaks import ApiBreak
from models.definitions import patch_from_plain, patched
from models.metamodel import Metamodel

pytestmark = pytest.mark.anyio


def changed(document: dict[str, Any]) -> Metamodel:
    patch, problems = patch_from_plain(document)
    model, more = patched(MODEL, patch)
    assert (problems, more) == ([], [])
    return model


def of_company(**field: Any) -> dict[str, Any]:
    return {"types": [{"extends": "Company", "fields": [field]}]}


@pytest.mark.parametrize(
    "document",
    [
        {"drop": {"fields": ["Company.worth"]}},
        {"drop": {"fields": ["WORKS_AT.role", "Thing.weight"]}},
        {"drop": {"types": ["Thing"]}},
        {"drop": {"relations": ["WORKS_AT"]}},
        {"types": [{"extends": "Company", "plural": "Firms"}]},
        {"types": [{"name": "Place", "plural": "Places", "fields": [{"name": "name", "kind": "text"}]}]},
        of_company(name="size", kind="text"),
        of_company(name="mark", kind="integer"),
        of_company(name="about", kind="longText", readOnly=True),
        of_company(name="about", kind="longText", help={"en": "What it is about."}),
        {"relations": [{"extends": "OWNS", "source": {"field": "has"}}]},
        {"relations": [{"extends": "MANAGES", "target": {"types": ["Person", "Company"]}}]},
        {"relations": [{"extends": "OWNS", "source": {"types": ["Person"]}}]},
    ],
)
def test_what_is_told_is_what_graphql_finds_in_the_whole_schemas(document: dict[str, Any]) -> None:
    model = changed(document)

    told = breaks(MODEL, model)

    found = find_breaking_changes(complete(build_schema(MODEL, None)), complete(build_schema(model, None)))
    # a gateway's union of all records is not told of beside the record type itself
    clients = {(each.type.name, each.description) for each in found if not each.description.endswith("type _Entity.")}
    assert {(each.code, each.sentence) for each in told} == clients
    assert len(told) == len(set(told))


def test_records_are_told_of_before_what_follows_from_them() -> None:
    told = breaks(MODEL, changed({"drop": {"fields": ["Company.worth"]}}))

    assert told[0] == ApiBreak("FIELD_REMOVED", "Field Company.worth was removed.")
    assert "Field CompanyFilter.worth was removed." in [each.sentence for each in told]


def test_what_clients_may_go_on_with_breaks_nothing() -> None:
    assert breaks(MODEL, MODEL) == ()
    assert breaks(MODEL, changed(of_company(name="motto", kind="text"))) == ()


APPLY = "mutation($input: ApplyModelInput!) { applyModel(input: $input) { model { version } errors { message } } }"
PLAN = """query($input: ModelPatchInput!) {
  planModel(input: $input) { errors { message } apiBreaks { code sentence details } } }"""
VERSIONS = """query($first: Int!) {
  modelVersions(first: $first) {
    version by reason summary changes { code effect sentence path details records links } apiBreaks { code sentence details }
  }
}"""
PLACE = {
    "name": "Place",
    "plural": "Places",
    "fields": [{"name": "name", "kind": "text"}, {"name": "area", "kind": "text"}],
}


async def test_breaks_are_told_by_a_plan_and_kept_with_the_version(api: Any) -> None:
    await api.ask(APPLY, input={"types": [PLACE], "reason": "places"})
    await until_served(api, 1)
    drop = {"drop": {"fields": ["Place.area"]}}

    planned = (await api.ask(PLAN, input=drop)).json()["data"]["planModel"]
    await api.ask(APPLY, input={**drop, "reason": "nobody knew"})
    versions = (await api.ask(VERSIONS, first=5)).json()["data"]["modelVersions"]

    assert planned["errors"] == []
    assert planned["apiBreaks"][0] == {
        "code": "FIELD_REMOVED",
        "sentence": "Field Place.area was removed.",
        "details": {"name": "Place.area"},
    }
    assert [(one["version"], one["by"], one["reason"]) for one in versions] == [
        (2, "ann", "nobody knew"),
        (1, "ann", "places"),
    ]
    assert versions[0]["apiBreaks"] == planned["apiBreaks"]
    assert versions[1]["apiBreaks"] == []
    assert versions[0]["changes"] == [
        {
            "code": "field_dropped",
            "effect": "DESTROYS",
            "sentence": "Place.area goes, with its values.",
            "path": ["types", "Place", "fields", "area"],
            "details": {"name": "Place.area"},
            "records": 0,
            "links": 0,
        }
    ]
    assert versions[0]["summary"] == [each["sentence"] for each in versions[0]["changes"]]


async def test_more_versions_than_a_page_holds_are_refused(api: Any) -> None:
    answer = (await api.ask(VERSIONS, first=101)).json()

    assert answer["errors"][0]["message"] == "Ask for 0 to 100 versions at once, not 101."

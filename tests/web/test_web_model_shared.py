"""Two who change the model at once, and a field that is asked for with some values of another, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browsers import World, opened

pytestmark = pytest.mark.anyio

APPLY = "mutation ($input: ApplyModelInput!) { applyModel(input: $input) { errors { message } } }"
FIELDS = "{ model { types { name fields { name label searchable when { field values required } } } } }"
STAGES = {"choices": [{"value": "open", "labels": {"en": "open"}}, {"value": "lost", "labels": {"en": "lost"}}]}


async def told(world: World, page: Any, query: str, **variables: Any) -> dict[str, Any]:
    answer = await page.request.post(f"{world.address}/graphql", data={"query": query, "variables": variables})
    data: dict[str, Any] = (await answer.json())["data"]
    return data


async def applied(world: World, page: Any, *types: dict[str, Any]) -> None:
    payload = (await told(world, page, APPLY, input={"types": [*types]}))["applyModel"]
    assert payload["errors"] == []


async def field_named(world: World, page: Any, type_name: str, name: str) -> dict[str, Any]:
    types = (await told(world, page, FIELDS))["model"]["types"]
    (found,) = [f for each in types if each["name"] == type_name for f in each["fields"] if f["name"] == name]
    return dict(found)


async def test_what_another_administrator_changed_of_the_same_field_stays(world: World) -> None:
    page = await opened(world, "/")
    city = {"name": "city", "kind": "text", "labels": {"en": "city"}}
    await applied(world, page, {"name": "Site", "plural": "Sites", "fields": [city]})
    await page.goto(f"{world.address}/model?view=list&type=Site&field=city")
    await page.get_by_role("group", name="Label").get_by_role("textbox").first.fill("town")
    await page.get_by_role("button", name="Review and apply").click()
    await page.get_by_text("Site.city: other labels.").wait_for()

    await applied(world, page, {"extends": "Site", "fields": [{**city, "searchable": True}]})
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Somebody changed the model meanwhile").wait_for()
    await dialog.get_by_role("button", name="Apply", exact=True).click()
    await page.get_by_text(re.compile("Applied: the model is at version")).wait_for()

    found = await field_named(world, page, "Site", "city")
    assert (found["label"], found["searchable"]) == ("town", True)
    assert page.complaints == []


async def test_a_field_is_asked_for_and_required_with_some_values_of_another(world: World) -> None:
    page = await opened(world, "/")
    fields = [
        {"name": "name", "kind": "text", "required": True, "labels": {"en": "name"}},
        {"name": "stage", "kind": "choice", "options": STAGES, "labels": {"en": "stage"}},
        {"name": "reason", "kind": "text", "labels": {"en": "reason"}},
    ]
    await applied(world, page, {"name": "Bid", "plural": "Bids", "display": "{name}", "fields": fields})
    await page.goto(f"{world.address}/model?view=list&type=Bid&field=reason")
    await page.get_by_role("combobox", name="Asked for").select_option(label="With some values of “Stage”")
    await page.get_by_text("Say with which values of stage it is asked for.").wait_for()
    await page.get_by_role("checkbox", name="lost").check()
    await page.get_by_role("checkbox", name="Required then").check()
    await page.get_by_role("button", name="Review and apply").click()
    await page.get_by_role("dialog").get_by_role("button", name="Apply", exact=True).click()
    await page.get_by_text(re.compile("Applied: the model is at version")).wait_for()
    reason = await field_named(world, page, "Bid", "reason")
    assert reason["when"] == {"field": "stage", "values": ["lost"], "required": True}

    await page.goto(f"{world.address}/t/Bid/new")
    name = page.get_by_role("textbox", name="Name")
    await name.wait_for()
    assert await name.evaluate("field => field === document.activeElement")
    await page.keyboard.type("Harbour bridge")
    asked = page.get_by_role("textbox", name="Reason")
    assert await asked.count() == 0
    await page.get_by_role("combobox", name="Stage").select_option("lost")
    await asked.wait_for()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Reason needs a value where Stage is lost.").wait_for()
    assert await asked.evaluate("field => field === document.activeElement")
    await asked.fill("price")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("heading", level=1, name="Harbour bridge").wait_for()
    assert page.complaints == []

"""The data model in a real browser: a type is drawn, planned, applied, and used at once; what is built with it reads well."""

from __future__ import annotations

import re

import pytest
from browsers import World, carried, opened, reads_well

pytestmark = pytest.mark.anyio


async def test_a_new_type_is_modelled_and_used_at_once(world: World) -> None:
    page = await opened(world, "/model")

    await page.get_by_role("button", name="New type").click()
    await page.get_by_label("What is one of them called?").fill("service contract")
    await page.get_by_label("Amount").check()
    await page.get_by_label("Status").check()
    await page.get_by_role("button", name="Add to the draft").click()
    await page.get_by_role("textbox", name="New field").fill("end date")
    await page.get_by_role("combobox", name="Kind").select_option("date")
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.reload()
    await page.get_by_role("button", name=re.compile("^End date")).wait_for()
    await page.get_by_role("button", name="Move End date").press("Space")
    await page.get_by_text("Place 4.").wait_for(state="attached")
    await carried(page, "ArrowUp", "Place 4.", "Place 3.")
    await page.keyboard.press("Space")
    await page.get_by_text("End date stands in place 3.").wait_for(state="attached")
    await page.get_by_role("button", name="New relation").click()
    await page.get_by_role("combobox", name="To", exact=True).select_option("Company")
    await page.get_by_label("The service contract … the company").fill("made with")
    await page.get_by_role("button", name="Add to the draft").click()
    await page.get_by_role("button", name="Review and apply").click()
    await page.get_by_text("The type ServiceContract is new, with 4 fields.").wait_for()
    await page.get_by_label("Why, for those who look back later").fill("contracts are kept here now")
    await page.get_by_role("button", name="Apply", exact=True).click()
    await page.get_by_text(re.compile("Applied: the model is at version")).wait_for()

    await page.get_by_role("link", name=re.compile("^Service contracts")).click()
    await page.goto(f"{world.address}/t/ServiceContract/new")
    await page.get_by_role("textbox", name=re.compile("^Name")).fill("Lift of the north tower")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("heading", level=1, name="Lift of the north tower").wait_for()
    query = (
        '{ search(text: "north tower", first: 1) { nodes { displayName } } modelVersions(first: 1) { by reason } '
        "model { types { name fields { name } } } }"
    )
    told = (await (await page.request.post(f"{world.address}/graphql", data={"query": query})).json())["data"]
    assert told["search"]["nodes"] == [{"displayName": "Lift of the north tower"}]
    assert told["modelVersions"] == [{"by": "ann", "reason": "contracts are kept here now"}]
    fields = next(each["fields"] for each in told["model"]["types"] if each["name"] == "ServiceContract")
    assert [field["name"] for field in fields] == ["name", "amount", "endDate", "status"]
    for view in ("table", "board"):
        await page.goto(f"{world.address}/t/ServiceContract?view={view}&by=status")
        await page.get_by_text("Lift of the north tower").first.wait_for()
    assert page.complaints == []


async def test_an_example_is_put_into_graphiql_and_asked_in_ones_own_session(world: World) -> None:
    page = await opened(world, "/developers")
    await page.get_by_role("button", name=re.compile("^Who am I")).click()
    bench = page.frame_locator("iframe")

    await bench.get_by_role("button", name="Run", exact=True).click()

    await bench.get_by_text('"name": "ann"').wait_for()


async def test_the_model_packs_administration_and_the_api_read_well(world: World, soak: bool) -> None:
    pages = {
        "model": "/model", "type": "/model?type=Company", "relation": "/model?view=list&relation=WORKS_AT",
        "packs": "/packs", "admin": "/admin", "developers": "/developers",
    }  # fmt: skip

    await reads_well(world, pages, soak=soak, phone=frozenset({"type"}))

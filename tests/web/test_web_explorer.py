"""The graph explorer in a real browser: begun by a phrase, grown by relation, told in words, kept as a scene."""

from __future__ import annotations

import re
from datetime import date

import pytest
from browsers import World, looks_well, opened, reads_well
from crm_worlds import NOW, CrmWorld

from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def company(world: World) -> str:
    """A company of two people, one of whom knows somebody elsewhere."""
    made = CrmWorld()
    company = made.company("Palegrove Builders", city="Berlin")
    ada, petr, sara = (made.record("Person", name=name) for name in ("Ada Lovelace", "Карпов Василий", "سارا حسینی"))
    made.link(ada, "WORKS_AT", company, role="CTO")
    made.link(petr, "WORKS_AT", company, role="buyer")
    made.link(ada, "KNOWS", sara)
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    return company


async def test_a_phrase_begins_a_graph_that_grows_by_relation_and_is_kept(world: World, company: str) -> None:
    page = await opened(world, "/explore")

    await page.get_by_role("combobox", name="Find a record to begin with").fill("Palegrove")
    await page.get_by_role("option", name=re.compile("Palegrove Builders")).click()
    await page.get_by_text("3 records, 2 links").wait_for()
    picked = page.get_by_role("complementary", name="Selected")
    await picked.get_by_role("button", name=re.compile("Ada Lovelace")).click()
    await picked.get_by_role("button", name=re.compile("^Acquaintances")).click()
    await page.get_by_text("4 records, 3 links").wait_for()
    await page.get_by_role("button", name=re.compile("^People")).click()
    await page.get_by_text("1 record, 0 links").wait_for()
    await page.get_by_role("button", name="Knows").filter(has_text="0 / 1").wait_for()
    await page.go_back()
    await page.get_by_text("4 records, 3 links").wait_for()
    await page.get_by_role("button", name="Scenes").click()
    await page.get_by_label("Keep this scene as").fill("Around Ada")
    await page.get_by_role("button", name="Keep", exact=True).click()
    await page.get_by_text("Scene kept.").wait_for()

    query = "{ savedPages(kind: SCENE) { name body } }"
    told = await (await page.request.post(f"{world.address}/graphql", data={"query": query})).json()
    (scene,) = told["data"]["savedPages"]
    assert (scene["name"], scene["body"]["search"]["from"], len(scene["body"]["places"])) == (
        "Around Ada",
        [company],
        4,
    )
    assert page.complaints == []


async def test_what_is_chosen_is_let_go_of_by_escape_and_by_its_cross(world: World, company: str) -> None:
    page = await opened(world, f"/explore?from={company}")
    panel = page.get_by_role("complementary", name="Selected")
    everybody = panel.get_by_role("heading", name="Selected")
    record = panel.get_by_role("button", name=re.compile("Ada Lovelace"))

    await record.click()
    assert await panel.evaluate("panel => panel === document.activeElement")
    await panel.get_by_role("button", name="Clear the choice").click()
    await everybody.wait_for()
    await record.click()
    await panel.get_by_role("link", name="Ada Lovelace").wait_for()
    await page.keyboard.press("Escape")
    await everybody.wait_for()

    assert "pick=" not in page.url
    assert page.complaints == []


async def test_shades_of_a_score_have_a_scale(world: World, company: str) -> None:
    page = await opened(world, f"/explore?from={company}")
    scale = page.get_by_role("img", name="Churn risk: pale is 0%, full is 100%")

    await page.get_by_label("Colour by").select_option("churn")
    await scale.get_by_text("no score").wait_for()
    await page.get_by_label("Colour by").select_option("type")
    await scale.wait_for(state="detached")

    assert page.complaints == []


@pytest.fixture(scope="module")
async def buyer(world: World) -> str:
    """A company with three orders, of different days and amounts."""
    made = CrmWorld()
    buyer = made.company("Filterhof Mills", city="Łódź")
    for on, total in (("2026-01-10", "100"), ("2026-03-01", "250.50"), ("2026-05-05", "900")):
        made.order(buyer, date.fromisoformat(on), total, "EUR")
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    return buyer


async def test_a_drawing_is_filtered_by_amounts_and_days_that_chips_take_off_again(world: World, buyer: str) -> None:
    page = await opened(world, f"/explore?from={buyer}")
    add = page.get_by_label("Filter by a field")
    await page.get_by_text("4 records, 3 links").wait_for()

    await add.select_option("Order total")
    await page.get_by_role("textbox", name="From", exact=True).fill("200")
    await page.get_by_text("3 records, 2 links").wait_for()
    await add.select_option("Order orderedOn")
    on = page.get_by_role("group", name=re.compile("Order: Ordered"))
    await on.get_by_role("textbox", name="To", exact=True).fill("2026/3/31")
    await page.keyboard.press("Enter")
    await page.get_by_text("2 records, 1 link").wait_for()
    chips = page.get_by_role("list", name="Filtered by").get_by_role("button")
    assert await chips.count() == 2
    await page.go_back()
    await page.get_by_text("3 records, 2 links").wait_for()
    await page.go_forward()
    await page.get_by_text("2 records, 1 link").wait_for()
    await chips.first.focus()
    await page.keyboard.press("Enter")
    await page.get_by_text("3 records, 2 links").wait_for()
    await page.wait_for_function("document.activeElement.closest('.graph-chips')")
    await on.get_by_role("button", name=re.compile("Take the filter off")).press("Enter")
    await page.get_by_text("4 records, 3 links").wait_for()
    await page.wait_for_function("document.activeElement.closest('.graph-value-add')")

    assert await chips.count() == 0
    assert page.complaints == []


async def test_the_bar_of_time_lies_below_the_drawing(world: World, buyer: str) -> None:
    page = await opened(world, f"/explore?from={buyer}&day=2026-02-01")
    bar, drawing = page.locator(".graph-time"), page.locator(".graph-canvas")
    await bar.wait_for()
    await page.get_by_text("2 records, 1 link").wait_for()

    above, below = await drawing.bounding_box(), await bar.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    inner = await page.locator(".graph-canvas canvas").first.bounding_box()
    assert inner is not None
    assert abs(inner["height"] - above["height"]) <= 1
    await page.get_by_role("button", name="Back to today").click()
    await page.get_by_text("4 records, 3 links").wait_for()
    assert page.complaints == []


async def test_a_filter_by_a_text_is_sent_as_an_address_and_reads_well_in_persian_on_a_phone(
    world: World, buyer: str
) -> None:
    page = await opened(world, f"/explore?from={buyer}")
    await page.get_by_label("Filter by a field").select_option("Company city")
    await page.get_by_role("textbox", name="Contains").fill("ŁÓD")
    await page.get_by_role("list", name="Filtered by").get_by_role("button").wait_for()
    await page.get_by_text("4 records, 3 links").wait_for()
    await page.get_by_role("textbox", name="Contains").fill("Berlin")
    await page.get_by_text("3 records, 0 links").wait_for()

    phone = await opened(world, page.url.removeprefix(world.address), language="fa", width=390)
    chip = phone.get_by_role("list", name="پالوده با").get_by_role("button")
    await chip.wait_for()
    box = await chip.bounding_box()

    assert box is not None
    assert box["height"] >= 40
    assert (box["x"] >= 0, box["x"] + box["width"] <= 390) == (True, True)
    await chip.click()
    await phone.get_by_text(re.compile("۴ رکورد")).wait_for()
    assert page.complaints == phone.complaints == []


async def test_a_link_to_a_page_is_copied_over_a_plain_line_too(world: World, company: str) -> None:
    page = await opened(world, f"/explore?from={company}")
    await page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})")

    await page.get_by_role("button", name="Scenes").click()
    await page.get_by_role("button", name="Copy a link to this").click()
    await page.get_by_text("Link copied").wait_for()
    await page.keyboard.press("Escape")
    field = page.get_by_role("combobox", name="Add a record")
    await field.focus()
    await page.keyboard.press("ControlOrMeta+V")

    assert await field.input_value() == page.url
    assert page.complaints == []


async def test_a_scene_is_copied_as_a_query_that_tells_the_same(world: World, company: str) -> None:
    page = await opened(world, f"/explore?from={company}")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=world.address)
    await page.get_by_text("3 records, 2 links").wait_for()

    await page.get_by_role("button", name="Export", exact=True).click()
    await page.get_by_role("menuitem", name="Copy as a query of the API").click()
    await page.get_by_text("Copied: one query").wait_for()
    query = await page.evaluate("navigator.clipboard.readText()")
    told = await (await page.request.post(f"{world.address}/graphql", data={"query": query})).json()

    assert "errors" not in told
    drawn = told["data"]["part1"]
    assert sorted(each["record"]["title"] for each in drawn["records"]) == [
        "Ada Lovelace",
        "Palegrove Builders",
        "Карпов Василий",
    ]
    assert [each["relation"] for each in drawn["links"]] == ["WORKS_AT", "WORKS_AT"]


async def test_what_a_line_is_drawn_around_is_chosen_hidden_and_comes_back(world: World, company: str) -> None:
    page = await opened(world, f"/explore?from={company}")
    await page.get_by_text("3 records, 2 links").wait_for()

    await page.get_by_role("button", name="Draw around records").click()
    box = await page.locator(".graph-lasso").bounding_box()
    assert box is not None
    corners = ((0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.5, 0.9), (0.02, 0.98))
    places = [(box["x"] + box["width"] * across, box["y"] + box["height"] * down) for across, down in corners]
    # the search field lies over the upper edge, the tools over the lower: the pointer goes down in the middle of the left
    await page.mouse.move(box["x"] + 6, box["y"] + box["height"] / 2)
    await page.mouse.down()
    for across, down in places:
        await page.mouse.move(across, down)
    await page.mouse.up()
    await page.get_by_role("heading", name="3 chosen").wait_for()
    await page.get_by_role("complementary", name="Selected").get_by_role("button", name="Hide").click()
    await page.get_by_text("0 records, 0 links").wait_for()
    await page.go_back()
    await page.get_by_text("3 records, 2 links").wait_for()

    assert page.complaints == []


async def test_chosen_records_are_drawn_as_one_and_taken_apart_again(world: World, company: str) -> None:
    page = await opened(world, f"/explore?from={company}")
    await page.get_by_text("3 records, 2 links").wait_for()
    panel = page.get_by_role("complementary", name="Selected")
    rows = panel.locator(".graph-row")
    names = [(await rows.nth(place).locator("span").inner_text()) for place in range(3)]

    for name in names[1:]:
        await panel.locator(".graph-row", has_text=name).focus()
        await page.keyboard.press("Shift+Enter")
    await panel.get_by_role("heading", name="2 chosen").wait_for()
    await panel.get_by_role("button", name="Group").click()
    await panel.get_by_role("heading", name=f"{names[1]} +1").wait_for()

    await panel.get_by_label("Name of the group").fill("The two")
    await page.keyboard.press("Enter")
    await panel.get_by_role("heading", name="The two").wait_for()
    await page.reload()
    await panel.get_by_role("heading", name="The two").wait_for()
    assert await panel.get_by_role("region", name="In this group").get_by_role("link").count() == 2
    assert await panel.get_by_role("region", name="Linked with").locator(".graph-row").count() == 1

    await panel.get_by_role("button", name="Take apart").click()
    await panel.get_by_role("region", name="Selected").locator(".graph-row").nth(2).wait_for()
    await page.go_back()
    await panel.get_by_role("heading", name="The two").wait_for()

    assert page.complaints == []


async def test_likely_links_tell_their_evidence_and_are_recorded(world: World, company: str) -> None:
    """Sara knows Ada alone, who works at the company: Sara is likely to have to do with it."""
    page = await opened(world, f"/explore?from={company}&hops=2")
    await page.get_by_text("4 records, 3 links").wait_for()
    panel = page.get_by_role("complementary", name="Selected")
    await panel.get_by_role("button", name=re.compile("سارا حسینی")).click()

    await panel.get_by_role("button", name="Likely links").click()
    await page.get_by_text("1 likely link, not recorded").wait_for()
    await page.get_by_text("4 records, 3 links").wait_for()
    assert "likely=" in page.url
    await page.get_by_role("region", name="Lines").get_by_text("likely, not recorded").wait_for()
    await page.reload()
    await panel.get_by_role("region", name="Likely links").get_by_role("button", name=re.compile("Palegrove")).click()
    await panel.get_by_role("heading", name="Likely link not recorded").wait_for()
    shared = panel.get_by_role("region", name="Both are linked with")
    await shared.get_by_role("button", name=re.compile("Ada Lovelace")).wait_for()
    await panel.get_by_text(re.compile("Both are linked to a record with 2 links")).wait_for()
    await looks_well(page, "likely link")

    await panel.get_by_role("region", name="Record it as").get_by_role("button", name="Employers").click()
    await page.get_by_role("dialog").get_by_role("button", name="Link", exact=True).click()
    await page.get_by_text("4 records, 4 links").wait_for()
    await panel.get_by_role("button", name="Likely links").click()
    await panel.get_by_role("button", name="Likely links", pressed=False).wait_for()

    query = "query ($id: ID!) { company(id: $id) { employees { totalCount } } }"
    asked = await page.request.post(f"{world.address}/graphql", data={"query": query, "variables": {"id": company}})
    assert (await asked.json())["data"]["company"]["employees"]["totalCount"] == 3
    assert page.complaints == []


async def test_the_graph_itself_is_drawn_as_far_as_is_asked_for(world: World, company: str) -> None:
    page = await opened(world, "/explore")

    await page.get_by_role("button", name="300 records").click()
    await page.get_by_text(re.compile(r"^\d+ records, \d+ links")).wait_for()
    await (
        page.get_by_role("complementary", name="What is shown")
        .get_by_role("button", name=re.compile("^People"))
        .wait_for()
    )
    await page.goto(f"{world.address}/explore?whole=20000")
    await page.get_by_text(re.compile(r"^\d+ records, \d+ links")).wait_for()

    assert page.complaints == []


async def test_the_explorer_reads_well(world: World, company: str, soak: bool) -> None:
    pages = {
        "explorer": f"/explore?from={company}",
        "explorer-likely": f"/explore?from={company}&likely={company}&pick={company}",
        "explorer-start": "/explore",
    }

    await reads_well(world, pages, soak=soak, phone=frozenset({"explorer", "explorer-likely"}))

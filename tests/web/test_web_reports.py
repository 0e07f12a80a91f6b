"""Dashboards in a real browser: built by keyboard, saved, read again, followed down to the records."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from browsers import World, opened
from crm_worlds import NOW, CrmWorld

from graph.deliveries import deliver_due
from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def companies(world: World) -> None:
    """Three companies in two cities that no other story names."""
    made = CrmWorld()
    made.company("Ironwood Builders", city="Hammerfest", headcount=18, customerSince=date(2025, 3, 1))
    made.company("Birch Books", city="Hammerfest", headcount=4, customerSince=date(2025, 5, 1))
    made.company("Cedar Crafts", city="Turku", headcount=7)
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)


async def test_a_dashboard_is_built_by_keyboard_saved_and_followed_to_its_records(
    world: World, companies: None
) -> None:
    page = await opened(world, "/reports/new?edit=true")

    await page.get_by_label("Name of the dashboard").fill("Where we are")
    await added(page, "Figure")
    await chosen(page, "Records of", "Companies")
    await added(page, "Bars")
    await chosen(page, "First group", "City")
    await page.get_by_role("button", name="Close the editor").press("Enter")
    await moved_forward(page, "Companies by city")
    await sized(page, "Companies by city")
    await page.get_by_role("button", name="Save").press("Enter")
    await page.get_by_text("Saved.").wait_for()
    await page.reload()
    await page.locator(".kpi-value", has_text=re.compile(rf"^\s*{await counted(page, world)}\s*$")).wait_for()

    assert await page.locator(".tile h2").all_inner_texts() == ["Companies by city", "Companies"]
    assert await page.locator(".tile").first.evaluate("tile => [tile.style.gridColumn, tile.style.gridRow]") == [
        "span 8",
        "span 3",
    ]
    await page.get_by_role("button", name=re.compile("Hammerfest")).press("Enter")
    await page.get_by_role("menuitem", name="Open these records").press("Enter")
    await page.get_by_role("gridcell", name=re.compile("Birch Books")).wait_for()
    await page.locator(".page-head").get_by_text("2 found").wait_for()
    assert await page.get_by_role("gridcell", name=re.compile("Cedar Crafts")).count() == 0


async def counted(page: Any, world: World) -> int:
    """How many companies there are, those of other stories too."""
    count: int = (await asked(page, world, "{ companies { totalCount } }"))["companies"]["totalCount"]
    return count


async def added(page: Any, kind: str) -> None:
    """A tile of a kind, from the menu, by keyboard alone."""
    await page.get_by_role("button", name="Add a tile").press("Enter")
    await page.get_by_role("menuitem", name=kind).press("Enter")
    await page.get_by_role("complementary").wait_for()


async def chosen(page: Any, label: str, option: str) -> None:
    await page.get_by_label(label, exact=True).select_option(label=option)


async def moved_forward(page: Any, title: str) -> None:
    """The tile taken by Space, carried to the left, and put down."""
    handle = page.get_by_role("button", name=f"Move “{title}”")
    await handle.press("Space")
    for key in ("ArrowLeft", "Space"):
        await page.wait_for_timeout(250)  # the drag measures anew after each step
        await page.keyboard.press(key)
    await page.wait_for_timeout(250)


async def sized(page: Any, title: str) -> None:
    """The tile pulled wider by its corner, and made higher by a key."""
    grip = page.get_by_role("button", name=f"Size “{title}”")
    await grip.scroll_into_view_if_needed()
    box = await grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 220, y, steps=5)
    await page.mouse.up()
    await grip.press("ArrowDown")


PRINTED = """() => {
  const tiles = [...document.querySelectorAll('.tile')];
  const scrolled = (part) => part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY !== 'visible';
  const cut = tiles.filter((tile) => [...tile.querySelectorAll('.rows-chart, .sheet-table, .funnel')].some(scrolled));
  const labels = [...document.querySelectorAll('.column small > span')].filter((label) => label.textContent);
  const places = labels.map((label) => label.getBoundingClientRect());
  const met = places.filter((place, at) => at && place.top === places[at - 1].top && place.left < places[at - 1].right);
  return [cut.length, met.length, labels.length, document.documentElement.hasAttribute('data-paper')];
}"""


async def test_on_paper_no_tile_is_cut_and_no_label_lies_over_another(world: World, companies: None) -> None:
    made = CrmWorld()
    for month in range(1, 13):
        made.record("Task", subject=f"Month {month}", status="open", dueOn=date(2026, month, 5))
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    page = await opened(world, "/reports/new?edit=true")
    await added(page, "Bars")
    await chosen(page, "Records of", "Tasks")
    await chosen(page, "First group", "Due on")
    await added(page, "Bars")
    await chosen(page, "Records of", "Companies")
    await chosen(page, "First group", "Name")
    await chosen(page, "Height", "1")
    await page.get_by_role("button", name="Close the editor").press("Enter")
    await page.locator(".column").first.wait_for()
    await page.locator(".row-bar").first.wait_for()
    await page.locator(".bone").first.wait_for(state="detached")

    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await page.emulate_media(media="print")
    await page.set_viewport_size({"width": 703, "height": 1000})

    cut, met, labels, on_paper = await page.evaluate(PRINTED)
    assert (cut, met, on_paper) == (0, 0, True)
    assert labels > 1
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not (await page.evaluate(PRINTED))[-1]


KEEP = "mutation ($input: SavePageInput!) { savePage(input: $input) { savedPage { id } errors { code } } }"
IN_HAMMERFEST = {
    "id": "a",
    "kind": "kpi",
    "source": {"type": "Company", "text": "city = 'Hammerfest'", "measures": [{"figure": "count"}]},
}


async def asked(page: Any, world: World, query: str, **variables: Any) -> Any:
    answer = await page.request.post(f"{world.address}/graphql", data={"query": query, "variables": variables})
    return (await answer.json())["data"]


async def figure(page: Any, value: int) -> None:
    """Waits until the figure of the dashboard is this one."""
    await page.locator(".kpi-value", has_text=re.compile(rf"^\s*{value}\s*$")).wait_for()


async def test_a_dashboard_comes_by_itself_and_opens_with_the_figures_of_its_moment(
    world: World, companies: None
) -> None:
    page = await opened(world, "/reports")
    kept = await asked(
        page, world, KEEP, input={"kind": "DASHBOARD", "name": "Hammerfest", "body": {"tiles": [IN_HAMMERFEST]}}
    )
    board = kept["savePage"]["savedPage"]["id"]
    await page.goto(f"{world.address}/reports/{board}")

    await page.get_by_role("button", name="More for this dashboard").click()
    await page.get_by_role("menuitem", name="Bring it to me…").press("Enter")
    await page.get_by_label("How often").select_option("MONTH")
    await page.get_by_label("On", exact=True).select_option("31")
    await page.get_by_label(re.compile("^Time")).fill("07:30")
    await page.get_by_role("button", name="Save").press("Enter")
    await page.get_by_role("button", name="Every month on its last day at 07:30").wait_for()
    await figure(page, 2)
    await deliver_due(world.database, now=datetime.now(UTC) + timedelta(days=32))
    made = CrmWorld()
    made.company("Later Lights", city="Hammerfest", headcount=1)
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=datetime.now(UTC))
    await page.reload()
    await figure(page, 3)

    nodes = (await asked(page, world, "{ notifications { nodes { kind subject at } } }"))["notifications"]["nodes"]
    (at,) = [each["at"] for each in nodes if (each["kind"], each["subject"]) == ("page_due", board)]
    await page.goto(f"{world.address}/reports/{board}?at={quote(at)}")
    await page.get_by_text("Figures as they were known on").wait_for()
    await figure(page, 2)
    await page.get_by_role("button", name="Show now").press("Enter")
    await figure(page, 3)
    await page.get_by_role("button", name="Every month on its last day at 07:30").press("Enter")
    await page.get_by_role("button", name="Bring it no more").press("Enter")
    await page.get_by_text("It comes no more.").wait_for()
    await page.get_by_role("button", name="Undo").press("Enter")
    await page.get_by_role("button", name="Every month on its last day at 07:30").wait_for()
    await page.goto(f"{world.address}/reports")
    await page.get_by_role("img", name="Every month on its last day at 07:30").wait_for()
    assert page.complaints == []


async def test_flows_lines_and_parts_of_bars_are_followed_to_their_records(world: World, companies: None) -> None:
    page = await opened(world, "/reports")
    hammerfest = {"type": "Company", "text": "city = 'Hammerfest'", "measures": [{"figure": "count"}]}
    flows = {"id": "f", "kind": "sankey", "source": {**hammerfest, "by": [{"field": "city"}, {"field": "name"}]}}
    lines = {"id": "l", "kind": "line", "source": {**hammerfest, "by": [{"field": "customerSince", "unit": "MONTH"}]}}
    bars = {"id": "b", "kind": "bar", "source": {**hammerfest, "by": [{"field": "city"}, {"field": "name"}]}}
    kept = await asked(
        page, world, KEEP, input={"kind": "DASHBOARD", "name": "Keys", "body": {"tiles": [flows, lines, bars]}}
    )
    address = f"{world.address}/reports/{kept['savePage']['savedPage']['id']}"

    await page.goto(address)
    flow = page.get_by_role("button", name="Hammerfest – Birch Books: 1")
    await flow.press("Enter")
    await page.get_by_role("menuitem", name="Open these records").press("Escape")
    assert await flow.evaluate("flow => flow === document.activeElement")
    await flow.press("Enter")
    await page.get_by_role("menuitem", name="Open these records").press("Enter")
    await page.get_by_role("gridcell", name=re.compile("Birch Books")).wait_for()
    await page.locator(".page-head").get_by_text("1 found").wait_for()

    await page.goto(address)
    reach = page.get_by_role("slider")
    await reach.press("Home")
    first = await reach.get_attribute("aria-valuetext")
    await reach.press("ArrowRight")
    assert await reach.get_attribute("aria-valuetext") != first
    await reach.press("Enter")
    await page.get_by_role("menuitem", name="Open these records").wait_for()
    await page.keyboard.press("Escape")

    bar = page.locator(".row-bar")
    await bar.press("Enter")
    await page.get_by_text("Hammerfest", exact=True).last.wait_for()
    await page.get_by_role("menuitem", name="Open these records").press("Escape")
    names = await page.locator(".legend li").all_inner_texts()
    await bar.locator("[data-part]").nth(names.index("Birch Books")).click()
    await page.get_by_role("menuitem", name="Open these records").press("Enter")
    await page.get_by_role("gridcell", name=re.compile("Birch Books")).wait_for()
    await page.locator(".page-head").get_by_text("1 found").wait_for()
    assert page.complaints == []

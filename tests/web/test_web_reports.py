"""Dashboards in a real browser: built by keyboard, saved, read again, followed down to the records."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from browsers import World, opened
from crm_worlds import NOW, CrmWorld

from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def companies(world: World) -> None:
    """Three companies in two cities that no other story names."""
    made = CrmWorld()
    made.company("Ironwood Builders", city="Bergen", headcount=18)
    made.company("Birch Books", city="Bergen", headcount=4)
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
    await page.get_by_role("button", name="Save").press("Enter")
    await page.get_by_text("Saved.").wait_for()
    await page.reload()
    await page.locator(".kpi-value", has_text=re.compile(rf"^\s*{await counted(page, world)}\s*$")).wait_for()

    assert await page.locator(".tile h2").all_inner_texts() == ["Companies by city", "Companies"]
    await page.get_by_role("button", name=re.compile("Bergen")).press("Enter")
    await page.get_by_role("menuitem", name="Open these records").press("Enter")
    await page.get_by_role("gridcell", name=re.compile("Birch Books")).wait_for()
    assert "2 found" in await page.locator(".page-head").inner_text()
    assert await page.get_by_role("gridcell", name=re.compile("Cedar Crafts")).count() == 0


async def counted(page: Any, world: World) -> int:
    """How many companies there are, those of other stories too."""
    told = await page.request.post(f"{world.address}/graphql", data={"query": "{ companies { totalCount } }"})
    count: int = (await told.json())["data"]["companies"]["totalCount"]
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

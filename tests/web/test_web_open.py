"""Whatever opens over a page: every menu and dialog reads well while it is open, and Escape closes it alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from browsers import SHORT, World, looks_well, opened
from crm_worlds import NOW, CrmWorld

from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio

# what opens a menu or a dialog; lists of suggestions open while one types
MARKED = """() => [...document.querySelectorAll('[aria-haspopup=menu], [aria-haspopup=dialog]')]
  .filter((each) => each.checkVisibility() && !each.disabled && !each.closest('[role=menu], [role=dialog]'))
  .map((each, place) => {
    each.dataset.opens = place;
    return [place, each.getAttribute('aria-label') || each.innerText];
  })"""
TODAY = datetime.now(UTC).date()
OPEN = "[role=menu]:visible, [role=dialog]:visible"


@pytest.fixture(scope="module")
async def company(world: World) -> str:
    """A company whose one task waits, so that its page and the first one have all their menus."""
    made = CrmWorld()
    company = made.company("Juniper Joinery", city="Oslo", headcount=12)
    task = made.record("Task", subject="Call the joinery", status="open", dueOn=TODAY - timedelta(days=3))
    made.link(task, "ABOUT", company)
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    return company


@pytest.mark.parametrize(("language", "theme", "width"), SHORT)
async def test_every_menu_and_dialog_reads_well_while_it_is_open(
    world: World, company: str, language: str, theme: str, width: int
) -> None:
    paths = (
        "/", "/t/Company", f"/r/{company}", "/reports/flow?edit=true", f'/explore?from=["{company}"]',
        "/admin", "/model?type=Company", "/what-if",
    )  # fmt: skip
    seen: set[str] = set()
    for path in paths:
        page = await opened(world, path, language=language, theme=theme, width=width)
        await page.locator("h1").first.wait_for()
        await page.locator(".bone").first.wait_for(state="detached")
        for place, label in await page.evaluate(MARKED):
            if (kind := re.split("[:“«]", label)[0]) not in seen:
                seen.add(kind)
                await opens_and_closes(page, f"[data-opens='{place}']", f"{label} of {path} in {language} {theme}")
        await page.context.close()

    assert len(seen) >= len(paths)


async def opens_and_closes(page: Any, opener: str, where: str) -> None:
    """By a press; axe looks at it, and Escape gives the focus back to what opened it."""
    await page.locator(opener).click()
    await page.locator(OPEN).first.wait_for()
    await page.wait_for_timeout(250)  # what fades in has no contrast yet
    await looks_well(page, where)
    await page.keyboard.press("Escape")
    await page.locator(OPEN).first.wait_for(state="detached")
    assert await page.evaluate("opener => document.activeElement?.matches(opener)", opener), where


async def test_escape_closes_the_menu_of_a_panel_and_not_the_panel(world: World) -> None:
    page = await opened(world, "/model?type=Company")

    await page.get_by_role("button", name="More about Company").click()
    await page.get_by_role("menu").wait_for()
    await page.keyboard.press("Escape")
    await page.get_by_role("menu").wait_for(state="detached")
    await page.get_by_role("complementary", name="Company").wait_for()
    await page.keyboard.press("Escape")

    await page.get_by_role("complementary", name="Company").wait_for(state="detached")

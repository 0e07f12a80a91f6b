"""Two runs compared in a real browser: the ways by which risk came before and comes now, drawn beside each other."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from browsers import World, looks_well, opened
from crm_worlds import CrmWorld

from analytics.runs import carry_out
from graph import runs, sequencer
from graph.unit import write
from models.actor import SYSTEM
from models.commands import Unlink
from models.runs import RunRequest

pytestmark = pytest.mark.anyio
TODAY = datetime.now(UTC).date()
LOOKS = (("en", "light", 1440), ("fa", "dark", 390))
OPEN = {"en": re.compile("ways? of risk"), "ru": re.compile("риска"), "fa": re.compile("مسیر ریسک")}


async def _churn(world: World) -> str:
    """A run of churn over all companies, carried out; its id."""
    await sequencer.number(world.database)
    asked = await runs.request(world.database, SYSTEM, RunRequest("churn", "Company"))
    claim = await runs.claim(world.database, "stories", id=asked.id)
    assert claim is not None
    await carry_out(world.database, world.registry, claim, folder=None)
    return asked.id


@pytest.fixture(scope="module")
async def compared(world: World) -> str:
    """Where two runs are compared: Kestrel Mills was referred by one that is silent, by one that has left since the first."""
    made = CrmWorld()
    gone, came = made.company("Ambergate Mills"), made.company("Brightsea Mills", leftOn=TODAY - timedelta(days=40))
    kept = made.company("Kestrel Mills")
    referred = made.link(gone, "REFERRED", kept)
    for company, last in ((gone, 300), (came, 280), (kept, 30)):
        for back in range(6):
            made.order(company, TODAY - timedelta(days=last + 45 * back), "120.00")
    await made.write(world.database, world.registry.model)
    before = await _churn(world)
    made.link(came, "REFERRED", kept)
    await made.write(world.database, world.registry.model)
    await write(world.database, world.registry.model, SYSTEM, [Unlink("REFERRED", referred)], now=datetime.now(UTC))
    return f"/churn?tab=moved&type=Company&a={before}&b={await _churn(world)}"


async def _pictures_open(page: Any, language: str) -> Any:
    """The entry of Kestrel Mills with its ways drawn."""
    entry = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Kestrel Mills", exact=True)).first
    await entry.get_by_role("button", name=OPEN[language]).click()
    await entry.get_by_role("figure").nth(1).wait_for()
    await entry.locator(".bone").first.wait_for(state="detached")
    return entry


async def test_ways_that_are_not_as_they_were_are_drawn_as_before_and_after(world: World, compared: str) -> None:
    page = await opened(world, compared)

    entry = await _pictures_open(page, "en")
    before = entry.get_by_role("figure", name="Kestrel Mills: Before").get_by_role("img")
    after = entry.get_by_role("figure", name="Kestrel Mills: After").get_by_role("img")

    assert await before.get_attribute("aria-label") == "Before Ambergate Mills → Kestrel Mills"
    assert await after.get_attribute("aria-label") == "After Brightsea Mills → Kestrel Mills"
    await entry.get_by_role("link", name="Brightsea Mills").wait_for()
    await entry.get_by_text("new", exact=True).wait_for()
    await before.locator(".flow").click(force=True)
    await entry.get_by_role("link", name="Ambergate Mills").wait_for()
    await entry.get_by_text("gone", exact=True).wait_for()
    await entry.get_by_role("button", name=OPEN["en"]).click()
    await entry.get_by_role("figure").first.wait_for(state="detached")
    assert page.complaints == []


async def test_a_press_on_a_bar_or_a_row_leads_to_the_records_behind_it(world: World, compared: str) -> None:
    page = await opened(world, "/churn?type=Company")
    high = page.get_by_role("group", name="Bands of risk").get_by_role("button", name=re.compile(r"High\W*\d"))
    rows = page.get_by_role("grid").get_by_role("row").filter(has=page.get_by_text("High", exact=True))
    await rows.first.wait_for()
    counted = int((await high.inner_text()).split()[-1])
    assert await rows.count() == counted  # without those who have left

    row = page.get_by_role("row").filter(has_text="Ambergate Mills")
    await row.get_by_role("gridcell").nth(2).click()
    await page.get_by_role("heading", name="Ambergate Mills").wait_for()
    assert await row.get_attribute("aria-selected") == "true"
    await page.get_by_role("row").filter(has_text="Kestrel Mills").get_by_role("gridcell").first.click()
    await page.get_by_role("heading", name="Kestrel Mills").wait_for()
    await page.go_back()
    await page.get_by_text("Choose a record to see").wait_for()

    bar = page.get_by_role("figure", name="How the risk is spread").get_by_role("link").last
    told = re.search(r": (\d+) record", await bar.get_attribute("aria-label") or "")
    assert told is not None
    await bar.click()
    await page.get_by_text(f"{told[1]} found").wait_for()
    assert page.complaints == []


async def test_a_ranking_is_opened_as_a_list_in_its_order(world: World, compared: str) -> None:
    page = await opened(world, "/churn?type=Company")
    query = """{ companies(whereText: "insights.churn.risk >= 0 and not insights.churn.left",
      orderBy: [{insights: {churn: {risk: DESC}}}]) { nodes { displayName } } }"""
    told = await (await page.request.post(f"{world.address}/graphql", data={"query": query})).json()
    by_risk = [each["displayName"] for each in told["data"]["companies"]["nodes"]]

    await page.get_by_role("link", name="Open as a list").click()
    await page.get_by_text(f"{len(by_risk)} found").wait_for()
    rows = page.get_by_role("grid").get_by_role("row")
    await rows.filter(has_text=by_risk[-1]).wait_for()
    texts = await rows.all_inner_texts()

    assert [name for text in texts for name in by_risk if name in text] == by_risk
    await page.goto(page.url.replace("DESC", "ASC"))
    await rows.filter(has_text=by_risk[-1]).wait_for()
    turned = await rows.all_inner_texts()
    assert [name for text in turned for name in by_risk if name in text] == by_risk[::-1]
    assert page.complaints == []


async def test_the_pictures_read_well(world: World, compared: str, soak: bool) -> None:
    pictures = os.environ.get("XRM_TEST_PICTURES")
    every = [(each, theme, width) for each in OPEN for theme in ("light", "dark") for width in (1440, 390)]
    for language, theme, width in every if soak else LOOKS:
        page = await opened(world, compared, language=language, theme=theme, width=width)
        entry = await _pictures_open(page, language)
        await entry.scroll_into_view_if_needed()
        where = f"compared {language} {theme} {width}"
        if pictures:
            await page.screenshot(path=Path(pictures) / f"{where.replace(' ', '-')}.png")
        await looks_well(page, where)
        await page.context.close()

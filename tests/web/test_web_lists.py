"""Lists in a real browser: a card carried over a board by keyboard and taken back, a Persian calendar, how they read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from browsers import World, opened, reads_well
from crm_worlds import NOW, CrmWorld

from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio

STAGES = {"Harvest contract": "prospecting", "Spring order": "engaging", "Winter stock": "engaging"}


@pytest.fixture(scope="module")
async def deals(world: World) -> str:
    """Three deals in two stages, all of them expected today; the day."""
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Tehran")).date()
    made = CrmWorld()
    for name, stage in STAGES.items():
        made.record("Deal", name=name, stage=stage, expectedOn=today)
    made.company("Lakemoor Builders", country="ایران")
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    return today.isoformat()


async def stages(page: Any, address: str) -> dict[str, str]:
    asked = await page.request.post(f"{address}/graphql", data={"query": "{ deals { nodes { name stage } } }"})
    return {each["name"]: each["stage"] for each in (await asked.json())["data"]["deals"]["nodes"]}


async def test_a_card_is_carried_to_another_stage_by_keyboard_and_taken_back(world: World, deals: str) -> None:
    page = await opened(world, "/t/Deal?view=board&by=stage")

    await page.get_by_role("button", name="Move Harvest contract").focus()
    await page.keyboard.press("Space")
    await page.get_by_text("Over prospecting.").wait_for(state="attached")
    await page.keyboard.press("ArrowRight")
    await page.get_by_text("Over engaging.").wait_for(state="attached")
    await page.keyboard.press("Space")
    await page.get_by_role("region", name="engaging").get_by_role("link", name="Harvest contract").wait_for()
    await page.get_by_text("Saved.").wait_for()
    assert await stages(page, world.address) == {**STAGES, "Harvest contract": "engaging"}

    await page.get_by_role("button", name="Undo").click()
    await page.get_by_role("region", name="prospecting").get_by_role("link", name="Harvest contract").wait_for()
    assert await stages(page, world.address) == STAGES


async def test_a_persian_calendar_shows_today_and_begins_its_weeks_on_saturday(world: World, deals: str) -> None:
    page = await opened(world, "/t/Deal?view=calendar&by=expectedOn", language="fa")

    today = page.locator(".day[data-today]")
    await today.get_by_role("link", name="Harvest contract").wait_for()
    assert await page.locator(".weekdays span").first.inner_text() == "شنبه"
    first = await page.locator(".weekdays span").first.bounding_box()
    last = await page.locator(".weekdays span").last.bounding_box()
    assert first["x"] > last["x"]


async def test_every_view_of_a_list_reads_well(world: World, deals: str, soak: bool) -> None:
    pages = {
        "board": "/t/Deal?view=board", "calendar": "/t/Deal?view=calendar&by=expectedOn", "groups": "/t/Deal?group=stage",
        "time line": "/t/Deal?view=timeline&by=expectedOn", "map": "/t/Company?view=map",
    }  # fmt: skip

    await reads_well(world, pages, soak=soak, phone=frozenset({"board", "calendar"}))

"""Lists in a real browser: a card carried over a board by keyboard and taken back, a Persian calendar, how they read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from browsers import World, carried, opened, reads_well
from crm_worlds import NOW, CrmWorld

from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio

# as a unit of work writes them, but for the trail that it leaves
MANY = """UNWIND range(1, $many) AS n WITH right('000' + n, 4) AS number, datetime('2026-06-15T12:00:00Z') AS at
CREATE (:Record:Campaign {id: '01890000-0000-7abc-8000-00000000' + number, version: 1, createdAt: at, updatedAt: at,
  validFrom: at, knownFrom: at, name: 'Leaflet ' + number})"""
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
    await carried(page, "ArrowRight", "Over prospecting.", "Over engaging.")
    await page.keyboard.press("Space")
    await page.get_by_role("region", name="engaging").get_by_role("link", name="Harvest contract").wait_for()
    await page.get_by_text("Saved.").wait_for()
    assert await stages(page, world.address) == {**STAGES, "Harvest contract": "engaging"}
    grip = page.get_by_role("region", name="engaging").get_by_role("button", name="Move Harvest contract")
    assert await grip.evaluate("grip => grip === document.activeElement")

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


async def test_a_long_list_is_read_where_it_is_looked_at_and_found_again_there(world: World) -> None:
    await world.database.driver.execute_query(MANY, many=1_234, database_=world.database.name)
    page = await opened(world, "/t/Campaign?" + urlencode({"text": "name starts with 'Leaflet '"}))
    first = page.get_by_role("gridcell", name="Leaflet 0001")
    await first.click()
    assert await page.get_by_role("grid").get_attribute("aria-rowcount") == "1235"

    await page.keyboard.press("Control+End")
    last = page.get_by_role("row").filter(has_text="Leaflet 1234")
    await last.wait_for()
    assert await last.get_attribute("aria-rowindex") == "1235"
    await page.get_by_role("link", name="Leaflet 1230").click()
    await page.get_by_role("heading", name="Leaflet 1230").wait_for()
    await page.go_back()
    await page.get_by_role("link", name="Leaflet 1230").wait_for()

    await page.locator(".grid").evaluate("grid => { grid.scrollTop = grid.scrollHeight / 2; }")
    await page.get_by_role("gridcell", name="Leaflet 0620").first.click()
    await page.keyboard.press("Control+Home")
    await first.wait_for()


async def heads(page: Any) -> list[str]:
    """What the columns are called, in their order."""
    await page.get_by_role("columnheader", name="Stage").wait_for()
    return [(await each.inner_text()).strip() for each in await page.locator(".grid-head [role=columnheader]").all()]


async def test_columns_are_carried_by_mouse_and_sent_by_keys_and_stay_where_they_were_put(
    world: World, deals: str
) -> None:
    page = await opened(world, "/t/Deal")
    name, first, second, *rest = await heads(page)
    columns = page.locator(".grid-head [role=columnheader]")

    from_, to = await columns.nth(1).bounding_box(), await columns.nth(2).bounding_box()
    await page.mouse.move(from_["x"] + 20, from_["y"] + 12)
    await page.mouse.down()
    await page.mouse.move(to["x"] + to["width"] / 2, to["y"] + 12, steps=6)
    await page.mouse.up()
    assert await heads(page) == [name, second, first, *rest]

    await columns.nth(2).get_by_role("button").focus()
    await page.keyboard.press("Shift+ArrowLeft")
    assert await heads(page) == [name, first, second, *rest]
    await page.keyboard.press("Shift+ArrowLeft")
    assert await heads(page) == [name, first, second, *rest]
    await columns.nth(1).get_by_role("button").focus()
    await page.keyboard.press("Shift+ArrowRight")
    await page.reload()

    assert await heads(page) == [name, second, first, *rest]


async def expected(page: Any, world: World, name: str) -> date:
    query = "query($name: String!) { deals(where: {name: {eq: $name}}) { nodes { expectedOn } } }"
    asked = await page.request.post(f"{world.address}/graphql", data={"query": query, "variables": {"name": name}})
    return date.fromisoformat((await asked.json())["data"]["deals"]["nodes"][0]["expectedOn"])


async def test_a_day_is_typed_into_its_cell_and_kept_on_enter(world: World, deals: str) -> None:
    page = await opened(world, "/t/Deal?" + urlencode({"text": "name = 'Spring order'"}), language="fa")
    row = page.get_by_role("row").filter(has_text="Spring order")
    await row.wait_for()
    titles = await page.locator(".grid-head [role=columnheader]").all_inner_texts()
    cell = row.get_by_role("gridcell").nth([each.strip() for each in titles].index("تاریخ پیش‌بینی‌شدهٔ پایان"))

    await cell.dblclick()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("۱۴۰۴/۱۲/۳۰")
    await page.keyboard.press("Enter")
    await page.get_by_text("چیزی تغییر نکرد").wait_for()
    assert await expected(page, world, "Spring order") == date.fromisoformat(deals)

    await cell.dblclick()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("۱۴۰۴/۱۲/۲۹")
    await page.keyboard.press("Enter")
    await page.get_by_text("ذخیره شد.").wait_for()
    assert await expected(page, world, "Spring order") == date(2026, 3, 20)
    await page.get_by_role("button", name="واگرد").click()
    await page.get_by_text("برگردانده شد.").wait_for()


async def test_a_bar_of_the_time_line_is_pulled_along_by_a_finger_and_put_back(world: World, deals: str) -> None:
    page = await opened(world, "/t/Deal?view=timeline&by=expectedOn", width=390)
    finger = await page.context.new_cdp_session(page)
    await finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    bar = page.get_by_role("button", name=re.compile("^Spring order"))
    box = await bar.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    await finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 7):
        moved = [{"x": x + step * 8, "y": y}]
        await finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": moved})
    await finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await page.get_by_text("Saved.").wait_for()
    assert await expected(page, world, "Spring order") > date.fromisoformat(deals)

    await page.get_by_role("button", name="Undo").click()
    await page.get_by_text("Taken back.").wait_for()
    assert await expected(page, world, "Spring order") == date.fromisoformat(deals)


async def test_every_view_of_a_list_reads_well(world: World, deals: str, soak: bool) -> None:
    pages = {
        "board": "/t/Deal?view=board", "calendar": "/t/Deal?view=calendar&by=expectedOn", "groups": "/t/Deal?group=stage",
        "time line": "/t/Deal?view=timeline&by=expectedOn", "map": "/t/Company?view=map",
    }  # fmt: skip

    await reads_well(world, pages, soak=soak, phone=frozenset({"board", "calendar"}))

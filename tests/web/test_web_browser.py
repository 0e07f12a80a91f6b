"""The web application in a real browser, on the real server and a real Neo4j: a story, and every page in every look.

Pictures of all pages are written to the folder that XRM_TEST_PICTURES names, for looking at.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graph.unit import write
from models.actor import SYSTEM

playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed: run `make test` once")
from crm_worlds import NOW, CrmWorld, crm_registry  # noqa: E402 - of tests/support, after what may skip

pytestmark = pytest.mark.anyio

WEB = Path(__file__).parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SOON_MS = 60_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {1440: 900, 390: 844}


class World(NamedTuple):
    """A server with a company of five people and its deal, and somebody signed in to it."""

    address: str
    company: str
    browser: Any
    cookies: list[dict[str, Any]]


@pytest.fixture(scope="module")
def program() -> str:
    """The browser of the machine."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    if not (WEB / "dist" / "index.html").is_file() or not AXE.is_file():
        pytest.skip("the web application is not built: run `make test` once")
    return found


@pytest.fixture
async def world(serve: Any, program: str) -> AsyncIterator[World]:
    async with serve(XRM_WEB="on") as api, playwright.async_playwright() as started:
        registry = await crm_registry(api.database)
        made = CrmWorld()
        company = made.company("Amberfield Builders", city="Berlin", headcount=18)
        for name in ("Ada Lovelace", "Карпов Василий", "مریم حسینی"):
            person = made.record("Person", name=name)
            made.link(person, "WORKS_AT", company, role="CTO")
        await write(api.database, registry.model, SYSTEM, made.commands, now=NOW)
        browser = await started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = await browser.new_context()
        credentials = {"username": "ann", "password": api.password}
        entered = await context.request.post(f"{api.address}/auth/login", data=credentials)
        assert entered.ok
        yield World(api.address, company, browser, await context.cookies())
        await browser.close()


async def opened(
    world: World, path: str, *, language: str = "en", theme: str = "light", width: int = 1440, inside: bool = True
) -> Any:
    """A page of the application as one reader sees it; what the console complains about is kept in `complaints`."""
    context = await world.browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
    chosen = json.dumps({"language": language, "theme": theme, "timeZone": "Asia/Tehran"})
    await context.add_init_script(f"localStorage.setItem('xrm.settings', {chosen!r})")
    if inside:
        await context.add_cookies(world.cookies)
    page = await context.new_page()
    page.set_default_timeout(SOON_MS)
    page.complaints = []
    page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    await page.goto(world.address + path)
    return page


async def test_in_persian_on_a_phone_from_the_door_to_a_saved_change(world: World) -> None:
    page = await opened(world, "/t/Company", language="fa", width=390, inside=False)

    await page.get_by_label("نام", exact=True).fill("ann")
    await page.get_by_label("گذرواژه", exact=True).fill("correct horse battery")
    await page.get_by_role("button", name="ورود").click()
    await page.get_by_role("link", name=re.compile("Amberfield Builders")).click()
    await page.get_by_role("heading", level=1, name="Amberfield Builders").wait_for()
    await page.get_by_role("link", name="ویرایش").click()
    await page.get_by_label("شمار کارکنان").fill("۲۵")
    await page.get_by_label("مشتری از تاریخ").fill("۱۴۰۴/۰۹/۰۳")
    await page.get_by_role("button", name="ذخیره").click()
    await page.get_by_text("ذخیره شد.").wait_for()

    query = "{ companies { nodes { headcount customerSince } } }"
    told = await (await page.request.post(f"{world.address}/graphql", data={"query": query})).json()
    assert told["data"]["companies"]["nodes"] == [{"headcount": 25, "customerSince": "2025-11-24"}]
    assert await page.evaluate("document.documentElement.dir") == "rtl"


async def test_a_cell_is_edited_where_it_stands_by_keyboard_and_undone(world: World) -> None:
    page = await opened(world, "/t/Company")

    await page.get_by_role("gridcell", name=re.compile("Amberfield Builders")).click(position={"x": 5, "y": 5})
    for _ in range(4):
        await page.keyboard.press("ArrowRight")
    title = await page.locator("[role=columnheader]").nth(4).inner_text()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("1999")
    await page.keyboard.press("Enter")
    await page.get_by_role("gridcell", name=re.compile("1,?999")).wait_for()
    await page.get_by_role("button", name="Undo").click()
    await page.get_by_text("Taken back.").wait_for()

    assert title
    await page.get_by_role("gridcell", name=re.compile("1,?999")).wait_for(state="detached")


async def test_all_problems_of_a_form_stand_at_their_fields(world: World) -> None:
    page = await opened(world, "/t/Company/new")

    await page.get_by_label("E-mail").fill("nobody")
    await page.get_by_role("button", name="Save").click()

    await page.get_by_role("alert").wait_for()
    invalid = page.locator("[aria-invalid=true]")
    assert {
        await each.evaluate("field => field.labels[0].innerText.replace(/\\W+$/, '')") for each in await invalid.all()
    } == {
        "Name",
        "E-mail",
    }


PHONE = frozenset({"list", "record", "edit"})  # of the phone's pages, what the short form looks at


def pages(world: World) -> dict[str, str]:
    record = f"/r/{world.company}"
    return {
        "home": "/", "list": "/t/Company", "record": record, "relations": f"{record}?tab=relations",
        "history": f"{record}?tab=history", "edit": f"{record}/edit", "new": "/t/Company/new", "settings": "/settings",
    }  # fmt: skip


async def test_every_page_reads_well_in_either_direction_theme_and_width(world: World, soak: bool) -> None:
    looks = [("en", "light", 1440), ("fa", "dark", 390)]
    if soak:
        looks = [(each, theme, width) for each in ("en", "ru", "fa") for theme in ("light", "dark") for width in WIDTHS]
    pictures = os.environ.get("XRM_TEST_PICTURES")

    for language, theme, width in looks:
        on_a_phone_in_short = not soak and width < 1440
        for name, path in pages(world).items():
            if on_a_phone_in_short and name not in PHONE:
                continue
            where = f"{name} {language} {theme} {width}"
            page = await opened(world, path, language=language, theme=theme, width=width)
            await page.locator("h1").first.wait_for()
            await page.locator(".bone").first.wait_for(state="detached")
            if pictures:
                await page.screenshot(path=Path(pictures) / f"{where.replace(' ', '-')}.png")
            assert page.complaints == [], where
            assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, where
            await page.evaluate(AXE.read_text(encoding="utf-8"))
            found = await page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
            assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == [], where
            await page.context.close()

"""A page of the web application as one reader sees it, and what every page must be whoever reads it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from graph.registry import Registry
from graph.session import Database

WEB = Path(__file__).parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SOON_MS = 60_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPEATED = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
}"""
WIDTHS = {1440: 900, 390: 844}
SHORT = [("en", "light", 1440), ("fa", "dark", 390)]
EVERY = [(each, theme, width) for each in ("en", "ru", "fa") for theme in ("light", "dark") for width in WIDTHS]


class World(NamedTuple):
    """A server with the packs core and crm, a browser, and the cookies of an administrator who is signed in."""

    address: str
    database: Database
    registry: Registry
    browser: Any
    cookies: list[dict[str, Any]]
    home: Path


async def opened(
    world: World,
    path: str,
    *,
    language: str = "en",
    theme: str = "light",
    width: int = 1440,
    inside: bool = True,
    worker: bool = False,
) -> Any:
    """A page of the application as one reader sees it; what the console complains about is kept in `complaints`.

    Without `worker` nothing is kept for times without a line but answers: a worker for each page would cost the stories time.
    """
    context = await world.browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, service_workers="allow" if worker else "block"
    )
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


async def carried(page: Any, key: str, before: str, after: str) -> None:
    """Carry what is held one place on; a key that comes before the drag listens is pressed again, as people do."""
    told = page.get_by_text(after)
    while not await told.count():
        if await page.get_by_text(before).count():
            await page.keyboard.press(key)
        await page.wait_for_timeout(500)


async def reads_well(
    world: World, pages: Mapping[str, str], *, soak: bool, phone: frozenset[str] = frozenset()
) -> None:
    """Every page in every look: no complaint, nothing sideways, nothing that axe finds; a picture where one is wanted.

    The short form looks at those of `phone` in Persian by night on one, and at the first other in English at a desk.
    """
    pictures = os.environ.get("XRM_TEST_PICTURES")
    at_desk = [name for name in pages if name not in phone][:1]
    for language, theme, width in EVERY if soak else SHORT:
        for name, path in pages.items():
            if not soak and name not in (phone if width < 1440 else at_desk):
                continue
            where = f"{name} {language} {theme} {width}"
            page = await opened(world, path, language=language, theme=theme, width=width)
            try:
                await page.locator("h1").first.wait_for()
                await page.locator(".bone").first.wait_for(state="detached")
            except Exception as error:
                error.add_note(where)
                raise
            if pictures:
                await page.screenshot(path=Path(pictures) / f"{where.replace(' ', '-')}.png")
            await looks_well(page, where)
            await page.context.close()


async def looks_well(page: Any, where: str) -> None:
    """As it stands now: no complaint, called what it is about, nothing sideways, nothing that axe finds."""
    assert page.complaints == [], where
    heading = page.locator("#page h1")
    if await heading.count():
        name = f"{(await heading.first.text_content()).strip()} – XRM"
        await page.wait_for_function("name => document.title === name", arg=name)
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, where
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    repeated = await page.evaluate(REPEATED)
    assert not repeated, f"{where}: one id for several elements: {repeated}"
    violations = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
    assert not violations, f"{where}: {violations}"

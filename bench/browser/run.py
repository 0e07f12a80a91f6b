"""`python -m bench browser`: the web application before headless Chromium, beside its budgets; needs a built web/dist.

A list of a million records scrolled by wheel, by its bar and to its end; a hub against a small record; first pictures and
waits on the demo's data; the explorer with 20,000 records. One server process, Neo4j and the browser share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from bench.browser import drawing, pages, scrolling, world
from bench.measure import table
from bench.queries import servers
from graph.address import Address
from xrm import demo

DIST = Path(__file__).parents[2] / "web" / "dist" / "index.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
Report = Callable[[str, float | None], None]
Row = tuple[str, str, str]  # what, what came out, the budget


class CannotLook(Exception):
    """There is nothing to look at, or nothing to look with; the message says what is missing."""


def measure(address: Address, folder: Path, options: argparse.Namespace, report: Report) -> str:
    """What came out of each look, and the budget for it, as a Markdown table."""
    program = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if program is None or not DIST.is_file():
        raise CannotLook("The web application must be built (`make demo` does), and Chromium be on the PATH.")
    there_is = asyncio.run(world.made(address, folder, options.scale, report))
    with servers.ours(address, folder) as target:
        rows = asyncio.run(_looked(f"http://127.0.0.1:{target.port}", program, there_is, options.rounds, report))
    return table(("what", "measured", "budget"), rows)


async def _looked(address: str, program: str, there_is: world.World, rounds: int, report: Report) -> list[Row]:
    from playwright.async_api import async_playwright

    async with async_playwright() as started:
        browser = await started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, service_workers="block")
        signed = {"username": demo.ADMINISTRATOR, "password": there_is.password}
        entered = await context.request.post(f"{address}/auth/login", data=signed)
        if not entered.ok:
            raise CannotLook("The people of the demo were changed: begin with another folder.")
        report("Looking at the list", None)
        rows = await scrolling.looked(await context.new_page(), address, there_is.records, rounds, report)
        report("Looking at the pages", None)
        rows += await pages.looked(await context.new_page(), address, there_is, rounds, report)
        rows += await drawing.looked(await context.new_page(), address, report)
        await browser.close()
    return rows

"""The first start in a real browser: nobody is there yet, then somebody is, and the first page tells how to begin."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import neo4j
import pytest
from browsers import EVERY, SHORT, World, looks_well, opened

from graph import people
from graph.registry import Registry

pytestmark = pytest.mark.anyio

PASSWORD = "a password of the very first person"


@pytest.fixture(scope="module")
async def world(
    program: str, stand: Callable[..., AbstractAsyncContextManager[Any]], neo4j_driver: neo4j.Driver
) -> AsyncIterator[World]:
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed: run `make test` once")
    async with stand(XRM_WEB="on") as api, playwright.async_playwright() as started:
        with neo4j_driver.session() as session:
            session.run("MATCH (u:User) DETACH DELETE u").consume()
        browser = await started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        registry = await Registry.open(api.database)
        yield World(api.address, api.database, registry, browser, [], api.home)
        await browser.close()


async def test_the_door_of_a_new_server_tells_how_the_first_person_is_made_and_goes_on_by_itself(
    world: World, soak: bool
) -> None:
    pictures = os.environ.get("XRM_TEST_PICTURES")
    for language, theme, width in EVERY if soak else SHORT:
        page = await opened(world, "/", language=language, theme=theme, width=width, inside=False)
        await page.get_by_text("xrm user add NAME --admin").wait_for()
        where = f"first {language} {theme} {width}"
        if pictures:
            await page.screenshot(path=Path(pictures) / f"{where.replace(' ', '-')}.png")
        page.complaints.clear()  # the browser tells of every answer to a stranger
        await looks_well(page, where)
        await page.context.close()

    page = await opened(world, "/", inside=False)
    await page.get_by_role("heading", name="Your XRM is running").wait_for()
    await page.get_by_role("radiogroup", name="Language").get_by_text("Русский").click()
    await page.get_by_role("heading", name="Ваш XRM запущен").wait_for()
    await page.get_by_role("radiogroup").get_by_text("English").click()
    await people.add_user(world.database, "bea", PASSWORD, now=datetime.now(UTC), administrator=True)
    await page.get_by_role("textbox", name="Name").fill("bea")
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()

    await page.get_by_role("heading", level=1, name="There are no types yet").wait_for()
    page.complaints.clear()
    await looks_well(page, "the start page without types")
    await page.goto(f"{world.address}/segments")
    await page.get_by_role("heading", level=2, name="There are no types yet").wait_for()
    await page.go_back()
    await page.get_by_role("link", name="See the packs").click()
    await page.get_by_role("heading", level=1, name="Packs").wait_for()

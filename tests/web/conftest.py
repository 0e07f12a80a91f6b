"""A browser before the real server, one for all stories of a file; each story makes the records it works on.

The database is kept from file to file: packs are installed once, and a story sees what those before have made.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from browsers import AXE, BROWSERS, WEB, World
from crm_worlds import crm_registry


@pytest.fixture(scope="session")
def program() -> str:
    """The browser of the machine."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    if not (WEB / "dist" / "index.html").is_file() or not AXE.is_file():
        pytest.skip("the web application is not built: run `make test` once")
    return found


@pytest.fixture(scope="module")
def world_settings() -> dict[str, str]:
    """What the server of a file is to be set to beside the rest."""
    return {}


@pytest.fixture(scope="module")
async def world(
    program: str, stand_on: Callable[..., AbstractAsyncContextManager[Any]], world_settings: dict[str, str]
) -> AsyncIterator[World]:
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed: run `make test` once")
    async with (
        stand_on("crm for browsers", XRM_WEB="on", **world_settings) as api,
        playwright.async_playwright() as started,
    ):
        registry = await crm_registry(api.database)
        browser = await started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = await browser.new_context()
        credentials = {"username": "ann", "password": api.password}
        entered = await context.request.post(f"{api.address}/auth/login", data=credentials)
        assert entered.ok
        yield World(api.address, api.database, registry, browser, await context.cookies(), api.home)
        await browser.close()

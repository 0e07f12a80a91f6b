"""A story without a line: the installed application is opened, read and written in, and what was changed arrives once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browsers import World, looks_well, opened
from crm_worlds import NOW, CrmWorld

from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio
MANIFEST = "/app.webmanifest"
QUERY = """query ($id: ID!) {
  company(id: $id) { city version }
  history(id: $id, fields: ["city"], first: 10) { nodes { operation } }
}"""
READY = """navigator.serviceWorker.ready.then(() => new Promise(done => {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) done(true);
  else serviceWorker.addEventListener('controllerchange', () => done(true));
}))"""
LEFT = """async () => ({
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  own: Object.keys(localStorage).filter(name => name !== 'xrm.settings'),
})"""


async def test_the_application_can_be_installed(world: World) -> None:
    page = await opened(world, "/settings")

    manifest = await (await page.request.get(world.address + MANIFEST)).json()
    icons = [await page.request.get(world.address + icon["src"]) for icon in manifest["icons"]]
    worker = await page.request.get(f"{world.address}/worker.js")

    assert manifest["name"] == "XRM"
    assert manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    assert [(icon.status, icon.headers["content-type"]) for icon in icons] == [
        *[(200, "image/png")] * 4,
        (200, "image/svg+xml"),
    ]
    assert await page.locator(f'link[rel=manifest][href="{MANIFEST}"]').count() == 1
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"
    await page.context.close()


async def test_a_change_is_kept_too_where_the_page_has_no_worker(world: World) -> None:
    made = CrmWorld()
    company = made.company("Plainfield Mills")
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    page = await opened(world, f"/r/{company}/edit")
    await page.get_by_label("City").fill("Bergen")
    await page.wait_for_load_state("networkidle")

    await page.context.set_offline(True)
    await page.keyboard.press("Control+Enter")
    await page.get_by_role("button", name="1 change waits").wait_for()
    await page.context.set_offline(False)

    await page.get_by_text("1 change was sent.").first.wait_for()
    told = await page.request.post(f"{world.address}/graphql", data={"query": QUERY, "variables": {"id": company}})
    assert (await told.json())["data"]["company"]["city"] == "Bergen"
    await page.context.close()


async def test_why_a_change_that_was_kept_is_refused_is_said_in_russian(world: World) -> None:
    made = CrmWorld()
    company = made.company("Erlenbach Mills")
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    page = await opened(world, f"/r/{company}/edit", language="ru", worker=True)
    await page.get_by_label("Телефон").fill("12")
    assert await page.evaluate(READY)

    await page.context.set_offline(True)
    await page.keyboard.press("Control+Enter")
    await page.get_by_role("button", name="1 правка ждёт отправки").wait_for()
    await page.context.set_offline(False)
    await page.get_by_role("button", name="1 правка ждёт отправки").click()

    why = await page.locator(".bad").inner_text()
    assert re.search("[а-я]", why)
    assert not re.search("[A-Za-z]{4}", why)
    await page.context.close()


async def test_what_is_changed_without_a_line_arrives_once_and_nothing_stays_after_signing_out(world: World) -> None:
    made = CrmWorld()
    company = made.company("Lindenhof Mills", city="Riga")
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    page = await opened(world, f"/r/{company}", worker=True)
    await page.get_by_role("heading", level=1, name="Lindenhof Mills").wait_for()
    assert await page.evaluate(READY)

    await page.context.set_offline(True)
    await page.get_by_text("Offline: as of").wait_for()
    await page.reload()
    await page.get_by_role("heading", level=1, name="Lindenhof Mills").wait_for()
    await page.get_by_role("link", name="Edit").click()
    await page.get_by_label("City").fill("Tallinn")
    await page.keyboard.press("Control+Enter")
    await page.get_by_text("Kept here.").wait_for()
    await page.get_by_role("heading", level=1, name="Lindenhof Mills").wait_for()
    await page.get_by_role("tab", name="Overview").wait_for()
    await page.get_by_role("button", name="1 change waits to be sent").click()
    await page.get_by_role("heading", name="Waiting to be sent").wait_for()
    await page.keyboard.press("Escape")
    await page.get_by_role("definition").filter(has_text="Tallinn").first.wait_for()
    page.complaints.clear()  # the browser's own, of each request that did not come through
    await looks_well(page, "a record without a line")

    await page.context.set_offline(False)
    await page.get_by_text("1 change was sent.").wait_for()
    told = await _asked(page, world, company)
    assert (told["company"]["city"], told["company"]["version"]) == ("Tallinn", 2)
    assert [change["operation"] for change in told["history"]["nodes"]] == ["update", "create"]

    await page.get_by_role("button", name="Signed in as ann").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await page.get_by_label("Password").first.wait_for()
    assert await page.evaluate(LEFT) == {"databases": 0, "caches": 0, "workers": 0, "own": []}
    await page.context.close()


async def _asked(page: Any, world: World, company: str) -> dict[str, Any]:
    answer = await page.request.post(f"{world.address}/graphql", data={"query": QUERY, "variables": {"id": company}})
    told = await answer.json()
    assert "errors" not in told, told
    data: dict[str, Any] = told["data"]
    return data

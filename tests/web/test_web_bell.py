"""The bell in a real browser: what is told stands in the reader's language, leads to what it is about, and is read by that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from browsers import World, looks_well, opened
from crm_worlds import NOW

from graph import imports, notifications, runs
from graph.session import Transaction
from models.actor import Actor, ActorKind
from models.ids import new_id
from models.notices import Notice, notice
from models.runs import RunRequest, RunStatus

pytestmark = pytest.mark.anyio

LOOKS = (("en", "light", 1440), ("ru", "light", 1440), ("fa", "dark", 390), ("fa", "light", 1440), ("en", "dark", 390))
IMPORTED = "Мой импорт завершён"
SHOWN = (
    "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
    ".then((all) => all.map((each) => [each.title, each.data]))"
)

FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"


@pytest.fixture
async def ann(world: World) -> Actor:
    """Who looks at the bell, told nothing yet."""
    (row,) = (await on(world, "MATCH (u:User {name: 'ann'}) RETURN u.id")).records
    await on(world, "MATCH (n:Notification) DELETE n")
    return Actor(row[0], "ann", ActorKind.PERSON)


async def on(world: World, text: str) -> Any:
    return await world.database.driver.execute_query(text, database_=world.database.name)


async def tell(world: World, *notices: Notice) -> None:
    async def work(transaction: Transaction) -> None:
        for each in notices:
            await notifications.tell(transaction, each, person=None)

    await world.database.write(work)


async def failed_run(world: World, actor: Actor) -> str:
    """A run that was asked for, and that there is too little for."""
    await runs.request(world.database, actor, RunRequest("rotation", "Company"))
    claimed = await runs.claim(world.database, "worker")
    assert claimed is not None
    why = {"error": "Company has no signals.", "reason": "no_signals"}
    assert await runs.finish(world.database, claimed, RunStatus.FAILED, **why)
    return claimed.run.id


async def imported(world: World, actor: Actor, name: str) -> str:
    """An import that is done, of which 1,204 records came and 3 rows were left out."""
    run = imports.Run(new_id(), "people", "/data", new_id(), "done", actor.id, NOW, NOW, files=(name,))
    await imports.save(world.database, actor, run, changed=1_204, rejected=3)
    return run.id


async def test_what_is_told_is_opened_by_keyboard_and_read_by_that_alone(world: World, ann: Actor) -> None:
    await imported(world, ann, "people.csv")
    id = await failed_run(world, ann)
    page = await opened(world, "/", language="fa")

    await page.get_by_role("button", name="اعلان‌ها، ۲ خوانده‌نشده").press("Enter")
    failed = page.get_by_role("link", name="چه کسی ساکت شده")
    await failed.wait_for()
    told = await page.locator(".told").inner_text()
    assert "ناموفق بود" in told
    assert "۱٬۲۰۴ رکورد و پیوند ساخته شد یا تغییر کرد · ۳ ردیف کنار گذاشته شد" in told
    assert "Run " not in told
    assert "signals" not in told
    await page.keyboard.press("Escape")
    await page.locator(".told").wait_for(state="detached")
    assert await page.evaluate(FOCUSED) == "اعلان‌ها، ۲ خوانده‌نشده"
    await page.keyboard.press("Enter")
    await failed.wait_for()
    for _ in range(2):  # past the button that marks all
        await page.keyboard.press("Tab")
    assert "چه کسی ساکت شده" in await page.evaluate(FOCUSED)
    await page.keyboard.press("Enter")

    await page.wait_for_url(f"**/runs/{id}")
    await page.get_by_text("چرا ناموفق بود").wait_for()
    await page.locator(".fault", has_text="این نوع نشانه‌ای ندارد").wait_for()
    assert "signals" not in await page.locator(".fault").inner_text()
    await page.get_by_role("button", name="اعلان‌ها، ۱ خوانده‌نشده").press("Enter")
    await page.get_by_role("button", name="همه خوانده شد").press("Enter")
    await page.get_by_role("button", name="اعلان‌ها، ۰ خوانده‌نشده").wait_for(state="attached")
    await page.get_by_role("button", name="همه خوانده شد").wait_for(state="detached")
    assert page.complaints == []


async def test_each_thing_leads_to_what_it_is_about(world: World, ann: Actor) -> None:
    run = await imported(world, ann, "Клиенты.csv")
    await tell(world, notice("page_due", "the-board", name="فروش", of="dashboard"))
    await tell(world, notice("analysis_done", "x", number=3, engine="segments", type="Company", scored=5))
    page = await opened(world, "/", language="ru")

    async def gone_to(name: str) -> str:
        await page.get_by_role("button", name="Уведомления").click()
        await page.locator(".told").get_by_role("link", name=name).click()
        await page.locator(".told").wait_for(state="detached")
        return str(page.url).removeprefix(world.address)

    assert await gone_to("оценено 5 записей") == "/segments?type=Company"
    assert (await gone_to("По вашей просьбе")).startswith("/reports/the-board")
    assert await gone_to("Импорт готов") == f"/import?run={run}"
    await page.locator(".import-history [aria-current]", has_text="Клиенты.csv").wait_for()
    assert await page.locator(".import-history [aria-current]").count() == 1


async def test_what_is_told_while_the_page_is_open_comes_in_the_same_words(world: World, ann: Actor) -> None:
    page = await opened(world, "/", language="ru")
    await page.get_by_role("button", name="Уведомления").click()
    await page.get_by_text("Пока сообщать не о чем").wait_for()

    await tell(world, notice("analysis_done", "x", number=4, engine="churn", scored=21))
    await page.get_by_text("оценена 21 запись").wait_for()

    await tell(world, Notice("import_undone", "y", {"name": "a.csv"}))
    await on(world, "MATCH (n:Notification {kind: 'import_undone'}) SET n.kind = 'planet_found', n.facts = null")
    await page.reload()
    await page.get_by_role("button", name="Уведомления, 2 непрочитанных").click()
    await page.get_by_role("button", name="The import of a.csv is undone.").press("Enter")
    await page.get_by_role("button", name="Уведомления, 1 непрочитанное").wait_for(state="attached")


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
async def test_the_list_reads_well_full_and_empty(
    world: World, ann: Actor, language: str, theme: str, width: int
) -> None:
    empty = await looked(world, language, theme, width, "empty")
    await empty.context.close()
    await imported(
        world, ann, "a-very-long-name-of-a-file-that-somebody-has-exported-twice-2026-11-02 (1).csv, Клиенты.csv"
    )
    await failed_run(world, ann)
    await tell(world, notice("page_due", "b", name="فروش هفتگی Q3", of="dashboard"))
    await tell(world, notice("import_undone", "c", name="people.csv"))
    await tell(world, notice("analysis_done", "x", number=1204, engine="influence", scored=21_000))
    await tell(world, Notice("import_undone", "y", {"name": "a.csv"}))
    await on(world, "MATCH (n:Notification {subject: 'y'}) SET n.kind = 'planet_found', n.facts = null")
    await on(world, "MATCH (n:Notification {subject: 'c'}) SET n.readAt = n.at")
    full = await looked(world, language, theme, width, "full")
    await full.context.close()


async def looked(world: World, language: str, theme: str, width: int, name: str) -> Any:
    """The open bell of one reader, looked at and, where a picture is wanted, kept."""
    page = await opened(world, "/", language=language, theme=theme, width=width)
    await page.locator(".bell button").press("Enter")
    await page.locator(".bell-list :is(.empty, .told)").wait_for()
    await page.locator(".bone").first.wait_for(state="detached")
    pictures = os.environ.get("XRM_TEST_PICTURES")
    if pictures:
        await page.screenshot(path=Path(pictures) / f"bell-{name}-{language}-{theme}-{width}.png")
    await looks_well(page, f"{name} {language} {theme} {width}")
    return page


async def test_the_page_of_a_run_reads_well_and_one_that_is_gone_says_so(world: World, ann: Actor) -> None:
    id = await failed_run(world, ann)
    for language, theme, width in LOOKS[:3]:
        page = await opened(world, f"/runs/{id}", language=language, theme=theme, width=width)
        await page.locator(".run-facts").wait_for()
        pictures = os.environ.get("XRM_TEST_PICTURES")
        if pictures:
            await page.screenshot(path=Path(pictures) / f"run-{language}-{theme}-{width}.png")
        await looks_well(page, f"run {language} {theme} {width}")
        await page.context.close()

    gone = await opened(world, "/runs/none")
    await gone.get_by_role("heading", name="This run is not kept any more").wait_for()


async def test_what_is_not_wanted_is_not_told(world: World, ann: Actor) -> None:
    page = await opened(world, "/settings", language="ru")

    async def put(wanted: bool) -> None:
        await page.get_by_role("checkbox", name=IMPORTED, checked=not wanted).click()
        await page.get_by_role("checkbox", name=IMPORTED, checked=wanted).wait_for()
        await page.wait_for_load_state("networkidle")
        await page.reload()
        await page.get_by_role("checkbox", name=IMPORTED, checked=wanted).wait_for()

    await put(False)
    await imported(world, ann, "people.csv")
    await tell(world, notice("import_undone", "c", name="people.csv"))
    await page.get_by_role("button", name="Уведомления, 1 непрочитанное").wait_for(state="attached")
    await put(True)
    assert page.complaints == []


async def test_what_comes_while_nobody_looks_is_shown_by_the_browser_and_leads_there(world: World, ann: Actor) -> None:
    page = await opened(world, "/settings", language="fa", worker=True)
    await page.context.grant_permissions(["notifications"], origin=world.address)
    await page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    await page.reload()
    await page.get_by_role("checkbox", name="بیرون از صفحه هم").check()

    await tell(world, notice("page_due", "seen", name="a", of="dashboard"))
    await page.get_by_role("button", name="اعلان‌ها، ۱ خوانده‌نشده").wait_for(state="attached")
    await page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    await tell(world, notice("page_due", "board", name="فروش", of="dashboard"))
    await page.get_by_role("button", name="اعلان‌ها، ۲ خوانده‌نشده").wait_for(state="attached")
    await page.wait_for_function(f"{SHOWN}.then((all) => all.length)")

    ((title, href),) = await page.evaluate(SHOWN)
    assert "فروش" in title
    assert href.startswith("/reports/board?at=")

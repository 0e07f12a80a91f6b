"""The web application in a real browser, on the real server and a real Neo4j: a story, and every page in every look.

Pictures of all pages are written to the folder that XRM_TEST_PICTURES names, for looking at.
"""

from __future__ import annotations

import re
from typing import Any

import anyio
import pytest
from browsers import World, looks_well, opened, reads_well
from crm_worlds import NOW, CrmWorld

from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def company(world: World) -> str:
    """A company of three people."""
    made = CrmWorld()
    company = made.company("Amberfield Builders", city="Berlin", headcount=18)
    for name in ("Ada Lovelace", "Карпов Василий", "مریم حسینی"):
        person = made.record("Person", name=name)
        made.link(person, "WORKS_AT", company, role="CTO")
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    return company


ODD_ADDRESSES = (
    '/t/Company?filter=["x",{"field":5}]&view=spiral&sort=5&by={"a":1}',
    "/explore?from={company}&hide=5&off=true&layout=x&value=x&whole=x&ways=[1,null]&group=5",
    "/r/{company}?asOf=soon&path=x&kinds=5&rel=[1]",
    '/paths?from=["x"]&to=true&via=5&costs=x',
    "/churn?score=5&band=[1]&record={}&tab=x",
    "/what-if?remove=5&add=x&end=[null]&weigh=true",
    "/segments?type=5",
    "/model?type=5&view=[1]&part=x",
    "/import?upload=true&step=x",
)


@pytest.mark.parametrize("address", ODD_ADDRESSES)
async def test_what_a_page_does_not_understand_of_its_address_is_left_out(
    world: World, company: str, address: str
) -> None:
    page = await opened(world, address.replace("{company}", company))

    await page.locator("h1").first.wait_for()
    await page.wait_for_load_state("networkidle")
    assert await page.get_by_role("button", name="Try again").count() == 0
    assert page.complaints == []


async def test_in_persian_on_a_phone_from_the_door_to_a_saved_change(world: World, company: str) -> None:
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

    query = "query($id: ID!) { company(id: $id) { headcount customerSince } }"
    asked = {"query": query, "variables": {"id": company}}
    told = await (await page.request.post(f"{world.address}/graphql", data=asked)).json()
    assert told["data"]["company"] == {"headcount": 25, "customerSince": "2025-11-24"}
    assert await page.evaluate("document.documentElement.dir") == "rtl"


async def test_what_every_page_asks_is_asked_once_and_before_the_program_is_there(world: World, company: str) -> None:
    page = await opened(world, f"/r/{company}")
    await page.get_by_role("heading", level=1, name="Amberfield Builders").wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or "") if "/graphql" in request.url else None)
    await page.reload()
    await page.get_by_role("heading", level=1, name="Amberfield Builders").wait_for()

    first = asked[:3]
    for question in ("{ me {", "query Model", "query Profiles"):
        assert sum(question in each for each in asked) == sum(question in each for each in first) == 1, asked


async def test_keys_are_heard_while_parts_of_the_page_are_still_on_their_way(world: World, company: str) -> None:
    page = await opened(world, "/sign-in")
    come = anyio.Event()

    async def late(route: Any) -> None:
        await come.wait()
        await route.continue_()

    await page.route("**/Palette-*.js", late)
    await page.goto(f"{world.address}/segments")
    await page.get_by_role("heading", level=1).wait_for()
    await page.keyboard.press("Control+k")
    await page.keyboard.press("g")
    await page.keyboard.press("e")
    await page.wait_for_url("**/explore")
    come.set()

    await page.get_by_role("textbox", name=re.compile("Search or jump to")).wait_for()
    assert page.complaints == []


async def test_the_frame_stands_there_until_the_program_does(world: World, company: str) -> None:
    page = await opened(world, "/")
    await page.get_by_role("heading", level=1).wait_for()
    come = anyio.Event()

    async def late(route: Any) -> None:
        await come.wait()
        await route.continue_()

    await page.route("**/assets/libraries-*.js", late)
    await page.reload(wait_until="commit")
    await page.locator(".coming .shell-nav").wait_for()
    where = await page.locator(".coming .shell-top").bounding_box()
    come.set()

    await page.get_by_role("heading", level=1).wait_for()
    assert await page.locator(".coming").is_hidden()
    assert await page.locator("header.shell-top").bounding_box() == where
    assert page.complaints == []


async def test_a_program_that_cannot_be_fetched_says_so_and_is_fetched_again(world: World, company: str) -> None:
    page = await opened(world, "/sign-in", language="fa", width=390)
    await page.get_by_role("heading", level=1).wait_for()

    await page.route("**/assets/libraries-*.js", lambda route: route.abort())
    await page.goto(f"{world.address}/t/Company")
    told = page.get_by_role("alert")
    await told.get_by_text("برنامه دریافت نشد").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    await page.unroute("**/assets/libraries-*.js")
    await told.get_by_role("button").click()

    await page.get_by_role("link", name=re.compile("Amberfield Builders")).first.wait_for()


async def test_a_cell_is_edited_where_it_stands_by_keyboard_and_undone(world: World, company: str) -> None:
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


async def test_all_problems_of_a_form_stand_at_their_fields(world: World, company: str) -> None:
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
    await looks_well(page, "problems at fields")


PHONE = frozenset({"list", "record", "edit"})  # of the phone's pages, what the short form looks at


async def test_every_page_reads_well_in_either_direction_theme_and_width(
    world: World, company: str, soak: bool
) -> None:
    record = f"/r/{company}"
    pages = {
        "home": "/", "list": "/t/Company", "record": record, "relations": f"{record}?tab=relations",
        "history": f"{record}?tab=history", "edit": f"{record}/edit", "new": "/t/Company/new", "settings": "/settings",
    }  # fmt: skip

    await reads_well(world, pages, soak=soak, phone=PHONE)

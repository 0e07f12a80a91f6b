"""Analysing in a real browser: find an introduction, suppose that a key person leaves, and how the pages read."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from browsers import World, opened, reads_well
from crm_worlds import CrmWorld

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)
PHONE = frozenset({"paths"})  # of the phone's pages, what the short form looks at


@pytest.fixture(scope="module")
async def ids(world: World) -> dict[str, str]:
    """Ann talks with Bob, who works at Acme as she does and is the only one at Beta; Beta's risk was computed."""
    made, ids = CrmWorld(), {}
    for name in ("Acme Castings", "Beta Boilers"):
        ids[name] = made.company(name)
    for name in ("Ann Archer", "Bob Bridges"):
        ids[name] = made.record("Person", name=name)
    for person, company in (
        ("Ann Archer", "Acme Castings"),
        ("Bob Bridges", "Acme Castings"),
        ("Bob Bridges", "Beta Boilers"),
    ):
        made.link(ids[person], "WORKS_AT", ids[company], since=NOW - timedelta(days=900))
    for day in range(1, 5):
        for company, people in (("Acme Castings", ("Ann Archer", "Bob Bridges")), ("Beta Boilers", ("Bob Bridges",))):
            talk = made.record("Activity", subject="Call", kind="call", happenedAt=NOW - timedelta(days=day))
            made.link(talk, "ABOUT", ids[company])
            for person in people:
                made.link(ids[person], "TOOK_PART", talk)
    await made.write(world.database, world.registry.model)
    return ids


async def _pick(page: Any, label: str, name: str) -> None:
    await page.get_by_role("textbox", name=label, exact=True).fill(name)
    await page.get_by_role("option", name=re.compile(name)).click()


async def test_an_introduction_is_found_between_two_records_that_are_typed(world: World, ids: dict[str, str]) -> None:
    page = await opened(world, "/paths")

    await page.get_by_role("textbox", name="From", exact=True).fill("Ann Archer")
    await page.get_by_role("option", name=re.compile("Ann Archer")).wait_for()
    await page.keyboard.press("Enter")
    await _pick(page, "To", "Beta Boilers")
    way = page.get_by_role("button", name=re.compile("Ask .?Bob Bridges.?, who knows .?Beta Boilers"))
    await way.wait_for()
    await page.get_by_text("Weakest link").wait_for()
    await page.get_by_text("Shortest", exact=True).click()
    await page.get_by_text("since").first.wait_for()

    assert f"from={ids['Ann Archer']}" in page.url
    assert "by=shortest" in page.url
    assert page.complaints == []


async def test_escape_in_a_field_of_a_page_gives_the_page_its_keys_back(world: World, ids: dict[str, str]) -> None:
    page = await opened(world, "/paths")
    field = page.get_by_role("textbox", name="From", exact=True)

    await field.press_sequentially("ge")
    await field.press("Escape")
    assert (await field.input_value(), await field.evaluate("field => field === document.activeElement")) == ("", True)
    await field.press("Escape")
    await page.keyboard.press("g")
    await page.keyboard.press("e")
    await page.wait_for_url("**/explore")
    assert page.complaints == []


async def test_what_would_be_if_a_key_person_left(world: World, ids: dict[str, str]) -> None:
    page = await opened(world, f"/r/{ids['Bob Bridges']}")

    await page.get_by_role("link", name="What if…").click()
    await page.get_by_text(re.compile(".?Bob Bridges.? leaves")).wait_for()
    lost = page.get_by_role("region", name="Lose their only link")
    await lost.get_by_role("link", name="Beta Boilers").wait_for()
    left = page.get_by_role("region", name="Left with a single link")
    await left.get_by_role("listitem").filter(has_text="Acme Castings").get_by_text("Ann Archer").wait_for()

    asked = {"query": "query ($id: ID!) { person(id: $id) { name } }", "variables": {"id": ids["Bob Bridges"]}}
    told = await page.request.post(f"{world.address}/graphql", data=asked)
    assert (await told.json())["data"] == {"person": {"name": "Bob Bridges"}}
    assert page.complaints == []


async def test_what_cannot_be_supposed_any_more_is_marked_and_taken_back(world: World, ids: dict[str, str]) -> None:
    gone = "01876350-0000-7f09-975c-2e8ed7f5d3ff"
    page = await opened(world, f"/what-if?remove={quote(json.dumps([ids['Bob Bridges'], gone]))}")

    await page.get_by_text("Some of this cannot be").wait_for()
    marked = page.get_by_role("listitem").filter(has_text="It is not there, or no longer.")
    assert await marked.count() == 1
    page.complaints.clear()  # the browser tells of the refusal too
    await marked.get_by_role("button", name=re.compile("Take back")).click()
    await page.get_by_text("Whose scores move").wait_for()

    assert gone not in page.url
    assert page.complaints == []


async def test_a_link_comes_only_along_relations_that_the_model_allows(world: World, ids: dict[str, str]) -> None:
    page = await opened(world, "/what-if")

    await page.get_by_role("button", name="A link comes").click()
    await _pick(page, "One of its ends", "Ann Archer")
    await _pick(page, "To", "Ann Archer")
    await page.get_by_text("That is the same record").wait_for()
    assert await page.get_by_role("button", name="Suppose it").count() == 0
    await _pick(page, "To", "Beta Boilers")
    along = page.get_by_role("combobox", name="Along")
    await along.wait_for()
    offered = [each.strip() for each in await along.locator("option").all_inner_texts()]
    model = world.registry.model.relations.values()
    sides = [r for r in model if "Person" in r.source.types and "Company" in r.target.types]
    sides += [r for r in model if "Person" in r.target.types and "Company" in r.source.types]
    assert len(offered) == len(sides) > 0
    await page.get_by_role("button", name="Suppose it").click()
    await page.get_by_role("listitem").filter(has_text="Beta Boilers").wait_for()

    assert page.complaints == []


async def test_what_may_not_be_linked_is_marked_with_the_reason(world: World, ids: dict[str, str]) -> None:
    link = {"relation": "WORKS_AT", "source": ids["Beta Boilers"], "target": ids["Beta Boilers"], "weight": 1}
    page = await opened(world, f"/what-if?add={quote(json.dumps([link]))}")

    await page.get_by_role("listitem").filter(has_text="A link from a record to itself moves nothing").wait_for()


async def test_taking_back_leads_the_keyboard_to_the_next_one_and_then_to_where_one_more_is_added(
    world: World, ids: dict[str, str]
) -> None:
    page = await opened(world, f"/what-if?remove={quote(json.dumps([ids['Ann Archer'], ids['Bob Bridges']]))}")
    back = page.get_by_role("button", name=re.compile("Take back"))

    await page.get_by_role("button", name=re.compile("Take back: .?Ann Archer")).focus()
    await page.keyboard.press("Enter")
    await page.wait_for_function("document.activeElement.getAttribute('aria-label')?.includes('Bob Bridges')")
    assert await back.count() == 1
    await page.keyboard.press("Enter")
    await page.wait_for_function("document.activeElement.getAttribute('aria-pressed') === 'true'")

    assert await back.count() == 0
    assert page.complaints == []


async def test_a_scenario_is_kept_opened_and_forgotten_with_the_way_back(world: World, ids: dict[str, str]) -> None:
    page = await opened(world, f"/what-if?remove={quote(json.dumps([ids['Bob Bridges']]))}")
    scenarios = page.get_by_role("button", name="Scenarios")

    await scenarios.click()
    await page.get_by_role("menuitem", name="Keep this one").click()
    await page.get_by_role("textbox", name="Name").fill("Bob leaves")
    await page.keyboard.press("Enter")
    await page.get_by_text("Saved").wait_for()
    await page.get_by_role("button", name=re.compile("Take back")).click()
    await page.get_by_text("Suppose something").wait_for()
    await scenarios.click()
    await page.get_by_role("menuitem", name="Bob leaves", exact=True).click()
    await page.get_by_text(re.compile(".?Bob Bridges.? leaves")).wait_for()
    await scenarios.click()
    await page.get_by_role("menuitem", name=re.compile("Delete .*Bob leaves")).click()
    await page.get_by_role("button", name="Undo").click()
    await scenarios.click()
    await page.get_by_role("menuitem", name="Bob leaves", exact=True).wait_for()

    assert page.complaints == []


async def test_enter_opens_what_the_palette_found_last(world: World, ids: dict[str, str]) -> None:
    page = await opened(world, "/segments")
    search = page.get_by_role("textbox", name=re.compile("Search or jump to"))

    await page.get_by_role("button", name=re.compile("Search or jump to")).click()
    await search.fill("Beta Boilers")
    await page.locator(".mantine-Spotlight-action").filter(has_text="Beta Boilers").first.wait_for()
    await search.fill("Bob Bridges")
    await page.locator(".mantine-Spotlight-action[data-selected]").filter(has_text="Bob Bridges").wait_for()
    await page.keyboard.press("Enter")

    await page.get_by_role("heading", level=1, name="Bob Bridges").wait_for()


async def test_the_palette_finds_what_can_be_made_by_words_of_it(world: World, ids: dict[str, str]) -> None:
    page = await opened(world, "/segments")

    await page.get_by_role("button", name=re.compile("Search or jump to")).click()
    await page.get_by_role("textbox", name=re.compile("Search or jump to")).fill("company new")
    await page.locator(".mantine-Spotlight-action").filter(has_text="New: Company").click()

    await page.wait_for_url("**/t/Company/new")
    assert page.complaints == []


async def test_the_pages_of_analysis_read_well(world: World, ids: dict[str, str], soak: bool) -> None:
    leaving = quote(json.dumps([ids["Bob Bridges"]]))
    pages = {
        "paths": f"/paths?from={ids['Ann Archer']}&to={ids['Beta Boilers']}", "what-if": f"/what-if?remove={leaving}",
        "churn": f"/churn?type=Company&record={ids['Beta Boilers']}", "quality": "/churn?tab=quality&type=Company",
        "runs": "/churn?tab=runs", "segments": "/segments?type=Company",
    }  # fmt: skip

    await reads_well(world, pages, soak=soak, phone=PHONE)

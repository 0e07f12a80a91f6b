"""Stories of one record: read whole and followed to the cause of its risk, and changed by two people at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from browsers import SOON_MS, World, opened, reads_well
from crm_worlds import NOW, CrmWorld

from analytics.runs import carry_out
from graph import runs
from graph.unit import write
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio
TODAY = datetime.now(UTC).date()
CHANGE = "mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) { errors { message } } }"
START = 'mutation { startAnalysis(input: {engine: "churn"}) { analysis { id } } }'


async def _asked(page: Any, world: World, query: str, **variables: object) -> dict[str, Any]:
    answer = await page.request.post(
        f"{world.address}/graphql", data={"query": query, "variables": variables}, timeout=4 * SOON_MS
    )
    told = await answer.json()
    assert "errors" not in told, told
    data: dict[str, Any] = told["data"]
    return data


@pytest.fixture(scope="module")
async def records(world: World) -> dict[str, str]:
    """A company whose referrer has left, with orders that ceased, and two other records of its own."""
    made = CrmWorld()
    lost = made.company("Oakhaven Foods", leftOn=TODAY - timedelta(days=40))
    kept = made.company("Tidewater Foods", city="Riga", headcount=48)
    made.link(lost, "REFERRED", kept)
    for company, last in ((lost, 300), (kept, 30)):
        for back in range(6):
            made.order(company, TODAY - timedelta(days=last + 45 * back), "120.00")
    person = made.record("Person", name="Toby Kingsley")
    made.link(person, "WORKS_AT", kept, role="buyer")
    task = made.record("Task", subject="Call back", status="open", dueOn=TODAY - timedelta(days=3))
    made.link(task, "ABOUT", kept)
    await write(world.database, world.registry.model, SYSTEM, made.commands, now=NOW)
    page = await opened(world, "/settings")
    run = (await _asked(page, world, START))["startAnalysis"]["analysis"]["id"]
    await page.context.close()
    claim = await runs.claim(world.database, "stories", id=run)
    assert claim is not None
    await carry_out(world.database, world.registry, claim, folder=None)
    return {"lost": lost, "kept": kept, "person": person}


async def test_a_customer_is_read_whole_and_its_risk_followed_to_the_cause(
    world: World, records: dict[str, str]
) -> None:
    page = await opened(world, f"/r/{records['kept']}")

    await page.get_by_role("heading", level=1, name="Tidewater Foods").wait_for()
    await page.get_by_role("button", name="Call back: done").click()
    await page.get_by_text("Call back: done.").wait_for()
    await page.get_by_role("button", name="Log activity").click()
    await page.get_by_role("menuitem", name="Activity").click()
    await page.get_by_role("dialog").get_by_label("Subject").fill("Talked about the harvest")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await page.get_by_role("link", name="Talked about the harvest").first.wait_for()
    await page.get_by_role("button", name="from Oakhaven Foods").click()
    cause = page.get_by_role("region", name="The way of risk from Oakhaven Foods")
    await cause.get_by_text("It begins at Oakhaven Foods").wait_for()
    await cause.get_by_role("link", name="Open Oakhaven Foods").click()
    await page.get_by_role("heading", level=1, name="Oakhaven Foods").wait_for()

    query = "query ($id: ID!) { company(id: $id) { matters { nodes { displayName ... on Task { status } } } } }"
    matters = (await _asked(page, world, query, id=records["kept"]))["company"]["matters"]["nodes"]
    assert {"displayName": "Call back", "status": "done"} in matters
    assert {"displayName": "Talked about the harvest"} in matters


async def test_two_people_edit_one_record_and_meet_field_by_field(world: World, records: dict[str, str]) -> None:
    page = await opened(world, f"/r/{records['kept']}/edit")
    await page.get_by_label("City").fill("Tallinn")
    await page.get_by_label("Number of employees").fill("50")

    data = {"city": "Vilnius", "sector": "food"}
    await _asked(page, world, CHANGE, input={"id": records["kept"], "data": data})
    await page.get_by_role("button", name="Save").click()
    meeting = page.get_by_role("alert", name=re.compile("changed this record"))
    await meeting.get_by_text("Vilnius").wait_for()
    await meeting.get_by_text("Take theirs").click()
    await meeting.get_by_role("button", name="Go on with these").click()
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("heading", level=1, name="Tidewater Foods").wait_for()
    await page.get_by_text("Saved.").wait_for()

    told = await _asked(
        page, world, "query ($id: ID!) { company(id: $id) { city sector headcount } }", id=records["kept"]
    )
    assert told["company"] == {"city": "Vilnius", "sector": "food", "headcount": 50}


async def test_the_pages_of_a_record_read_well(world: World, records: dict[str, str], soak: bool) -> None:
    record = f"/r/{records['kept']}"
    past = f"{record}?asOf={(TODAY - timedelta(days=1)).isoformat()}"

    await reads_well(
        world, {"links": f"{record}?tab=relations&rel=employees", "past": past}, soak=soak, phone=frozenset({"links"})
    )


async def test_what_stands_in_the_way_of_an_undo_is_said_in_the_readers_language(
    world: World, records: dict[str, str]
) -> None:
    page = await opened(world, f"/r/{records['lost']}?tab=history", language="ru")
    change = {"id": records["lost"], "data": {"headcount": 61}}
    await _asked(page, world, CHANGE, input=change)
    await page.reload()
    back = await page.get_by_role("button", name="Отменить").first.element_handle()
    await _asked(page, world, CHANGE, input={**change, "data": {"headcount": 62}})

    await back.click()

    told = page.get_by_text(re.compile("Поле «.+» с тех пор изменено"))
    await told.wait_for()
    assert "ann" in await told.inner_text()
    assert "headcount" not in await told.inner_text()
    await page.context.close()

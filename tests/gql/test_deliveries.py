"""Saved pages that come by themselves: asked for, told once when they are due, and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.deliveries import deliver_due
from graph.session import Database

pytestmark = pytest.mark.anyio

SAVE = """
mutation ($name: String!, $shared: Boolean!) {
  savePage(input: {kind: DASHBOARD, name: $name, body: {}, shared: $shared}) { savedPage { id } errors { code } }
}
"""
FACTS = "page name every on at timeZone calendar nextAt lastAt"
DELIVER = f"""
mutation ($input: DeliverPageInput!) {{
  deliverPage(input: $input) {{ delivery {{ {FACTS} }} errors {{ code path }} clientMutationId }}
}}
"""
END = "mutation ($page: ID!) { endPageDelivery(input: {page: $page}) { ended errors { code } } }"
LIST = f"{{ pageDeliveries {{ {FACTS} }} }}"
TOLD = "{ notifications { nodes { kind subject text details } } }"
DROP = "mutation ($id: ID!) { deleteSavedPage(input: {id: $id}) { errors { code } } }"
RESTORE = "mutation ($id: ID!) { restoreSavedPage(input: {id: $id}) { errors { code } } }"


@pytest.fixture
def api(standing_api: Any) -> Any:
    return standing_api


@pytest.fixture
async def database(api: Any, neo4j_address: Any) -> AsyncIterator[Database]:
    found = await Database.connect(neo4j_address)
    yield found
    await found.close()


async def asked(api: Any, text: str, token: str | None = None, **variables: Any) -> Any:
    answer = (await api.ask(text, token=token, **variables)).json()
    assert "errors" not in answer, answer
    (value,) = answer["data"].values()
    return value


async def page(api: Any, name: str, *, shared: bool = False) -> str:
    return str((await asked(api, SAVE, name=name, shared=shared))["savedPage"]["id"])


async def told(api: Any, id: str, token: str | None = None) -> list[str]:
    """What somebody was told of a page."""
    nodes = (await asked(api, TOLD, token))["nodes"]
    of = [each for each in nodes if (each["kind"], each["subject"]) == ("page_due", id)]
    assert all(each["details"]["of"] == "dashboard" for each in of)
    return [each["text"] for each in of]


async def test_a_page_comes_in_the_rhythm_that_was_asked_for_last(api: Any) -> None:
    id = await page(api, "Sales")

    await asked(api, DELIVER, input={"page": id, "every": "DAY"})
    kept = await asked(
        api,
        DELIVER,
        input={
            "page": id,
            "every": "MONTH",
            "on": 1,
            "at": "07:30",
            "calendar": "PERSIAN",
            "clientMutationId": "c",
            "timeZone": "Asia/Tehran",
        },
    )
    (listed,) = [each for each in await asked(api, LIST) if each["page"] == id]
    ended = [await asked(api, END, page=id) for _ in range(2)]

    assert (kept["errors"], kept["clientMutationId"]) == ([], "c")
    assert listed == kept["delivery"]
    assert {name: listed[name] for name in ("name", "every", "on", "at", "timeZone", "calendar", "lastAt")} == {
        "name": "Sales",
        "every": "MONTH",
        "on": 1,
        "at": "07:30",
        "timeZone": "Asia/Tehran",
        "calendar": "PERSIAN",
        "lastAt": None,
    }
    assert datetime.fromisoformat(listed["nextAt"]) > datetime.now(UTC)
    assert [each["ended"] for each in ended] == [True, False]
    assert id not in [each["page"] for each in await asked(api, LIST)]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"every": "WEEK"}, ("bad_day", ["on"])),
        ({"every": "DAY", "on": 3}, ("needless_day", ["on"])),
        ({"every": "DAY", "at": "8 o'clock"}, ("bad_time", ["at"])),
        ({"every": "DAY", "at": "24:00"}, ("bad_time", ["at"])),
        ({"every": "DAY", "timeZone": "Atlantis/North"}, ("bad_time_zone", ["timeZone"])),
        ({"every": "DAY", "page": "none"}, ("not_found", ["id"])),
    ],
)
async def test_what_cannot_come_is_refused(api: Any, given: Any, problem: Any) -> None:
    id = await page(api, "Refused")

    answer = await asked(api, DELIVER, input={"page": id, **given})

    assert answer["delivery"] is None
    assert [(each["code"], each["path"]) for each in answer["errors"]] == [problem]
    assert id not in [each["page"] for each in await asked(api, LIST)]


async def test_nobody_has_a_page_come_that_they_may_not_see(api: Any) -> None:
    mine, ours = await page(api, "Mine"), await page(api, "Ours", shared=True)

    refused = await asked(api, DELIVER, api.person, input={"page": mine, "every": "DAY"})
    kept = await asked(api, DELIVER, api.person, input={"page": ours, "every": "DAY"})

    assert [each["code"] for each in refused["errors"]] == ["not_found"]
    assert kept["errors"] == []
    assert ours not in [each["page"] for each in await asked(api, LIST)]


async def test_what_is_due_is_told_once_whoever_looks_and_what_was_missed_once(api: Any, database: Database) -> None:
    id = await page(api, "Weekly")
    kept = (await asked(api, DELIVER, input={"page": id, "every": "WEEK", "on": 3}))["delivery"]
    due = datetime.fromisoformat(kept["nextAt"])

    await deliver_due(database, now=due - timedelta(seconds=1))
    early = await told(api, id)
    await asyncio.gather(*(deliver_due(database, now=due) for _ in range(8)))
    (after,) = [each for each in await asked(api, LIST) if each["page"] == id]
    await deliver_due(database, now=due + timedelta(days=24))
    (last,) = [each for each in await asked(api, LIST) if each["page"] == id]

    assert early == []
    assert await told(api, id) == ["“Weekly” is here, as you wished."] * 2
    assert [datetime.fromisoformat(after[name]) for name in ("lastAt", "nextAt")] == [due, due + timedelta(days=7)]
    assert datetime.fromisoformat(last["nextAt"]) == due + timedelta(days=28)


async def test_a_page_that_is_gone_comes_to_nobody_until_it_is_back(api: Any, database: Database) -> None:
    id = await page(api, "Gone")
    due = datetime.fromisoformat((await asked(api, DELIVER, input={"page": id, "every": "DAY"}))["delivery"]["nextAt"])

    await asked(api, DROP, id=id)
    assert id not in [each["page"] for each in await asked(api, LIST)]
    await deliver_due(database, now=due)
    assert await told(api, id) == []
    await asked(api, RESTORE, id=id)
    await deliver_due(database, now=due + timedelta(days=1))

    assert len(await told(api, id)) == 1

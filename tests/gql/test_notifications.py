"""Notifications: kept for the person they are for, told at once to whoever listens, marked as read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sockets import admitted

from graph import notifications, runs
from graph.session import Database, Transaction
from models.actor import SYSTEM, Actor, ActorKind
from models.notices import notice
from models.runs import RunRequest, RunStatus

pytestmark = pytest.mark.anyio

LISTED = """
query ($unread: Boolean!, $first: Int!, $after: String) {
  notifications(unread: $unread, first: $first, after: $after) {
    unreadCount nodes { id kind subject text details readAt } pageInfo { hasNextPage endCursor }
  }
}
"""
READ = "mutation ($i: MarkNotificationsReadInput!) { markNotificationsRead(input: $i) { marked errors { code } } }"

CHOOSE = """
mutation ($u: [String!]!) {
  chooseNotifications(input: {unwanted: $u}) { kinds { kind wanted } errors { code path } }
}
"""


@pytest.fixture
async def api(standing_api: Any) -> AsyncIterator[Any]:
    """A server, nobody told anything yet."""
    yield standing_api
    await standing_api.database.driver.execute_query(
        "MATCH (n:Notification) DELETE n", database_=standing_api.database.name
    )


async def told(database: Database, name: str, person: str | None) -> None:
    """Tell somebody, or all administrators, of a page of this name."""

    async def work(transaction: Transaction) -> None:
        await notifications.tell(transaction, notice("page_due", "page", name=name, of="dashboard"), person=person)

    await database.write(work)


async def listed(api: Any, token: str, *, unread: bool = False, first: int = 10, after: str | None = None) -> Any:
    answer = (await api.ask(LISTED, token=token, unread=unread, first=first, after=after)).json()
    assert "errors" not in answer, answer
    return answer["data"]["notifications"]


async def me(api: Any, token: str) -> str:
    return str((await api.ask("{ me { id } }", token=token)).json()["data"]["me"]["id"])


async def test_what_is_told_is_listed_until_it_is_read_and_after(api: Any) -> None:
    bob = await me(api, api.person)
    for text in ("one", "two", "three"):
        await told(api.database, text, bob)

    page = await listed(api, api.person, first=2)
    rest = await listed(api, api.person, first=2, after=page["pageInfo"]["endCursor"])
    assert [each["details"]["name"] for each in [*page["nodes"], *rest["nodes"]]] == ["three", "two", "one"]
    assert (page["unreadCount"], page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (3, True, False)

    marked = await api.ask(READ, token=api.person, i={"ids": [page["nodes"][0]["id"]]})
    assert marked.json()["data"]["markNotificationsRead"] == {"marked": 1, "errors": []}
    assert [each["details"]["name"] for each in (await listed(api, api.person, unread=True))["nodes"]] == ["two", "one"]
    again = await api.ask(READ, token=api.person, i={})
    assert again.json()["data"]["markNotificationsRead"]["marked"] == 2
    assert (await listed(api, api.person))["unreadCount"] == 0


async def test_what_belongs_to_others_is_neither_seen_nor_marked(api: Any) -> None:
    await told(api.database, "for administrators", None)
    (of_ann,) = (await listed(api, api.admin))["nodes"]

    assert (await listed(api, api.person))["nodes"] == []
    marked = await api.ask(READ, token=api.person, i={"ids": [of_ann["id"]]})
    assert marked.json()["data"]["markNotificationsRead"]["marked"] == 0
    assert (await listed(api, api.admin))["unreadCount"] == 1


async def test_who_listens_hears_what_is_new_once(api: Any) -> None:
    bob = await me(api, api.person)
    await told(api.database, "before", bob)
    async with admitted(api.address, api.person) as first, admitted(api.address, api.person) as second:
        for socket in (first, second):
            await socket.ask("subscription { notification { details kind } }")
        await asyncio.sleep(1)

        await told(api.database, "for others", None)
        await told(api.database, "now", bob)

        for socket in (first, second):
            assert await socket.told() == {
                "notification": {"details": {"name": "now", "of": "dashboard"}, "kind": "page_due"}
            }
            await socket.silent(1.2)


async def test_whoever_asked_for_a_run_is_told_how_it_ended(api: Any) -> None:
    bob = Actor(await me(api, api.person), "bob", ActorKind.PERSON)
    for actor, status in ((bob, RunStatus.DONE), (SYSTEM, RunStatus.DONE), (SYSTEM, RunStatus.FAILED)):
        await runs.request(api.database, actor, RunRequest("influence", "", {}, 7))
        claimed = await runs.claim(api.database, "worker")
        assert claimed is not None
        facts = (
            {"counts": {"scored": 12}} if status is RunStatus.DONE else {"error": "too little.", "reason": "no_signals"}
        )
        assert await runs.finish(api.database, claimed, status, **facts)

    (of_bob,) = (await listed(api, api.person))["nodes"]
    (of_administrators,) = (await listed(api, api.admin))["nodes"]
    assert of_bob["kind"] == "analysis_done"
    assert of_bob["text"].endswith("of influence is done")
    assert of_administrators["kind"] == "analysis_failed"
    assert of_administrators["text"].endswith("of influence failed: too little.")
    number, later = of_bob["details"].pop("number"), of_administrators["details"].pop("number")
    assert later == number + 2
    assert of_bob["details"] == {"engine": "influence", "scored": 12}
    assert of_administrators["details"] == {"engine": "influence", "error": "too little.", "reason": "no_signals"}
    asked = await api.ask("query ($id: ID!) { analysis(id: $id) { error reason } }", id=of_administrators["subject"])
    assert asked.json()["data"]["analysis"] == {"error": "too little.", "reason": "no_signals"}


async def test_what_was_told_before_facts_were_kept_has_its_sentence(api: Any) -> None:
    bob = await me(api, api.person)
    await told(api.database, "Sales", bob)
    await api.database.driver.execute_query("MATCH (n:Notification) REMOVE n.facts", database_=api.database.name)

    (node,) = (await listed(api, api.person))["nodes"]
    assert (node["text"], node["details"]) == ("“Sales” is here, as you wished.", {})


@pytest.mark.parametrize(
    ("arguments", "code"),
    [({"first": 201}, "page_too_large"), ({"first": -1}, "page_too_large"), ({"after": "x"}, "bad_cursor")],
)
async def test_a_page_that_cannot_be_given_is_refused(api: Any, arguments: Any, code: str) -> None:
    answer = (await api.ask(LISTED, **{"unread": False, "first": 1, **arguments})).json()

    assert [each["code"] for each in answer["errors"][0]["extensions"]["problems"]] == [code]


async def test_nobody_is_told_of_kinds_that_they_leave_out(api: Any) -> None:
    bob = await me(api, api.person)

    async def tell(kind: str, **facts: Any) -> None:
        async def work(transaction: Transaction) -> None:
            await notifications.tell(transaction, notice(kind, "it", **facts), person=bob)

        await api.database.write(work)

    chosen = (await api.ask(CHOOSE, token=api.person, u=["import_done"])).json()["data"]["chooseNotifications"]
    for kind in ("import_done", "import_undone"):
        await tell(kind, name="people.csv")
    left = [each["kind"] for each in (await listed(api, api.person))["nodes"]]
    refused = (await api.ask(CHOOSE, token=api.person, u=["page_due", "import_done"])).json()["data"]
    kinds = (await api.ask("{ notificationKinds { kind wanted } }", token=api.person)).json()["data"][
        "notificationKinds"
    ]
    all_again = (await api.ask(CHOOSE, token=api.person, u=[])).json()["data"]["chooseNotifications"]

    assert left == ["import_undone"]
    assert chosen == {"kinds": kinds, "errors": []}
    assert {each["kind"]: each["wanted"] for each in kinds} == {
        "analysis_done": True, "analysis_failed": True, "import_done": False, "import_undone": True,
    }  # fmt: skip
    assert refused["chooseNotifications"] == {
        "kinds": None,
        "errors": [{"code": "unknown_notice", "path": ["unwanted", 0]}],
    }
    assert all(each["wanted"] for each in all_again["kinds"])

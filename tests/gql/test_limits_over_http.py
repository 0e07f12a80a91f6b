"""Limits as clients of a running server meet them: cost, minutes, plans for administrators, callers who hang up."""

from __future__ import annotations

import asyncio
from typing import Any

import anyio
import httpx
import neo4j
import pytest
from sockets import admitted

from graph import people
from models.allowances import Allowance

pytestmark = pytest.mark.anyio

MODEL = """mutation { applyModel(input: {
  types: [{name: "Person", plural: "People", fields: [{name: "name", kind: "text"}]}],
  relations: [{name: "KNOWS", symmetric: true, source: {types: ["Person"], field: "knows"},
               target: {types: ["Person"], field: "knows"}}]}) { errors { message } } }"""
FILL = """UNWIND range(1, 150) AS n
CREATE (:Record:Person {id: 'p' + n, version: 1, createdAt: datetime(), updatedAt: datetime(), validFrom: datetime(),
                        knownFrom: datetime(), name: 'P' + n})
WITH count(1) AS made MATCH (a:Person), (b:Person) WHERE a.id < b.id
CREATE (a)-[:KNOWS {id: a.id + b.id, version: 1, createdAt: datetime(), updatedAt: datetime(), knownFrom: datetime()}]->(b)"""
KNOWS = "{ knows: { every: { node: " * 3 + "{ name: { ne: $x } }" + " } } }" * 3
ENDLESS = f"query($x: String) {{ people(where: {KNOWS}) {{ totalCount }} }}"
RUNNING = """SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'KNOWS' AND NOT currentQuery CONTAINS 'SHOW'
RETURN count(*) AS running"""
THREE = "{ people(first: 3) { nodes { name knows(first: 2) { nodes { id } } } } }"
TRACE = f"00-{'1' * 32}-{'2' * 16}-01"
SET = """mutation($who: String, $bearer: ID, $operation: Int, $minute: Int) {
  setAllowance(input: {user: $who, token: $bearer, operation: $operation, minute: $minute}) {
    allowance { operation minute } errors { code message path } } }"""


@pytest.fixture(scope="module")
async def api(standing_api: Any, neo4j_driver: neo4j.Driver) -> Any:
    """A server with people who all know each other."""
    answer = (await standing_api.ask(MODEL)).json()
    assert answer["data"]["applyModel"]["errors"] == [], answer
    neo4j_driver.execute_query(FILL)
    return standing_api


def codes(response: httpx.Response) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


async def running(driver: neo4j.Driver) -> int:
    records = (await anyio.to_thread.run_sync(driver.execute_query, RUNNING)).records
    return int(records[0]["running"])


async def until_running(driver: neo4j.Driver, wanted: int) -> None:
    async with asyncio.timeout(30):
        while await running(driver) != wanted:
            await asyncio.sleep(0.05)


async def test_an_answer_tells_what_was_charged_what_came_and_what_is_left(api: Any) -> None:
    response = await api.ask(THREE)

    cost = response.json()["extensions"]["cost"]
    assert (cost["requested"], cost["actual"], cost["limit"]) == (3 + 6, 3 + 6, 500_000)
    assert 0 < cost["remaining"] < 20_000_000
    assert response.headers["ratelimit-policy"] == '"person";q=20000000;w=60'
    assert response.headers["ratelimit"].startswith(f'"person";r={cost["remaining"]};t=')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{ people(first: 1000000000) { nodes { id } } }", "page_too_large"),
        ("{ people { nodes { knows { nodes { knows { nodes { knows { nodes { id } } } } } } } } }", "too_costly"),
        (
            "{ people(first: 100) { nodes { knows(first: 100) { nodes { knows(first: 100) { nodes { id } } } } } } }",
            "too_costly",
        ),
    ],
    ids=["a page of a thousand millions", "no first four times", "a hundred cubed"],
)
async def test_what_costs_too_much_never_reaches_the_database(
    api: Any, neo4j_driver: neo4j.Driver, text: str, code: str
) -> None:
    response = await api.ask(text)

    assert codes(response) == [code]
    assert "data" not in response.json()
    if code == "too_costly":
        (error,) = response.json()["errors"]
        assert error["extensions"]["dearest"]["path"].endswith("knows.knows")
        assert "smaller pages" in error["message"]


async def test_who_has_spent_a_minute_waits_and_others_do_not(api: Any) -> None:
    assert (await api.ask(SET, who="bob", minute=20)).json()["data"]["setAllowance"]["errors"] == []
    await asyncio.sleep(1.1)  # who somebody is is remembered for a second

    responses = [await api.ask(THREE, token=api.person) for _ in range(3)]

    assert [response.status_code for response in responses] == [200, 200, 429]
    assert codes(responses[-1]) == ["rate_limited"]
    wait_s = int(responses[-1].headers["retry-after"])
    assert 0 < wait_s <= 60
    assert responses[-1].headers["ratelimit"] == f'"person";r=2;t={wait_s}'
    assert (await api.ask(THREE)).status_code == 200
    async with admitted(api.address, api.person) as socket:
        await socket.ask(THREE)
        assert await socket.refused() == "rate_limited"
    events = await api.http.post(
        "/graphql", json={"query": THREE}, headers={**api.bearer(api.person), "accept": "text/event-stream"}
    )
    assert '"code":"rate_limited"' in events.text
    assert (await api.ask(SET, who="bob")).json()["data"]["setAllowance"]["allowance"] == {
        "operation": None,
        "minute": None,
    }


async def test_a_refused_document_counts_too(api: Any) -> None:
    before = (await api.ask(THREE)).json()["extensions"]["cost"]["remaining"]
    await api.ask("{ nothing }")
    after = (await api.ask(THREE)).json()["extensions"]["cost"]["remaining"]

    assert before - after == 1 + 9


async def test_a_token_may_spend_less_than_its_person(api: Any) -> None:
    (token,) = [each for each in await people.list_tokens(api.database) if each.user == "bob"]
    await people.set_token_allowance(api.database, token.id, Allowance(8, None))
    await asyncio.sleep(1.1)

    refused = await api.ask(THREE, token=api.person)
    await people.set_token_allowance(api.database, token.id, Allowance())
    await asyncio.sleep(1.1)

    assert codes(refused) == ["too_costly"]
    assert refused.json()["errors"][0]["extensions"]["cost"] == {"requested": 9, "limit": 8}


async def test_allowances_are_set_by_administrators_and_only_to_what_can_be(api: Any) -> None:
    asked: list[tuple[dict[str, Any], str | None, str]] = [
        ({"who": "bob", "minute": 5}, api.person, "forbidden"),
        ({"who": "nobody", "minute": 5}, None, "unknown_user"),
        ({"bearer": "nothing", "minute": 5}, None, "unknown_token"),
        ({"who": "bob", "minute": 0}, None, "bad_allowance"),
        ({"minute": 5}, None, "one_of"),
    ]
    for variables, token, code in asked:
        answer = (await api.ask(SET, token=token, **variables)).json()["data"]["setAllowance"]
        assert [error["code"] for error in answer["errors"]] == [code], answer


async def test_administrators_are_told_statement_plan_and_rows(api: Any) -> None:
    def asked(token: str, query: str = THREE, explain: Any = True) -> Any:
        document = {"query": query, "extensions": {"explain": explain}}
        return api.http.post("/graphql", json=document, headers=api.bearer(token))

    told = (await asked(api.admin)).json()

    explain = told["extensions"]["explain"]
    assert len(told["data"]["people"]["nodes"]) == 3
    assert "MATCH" in explain["cypher"]
    assert explain["plan"]["operator"] == "ProduceResults"
    assert (explain["plan"]["rows"], explain["plan"]["estimatedRows"] > 0) == (1, True)
    assert explain["databaseHits"] > 0
    assert codes(await asked(api.person)) == ["explain_not_allowed"]
    assert codes(await asked(api.admin, SET)) == ["explain_reads_only"]
    assert codes(await asked(api.admin, explain="yes")) == ["bad_request"]


async def test_who_hangs_up_ends_the_statement(api: Any, neo4j_driver: neo4j.Driver) -> None:
    await people.set_allowance(api.database, "ann", Allowance(50_000_000))
    await asyncio.sleep(1.1)
    async with httpx.AsyncClient(base_url=api.address, timeout=60) as http:
        document = {"query": ENDLESS, "variables": {"x": "nobody"}}
        asking = asyncio.create_task(http.post("/graphql", json=document, headers=api.bearer()))
        await until_running(neo4j_driver, 1)

        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    await until_running(neo4j_driver, 0)


async def test_strangers_learn_nothing_but_that_they_are_strangers(api: Any) -> None:
    asked = [
        {"query": "{ __schema { types { name } } }"},
        {"query": "{ peple { id } }"},
        {"query": "{ me { name } }", "extensions": {"explain": True}},
    ]
    for document in asked:
        response = await api.http.post(
            "/graphql", json=document, headers={"traceparent": "00-" + "1" * 32 + "-" + "2" * 16 + "-01"}
        )
        assert response.status_code == 401
        assert codes(response) == ["not_signed_in"]
        assert "people" not in response.text
        told = {name for name in response.headers if name.startswith(("ratelimit", "trace", "server-timing", "xrm-"))}
        assert told == set()
    page = await api.http.get("/graphql", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/?next=/graphql")


async def test_who_has_written_reads_it_wherever_the_bookmark_is_sent_to(api: Any) -> None:
    make = 'mutation { createPerson(input: {data: {name: "New"}}) { person { id } errors { message } } }'

    made = await api.ask(make)
    bookmark = made.headers["xrm-bookmark"]
    read = await api.http.post(
        "/graphql", json={"query": "{ me { name } }"}, headers={**api.bearer(), "xrm-bookmark": bookmark}
    )
    wrong = await api.http.post(
        "/graphql", json={"query": "{ me { name } }"}, headers={**api.bearer(), "xrm-bookmark": "no bookmark"}
    )

    assert made.json()["data"]["createPerson"]["errors"] == []
    assert read.status_code == 200
    assert "xrm-bookmark" not in read.headers
    assert (wrong.status_code, codes(wrong)) == (400, ["bad_bookmark"])


async def test_a_browser_keeps_what_it_has_written_by_itself(api: Any) -> None:
    async with httpx.AsyncClient(base_url=api.address, timeout=30) as browser:
        form = {"username": "bob", "password": api.password}
        await browser.post("/auth/login", json=form)
        made = await browser.post(
            "/graphql", json={"query": 'mutation { createPerson(input: {data: {name: "New"}}) { changeSet } }'}
        )
        read = await browser.post("/graphql", json={"query": "{ me { name } }"})

    kept = made.headers["set-cookie"]
    assert kept.startswith(f"xrm_bookmark={made.headers['xrm-bookmark']}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax")
    assert read.json()["data"]["me"]["name"] == "bob"
    assert "xrm_bookmark=" in read.request.headers["cookie"]

"""Lists as streams of CSV and NDJSON: in flat memory, read while they are sent, ended by whoever goes away."""

from __future__ import annotations

import asyncio
import csv
import io
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import orjson
import pytest
from rest_worlds import Rest, problems

from gql.execute.answers import Answer, answered, refusal
from gql.streaming.pages import AGAIN_S, Broken, ListQuery, pages
from gql.streaming.responding import CutShort, Form, respond
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio

MANY, MANY_OF_SOAK = 20_000, 1_000_000
FLAT_BYTES = 12 << 20
FILL = """
UNWIND range(1, $many) AS n
CALL (n) {
  CREATE (:Record:Person {
    id: 'p' + right('0000000' + n, 8), name: 'Person number ' + n, version: 1, createdAt: datetime(), updatedAt: datetime(),
    validFrom: datetime(), knownFrom: datetime()
  })
} IN TRANSACTIONS OF 10000 ROWS
"""
PEOPLE = "{ people { nodes { id name } } }"


@pytest.fixture(scope="module")
async def rest(standing_api: Any) -> Rest:
    """A server with the model, and two companies."""
    made = await Rest.begun(standing_api)
    staff = {"create": [{"data": {"name": "Ada"}, "role": "boss"}, {"data": {"name": 'Bob "the" 2nd'}}]}
    await made.company("=1+1", tags=["big", "new"], revenue={"amount": "12.50", "currency": "EUR"}, employees=staff)
    await made.company("Zürich, AG", size=-3)
    return made


async def asked(rest: Rest, query: str, accept: str, **variables: Any) -> httpx.Response:
    headers = rest.api.bearer() | {"accept": accept}
    document = {"query": query, "variables": variables}
    response: httpx.Response = await rest.api.http.post("/graphql", json=document, headers=headers, timeout=120)
    return response


async def test_a_list_of_rest_is_csv_with_columns_named_by_their_way(rest: Rest) -> None:
    fields = "name,size,tags,revenue,employees.name,employees.link.role"

    answer = await rest("GET", f"/companies?format=csv&order=-name&fields={fields}")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == 'attachment; filename="companies.csv"'
    assert list(csv.reader(io.StringIO(answer.text, newline=""))) == [
        ["name", "size", "tags", "revenue.amount", "revenue.currency", "employees.name", "employees.link.role"],
        ["Zürich, AG", "'-3", "", "", "", "", ""],
        ["'=1+1", "", "big;new", "12.50", "EUR", 'Ada;Bob "the" 2nd', "boss"],
    ]
    assert answer.text.count("\r\n") == 3


async def test_a_header_speaks_the_language_that_is_asked_for(rest: Rest) -> None:
    answer = await rest("GET", "/companies?format=csv&first=0&labels=fa-IR&fields=name,size")

    assert answer.text == "نام,size\r\n"


async def test_a_list_is_ndjson_where_the_client_takes_nothing_else(rest: Rest) -> None:
    answer = await rest("GET", "/companies?order=name&fields=name,size", accept="application/x-ndjson")

    assert answer.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    assert [orjson.loads(line) for line in answer.text.splitlines()] == [
        {"name": "=1+1", "size": None},
        {"name": "Zürich, AG", "size": -3},
    ]


async def test_a_stream_of_the_links_of_nobody_is_not_found(rest: Rest) -> None:
    nobody = "0190f1c2-0000-7000-8000-000000000000"

    answer = await rest("GET", f"/companies/{nobody}/employees?format=csv")

    assert (answer.status_code, problems(answer)) == (404, [("not_found", ["id"])])


async def test_the_list_of_a_graphql_query_is_streamed(rest: Rest) -> None:
    query = """query ($city: FilterText, $n: Int) { found: companies(whereText: $city, first: $n, orderBy: {name: ASC}) {
      nodes { title: name ...Money staff: employees { edges { link { role } node { name } } } } } }
      fragment Money on Company { revenue { amount } }"""

    answer = await asked(rest, query, "text/csv", n=1)
    rows = await asked(rest, query, "application/x-ndjson", city="size < 0")

    assert answer.text.splitlines() == [
        "title,revenue.amount,staff.edges.link.role,staff.edges.node.name",
        '\'=1+1,12.50,boss,"Ada;Bob ""the"" 2nd"',
    ]
    assert [orjson.loads(line) for line in rows.text.splitlines()] == [
        {"title": "Zürich, AG", "revenue": None, "staff": {"edges": []}}
    ]


async def test_lists_that_give_less_at_once_are_streamed_too(rest: Rest) -> None:
    found = await rest("GET", "/companies?format=csv&search=zurich&fields=name")
    searched = await asked(rest, '{ search(text: "zurich") { edges { node { displayName } } } }', "text/csv")
    told = await asked(rest, "{ accountChanges { nodes { kind } } }", "application/x-ndjson")

    assert found.text.splitlines() == ["name", '"Zürich, AG"']
    assert searched.text.splitlines() == ["node.displayName", '"Zürich, AG"']
    assert told.status_code == 200, told.text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ companies { totalCount } }", "not_a_list"),
        ("{ companies { nodes { name } totalCount } }", "not_a_list"),
        ("{ companies { nodes { name } } people { nodes { name } } }", "not_a_list"),
        ("{ me { name } }", "not_a_list"),
        ("{ companies(last: 3) { nodes { name } } }", "not_a_list"),
        ('mutation { createPerson(input: {data: {name: "X"}}) { errors { code } } }', "not_a_list"),
        ("{ companies { nodes { colour } } }", "invalid_operation"),
        ("{ companies { nodes { name", "syntax_error"),
    ],
)
async def test_what_is_no_list_of_rows_is_refused_as_any_operation(rest: Rest, query: str, code: str) -> None:
    answer = await asked(rest, query, "text/csv")

    assert answer.status_code == 400
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == [code]


async def test_a_long_list_comes_whole_in_flat_memory_and_before_it_is_read_to_its_end(
    rest: Rest, neo4j_driver: neo4j.Driver, soak: bool
) -> None:
    many = MANY_OF_SOAK if soak else MANY
    with neo4j_driver.session() as session:
        session.run(FILL, many=many).consume()
    tracemalloc.start()
    rows, ids = 0, ""
    async for line in lines(rest, PEOPLE):
        row = orjson.loads(line)
        assert row["id"] > ids
        ids, rows = row["id"], rows + 1
        if rows == 1:
            tracemalloc.reset_peak()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert rows == many + 2
    assert most < FLAT_BYTES

    rows = 0
    async for _ in lines(rest, PEOPLE):
        rows += 1
        if rows == 1:
            with neo4j_driver.session() as session:
                session.run(
                    "MATCH (p:Person) WHERE p.id > 'p00010000' CALL (p) { DETACH DELETE p } IN TRANSACTIONS"
                ).consume()
    assert rows < many


async def lines(rest: Rest, query: str) -> AsyncIterator[str]:
    headers = rest.api.bearer() | {"accept": "application/x-ndjson"}
    async with rest.api.http.stream("POST", "/graphql", json={"query": query}, headers=headers, timeout=120) as answer:
        async for line in answer.aiter_lines():
            yield line


# what happens in the middle of a stream, on an executor of the test's own


def page_of(rows: int, *, more: bool) -> Answer:
    info = {"hasNextPage": more, "endCursor": "c"}
    return answered({"people": {"nodes": [{"name": "x"}] * rows, "pageInfo": info}}, [])


class Answers:
    """Gives prepared answers, and remembers what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.asked = list(answers), []  # type: ignore[var-annotated]  # of any messages

    async def execute(self, text: str, variables: Any, name: Any, actor: Any, **_: Any) -> Answer:
        self.asked.append((variables["first"], variables["after"]))
        return self.answers.pop(0)


async def at_once(seconds: float) -> None:
    """Waits for nothing."""


async def never(seconds: float) -> None:
    raise AssertionError(seconds)


QUERY = ListQuery("…", {}, ("people",), "nodes")


async def test_no_more_rows_are_read_than_are_asked_for() -> None:
    executor = Answers(page_of(2, more=True), page_of(1, more=True))

    found = [len(rows) async for rows in pages(executor, ListQuery("…", {}, ("people",), "nodes", most=3), SYSTEM, 2)]

    assert (found, executor.asked) == ([2, 1], [(2, None), (1, "c")])


async def test_who_has_spent_what_they_may_waits_for_the_next_minute() -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    spent = refusal([{"message": "Wait.", "extensions": {"code": "rate_limited", "retryAfter": 7}}])
    executor = Answers(page_of(2, more=True), spent, page_of(1, more=False))

    found = [len(rows) async for rows in pages(executor, QUERY, SYSTEM, 2, wait=sleep)]

    assert (found, waited) == ([2, 1], [7])


@pytest.mark.parametrize("code", ["timed_out", "unavailable"])
async def test_a_later_page_is_asked_for_again_where_what_is_wrong_may_pass(code: str) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    away = answered(None, [{"message": "Away.", "extensions": {"code": code}}])
    executor = Answers(page_of(2, more=True), away, away, page_of(1, more=False))

    found = [len(rows) async for rows in pages(executor, QUERY, SYSTEM, 2, wait=sleep)]

    assert (found, waited) == ([2, 1], [1, 4])
    assert executor.asked == [(2, None), (2, "c"), (2, "c"), (2, "c")]


async def test_a_first_page_and_what_does_not_pass_are_not_asked_for_again() -> None:
    for before, code in (((), "unavailable"), ((page_of(2, more=True),), "internal")):
        executor = Answers(*before, answered(None, [{"message": "No.", "extensions": {"code": code}}]))

        with pytest.raises(Broken):
            [len(rows) async for rows in pages(executor, QUERY, SYSTEM, 2, wait=never)]


async def test_a_client_that_goes_away_ends_the_reading() -> None:
    ended = asyncio.Event()
    sent: list[Any] = []

    async def endless() -> AsyncIterator[Any]:
        try:
            while True:
                yield [{"name": "x"}]
                await asyncio.sleep(0)
        finally:
            ended.set()

    async def receive() -> Any:
        while len(sent) < 5:
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await respond(Form.NDJSON, (), endless(), "people", receive, send)

    assert ended.is_set()
    assert sent[-1].get("more_body") is True


async def test_a_page_that_cannot_be_read_breaks_the_connection_off() -> None:
    sent: list[Any] = []
    away = answered(None, [{"message": "Away.", "extensions": {"code": "unavailable"}}])
    executor = Answers(page_of(2, more=True), *[away] * (1 + len(AGAIN_S)))

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    read = pages(executor, QUERY, SYSTEM, 2, wait=at_once)
    with pytest.raises(CutShort):
        await respond(Form.NDJSON, (), read, "people", receive, send)

    assert not executor.answers
    assert [message.get("more_body") for message in sent[1:]] == [True]

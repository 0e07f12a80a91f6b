"""What was changed, as the API tells it: histories of records, of links and of fields, and the feed of all changes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from served_models import until_served

from graph.sequencer import number

pytestmark = pytest.mark.anyio

MODEL = """mutation { applyModel(input: {
  types: [
    {name: "Firm", plural: "Firms", fields: [
      {name: "name", kind: "text", required: true},
      {name: "revenue", kind: "money", options: {currency: "EUR"}},
      {name: "share", kind: "percent"},
      {name: "state", kind: "choice", options: {choices: [{value: "open"}, {value: "won"}]}},
      {name: "founded", kind: "date"}]},
    {name: "Clerk", plural: "Clerks", fields: [{name: "name", kind: "text", required: true}]}],
  relations: [{name: "SERVES", source: {types: ["Clerk"], field: "firms"}, target: {types: ["Firm"], field: "clerks"},
    fields: [{name: "role", kind: "text"}]},
    {name: "ADVISES", source: {types: ["Clerk"], field: "advised"}, target: {types: ["Firm"], field: "advisers"},
    fields: [{name: "role", kind: "text"}], validity: OVERLAPS}]}) { model { version } errors { message } } }"""
CREATE = 'mutation($data: FirmDataInput!) { createFirm(input: {data: $data, reason: "met"}) { firm { id } errors { message } } }'
UPDATE = """mutation($id: ID!, $data: FirmChangesInput!, $why: String) {
  updateFirm(input: {id: $id, data: $data, reason: $why}) { firm { id } changeSet errors { message } } }"""
CHANGE = "{ operation actor { name kind } reason origin type record link source target fields { field before after } }"


@pytest.fixture(scope="module")
async def firms(standing_api: Any) -> Any:
    """A server whose model has firms and the clerks who serve them."""
    answer = await told(standing_api, MODEL)
    assert answer["applyModel"]["errors"] == []
    await until_served(standing_api, answer["applyModel"]["model"]["version"])
    return standing_api


async def told(api: Any, text: str, token: str | None = None, **variables: Any) -> dict[str, Any]:
    """The data of an answer without errors."""
    answer = (await api.ask(text, token=token, **variables)).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data


async def error(api: Any, text: str, **variables: Any) -> tuple[str, str]:
    """The code and the sentence of the one error of an answer."""
    (problem,) = (await api.ask(text, **variables)).json()["errors"]
    (inner,) = problem["extensions"].get("problems", [problem["extensions"]])
    return inner["code"], problem["message"]


async def created(api: Any, **data: Any) -> str:
    payload = (await told(api, CREATE, data=data))["createFirm"]
    assert payload["errors"] == []
    id_: str = payload["firm"]["id"]
    return id_


async def test_a_history_tells_who_when_why_and_both_values_as_the_api_shows_them(firms: Any) -> None:
    revenue = {"amount": "10.50", "currency": "EUR"}
    id_ = await created(firms, name="Alpha", revenue=revenue, share="12.50", state="open", founded="2001-02-03")
    changed = {"revenue": {"amount": "99.99"}, "state": "won", "founded": None}
    await told(firms, UPDATE, firms.person, id=id_, data=changed, why="signed")

    query = f"query($id: ID!) {{ firm(id: $id) {{ history {{ nodes {CHANGE} }} }} }}"
    changes = (await told(firms, query, id=id_))["firm"]["history"]["nodes"]

    assert [(each["operation"], each["actor"], each["reason"], each["origin"]) for each in changes] == [
        ("update", {"name": "bob", "kind": "token"}, "signed", "api"),
        ("create", {"name": "ann", "kind": "token"}, "met", "api"),
    ]
    assert (changes[0]["type"], changes[0]["record"], changes[0]["link"]) == ("Firm", id_, None)
    assert changes[0]["fields"] == [
        {"field": "revenue", "before": revenue, "after": {"amount": "99.99", "currency": "EUR"}},
        {"field": "state", "before": "open", "after": "won"},
        {"field": "founded", "before": "2001-02-03", "after": None},
    ]
    assert {each["field"]: each["after"] for each in changes[1]["fields"]} == {
        "name": "Alpha", "revenue": revenue, "share": "12.50", "state": "open", "founded": "2001-02-03",
    }  # fmt: skip


async def test_pages_of_a_history_join_without_loss_also_of_the_interface_and_by_id(firms: Any) -> None:
    id_ = await created(firms, name="n0")
    for place in range(1, 7):
        await told(firms, UPDATE, id=id_, data={"name": f"n{place}"})
    page = "{ edges { cursor node { fields { after } } } pageInfo { hasNextPage hasPreviousPage endCursor } }"
    ways = (
        (
            "record",
            f"query($id: ID!, $after: String) {{ record(id: $id) {{ history(first: 3, after: $after) {page} }} }}",
        ),
        ("", f"query($id: ID!, $after: String) {{ history(id: $id, first: 3, after: $after) {page} }}"),
    )

    for outer, query in ways:
        names, after, sizes = [], None, []
        while True:
            data = await told(firms, query, id=id_, after=after)
            found = (data[outer] if outer else data)["history"]
            names += [each["node"]["fields"][0]["after"] for each in found["edges"]]
            sizes.append(len(found["edges"]))
            assert found["pageInfo"]["hasPreviousPage"] is (after is not None)
            after = found["edges"][-1]["cursor"]
            if not found["pageInfo"]["hasNextPage"]:
                break

        assert (names, sizes) == ([f"n{place}" for place in (6, 5, 4, 3, 2, 1, 0)], [3, 3, 1])


async def test_the_history_of_a_field_shows_the_changes_that_touched_it(firms: Any) -> None:
    id_ = await created(firms, name="Beta", state="open")
    await told(firms, UPDATE, id=id_, data={"name": "Betta"})
    await told(firms, UPDATE, id=id_, data={"state": "won"})
    ask = """query($id: ID!, $fields: [String!]) { firms(where: {id: {eq: $id}}) {
      nodes { history(fields: $fields) { nodes { fields { after } } } } } }"""

    by_state = (await told(firms, ask, id=id_, fields=["state"]))["firms"]["nodes"][0]["history"]["nodes"]
    by_role = (await told(firms, ask, id=id_, fields=["role"]))["firms"]["nodes"][0]["history"]["nodes"]

    assert [[field["after"] for field in each["fields"]] for each in by_state] == [["won"], ["Beta", "open"]]
    assert by_role == []
    code, message = await error(firms, ask, id=id_, fields=["stat"])
    assert (code, "did you mean state?" in message) == ("unknown_field", True)
    assert (await error(firms, ask, id=id_, fields=["x"] * 101))[0] == "too_many_fields"


async def test_a_link_has_a_history_in_its_edge_and_by_its_id_when_it_is_no_more(firms: Any) -> None:
    id_ = await created(firms, name="Gamma", clerks={"create": [{"data": {"name": "Cleo"}, "role": "guide"}]})
    edge = (
        "query($id: ID!) { firm(id: $id) { clerks { edges { link { id history(first: 1) { nodes "
        + CHANGE
        + " } } } } } }"
    )
    link = (await told(firms, edge, id=id_))["firm"]["clerks"]["edges"][0]["link"]
    await told(firms, UPDATE, id=id_, data={"clerks": {"update": [{"linkId": link["id"], "role": "head"}]}})
    await told(firms, UPDATE, id=id_, data={"clerks": {"unlink": [{"linkId": link["id"]}]}})

    (made,) = link["history"]["nodes"]
    nodes = (await told(firms, f"query($id: ID!) {{ history(id: $id) {{ nodes {CHANGE} }} }}", id=link["id"]))[
        "history"
    ]["nodes"]

    assert (made["operation"], made["type"], made["target"], made["record"]) == ("create", "SERVES", id_, None)
    assert made["fields"] == [{"field": "role", "before": None, "after": "guide"}]
    assert [(each["operation"], each["fields"]) for each in nodes] == [
        ("unlink", [{"field": "role", "before": "head", "after": None}]),
        ("update", [{"field": "role", "before": "guide", "after": "head"}]),
        ("create", made["fields"]),
    ]


async def test_the_end_of_a_link_changes_its_time_and_leaves_it_its_values(firms: Any) -> None:
    adviser = {"data": {"name": "Dora"}, "role": "guide", "validFrom": "2020-01-01T00:00:00Z"}
    id_ = await created(firms, name="Delta", advisers={"create": [adviser]})
    found = await told(firms, "query($id: ID!) { firm(id: $id) { advisers { edges { link { id } } } } }", id=id_)
    link = found["firm"]["advisers"]["edges"][0]["link"]["id"]
    await told(firms, UPDATE, id=id_, data={"advisers": {"end": [{"linkId": link, "at": "2021-01-01T00:00:00Z"}]}})
    query = "query($id: ID!, $fields: [String!]) { history(id: $id, fields: $fields) { nodes " + CHANGE + " } }"

    whole, roles, ends = [
        (await told(firms, query, id=link, fields=fields))["history"]["nodes"]
        for fields in (None, ["role"], ["validTo"])
    ]

    assert [each["operation"] for each in whole] == ["end", "create"]
    assert whole[0]["fields"] == [{"field": "validTo", "before": None, "after": "2021-01-01T00:00:00Z"}]
    assert [each["operation"] for each in roles] == ["create"]
    assert [each["operation"] for each in ends] == ["end"]


async def test_bad_pages_and_cursors_of_a_history_are_refused_with_their_reason(firms: Any) -> None:
    id_ = await created(firms, name="Delta")
    ask = """query($id: ID!, $first: Int, $after: String) {
      firm(id: $id) { history(first: $first, after: $after) { nodes { id } } } }"""
    root = "query($id: ID!, $first: Int!, $after: String) { history(id: $id, first: $first, after: $after) { nodes { id } } }"

    assert (await error(firms, ask, id=id_, first=-1))[0] == "page_too_large"
    assert (await error(firms, ask, id=id_, first=10**9))[0] == "page_too_large"
    assert (await error(firms, ask, id=id_, after="k1.forged"))[0] == "bad_cursor"
    assert (await error(firms, root, id=id_, first=201))[0] == "out_of_range"
    assert (await error(firms, root, id=id_, first=1, after="nonsense"))[0] == "bad_cursor"
    assert (await told(firms, root, id="no such id", first=5))["history"]["nodes"] == []


FEED = """query($since: String, $first: Int!, $types: [String!], $except: ID) {
  changes(since: $since, first: $first, types: $types, exceptActor: $except) {
    latest pageInfo { hasNextPage endCursor }
    nodes { id type changeSet record operation actor { id name } } } }"""


async def followed(api: Any, since: str | None, *, first: int = 7, **wanted: Any) -> tuple[list[dict[str, Any]], str]:
    """Everything in the feed behind a cursor, page by page, and the cursor behind it."""
    found: list[dict[str, Any]] = []
    while True:
        page = (await told(api, FEED, since=since, first=first, **wanted))["changes"]
        assert len(page["nodes"]) <= first
        found += page["nodes"]
        since = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert since is not None
            return found, since


async def start(api: Any) -> str:
    """The cursor behind everything there is."""
    await number(api.database)
    cursor: str = (await told(api, FEED, first=0))["changes"]["latest"]
    return cursor


async def test_the_feed_shows_what_has_a_number_and_goes_on_within_a_change_set(firms: Any) -> None:
    begin = await start(firms)
    many = "mutation($data: [FirmDataInput!]!) { createFirms(input: {data: $data}) { changeSet errors { message } } }"
    set_ = (await told(firms, many, data=[{"name": f"bulk {place}"} for place in range(10)]))["createFirms"][
        "changeSet"
    ]

    before, unmoved = await followed(firms, begin)
    await number(firms.database)
    changes, end = await followed(firms, begin, first=4)

    assert (before, unmoved) == ([], begin)
    assert [(each["changeSet"], each["operation"]) for each in changes] == [(set_, "create")] * 10
    assert len({each["id"] for each in changes}) == 10
    assert await followed(firms, end) == ([], end)


async def test_fifty_parallel_writers_are_followed_without_loss_and_without_doubles(firms: Any) -> None:
    begin = await start(firms)
    seen: list[dict[str, Any]] = []
    writing = asyncio.create_task(_write(firms, writers=50, each=4))

    cursor = begin
    while not writing.done():
        await number(firms.database)
        more, cursor = await followed(firms, cursor)
        seen += more
    made = await writing
    await number(firms.database)
    more, _ = await followed(firms, cursor)
    seen += more

    assert sorted(each["record"] for each in seen) == sorted(made)
    assert len(made) == 200


async def _write(api: Any, *, writers: int, each: int) -> list[str]:
    async def one(writer: int) -> list[str]:
        return [await created(api, name=f"{writer}.{place}") for place in range(each)]

    return [id_ for made in await asyncio.gather(*map(one, range(writers))) for id_ in made]


async def test_the_feed_is_narrowed_by_type_and_leaves_out_its_own_writer(firms: Any) -> None:
    begin = await start(firms)
    id_ = await created(firms, name="Zeta", clerks={"create": [{"data": {"name": "Zoe"}}]})
    await told(firms, UPDATE, firms.person, id=id_, data={"name": "Zetta"})
    await number(firms.database)

    links, end = await followed(firms, begin, types=["SERVES"])
    (bobs,), _ = await followed(firms, begin, types=["Firm"], **{"except": await _ann(firms)})

    assert [(each["type"], each["record"]) for each in links] == [("SERVES", None)]
    assert await followed(firms, end) == ([], end)
    assert (bobs["operation"], bobs["actor"]["name"]) == ("update", "bob")


async def _ann(api: Any) -> str:
    id_: str = (await told(api, "{ me { id } }"))["me"]["id"]
    return id_


async def test_bad_input_to_the_feed_is_refused_with_its_reason(firms: Any) -> None:
    begin = await start(firms)
    beyond = f"{int(begin.partition('.')[0]) + 5}.~"

    assert (await error(firms, FEED, first=1001))[0] == "out_of_range"
    assert (await error(firms, FEED, first=-1))[0] == "out_of_range"
    assert (await error(firms, FEED, first=1, since="'; DROP"))[0] == "bad_cursor"
    code, message = await error(firms, FEED, first=1, since=beyond)
    assert (code, "go on from changes { latest }" in message) == ("unknown_cursor", True)
    code, message = await error(firms, FEED, first=1, types=["Frim"])
    assert (code, "Did you mean Firm?" in message) == ("unknown_type", True)

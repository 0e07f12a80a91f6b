"""Undo through the API: looked at first, refused with both values, kept or overridden, of a change, a set, a person's doings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from served_models import until_served

pytestmark = pytest.mark.anyio

MODEL = """mutation { applyModel(input: {types: [{name: "Firm", plural: "Firms", fields: [
  {name: "name", kind: "text", required: true}, {name: "worth", kind: "money", options: {currency: "EUR"}}]}]}) {
  model { version } errors { message } } }"""
CREATE = "mutation($data: [FirmDataInput!]!) { createFirms(input: {data: $data}) { firms { id } changeSet errors { message } } }"
UPDATE = """mutation($id: ID!, $data: FirmChangesInput!) {
  updateFirm(input: {id: $id, data: $data}) { changeSet errors { message } } }"""
PAYLOAD = """{ done changeSets counts { deleted restored updated } conflictCount clientMutationId
  steps { action id ofLink fields { field before after } }
  conflicts { code id field present restored actor { name } } errors { code path } }"""
UNDO = f"mutation($input: UndoChangeInput!) {{ undoChange(input: $input) {PAYLOAD} }}"
UNDO_ACTIVITY = f"mutation($input: UndoActivityInput!) {{ undoActivity(input: $input) {PAYLOAD} }}"
NAMES = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Firm { name worth { amount } } } }"


@pytest.fixture(scope="module")
async def firms(standing_api: Any) -> Any:
    """A server whose model has firms."""
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


async def undo(api: Any, **given: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await told(api, UNDO, input=given))["undoChange"]
    return payload


async def two(api: Any) -> tuple[list[str], str]:
    """Two firms, and the change set of the bulk mutation that made them."""
    made = (await told(api, CREATE, data=[{"name": "Alpha", "worth": {"amount": "1.50"}}, {"name": "Beta"}]))[
        "createFirms"
    ]
    assert made["errors"] == []
    return [each["id"] for each in made["firms"]], made["changeSet"]


async def changed(api: Any, id_: str, token: str | None = None, **data: Any) -> str:
    set_: str = (await told(api, UPDATE, token, id=id_, data=data))["updateFirm"]["changeSet"]
    return set_


async def names(api: Any, ids: list[str]) -> list[str | None]:
    return [each and each["name"] for each in (await told(api, NAMES, ids=ids))["nodes"]]


async def test_a_bulk_mutation_is_looked_at_undone_and_the_undo_undone(firms: Any) -> None:
    ids, set_ = await two(firms)

    preview = await undo(firms, changeSet=set_, dryRun=True, clientMutationId="x")
    untouched = await names(firms, ids)
    done = await undo(firms, changeSet=set_)
    gone = await names(firms, ids)
    again = await undo(firms, changeSet=done["changeSets"][0])

    assert (preview["done"], preview["changeSets"], preview["counts"]["deleted"]) == (False, [], 2)
    assert (preview["clientMutationId"], {each["id"] for each in preview["steps"]}) == ("x", set(ids))
    assert untouched == ["Alpha", "Beta"]
    assert (done["done"], done["counts"], done["errors"]) == (True, {"deleted": 2, "restored": 0, "updated": 0}, [])
    assert (gone, again["counts"]["restored"]) == ([None, None], 2)
    assert await names(firms, ids) == ["Alpha", "Beta"]


async def test_conflicts_are_shown_with_both_values_as_the_api_shows_them(firms: Any) -> None:
    (id_, _), _ = await two(firms)
    set_ = await changed(firms, id_, worth={"amount": "2.00"}, name="Aleph")
    await changed(firms, id_, firms.person, worth={"amount": "3.00"})

    refused = await undo(firms, changeSet=set_)
    kept = await undo(firms, changeSet=set_, onConflict="KEEP")
    after = (await told(firms, NAMES, ids=[id_]))["nodes"]
    await undo(firms, changeSet=set_, onConflict="OVERRIDE")

    (conflict,) = refused["conflicts"]
    assert (refused["done"], [each["code"] for each in refused["errors"]]) == (False, ["undo_refused"])
    assert (conflict["field"], conflict["actor"]["name"]) == ("worth", "bob")
    assert conflict["present"] == {"amount": "3.00", "currency": "EUR"}
    assert conflict["restored"] == {"amount": "1.50", "currency": "EUR"}
    assert (kept["done"], kept["conflictCount"], after) == (
        True,
        1,
        [{"id": id_, "name": "Alpha", "worth": {"amount": "3.00"}}],
    )
    assert (await told(firms, NAMES, ids=[id_]))["nodes"][0]["worth"] == {"amount": "1.50"}


async def test_what_somebody_did_between_two_moments_is_undone_and_nothing_else(firms: Any) -> None:
    ids, _ = await two(firms)
    who = (await told(firms, "{ me { id } }", firms.person))["me"]["id"]
    begin = datetime.now(UTC)
    await changed(firms, ids[0], firms.person, name="Gamma")
    await changed(firms, ids[1], firms.person, name="Delta")
    end = datetime.now(UTC)
    await changed(firms, ids[1], name="Delta II")
    span = {"actor": who, "from": begin.isoformat(), "to": end.isoformat(), "onConflict": "KEEP"}

    done = (await told(firms, UNDO_ACTIVITY, input=span))["undoActivity"]
    idle = span | {"from": "2020-01-01T00:00:00Z", "to": "2020-01-02T00:00:00Z"}
    nothing = (await told(firms, UNDO_ACTIVITY, input=idle))["undoActivity"]
    unknown = (await told(firms, UNDO_ACTIVITY, input=span | {"actor": "nobody"}))["undoActivity"]

    assert (done["done"], done["counts"]["updated"], done["conflictCount"]) == (True, 1, 1)
    assert await names(firms, ids) == ["Alpha", "Delta II"]
    assert (nothing["done"], nothing["changeSets"], nothing["errors"]) == (True, [], [])
    assert (unknown["done"], unknown["errors"]) == (False, [{"code": "not_found", "path": ["actor"]}])


async def test_one_change_of_a_set_is_undone_alone(firms: Any) -> None:
    ids, _ = await two(firms)
    history = "query($id: ID!) { history(id: $id) { nodes { id } } }"
    ((change,),) = [(await told(firms, history, id=ids[0]))["history"]["nodes"]]

    done = await undo(firms, change=change["id"], reason="too early")

    assert (done["counts"]["deleted"], await names(firms, ids)) == (1, [None, "Beta"])


async def test_bad_input_is_told_and_changes_nothing(firms: Any) -> None:
    ids, set_ = await two(firms)
    moment = "2026-01-01T00:00:00Z"

    async def codes(text: str, **given: Any) -> list[str]:
        (payload,) = (await told(firms, text, input=given)).values()
        assert not payload["done"]
        return [each["code"] for each in payload["errors"]]

    assert await codes(UNDO) == ["bad_input"]
    assert await codes(UNDO, changeSet=set_, change=set_) == ["bad_input"]
    assert await codes(UNDO, changeSet="x" * 10_000) == ["not_found"]
    assert await codes(UNDO, change=set_) == ["not_found"]
    assert await codes(UNDO, importRun="nothing") == ["not_found"]
    assert await codes(UNDO_ACTIVITY, actor="a", **{"from": moment, "to": moment}) == ["bad_times"]
    assert await codes(UNDO_ACTIVITY, actor="a", **{"from": "yesterday", "to": moment}) == ["wrong_type"]
    assert await names(firms, ids) == ["Alpha", "Beta"]

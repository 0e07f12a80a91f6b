"""Saved queries: kept, shared, used as segments, checked again when the model changes, never an internal error."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from filter_worlds import eventually, made

from graph.registry import Registry
from models.actor import SYSTEM
from models.definitions import patch_from_plain

pytestmark = pytest.mark.anyio

SAVE = """
mutation ($input: SaveQueryInput!) {
  saveQuery(input: $input) {
    savedQuery { id name mine shared owner } errors { code path message details } clientMutationId
  }
}
"""
DELETE = "mutation ($id: ID!) { deleteSavedQuery(input: {id: $id}) { deletedId errors { code } } }"
LIST = "{ savedQueries { name type where mine owner shared parameters { name type } problems { code path message } } }"
USE = "query ($s: SegmentUse!) { companies(where: {inSegment: $s}, orderBy: [{name: ASC}]) { nodes { name } } }"


@pytest.fixture(scope="module")
async def registry(standing_api: Any) -> Registry:
    return await made(standing_api)


@pytest.fixture
def api(standing_api: Any) -> Any:
    """One server serves all these tests; each forgets what it has saved."""
    return standing_api


@pytest.fixture(autouse=True)
async def nothing_kept(api: Any, registry: Registry) -> AsyncIterator[None]:
    yield
    for token in (api.admin, api.person):
        listed = (await api.ask("{ savedQueries { id mine } }", token=token)).json()["data"]["savedQueries"]
        for query in listed:
            if query["mine"]:
                await api.ask(DELETE, token=token, id=query["id"])


async def saved(api: Any, token: str | None = None, **given: Any) -> dict[str, Any]:
    given = {"type": "Company", **given}
    answer = (await api.ask(SAVE, token=token, input=given)).json()
    assert "errors" not in answer, answer
    payload: dict[str, Any] = answer["data"]["saveQuery"]
    return payload


async def used(api: Any, token: str | None = None, **use: Any) -> Any:
    answer = (await api.ask(USE, token=token, s=use)).json()
    if "errors" in answer:
        return answer["errors"][0]["extensions"]["code"], answer["errors"][0]["message"]
    return [node["name"] for node in answer["data"]["companies"]["nodes"]]


async def test_a_saved_query_is_a_segment_for_filters_with_its_parameters_filled(api: Any, registry: Registry) -> None:
    least = [
        {"name": "least", "type": "Decimal", "default": "1500"},
        {"name": "cities", "type": "String", "list": True},
    ]
    kept = await saved(
        api, name="Rich", where="revenue > $least and city in $cities", parameters=least, clientMutationId="c"
    )
    await saved(api, name="Rich in Oslo", where="segment('Rich', least = 5, cities = ('Oslo')) or name = 'Old'")

    assert (kept["errors"], kept["clientMutationId"], kept["savedQuery"]["mine"]) == ([], "c", True)
    assert await used(api, name="Rich", parameters={"cities": ["Oslo", "Berlin"]}) == ["ACME Straße", "Bit"]
    assert await used(api, name="Rich", parameters={"cities": ["Berlin"], "least": "6000"}) == []
    assert await used(api, name="Rich in Oslo") == ["Bit", "Old"]
    text = "{ companies(whereText: \"not segment('Rich in Oslo')\") { totalCount } }"
    assert (await api.ask(text)).json()["data"] == {"companies": {"totalCount": 2}}


async def test_those_of_a_type_are_listed_and_a_type_that_there_is_not_is_refused(api: Any, registry: Registry) -> None:
    await saved(api, name="Old ones", where="name = 'Old'")

    answers = [
        (await api.ask(f'{{ savedQueries(type: "{name}") {{ name }} }}')).json()
        for name in ("Company", "Deal", "Compny")
    ]

    assert [answer["data"] for answer in answers[:2]] == [
        {"savedQueries": [{"name": "Old ones"}]},
        {"savedQueries": []},
    ]
    (problem,) = answers[2]["errors"][0]["extensions"]["problems"]
    assert (problem["code"], problem["path"]) == ("unknown_type", ["type"])
    assert "did you mean Company" in problem["message"]


async def test_what_is_private_is_for_nobody_else_and_what_is_shared_is_changed_by_its_owner(
    api: Any, registry: Registry
) -> None:
    mine = await saved(api, name="Mine", where="name = 'Old'")
    ours = await saved(api, name="Ours", where="name = 'Bit'", shared=True)
    await saved(api, api.person, name="Ours", where="name = 'Holding'")

    theirs = (await api.ask(LIST, token=api.person)).json()["data"]["savedQueries"]
    assert [(each["name"], each["mine"], each["owner"]) for each in theirs] == [
        ("Ours", False, "ann"),
        ("Ours", True, "bob"),
    ]
    assert await used(api, name="Ours") == ["Bit"]
    assert await used(api, api.person, name="Ours") == ["Holding"]
    assert (await used(api, api.person, name="Mine"))[0] == "unknown_segment"
    for id, code in ((mine["savedQuery"]["id"], "not_found"), (ours["savedQuery"]["id"], "forbidden")):
        refused = await saved(api, api.person, id=id, name="Taken", where="true", shared=True)
        assert [error["code"] for error in refused["errors"]] == [code]
        gone = (await api.ask(DELETE, token=api.person, id=id)).json()["data"]["deleteSavedQuery"]
        assert ([error["code"] for error in gone["errors"]], gone["deletedId"]) == ([code], None)
    assert await used(api, name="Mine") == ["Old"]
    gone = (await api.ask(DELETE, id=mine["savedQuery"]["id"])).json()["data"]["deleteSavedQuery"]
    assert gone == {"deletedId": mine["savedQuery"]["id"], "errors": []}
    assert (await used(api, name="Mine"))[0] == "unknown_segment"


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"name": "X", "where": "revenu > 1 and nam = 2"}, ["unknown_field", "unknown_field"]),
        ({"name": " X", "where": "true"}, ["bad_name"]),
        ({"name": "", "where": "true"}, ["empty"]),
        ({"name": "X", "type": "Compny", "where": "true"}, ["unknown_type"]),
        ({"name": "X", "where": "revenue > $x"}, ["unknown_parameter"]),
        ({"name": "X", "where": "revenue > $x", "parameters": [{"name": "x", "type": "Date"}]}, ["wrong_parameter"]),
        ({"name": "X", "where": "true", "parameters": [{"name": "1", "type": "Int"}]}, ["bad_parameter"]),
        ({"name": "X", "where": "true", "parameters": [{"name": "x", "type": "Money"}]}, ["bad_parameter"]),
        ({"name": "X", "where": "true", "parameters": [{"name": "x", "type": "Int", "default": "a"}]}, ["bad_default"]),
        ({"name": "Base", "where": "true"}, ["name_taken"]),
        ({"name": "X", "where": "segment('Base')", "shared": True}, ["unknown_segment"]),
    ],
)
async def test_a_query_that_cannot_be_kept_is_refused_whole(
    api: Any, registry: Registry, given: dict[str, Any], codes: list[str]
) -> None:
    await saved(api, name="Base", where="true")

    payload = await saved(api, **given)

    assert [error["code"] for error in payload["errors"]] == codes
    assert payload["savedQuery"] is None
    assert [each["name"] for each in (await api.ask(LIST)).json()["data"]["savedQueries"]] == ["Base"]


async def test_queries_do_not_lead_back_to_themselves(api: Any, registry: Registry) -> None:
    first = await saved(api, name="A", where="true")
    await saved(api, name="B", where="segment('A')")

    back = await saved(api, id=first["savedQuery"]["id"], name="A", where="segment('B')")

    assert [error["code"] for error in back["errors"]] == ["circular"]
    assert len(await used(api, name="B")) == 4


async def test_a_change_of_the_model_that_breaks_a_query_is_told_and_can_be_mended(
    api: Any, registry: Registry
) -> None:
    await saved(api, name="By town", type="Place", where="town = 'Oslo'")
    await saved(api, name="Over it", type="Place", where="segment('By town')")
    use = '{ places(where: {inSegment: {name: "Over it"}}) { totalCount } }'
    assert "errors" not in (await api.ask(use)).json()
    patch, _ = patch_from_plain({"drop": {"fields": ["Place.town"]}})

    await registry.apply(SYSTEM, patch)
    await eventually(api, "{ places { nodes { town } } }", fails=True)

    listed = (await api.ask(LIST)).json()["data"]["savedQueries"]
    assert [[problem["code"] for problem in each["problems"]] for each in listed] == [
        ["unknown_field"],
        ["broken_segment"],
    ]
    (error,) = (await api.ask(use)).json()["errors"]
    assert error["extensions"]["code"] == "broken_segment"
    assert "'By town'" in error["message"]


@pytest.mark.parametrize(
    ("use", "code"),
    [
        ({"name": "Rich"}, "missing_parameter"),
        ({"name": "Rich", "parameters": {"least": "x"}}, "wrong_type"),
        ({"name": "Rich", "parameters": {"least": "1", "most": "2"}}, "unknown_parameter"),
        ({"name": "Rich", "parameters": [1]}, "bad_parameter"),
        ({"name": "Rich", "parameters": {"least": {"a": 1}}}, "wrong_type"),
        ({"name": "Rich", "parameters": {"least": None}}, "missing_parameter"),
        ({"name": "People"}, "wrong_segment"),
    ],
)
async def test_a_use_that_does_not_fit_is_refused_with_words(
    api: Any, registry: Registry, use: dict[str, Any], code: str
) -> None:
    await saved(api, name="Rich", where="revenue > $least", parameters=[{"name": "least", "type": "Decimal"}])
    await saved(api, name="People", type="Person", where="true")

    assert (await used(api, **use))[0] == code


async def test_a_typed_filter_is_printed_in_words(api: Any, registry: Registry) -> None:
    where = {"or": [{"name": {"startsWith": "A"}}, {"employees": {"count": {"gte": 2}}}]}
    ask = 'query ($w: JSON!) { filterText(type: "Company", where: $w) }'

    answer = (await api.ask(ask, w=where)).json()
    wrong = (await api.ask(ask, w={"nam": {"eq": "x"}})).json()

    assert answer["data"] == {"filterText": "(name starts with 'A' or count(employees) >= 2)"}
    assert "nam" in wrong["errors"][0]["message"]


async def test_a_saved_query_keeps_how_its_records_are_shown(api: Any) -> None:
    look = {
        "view": "board",
        "by": "stage",
        "columns": ["city", "revenue"],
        "sort": {"field": "city", "direction": "ASC"},
    }

    await saved(api, name="Board", where="true", look=look)
    await saved(api, name="Plain", where="true")

    listed = (await api.ask("{ savedQueries { name look } }")).json()["data"]["savedQueries"]
    assert listed == [{"name": "Board", "look": look}, {"name": "Plain", "look": None}]


async def test_a_look_of_any_length_is_refused(api: Any) -> None:
    payload = await saved(api, name="Long", where="true", look={"columns": ["x" * 16_000]})

    assert [(each["code"], each["path"]) for each in payload["errors"]] == [("too_long", ["look"])]
    assert (await api.ask("{ savedQueries { name } }")).json()["data"]["savedQueries"] == []

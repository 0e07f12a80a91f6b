"""Saved pages: kept at a version, shared or one's own, deleted and brought back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from models.saved_pages import LARGEST_BODY, PageDraft, PageKind, packed

pytestmark = pytest.mark.anyio

FACTS = "id kind name description body shared owner mine mayChange version updatedBy"
SAVE = f"""
mutation ($input: SavePageInput!) {{
  savePage(input: $input) {{ savedPage {{ {FACTS} }} errors {{ code message path details }} clientMutationId }}
}}
"""
DELETE = "mutation ($id: ID!) { deleteSavedPage(input: {id: $id}) { deletedId errors { code } } }"
RESTORE = "mutation ($id: ID!) { restoreSavedPage(input: {id: $id}) { savedPage { version body } errors { code } } }"
LIST = "query ($kind: SavedPageKind) { savedPages(kind: $kind) { name kind mine mayChange } }"
BODIES = "{ savedPages { name ...B } } fragment B on SavedPage { body }"
READ = "query ($id: ID!) { savedPage(id: $id) { name body version } }"


@pytest.fixture
def api(standing_api: Any) -> Any:
    """One server serves all these tests; each forgets what it has saved."""
    return standing_api


@pytest.fixture(autouse=True)
async def nothing_kept(api: Any) -> AsyncIterator[None]:
    yield
    for token in (api.admin, api.person):
        for page in await asked(api, "{ savedPages { id mine } }", token):
            if page["mine"]:
                await asked(api, DELETE, token, id=page["id"])


async def asked(api: Any, text: str, token: str | None = None, **variables: Any) -> Any:
    answer = (await api.ask(text, token=token, **variables)).json()
    assert "errors" not in answer, answer
    (value,) = answer["data"].values()
    return value


async def saved(api: Any, token: str | None = None, **given: Any) -> Any:
    return await asked(api, SAVE, token, input={"kind": "DASHBOARD", "name": "Sales", "body": {"tiles": []}, **given})


def codes(payload: Any) -> list[str]:
    return [error["code"] for error in payload["errors"]]


async def test_a_body_is_kept_up_to_its_limit() -> None:
    drafts = [PageDraft(PageKind.SCENE, "Much", "", {"a": "x" * size}, shared=False) for size in (1_999_992, 1_999_993)]

    (least, none), (_, problems) = map(packed, drafts)

    assert (len(least), none) == (LARGEST_BODY, [])
    assert [problem.code for problem in problems] == ["too_large"]


async def test_a_page_is_kept_as_it_was_given_and_its_next_version_takes_its_place(api: Any) -> None:
    body = {"tiles": [{"kind": "kpi", "at": [0, 0.5], "name": "درآمد"}], "none": None}

    first = await saved(api, body=body, description="For Mondays", clientMutationId="c")
    id = first["savedPage"]["id"]
    second = await saved(api, id=id, version=1, name="Sales 2", body={"tiles": [1]}, shared=True)

    assert (first["errors"], first["clientMutationId"]) == ([], "c")
    assert first["savedPage"] == {
        "id": id,
        "kind": "DASHBOARD",
        "name": "Sales",
        "description": "For Mondays",
        "body": body,
        "shared": False,
        "owner": "ann",
        "mine": True,
        "mayChange": True,
        "version": 1,
        "updatedBy": "ann",
    }
    assert (second["savedPage"]["id"], second["savedPage"]["version"], second["savedPage"]["shared"]) == (id, 2, True)
    assert await asked(api, READ, id=id) == {"name": "Sales 2", "body": {"tiles": [1]}, "version": 2}
    assert await asked(api, BODIES) == [{"name": "Sales 2", "body": {"tiles": [1]}}]


async def test_whoever_saves_second_is_told_and_overwrites_nothing(api: Any) -> None:
    id = (await saved(api))["savedPage"]["id"]
    await saved(api, id=id, version=1, body={"by": "the first"})

    late = await saved(api, id=id, version=1, body={"by": "the second"})
    blind = await saved(api, id=id, body={"by": "the third"})
    other = await saved(api, id=id, version=2, kind="SCENE")

    assert codes(late) == ["version_conflict"]
    assert late["errors"][0]["details"] == {"version": 2, "by": "ann"}
    assert (codes(blind), blind["errors"][0]["path"]) == (["missing"], ["version"])
    assert codes(other) == ["not_found"]
    assert await asked(api, READ, id=id) == {"name": "Sales", "body": {"by": "the first"}, "version": 2}


async def test_what_is_ones_own_is_for_nobody_else_and_what_is_shared_is_changed_by_its_owner(api: Any) -> None:
    mine = (await saved(api, name="Mine"))["savedPage"]["id"]
    ours = (await saved(api, name="Ours", shared=True))["savedPage"]["id"]
    theirs = (await saved(api, api.person, name="Theirs", shared=True, kind="SCENE"))["savedPage"]["id"]

    seen = await asked(api, LIST, api.person)
    scenes = await asked(api, LIST, api.person, kind="SCENE")

    assert [(page["name"], page["mine"], page["mayChange"]) for page in seen] == [
        ("Ours", False, False),
        ("Theirs", True, True),
    ]
    assert [page["name"] for page in scenes] == ["Theirs"]
    assert await asked(api, READ, api.person, id=mine) is None
    for id, code in ((mine, "not_found"), (ours, "forbidden")):
        assert codes(await saved(api, api.person, id=id, version=1, name="Taken")) == [code]
        assert codes(await asked(api, DELETE, api.person, id=id)) == [code]
    assert [(page["name"], page["mayChange"]) for page in await asked(api, LIST)] == [
        ("Mine", True),
        ("Ours", True),
        ("Theirs", True),
    ]
    changed = await saved(api, id=theirs, version=1, kind="SCENE", name="Tidied", shared=True)
    assert (changed["savedPage"]["owner"], changed["savedPage"]["updatedBy"]) == ("bob", "ann")


async def test_what_was_deleted_comes_back_as_it_was(api: Any) -> None:
    id = (await saved(api, body={"a": 1}))["savedPage"]["id"]

    gone = await asked(api, DELETE, id=id)
    again = await asked(api, DELETE, id=id)
    meanwhile = [await asked(api, READ, id=id), await asked(api, LIST)]
    refused = await asked(api, RESTORE, api.person, id=id)
    back = await asked(api, RESTORE, id=id)

    assert gone == {"deletedId": id, "errors": []}
    assert codes(again) == ["not_found"]
    assert meanwhile == [None, []]
    assert codes(refused) == ["not_found"]
    assert back == {"savedPage": {"version": 1, "body": {"a": 1}}, "errors": []}
    assert await asked(api, READ, id=id) == {"name": "Sales", "body": {"a": 1}, "version": 1}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"name": " Sales", "body": []}, [("bad_name", "name"), ("bad_body", "body")]),
        ({"name": "", "description": "x" * 2_001}, [("empty", "name"), ("too_long", "description")]),
        ({"name": "x" * 101}, [("too_long", "name")]),
    ],
)
async def test_a_page_that_cannot_be_kept_is_refused_with_everything_wrong_with_it(
    api: Any, given: dict[str, Any], wrong: list[tuple[str, str]]
) -> None:
    payload = await saved(api, **given)

    assert [(error["code"], error["path"][0]) for error in payload["errors"]] == wrong
    assert payload["savedPage"] is None
    assert await asked(api, LIST) == []


@pytest.mark.parametrize("root", ["savedPages", "savedQueries"])
@pytest.mark.parametrize("first", [-1, 1_001])
async def test_more_than_a_list_gives_and_less_than_nothing_are_refused(api: Any, root: str, first: int) -> None:
    answer = (await api.ask(f"{{ {root}(first: {first}) {{ id }} }}")).json()

    (error,) = answer["errors"]
    assert [each["code"] for each in error["extensions"]["problems"]] == ["page_too_large"]

"""Persisted documents registered, listed and forgotten through the API, by administrators alone."""

from __future__ import annotations

from typing import Any

import pytest

from models.documents import id_of

pytestmark = pytest.mark.anyio

ME, VERSION = "query Me { me { name } }", "query Version { model { version } }"
REGISTER = """mutation($documents: [DocumentInput!]!) { registerDocuments(input: {documents: $documents, clientMutationId: "c"}) {
  documents { id name isNew } errors { code path } clientMutationId } }"""
FORGET = "mutation($ids: [ID!]!) { forgetDocuments(input: {ids: $ids}) { forgottenIds errors { code } } }"
LIST = "query($first: Int!, $after: String!) { persistedDocuments(first: $first, afterId: $after) { id name text by } }"


async def asked(api: Any, text: str, **variables: Any) -> Any:
    return (await api.ask(text, **variables)).json()


async def test_what_is_registered_answers_by_its_id_until_it_is_forgotten(api: Any) -> None:
    given = [{"name": "me", "text": ME}, {"name": "version", "text": VERSION}]

    first = (await asked(api, REGISTER, documents=given[:1]))["data"]["registerDocuments"]
    both = (await asked(api, REGISTER, documents=given))["data"]["registerDocuments"]
    by_id = await api.http.post("/graphql", json={"documentId": id_of(ME)}, headers=api.bearer())
    pages = [(await asked(api, LIST, first=1, after=""))["data"]["persistedDocuments"]]
    pages.append((await asked(api, LIST, first=5, after=pages[0][0]["id"]))["data"]["persistedDocuments"])
    gone = (await asked(api, FORGET, ids=[id_of(ME), "sha256:" + "0" * 64]))["data"]["forgetDocuments"]

    assert first == {
        "documents": [{"id": id_of(ME), "name": "me", "isNew": True}],
        "errors": [],
        "clientMutationId": "c",
    }
    assert [(one["id"], one["isNew"]) for one in both["documents"]] == [(id_of(ME), False), (id_of(VERSION), True)]
    assert by_id.json()["data"] == {"me": {"name": "ann"}}
    assert [len(page) for page in pages] == [1, 1]
    assert {(one["text"], one["by"]) for page in pages for one in page} == {(ME, "ann"), (VERSION, "ann")}
    assert gone == {"forgottenIds": [id_of(ME)], "errors": []}


async def test_what_cannot_be_registered_is_refused_whole_with_everything_wrong_with_it(api: Any) -> None:
    broken = [
        {"name": "me", "text": ME},
        {"name": "a", "text": "{ me"},
        {"name": "b", "text": "fragment F on Me { id }"},
    ]

    refused = (await asked(api, REGISTER, documents=broken))["data"]["registerDocuments"]
    twice = (await asked(api, REGISTER, documents=[broken[0], {"name": "me", "text": VERSION}]))["data"]
    unknown = (await asked(api, FORGET, ids=["x"]))["data"]["forgetDocuments"]
    many = await asked(api, LIST, first=1_001, after="")

    assert refused["documents"] is None
    assert [(one["code"], one["path"]) for one in refused["errors"]] == [
        ("syntax_error", ["a"]),
        ("no_operation", ["b"]),
    ]
    assert [one["code"] for one in twice["registerDocuments"]["errors"]] == ["twice"]
    assert unknown == {"forgottenIds": None, "errors": [{"code": "bad_document_id"}]}
    assert many["errors"][0]["extensions"]["code"] == "page_too_large"
    assert (await asked(api, LIST, first=5, after=""))["data"]["persistedDocuments"] == []


async def test_only_administrators_see_and_change_what_is_persisted(api: Any) -> None:
    registered = (await api.ask(REGISTER, token=api.person, documents=[{"name": "me", "text": ME}])).json()
    listed = (await api.ask(LIST, token=api.person, first=1, after="")).json()
    forgotten = (await api.ask(FORGET, token=api.person, ids=[id_of(ME)])).json()

    assert [one["code"] for one in registered["data"]["registerDocuments"]["errors"]] == ["forbidden"]
    assert "persistedDocuments" not in (listed["data"] or {})
    assert [one["code"] for one in forgotten["data"]["forgetDocuments"]["errors"]] == ["forbidden"]
    assert (await asked(api, LIST, first=5, after=""))["data"]["persistedDocuments"] == []

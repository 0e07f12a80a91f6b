"""Persisted documents: an id stands for a text, and a server in trusted mode answers nothing that was not persisted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from gql import documents as doors
from graph import documents
from graph.session import Database
from models.actor import SYSTEM
from models.documents import id_of
from models.errors import Rejected

pytestmark = pytest.mark.anyio

ME = "query Me { me { name } }"
ADD = """mutation Add { applyModel(input: {types: [
  {name: "Thing", plural: "Things", fields: [{name: "name", kind: "text"}]}]}) { errors { message } } }"""
VERSION = "query Version { model { version } }"
FOLLOW = "subscription Follow { modelChanged { version } }"
ANN = {"me": {"name": "ann"}}
GRAPHQL = {"accept": "application/graphql-response+json"}


async def persist(api: Any, *texts: str) -> tuple[str, ...]:
    return await documents.persist(api.database, SYSTEM, {text: text for text in texts}, now=datetime.now(UTC))


async def post(api: Any, **body: Any) -> httpx.Response:
    response: httpx.Response = await api.http.post("/graphql", json=body, headers=api.bearer() | GRAPHQL)
    return response


def code(response: httpx.Response) -> tuple[int, str]:
    (error,) = response.json()["errors"]
    assert "data" not in response.json()
    return response.status_code, error["extensions"]["code"]


async def test_an_id_stands_for_what_was_persisted_under_it(serve: Any) -> None:
    async with serve() as api:
        assert await persist(api, ME, ADD) == (id_of(ME), id_of(ADD))
        assert await persist(api, ME) == ()

        assert (await post(api, documentId=id_of(ME))).json()["data"] == ANN
        assert (await post(api, documentId=id_of(ME), query=ME)).json()["data"] == ANN
        asked = await api.http.get("/graphql", params={"documentId": id_of(ME)}, headers=api.bearer())
        assert asked.json()["data"] == ANN
        changing = await api.http.get("/graphql", params={"documentId": id_of(ADD)}, headers=api.bearer())
        assert code(changing) == (405, "mutation_by_get")
        assert code(await post(api, documentId=id_of(VERSION))) == (400, "document_not_found")
        assert code(await post(api, documentId=id_of(ME), query=VERSION)) == (400, "document_mismatch")
        assert (await post(api, query=VERSION)).json()["data"] == {"model": {"version": 0}}


async def test_an_id_may_be_named_as_apollo_client_and_urql_name_it(serve: Any) -> None:
    def named(text: str) -> dict[str, Any]:
        return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": id_of(text).removeprefix("sha256:")}}}

    async with serve() as api:
        await persist(api, ME)

        assert (await post(api, **named(ME))).json()["data"] == ANN
        assert (await post(api, **named(ME), query=ME)).json()["data"] == ANN
        asked = await api.http.get(
            "/graphql", params={"extensions": json.dumps(named(ME)["extensions"])}, headers=api.bearer()
        )
        assert asked.json()["data"] == ANN
        assert code(await post(api, **named(ME), query=VERSION)) == (400, "document_mismatch")
        assert (await post(api, **named(VERSION), documentId=id_of(ME))).json()["data"] == ANN
        unknown = await post(api, **named(VERSION))
        assert code(unknown) == (400, "document_not_found")
        assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"


@pytest.mark.parametrize("named", [7, {}, {"sha256Hash": "x"}, {"sha256Hash": "sha256:" + "0" * 64}])
async def test_a_persisted_query_without_a_digest_is_a_bad_request(standing_api: Any, named: Any) -> None:
    assert code(await post(standing_api, query=ME, extensions={"persistedQuery": named})) == (400, "bad_request")


@pytest.mark.parametrize(
    "id", ["", "x", "sha256:", "md5:" + "0" * 64, "sha256:" + "A" * 64, "sha256:" + "0" * 65, 7, []]
)
async def test_what_is_no_id_is_a_bad_request(standing_api: Any, id: Any) -> None:
    assert code(await post(standing_api, documentId=id)) == (400, "bad_request")


async def test_strangers_learn_nothing_of_what_is_persisted(standing_api: Any) -> None:
    response = await standing_api.http.post("/graphql", json={"documentId": id_of(ME)})

    assert code(response) == (401, "not_signed_in")


async def test_in_automatic_mode_a_text_sent_with_its_id_is_remembered(serve: Any) -> None:
    async with serve(XRM_DOCUMENTS="automatic") as api:
        assert code(await post(api, documentId=id_of(ME))) == (400, "document_not_found")
        assert code(await post(api, documentId=id_of(ME), query=VERSION)) == (400, "document_mismatch")
        assert code(await post(api, documentId=id_of(ME))) == (400, "document_not_found")
        assert (await post(api, documentId=id_of(ME), query=ME)).json()["data"] == ANN

        assert (await post(api, documentId=id_of(ME))).json()["data"] == ANN
        assert await documents.listed(api.database, most=10) == []


async def test_a_server_in_trusted_mode_answers_nothing_else(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "KEEP_S", 0.0)
    async with serve(XRM_DOCUMENTS="trusted") as api:
        await persist(api, ME, VERSION)

        assert (await post(api, documentId=id_of(ME))).json()["data"] == ANN
        assert (await post(api, query=ME)).json()["data"] == ANN
        for text in (
            ADD,
            ME + " ",
            "{ me { name } }",
            "{ __schema { queryType { name } } }",
            "{ nonsense",
            "x" * 200_000,
        ):
            assert code(await post(api, query=text[:60_000])) == (400, "document_not_trusted")
        assert code(await post(api, query=ADD, documentId=id_of(ADD))) == (400, "document_not_trusted")
        by_get = await api.http.get("/graphql", params={"query": "{ me { name } }"}, headers=api.bearer() | GRAPHQL)
        assert code(by_get) == (400, "document_not_trusted")
        assert (await post(api, query=VERSION)).json()["data"] == {"model": {"version": 0}}
        assert {one.text for one in await documents.listed(api.database, most=10)} == {ME, VERSION}

        assert await documents.forget(api.database, [id_of(ME)]) == (id_of(ME),)
        assert code(await post(api, query=ME)) == (400, "document_not_trusted")
        assert code(await post(api, documentId=id_of(ME))) == (400, "document_not_found")


async def test_the_other_doors_of_a_trusted_server_are_as_narrow(serve: Any) -> None:
    async with serve(XRM_DOCUMENTS="trusted") as api:
        await persist(api, ME)

        events = await api.http.post(
            "/graphql", json={"query": FOLLOW}, headers=api.bearer() | {"accept": "text/event-stream"}
        )
        assert '"document_not_trusted"' in events.text
        address = api.address.replace("http://", "ws://") + "/graphql"
        async with connect(address, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]  # a name is one
            await socket.send(json.dumps({"type": "connection_init", "payload": api.bearer()}))
            assert json.loads(await socket.recv()) == {"type": "connection_ack"}
            for number, text in enumerate((ADD, FOLLOW, ME)):
                message = {"id": str(number), "type": "subscribe", "payload": {"query": text}}
                await socket.send(json.dumps(message))
            told = {}
            while len(told) < 3:
                message = json.loads(await socket.recv())
                told.setdefault(message["id"], message)

        assert [told[number]["type"] for number in "012"] == ["error", "error", "next"]
        assert told["0"]["payload"][0]["extensions"]["code"] == "document_not_trusted"
        assert told["2"]["payload"]["data"] == ANN


async def test_what_cannot_be_persisted_is_refused_whole(database: Database) -> None:
    with pytest.raises(Rejected, match=r"long has 100,001 characters, at most 100,000 are kept\."):
        await documents.persist(database, SYSTEM, {"me": ME, "long": "x" * 100_001}, now=datetime.now(UTC))

    assert await documents.listed(database, most=10) == []
    assert [one.code for one in doors.check("a", "{ me")] == ["syntax_error"]
    assert [one.code for one in doors.check("a", "fragment F on Me { name }")] == ["no_operation"]
    assert doors.check("a", ME) == []

"""Imports by the API: files over HTTP, guesses, previews, a try that says what the run would do, mending, undo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from small_imports import MODEL

from exchange.jobs import JobKind, Jobs, JobStatus
from graph.address import Address
from graph.registry import Registry
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.ids import new_id
from xrm.imports.carrying import ended
from xrm.imports.watching import Told, after

pytestmark = pytest.mark.anyio

FIRMS = "Code;Firm name;Founded;Owner\nA;Alpha;03.09.1999;\nB;Beta;17.12.2001;A\nC;Gamma;soon;A\n"
JOB = """id status run errors { code message }
  report { records { name created updated unchanged rejected } links { name created } sources { source rejected download } }"""
GUESS = (
    "query ($u: ID!) { importGuess(upload: $u) { mapping sources { file type columns { column field why } newType } } }"
)
SAVE = """mutation ($i: SaveImportMappingInput!) {
  saveImportMapping(input: $i) { upload { text } errors { code message } } }"""
PREVIEW = """query ($u: ID!) { importPreview(upload: $u, source: "firms") { errors { code } rows {
  line records { type exists values { field text } } links { relation source target } problems { columns value code } } } }"""
PROBLEMS = """query ($r: ID!) { importProblems(run: $r) { totalCount
  nodes { source line field columns value code } kinds { field code count } } }"""
MEND = "mutation ($i: MendImportInput!) { mendImport(input: $i) { errors { code } upload { job { id } } } }"


@pytest.fixture
async def api(serve: Any, tmp_path: Path) -> AsyncIterator[Any]:
    async with serve(XRM_MAX_UPLOAD_BYTES="65536") as served:
        registry = await Registry.open(served.database)
        patch, problems = patch_from_plain(MODEL)
        assert problems == []
        await registry.apply(SYSTEM, patch)
        yield served


async def sent(api: Any, name: str, content: bytes, **query: str) -> httpx.Response:
    headers = api.bearer(query.pop("token", None)) | {"content-type": query.pop("media", "text/csv")}
    response: httpx.Response = await api.http.post(
        "/imports/files", params={"name": name, **query}, content=content, headers=headers
    )
    return response


async def asked(api: Any, query: str, **variables: object) -> Any:
    answer = (await api.ask(query, **variables)).json()
    assert "errors" not in answer, answer
    (found,) = answer["data"].values()
    return found


async def done(api: Any, home: Path, address: Address, mutation: str, id: str) -> Any:
    """Ask for a job, and carry it out as the background worker does; the job as the API shows it then."""
    query = f"mutation ($id: ID!) {{ {mutation}(input: {{id: $id}}) {{ job {{ id status }} errors {{ code }} }} }}"
    payload = await asked(api, query, id=id)
    assert payload["errors"] == []
    jobs = Jobs(home)
    (job,) = jobs.open()
    end = await ended(address, home, job, lambda text, share: None)
    jobs.save(after(job, Told(end=end), 0))
    return await asked(api, f"query ($id: ID!) {{ importJob(id: $id) {{ {JOB} }} }}", id=id)


def codes(response: httpx.Response) -> list[str]:
    return [each["extensions"]["code"] for each in response.json()["errors"]]


async def test_a_file_is_understood_tried_mended_imported_and_taken_back(
    api: Any, tmp_path: Path, clean_neo4j: Address
) -> None:
    upload = (await sent(api, "firms.csv", FIRMS.encode("utf-16"))).json()["upload"]

    guess = await asked(api, GUESS, u=upload)
    (about,) = guess["sources"]
    assert (about["type"], {each["column"]: each["field"] for each in about["columns"] if each["field"]}) == (
        "Firm",
        {"Code": "code", "Firm name": "name", "Founded": "founded"},
    )
    assert guess["mapping"]["sources"]["firms"]["links"] == [
        {"relation": "OWNED_BY", "from": "record", "to": {"type": "Firm", "by": {"code": "Owner"}}}
    ]
    saved = await asked(api, SAVE, i={"upload": upload, "mapping": guess["mapping"]})
    assert saved["errors"] == []
    assert "relation: OWNED_BY" in saved["upload"]["text"]

    rows = (await asked(api, PREVIEW, u=upload))["rows"]
    assert rows[1]["links"] == [{"relation": "OWNED_BY", "source": "Firm B", "target": "Firm A"}]
    assert {"field": "founded", "text": "2001-12-17"} in rows[1]["records"][0]["values"]
    assert rows[2]["problems"] == [{"columns": ["Founded"], "value": "soon", "code": "bad_date"}]

    tried = await done(api, tmp_path, clean_neo4j, "tryImport", upload)
    counts = {"name": "Firm", "created": 2, "updated": 0, "unchanged": 0, "rejected": 0}
    assert tried["report"]["records"] == [counts]
    assert (await asked(api, "{ firms { totalCount } }"))["totalCount"] == 0
    problems = await asked(api, PROBLEMS, r=tried["run"])
    assert problems["kinds"] == [{"field": "founded", "code": "bad_date", "count": 1}]
    assert (problems["nodes"][0]["line"], problems["nodes"][0]["value"]) == (4, "soon")
    rejected = await api.http.get(tried["report"]["sources"][0]["download"], headers=api.bearer())
    assert "C,Gamma,soon,A,firms.csv,4" in rejected.text

    cell = {"line": 4, "column": "Founded", "value": "01.01.2010"}
    mended = await asked(api, MEND, i={"upload": upload, "file": "firms.csv", "cells": [cell]})
    assert mended["errors"] == []
    ran = await done(api, tmp_path, clean_neo4j, "startImport", upload)
    assert ran["report"]["records"] == [counts | {"created": 3}]
    assert ran["report"]["links"] == [{"name": "OWNED_BY", "created": 2}]
    assert (await asked(api, "{ firms { totalCount } }"))["totalCount"] == 3

    undone = await done(api, tmp_path, clean_neo4j, "undoImport", ran["run"])
    assert undone["status"] == "DONE"
    assert (await asked(api, "{ firms { totalCount } }"))["totalCount"] == 0
    (listed,) = (await asked(api, "{ imports { nodes { status files actorName upload } } }"))["nodes"]
    assert listed == {"status": "undone", "files": ["firms.csv"], "actorName": "ann", "upload": upload}


async def test_what_is_no_table_is_refused_with_words_and_nothing_is_kept(api: Any, tmp_path: Path) -> None:
    refused = {
        "logo.csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, ["not_a_table"]),
        "empty.csv": (b"", ["empty_file"]),
        "twice.csv": (b"a,a\n1,2\n", ["repeated_column"]),
        "head.csv": (b"a,b\n", ["no_rows"]),
        "book.xlsx": (b"PK\x03\x04", ["no_table"]),
        "large.csv": (b"a,b\n" + b"1,2\n" * 20_000, ["upload_too_large"]),
    }
    for name, (content, expected) in refused.items():
        response = await sent(api, name, content)
        assert (codes(response), str(tmp_path) in response.text) == (expected, False), name

    kept = await sent(api, "../../etc/Firms ../x.CSV", b"code\nA\n")
    assert kept.json()["file"] == "x.csv"
    assert [each.name for each in (tmp_path / "imports" / "uploads").iterdir()] == [kept.json()["upload"]]


async def test_strangers_people_who_may_not_and_foreign_forms_send_nothing(api: Any) -> None:
    nobody = await api.http.post("/imports/files", params={"name": "a.csv"}, content=b"a\n1\n")
    person = await sent(api, "a.csv", b"a\n1\n", token=api.person)
    form = await sent(api, "a.csv", b"a\n1\n", media="multipart/form-data")
    await api.http.post(
        "/auth/login", json={"username": "ann", "password": api.password}
    )  # the client keeps the cookie
    foreign = await api.http.post(
        "/imports/files",
        params={"name": "a.csv"},
        content=b"a\n1\n",
        headers={"origin": "https://elsewhere.example", "content-type": "text/csv"},
    )

    told = [(each.status_code, *codes(each)) for each in (nobody, person, form, foreign)]
    assert told == [
        (401, "not_signed_in"), (403, "forbidden"), (415, "unsupported_media_type"), (403, "foreign_origin")
    ]  # fmt: skip
    answer = (await api.ask("{ imports { nodes { id } } }", token=api.person)).json()
    assert "Only administrators may import" in answer["errors"][0]["message"]


async def test_a_job_is_asked_for_once_at_a_time_and_can_be_cancelled_before_it_begins(tmp_path: Path) -> None:
    jobs, id, now = Jobs(tmp_path), new_id(), datetime.now(UTC)
    jobs.ask(id, JobKind.RUN, SYSTEM, now=now)

    with pytest.raises(Exception, match="being worked on"):
        jobs.ask(id, JobKind.TRY, SYSTEM, now=now)
    cancelled = jobs.cancel(id, now=now)

    assert (cancelled.status, jobs.open()) == (JobStatus.CANCELLED, [])
    assert jobs.ask(id, JobKind.TRY, SYSTEM, now=now).status is JobStatus.WAITING


async def test_a_type_that_somebody_asks_for_has_its_columns_guessed_where_nothing_tells_its_rows_apart(
    api: Any,
) -> None:
    uploaded = (await sent(api, "twice.csv", b"Firm name,Founded\nAlpha,1999-09-03\nAlpha,1999-09-03\n")).json()
    query = 'query ($u: ID!) { importGuess(upload: $u, file: "twice.csv", type: "Firm") { sources { source } } }'

    (found,) = (await asked(api, query, u=uploaded["upload"]))["sources"]

    rule = found["source"]["records"]["record"]
    assert (rule["key"], rule["fields"]["name"]) == ([], "Firm name")

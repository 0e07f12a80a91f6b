"""Analyses through the API: started, listed, followed, cancelled, scheduled, compared; what cannot be is refused as data."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import pytest
from served_models import until_served

from analytics.runs import carry_out, kind_of
from graph import runs
from graph.registry import Registry
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.runs import RunStatus
from models.scores import ENGINES

pytestmark = pytest.mark.anyio

MODEL = {"types": [{"name": "Firm", "plural": "Firms", "fields": [{"name": "name", "kind": "text"}]}]}
START = """mutation($input: StartAnalysisInput!) { startAnalysis(input: $input) {
  analysis { id number engine type parameters seed status actor } errors { code message path } clientMutationId } }"""
CANCEL = (
    "mutation($id: ID!) { cancelAnalysis(input: {id: $id}) { analysis { status cancelling } errors { code path } } }"
)
SCHEDULE = """mutation($input: ScheduleAnalysisInput!) { scheduleAnalysis(input: $input) {
  schedule { engine type afterChanges afterMinutes } errors { code } } }"""


async def data(api: Any, text: str, *, token: str | None = None, **variables: object) -> Any:
    answer = (await api.ask(text, token=token, **variables)).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def modelled(api: Any) -> Registry:
    registry = await Registry.open(api.database)
    patch, _ = patch_from_plain(MODEL)
    await registry.apply(SYSTEM, patch)
    await until_served(api, registry.model.version)
    return registry


async def test_an_analysis_is_started_carried_out_listed_and_compared(api: Any) -> None:
    registry = await modelled(api)
    ids = []
    for seed in (1, 2):
        wanted = {"engine": "influence", "seed": seed, "parameters": {"damping": 0.5}, "clientMutationId": "c"}
        started = (await data(api, START, token=api.person, input=wanted))["startAnalysis"]
        assert (started["errors"], started["clientMutationId"]) == ([], "c")
        assert started["analysis"] | {"id": "", "actor": ""} == {
            "id": "",
            "number": seed,
            "engine": "influence",
            "type": None,
            "parameters": {"damping": 0.5},
            "seed": seed,
            "status": "QUEUED",
            "actor": "",
        }
        claim = await runs.claim(api.database, "w", id=started["analysis"]["id"])
        assert claim is not None
        await carry_out(api.database, registry, claim, folder=None)
        ids.append(started["analysis"]["id"])

    text = """query($first: Int!, $after: String) { analyses(first: $first, after: $after, engine: "influence", status: DONE) {
      edges { cursor node { number } } nodes { counts origin } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
    page = (await data(api, text, first=1))["analyses"]
    rest = (await data(api, text, first=1, after=page["pageInfo"]["endCursor"]))["analyses"]
    compared = (
        await data(
            api,
            "query($a: ID!, $b: ID!) { compareRuns(a: $a, b: $b) { score both differences { code before after } moved { id } } }",
            a=ids[0],
            b=ids[1],
        )
    )["compareRuns"]

    assert [edge["node"]["number"] for edge in page["edges"] + rest["edges"]] == [2, 1]
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert page["nodes"][0]["counts"]["scored"] == 0
    assert page["nodes"][0]["origin"]["modelVersion"] == registry.model.version
    assert (compared["score"], compared["both"], compared["moved"]) == ("pageRank", 0, [])
    assert {"code": "seed", "before": 1, "after": 2} in compared["differences"]


@pytest.mark.parametrize(
    ("engine", "parameters", "code", "path"),
    [
        ("churn", {"horizonDays": -1}, "bad_parameter", ["parameters"]),
        ("churn", {"horizonDays": "long"}, "bad_parameter", ["parameters", "horizonDays"]),
        ("churn", {"horizon": 90}, "unknown_parameter", ["parameters", "horizon"]),
        ("influence", {"direction": "sideways"}, "bad_parameter", ["parameters"]),
        ("influence", {"relations": ["KNOWS"], "damping": 2}, "bad_parameter", ["parameters"]),
        ("segments", {"explain": -1}, "bad_parameter", ["parameters", "explain"]),
    ],
)
async def test_parameters_that_an_engine_cannot_take_are_refused_before_a_run_or_a_schedule_is_kept(
    api: Any, engine: str, parameters: dict[str, object], code: str, path: list[str]
) -> None:
    wanted = {"engine": engine, "parameters": parameters}

    (error,) = (await data(api, START, input=wanted))["startAnalysis"]["errors"]
    scheduled = (await data(api, SCHEDULE, input={**wanted, "afterMinutes": 60}))["scheduleAnalysis"]

    assert (error["code"], error["path"]) == (code, path)
    assert scheduled == {"schedule": None, "errors": [{"code": code}]}
    kept = await data(api, "{ analyses { nodes { id } } analysisSchedules { engine } }")
    assert kept == {"analyses": {"nodes": []}, "analysisSchedules": []}


@pytest.mark.parametrize("engine", ENGINES)
async def test_each_engine_takes_its_defaults_by_name(engine: str) -> None:
    given = {each.name: each.default for each in dataclasses.fields(kind_of(engine).read({}))}  # type: ignore[arg-type]  # a dataclass

    assert kind_of(engine).read(given) == kind_of(engine).read({})


async def test_what_cannot_be_run_is_refused_as_data_with_everything_wrong(api: Any) -> None:
    wanted = {"engine": "chrun", "type": "Nothing", "seed": -1}

    refused = (await data(api, START, input=wanted))["startAnalysis"]

    assert refused["analysis"] is None
    assert [error["path"] for error in refused["errors"]] == [["engine"], ["type"], ["seed"]]
    assert (await data(api, "{ analyses { nodes { id } } }"))["analyses"]["nodes"] == []
    assert (await data(api, '{ analysis(id: "nowhere") { id } }'))["analysis"] is None
    assert (await data(api, CANCEL, id="nowhere"))["cancelAnalysis"] == {
        "analysis": None,
        "errors": [{"code": "not_found", "path": ["id"]}],
    }
    for argument, name in (("engine", "chrun"), ("type", "Nothing")):
        body = (await api.ask(f'{{ analyses({argument}: "{name}") {{ nodes {{ id }} }} }}')).json()
        (problem,) = body["errors"][0]["extensions"]["problems"]
        assert (problem["code"], problem["path"]) == (f"unknown_{argument}", [argument])
        assert name in problem["message"]
    body = (await api.ask('{ analyses(first: 1, after: "x") { nodes { id } } }')).json()
    assert body["errors"][0]["extensions"]["problems"][0]["code"] == "bad_cursor"


async def test_a_waiting_analysis_is_cancelled_at_once_and_a_running_one_is_told(api: Any) -> None:
    first = (await data(api, START, input={"engine": "influence"}))["startAnalysis"]["analysis"]
    claim = await runs.claim(api.database, "w", id=first["id"])
    second = (await data(api, START, input={"engine": "influence"}))["startAnalysis"]["analysis"]
    assert claim is not None

    told = (await data(api, CANCEL, id=first["id"]))["cancelAnalysis"]
    gone = (await data(api, CANCEL, id=second["id"]))["cancelAnalysis"]

    assert told["analysis"] == {"status": "RUNNING", "cancelling": True}
    assert gone["analysis"] == {"status": "CANCELLED", "cancelling": False}


async def test_schedules_are_kept_by_administrators_and_taken_away_without_a_rule(api: Any) -> None:
    await modelled(api)
    wanted = {"engine": "churn", "type": "Firm", "afterChanges": 100, "afterMinutes": 60}

    forbidden = (await data(api, SCHEDULE, token=api.person, input=wanted))["scheduleAnalysis"]
    kept = (await data(api, SCHEDULE, input=wanted))["scheduleAnalysis"]
    listed = await data(api, "{ analysisSchedules { engine type afterChanges lastAt } }")
    bad = (await data(api, SCHEDULE, input={**wanted, "afterMinutes": 0}))["scheduleAnalysis"]
    gone = (await data(api, SCHEDULE, input={"engine": "churn", "type": "Firm"}))["scheduleAnalysis"]

    assert (forbidden["schedule"], forbidden["errors"]) == (None, [{"code": "forbidden"}])
    assert kept["schedule"] == wanted
    assert listed["analysisSchedules"] == [{"engine": "churn", "type": "Firm", "afterChanges": 100, "lastAt": None}]
    assert bad["errors"] == [{"code": "bad_schedule"}]
    assert gone == {"schedule": None, "errors": []}
    assert (await data(api, "{ analysisSchedules { engine } }"))["analysisSchedules"] == []


async def test_a_run_is_followed_until_it_ends(api: Any) -> None:
    from gql.fixed.analyses import followed

    started = (await data(api, START, input={"engine": "influence"}))["startAnalysis"]["analysis"]
    seen: list[tuple[str, float]] = []

    class Asked:
        context = type("Context", (), {"database": api.database, "actor": SYSTEM})

    async def follow() -> None:
        moved = followed(Asked(), started["id"])  # type: ignore[arg-type]  # all that is asked of the info
        async for run in moved:
            seen.append((run.status.value, run.progress))  # noqa: PERF401  # looked at while it grows

    following = asyncio.create_task(follow())
    while not seen:
        await asyncio.sleep(0.01)
    claim = await runs.claim(api.database, "w", id=started["id"])
    assert claim is not None
    await runs.beat(api.database, claim, "computing", 0.5)
    while seen[-1] != ("running", 0.5):
        await asyncio.sleep(0.01)
    await runs.finish(api.database, claim, RunStatus.DONE, progress=1.0)
    await following

    assert seen[0] == ("queued", 0.0)
    assert seen[-1] == ("done", 1.0)

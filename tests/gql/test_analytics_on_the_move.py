"""Runs asked for through the API while the model moves below them, and snapshots that memory is too small for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from analytics.runs import carry_out
from analytics.snapshot import TooLarge
from graph import runs, sequencer
from graph.registry import Registry
from graph.unit import write
from models.actor import SYSTEM
from models.commands import CreateLink, CreateRecord
from models.errors import Rejected
from models.ids import new_id

pytestmark = pytest.mark.anyio
NOW = datetime.now(UTC)
MODEL = """mutation { applyModel(input: {
  types: [{name: "Firm", plural: "Firms", fields: [{name: "name", kind: "text"}]},
          {name: "Worker", plural: "Workers", fields: [{name: "name", kind: "text"}]}],
  relations: [
    {name: "SERVES", source: {types: ["Worker"], field: "serves"}, target: {types: ["Firm"], field: "servedBy"}},
    {name: "KNOWS", symmetric: true, source: {types: ["Worker"], field: "knows"},
     target: {types: ["Worker"], field: "knows"}}]}) { errors { message } } }"""
DROP = "mutation ($drop: ModelDropInput!) { applyModel(input: {drop: $drop}) { errors { message } } }"
START = (
    """mutation ($input: StartAnalysisInput!) { startAnalysis(input: $input) { analysis { id } errors { message } } }"""
)
RUN = "query ($id: ID!) { analysis(id: $id) { status error counts quality origin } }"
WORKERS = 4
WITHOUT_WORKERS = {"types": ["Worker"], "relations": ["SERVES", "KNOWS"]}


class Firm:
    """A server where workers serve a firm and know each other; runs are carried out by the tests themselves."""

    def __init__(self, api: Any, registry: Registry) -> None:
        self.api, self.registry = api, registry

    async def data(self, text: str, **variables: object) -> Any:
        """The one root's answer."""
        answer = (await self.api.ask(text, **variables)).json()
        assert "errors" not in answer, answer
        (found,) = answer["data"].values()
        return found

    async def fill(self) -> None:
        """A firm and those who serve it, two of whom know each other."""
        firm, workers = new_id(), sorted(new_id() for _ in range(WORKERS))
        made: list[Any] = [CreateRecord("Firm", firm, {}), *(CreateRecord("Worker", each, {}) for each in workers)]
        made += [CreateLink("SERVES", new_id(), each, firm, {}) for each in workers]
        made += [CreateLink("KNOWS", new_id(), *workers[:2], {})]
        await write(self.api.database, self.registry.model, SYSTEM, made, now=NOW)
        await sequencer.number(self.api.database)

    async def asked(self, engine: str = "influence", **wanted: object) -> str:
        """A run that waits; its id."""
        started = await self.data(START, input={"engine": engine, **wanted})
        assert started["errors"] == []
        return str(started["analysis"]["id"])

    async def dropped(self, **drop: list[str]) -> None:
        """Take types or relations out of the model."""
        assert (await self.data(DROP, drop=drop))["errors"] == []

    async def carried(self, id: str, **how: Any) -> None:
        """Carry out a run; raises what it raises."""
        claim = await runs.claim(self.api.database, id, id=id)
        assert claim is not None
        await carry_out(self.api.database, self.registry, claim, folder=None, **how)

    async def dropped_on_its_way(self, id: str, **drop: list[str]) -> None:
        """Carry out a run during whose computing types or relations are dropped."""
        computing, go_on = threading.Event(), threading.Event()

        def hold(stage: str, _: float) -> None:
            if stage == "measuring influence":
                computing.set()
                assert go_on.wait(60)

        run = asyncio.create_task(self.carried(id, progress=hold))
        try:
            assert await asyncio.to_thread(computing.wait, 60)
            await self.dropped(**drop)
        finally:
            go_on.set()
        await run


@pytest.fixture
async def firm(api: Any) -> Firm:
    made = Firm(api, await Registry.open(api.database))
    assert (await made.data(MODEL))["errors"] == []
    await made.registry.refresh()
    await made.fill()
    return made


async def test_a_run_of_a_type_that_was_dropped_while_it_waited_says_so(firm: Firm) -> None:
    id = await firm.asked(type="Worker")
    await firm.dropped(**WITHOUT_WORKERS)

    with pytest.raises(Rejected):
        await firm.carried(id)

    run = await firm.data(RUN, id=id)
    assert run["status"] == "FAILED"
    assert run["error"] == "The type Worker was dropped after this run was asked for; there is nothing to score."


async def test_a_run_by_a_relation_that_was_dropped_while_it_waited_says_which_there_are(firm: Firm) -> None:
    id = await firm.asked(parameters={"relations": ["KNOWS"]})
    await firm.dropped(relations=["KNOWS"])

    with pytest.raises(Rejected):
        await firm.carried(id)

    run = await firm.data(RUN, id=id)
    assert run["status"] == "FAILED"
    assert run["error"] == "The graph has no relation 'KNOWS', or no longer; there are: SERVES."


async def test_a_run_whose_relation_is_dropped_on_its_way_scores_the_graph_that_is_left(firm: Firm) -> None:
    id = await firm.asked()

    await firm.dropped_on_its_way(id, relations=["KNOWS"])

    run, model = await firm.data(RUN, id=id), await firm.data("{ model { version } }")
    assert (run["status"], run["error"]) == ("DONE", None)
    assert (run["counts"]["links"], run["counts"]["scored"]) == (WORKERS, WORKERS + 1)
    assert run["origin"]["modelVersion"] == model["version"]
    ranks = "{ workers { nodes { insights { influence { degree run } } } } }"
    assert {each["insights"]["influence"]["degree"] for each in (await firm.data(ranks))["nodes"]} == {1}


async def test_a_run_over_all_types_one_of_which_is_dropped_on_its_way_scores_the_others(firm: Firm) -> None:
    id = await firm.asked()

    await firm.dropped_on_its_way(id, **WITHOUT_WORKERS)

    run = await firm.data(RUN, id=id)
    assert (run["status"], run["counts"]["records"], run["counts"]["scored"]) == ("DONE", 1, 1)
    assert list(run["quality"]) == ["Firm"]


async def test_a_run_whose_own_type_is_dropped_on_its_way_says_so(firm: Firm) -> None:
    id = await firm.asked(type="Worker")

    with pytest.raises(Rejected):
        await firm.dropped_on_its_way(id, **WITHOUT_WORKERS)

    run = await firm.data(RUN, id=id)
    assert run["status"] == "FAILED"
    assert run["error"] == "The type Worker was dropped after this run was asked for; there is nothing to score."


async def test_a_snapshot_that_memory_is_too_small_for_is_refused_with_need_limit_and_cure(
    serve: Callable[..., AbstractAsyncContextManager[Any]],
) -> None:
    async with serve(XRM_SNAPSHOT_MB="1") as api:
        firm = Firm(api, await Registry.open(api.database))
        (error,) = (await api.ask("{ influence { totalCount } }")).json()["errors"]
        id = await firm.asked()
        with pytest.raises(TooLarge):
            await firm.carried(id, limit_bytes=1 << 20)
        run = await firm.data(RUN, id=id)

    assert error["extensions"]["code"] == "too_large"
    assert error["message"] == (
        "The snapshot needs 64 MiB of memory and 1 MiB is allowed; nothing was loaded. Raise the limit to at least 64 MiB "
        "(XRM_SNAPSHOT_MB; `limit_bytes` in Python); in Python a snapshot of fewer relations can be taken."
    )
    assert (run["status"], run["error"]) == ("FAILED", error["message"])

"""`xrm analyze`, run as its users run it: with progress, killed with -9 and taken over, cancelled within a moment."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph import runs
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.runs import RunRequest, RunStatus, Schedule
from xrm import background
from xrm.analyses.watching import watch_over

Run = Callable[..., Any]
MODEL = {
    "types": [{"name": "Firm", "plural": "Firms", "fields": [{"name": "name", "kind": "text"}]}],
    "relations": [
        {
            "name": "OWNS",
            "source": {"types": ["Firm"], "field": "owned"},
            "target": {"types": ["Firm"], "field": "owners"},
        }
    ],
}
FIRMS = 400
FILL = f"""UNWIND range(0, {FIRMS - 1}) AS i
CREATE (n:Record:Firm {{id: '01936f2e-0000-7000-8000-' + right('00000000000' + toString(i), 12), version: 1}})
WITH collect(n) AS firms UNWIND range(1, {FIRMS - 1}) AS i WITH firms[i] AS a, firms[i / 2] AS b, i
CREATE (a)-[:OWNS {{id: 'l' + toString(i), version: 1}}]->(b)"""
SCORED = (
    "MATCH (n:Firm) RETURN count(n.insight_influence_rank) AS scored, count(DISTINCT n.insight_influence_run) AS runs"
)


@pytest.fixture
async def filled(model_neo4j: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Database]:
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    patch, _ = patch_from_plain(MODEL)
    await registry.apply(SYSTEM, patch)
    neo4j_driver.execute_query(FILL)
    yield database
    await database.close()


@pytest.fixture
def environment(model_neo4j: Address, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "XRM_HOME": str(tmp_path / "home"),
        "NEO4J_URI": model_neo4j.uri,
        "NEO4J_USERNAME": model_neo4j.username,
        "NEO4J_PASSWORD": model_neo4j.password,
        "NEO4J_DATABASE": model_neo4j.database,
    }


def xrm(environment: dict[str, str], *arguments: str, command: str = "analyze") -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "xrm", command, *arguments]
    return subprocess.run(whole, env=environment, capture_output=True, text=True, timeout=300)


@pytest.mark.anyio
async def test_engines_that_are_named_are_run_and_told_as_json(
    filled: Database, environment: dict[str, str], neo4j_driver: neo4j.Driver
) -> None:
    done = await asyncio.to_thread(xrm, environment, "influence", "--type", "Firm", "--seed", "5", "--json")

    assert done.returncode == 0, done.stderr
    (told,) = json.loads(done.stdout)
    assert (told["engine"], told["type"], told["status"], told["counts"]["scored"]) == (
        "influence",
        "Firm",
        "done",
        FIRMS,
    )
    assert "influence:Firm" in done.stderr
    assert neo4j_driver.execute_query(SCORED).records[0].values() == [FIRMS, 1]


@pytest.mark.anyio
async def test_a_run_is_made_again_and_compared(
    filled: Database, environment: dict[str, str], neo4j_driver: neo4j.Driver
) -> None:
    made = await asyncio.to_thread(xrm, environment, "influence", "--seed", "5", "--json")
    number = json.loads(made.stdout)[0]["number"]

    again = await asyncio.to_thread(xrm, environment, str(number), "--json", command="recompute")
    unknown = await asyncio.to_thread(xrm, environment, "99", command="recompute")
    neo4j_driver.execute_query("MATCH (s:RunScores) DETACH DELETE s")
    forgotten = await asyncio.to_thread(xrm, environment, str(number), command="recompute")

    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == {"number": number, "same_data": True, "compared": FIRMS, "differing": 0}
    assert (unknown.returncode, forgotten.returncode) == (1, 1)
    assert "There is no run 99" in unknown.stderr
    assert "no scores to compare with: they are kept of the latest runs of each kind" in forgotten.stderr


@pytest.mark.anyio
async def test_what_cannot_be_run_is_told_in_a_sentence_and_ends_with_1(
    filled: Database, environment: dict[str, str]
) -> None:
    unknown = await asyncio.to_thread(xrm, environment, "astrology")
    no_events = await asyncio.to_thread(xrm, environment, "recommend", "--type", "Firm", "--json")
    no_json = await asyncio.to_thread(xrm, environment, "influence", "--parameters", "{")

    assert (unknown.returncode, no_events.returncode, no_json.returncode) == (1, 1, 1)
    assert "There is no engine 'astrology'; there are: influence," in unknown.stderr
    assert "Firm has no offers" in no_events.stdout
    assert "--parameters cannot be read as JSON" in no_json.stderr


@pytest.mark.anyio
async def test_a_run_whose_worker_and_process_are_killed_is_taken_over_and_done_again(
    filled: Database, environment: dict[str, str], neo4j_driver: neo4j.Driver, model_neo4j: Address, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "xrm", "analyze", "influence"]
    process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=subprocess.DEVNULL)
    while not (running := await runs.runs(filled, SYSTEM, first=1, status=RunStatus.RUNNING)):
        await asyncio.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    neo4j_driver.execute_query("MATCH (r:AnalyticsRun) SET r.leaseUntil = datetime.realtime('UTC') - duration('PT1S')")

    heir = await runs.claim(filled, "heir")
    assert heir is not None
    done = await watch_over(filled, model_neo4j, heir, home=tmp_path)

    assert (heir.run.id, done.status, done.attempts) == (running[0].id, RunStatus.DONE, 2)
    assert neo4j_driver.execute_query(SCORED).records[0].values() == [FIRMS, 1]


@pytest.mark.anyio
async def test_a_run_is_cancelled_at_whatever_stage_it_is_and_its_process_is_gone(
    filled: Database, model_neo4j: Address, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    asked = await runs.request(filled, SYSTEM, RunRequest("influence"))
    claim = await runs.claim(filled, "w", id=asked.id)
    assert claim is not None
    watching = asyncio.create_task(watch_over(filled, model_neo4j, claim, home=tmp_path))
    await asyncio.sleep(0.2)

    await runs.cancel(filled, SYSTEM, asked.id)
    ended = await watching

    assert ended.status is RunStatus.CANCELLED
    assert await runs.claim(filled, "other") is None


@pytest.mark.anyio
async def test_a_process_that_dies_ends_its_run_with_the_reason(
    filled: Database, model_neo4j: Address, tmp_path: Path
) -> None:
    asked = await runs.request(filled, SYSTEM, RunRequest("influence"))
    claim = await runs.claim(filled, "w", id=asked.id)
    assert claim is not None
    watching = asyncio.create_task(watch_over(filled, model_neo4j, claim, home=tmp_path))
    while not (children := _children()):
        await asyncio.sleep(0.02)
    os.kill(children[0], signal.SIGKILL)

    ended = await watching

    assert (ended.status, ended.error) == (
        RunStatus.FAILED,
        "Its process was killed; most likely memory was too small for the snapshot.",
    )


def _children() -> list[int]:
    """The processes of this one that compute runs."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            line = (folder / "cmdline").read_bytes() if folder.name.isdigit() else b""
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1] if line else ""
        except OSError:
            continue
        if b"xrm.analyses.computing" in line and parent == str(os.getpid()):
            found.append(int(folder.name))
    return found


@pytest.mark.anyio
async def test_a_worker_carries_out_what_waits_and_what_is_due(
    filled: Database, model_neo4j: Address, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    asked = await runs.request(filled, SYSTEM, RunRequest("influence", "Firm"))
    await runs.schedule(filled, SYSTEM, Schedule(RunRequest("communities"), after_minutes=60))

    async with background.chores(filled, model_neo4j, tmp_path):
        while len(done := await runs.runs(filled, SYSTEM, first=5, status=RunStatus.DONE)) < 2:
            await asyncio.sleep(0.2)

    assert sorted(run.request.kind for run in done) == ["communities:", "influence:Firm"]
    assert asked.id in {run.id for run in done}
    assert neo4j_driver.execute_query(SCORED).records[0].values() == [FIRMS, 1]

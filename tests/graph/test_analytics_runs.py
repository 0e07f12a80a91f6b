"""Runs under leases: one of a kind at a time, taken over from the dead, cancelled, scheduled."""

from __future__ import annotations

import asyncio

import neo4j
import pytest

from graph import runs, schema
from graph.session import Database
from models.actor import SYSTEM
from models.errors import NotFound, Rejected
from models.runs import RunRequest, RunStatus, Schedule, check_request, check_schedule

pytestmark = pytest.mark.anyio

CHURN = RunRequest("churn", "Company")
SHORT_S = 0.2


@pytest.fixture
async def ready(database: Database) -> Database:
    await schema.install_fixed(database)
    return database


async def status(database: Database, id: str) -> RunStatus:
    return (await runs.run(database, SYSTEM, id)).status


async def test_an_equal_request_that_waits_is_the_same_run_and_another_one_is_not(ready: Database) -> None:
    one = await runs.request(ready, SYSTEM, CHURN)
    same = await runs.request(ready, SYSTEM, RunRequest("churn", "Company"))
    other = await runs.request(ready, SYSTEM, RunRequest("churn", "Company", {"days": 30}, 7))

    assert (one.id, one.number, one.status) == (same.id, 1, RunStatus.QUEUED)
    assert (other.number, other.request) == (2, RunRequest("churn", "Company", {"days": 30}, 7))
    assert [each.number for each in await runs.runs(ready, SYSTEM, first=10)] == [2, 1]
    assert [each.number for each in await runs.runs(ready, SYSTEM, first=10, before=2, status=RunStatus.QUEUED)] == [1]


async def test_of_many_workers_one_gets_a_run_and_a_second_of_its_kind_waits(ready: Database) -> None:
    await runs.request(ready, SYSTEM, CHURN)
    await runs.request(ready, SYSTEM, RunRequest("churn", "Company", {"days": 30}))
    await runs.request(ready, SYSTEM, RunRequest("influence"))

    claims = await asyncio.gather(*(runs.claim(ready, f"w{number}") for number in range(12)))
    more = await asyncio.gather(*(runs.claim(ready, f"v{number}") for number in range(4)))

    taken = [each.run.request.kind for each in [*claims, *more] if each is not None]
    assert sorted(taken) == ["churn:Company", "influence:"]


async def test_two_requests_of_one_kind_claimed_at_once_by_their_ids_are_not_carried_out_together(
    ready: Database,
) -> None:
    asked = [await runs.request(ready, SYSTEM, RunRequest("churn", "Company", {"days": days})) for days in range(6)]

    claims = await asyncio.gather(*(runs.claim(ready, each.id, id=each.id) for each in asked))

    assert len([each for each in claims if each is not None]) == 1


async def test_a_run_whose_worker_died_is_taken_over_and_the_dead_one_can_write_no_more(ready: Database) -> None:
    asked = await runs.request(ready, SYSTEM, CHURN)
    dead = await runs.claim(ready, "dead", lease_s=SHORT_S)
    assert dead is not None
    assert await runs.claim(ready, "heir") is None

    await asyncio.sleep(2 * SHORT_S)
    heir = await runs.claim(ready, "heir")

    assert heir is not None
    assert (heir.run.id, heir.run.attempts) == (asked.id, 2)
    assert await runs.beat(ready, dead, "writing", 0.5) is None
    assert await runs.note(ready, dead, counts={"records": 1}) is False
    assert await runs.finish(ready, dead, RunStatus.DONE) is False
    assert await runs.beat(ready, heir, "writing", 0.5) is False
    assert await runs.finish(ready, heir, RunStatus.DONE, counts={"records": 3}) is True
    done = await runs.run(ready, SYSTEM, asked.id)
    assert (done.status, done.counts, done.stage) == (RunStatus.DONE, {"records": 3}, "writing")


async def test_a_lease_that_is_kept_alive_is_not_taken_over(ready: Database) -> None:
    await runs.request(ready, SYSTEM, CHURN)
    claim = await runs.claim(ready, "w", lease_s=SHORT_S)
    assert claim is not None

    for _ in range(4):
        await asyncio.sleep(SHORT_S / 2)
        assert await runs.beat(ready, claim, "computing", 0.1, lease_s=30) is False

    assert await runs.claim(ready, "other") is None


async def test_a_waiting_run_is_cancelled_at_once_and_a_running_one_through_its_worker(ready: Database) -> None:
    running = await runs.request(ready, SYSTEM, CHURN)
    claim = await runs.claim(ready, "w")
    waiting = await runs.request(ready, SYSTEM, RunRequest("churn", "Company", {"days": 1}))
    assert claim is not None

    told = await runs.cancel(ready, SYSTEM, running.id)
    gone = await runs.cancel(ready, SYSTEM, waiting.id)

    assert (told.status, told.cancelling) == (RunStatus.RUNNING, True)
    assert gone.status is RunStatus.CANCELLED
    assert await runs.beat(ready, claim, "computing", 0.2) is True
    assert await runs.finish(ready, claim, RunStatus.CANCELLED) is True
    assert (await runs.cancel(ready, SYSTEM, running.id)).status is RunStatus.CANCELLED
    with pytest.raises(NotFound):
        await runs.cancel(ready, SYSTEM, "nowhere")


async def test_a_cancelled_run_whose_worker_died_is_cancelled_without_it(ready: Database) -> None:
    asked = await runs.request(ready, SYSTEM, CHURN)
    await runs.claim(ready, "dead", lease_s=0.01)
    await asyncio.sleep(0.05)

    assert (await runs.cancel(ready, SYSTEM, asked.id)).status is RunStatus.CANCELLED
    assert await runs.claim(ready, "heir") is None


async def test_a_schedule_asks_for_its_first_run_and_for_the_next_after_so_many_changes(
    ready: Database, neo4j_driver: neo4j.Driver
) -> None:
    def changes(number: int) -> None:
        neo4j_driver.execute_query("MERGE (k:Sequence {name: 'changes'}) SET k.last = $n", {"n": number})

    await runs.schedule(ready, SYSTEM, Schedule(CHURN, after_changes=10))
    changes(100)

    asked = await asyncio.gather(*(runs.request_due(ready) for _ in range(4)))
    claim = await runs.claim(ready, "w")
    assert claim is not None
    changes(200)
    while_running = await runs.request_due(ready)
    await runs.finish(ready, claim, RunStatus.DONE)
    changes(109)
    too_few = await runs.request_due(ready)
    changes(110)
    enough = await runs.request_due(ready)

    assert [len(each) for each in asked].count(1) == 1
    assert (while_running, too_few) == ([], [])
    assert [each.request for each in enough] == [CHURN]
    assert await runs.unschedule(ready, SYSTEM, CHURN.kind) is True
    assert await runs.schedules(ready, SYSTEM) == []


async def test_a_schedule_by_minutes_is_due_when_they_have_passed(ready: Database, neo4j_driver: neo4j.Driver) -> None:
    await runs.schedule(ready, SYSTEM, Schedule(CHURN, after_minutes=5))
    (first,) = await runs.request_due(ready)
    await runs.cancel(ready, SYSTEM, first.id)
    soon = await runs.request_due(ready)
    neo4j_driver.execute_query("MATCH (s:AnalyticsSchedule) SET s.lastAt = s.lastAt - duration({minutes: 6})")

    later = await runs.request_due(ready)

    assert soon == []
    assert [each.request.kind for each in later] == ["churn:Company"]


async def test_a_request_is_refused_with_everything_wrong_with_it() -> None:
    with pytest.raises(Rejected) as caught:
        check_request(RunRequest("chrun", "Compny", {}, -1), {"Company": None})
    with pytest.raises(Rejected) as idle:
        check_schedule(None, None)

    assert [each.path for each in caught.value.problems] == [("engine",), ("type",), ("seed",)]
    assert [each.code for each in idle.value.problems] == ["bad_schedule"]

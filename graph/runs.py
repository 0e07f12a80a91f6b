"""Runs of analytics in the database: asked for, claimed by one worker, kept alive by a lease, ended, listed, scheduled.

The clock of leases is the database's own, so that workers on machines whose clocks differ agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from cypher import weave
from graph import notifications
from graph.session import Contested, Database, Row, Transaction
from models.actor import SYSTEM, Actor
from models.errors import NotFound
from models.ids import new_id
from models.notices import Fact, Notice, notice
from models.runs import Run, RunRequest, RunStatus, Schedule

LEASE_S = 20.0
MOST_LISTED = 1_000
_PLAIN = orjson.OPT_SORT_KEYS | orjson.OPT_SERIALIZE_NUMPY
_LATEST = 2**62  # above the number of any run


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that is a worker's own for as long as it keeps the lease alive."""

    run: Run
    worker: str


async def request(database: Database, actor: Actor, wanted: RunRequest) -> Run:
    """The run that is waiting for what is wanted: a new one, unless an equal one is waiting already."""
    facts = {**_request_facts(wanted), "id": new_id(), "actor": actor.id}
    ((id,),) = await _write(database, actor, "analysis_request", {"facts": facts})
    return await run(database, actor, id)


async def claim(database: Database, worker: str, *, id: str | None = None, lease_s: float = LEASE_S) -> Claim | None:
    """A run for a worker to carry out: one whose worker has died first, then the one that waits longest; None if none can.

    One run of a kind is carried out at a time, whatever number of workers ask at once.
    """
    parameters = {"worker": worker, "lease": round(lease_s * 1_000), "id": id}
    try:
        rows = await _write(database, SYSTEM, "analysis_claim", parameters)
    except Contested:  # another worker took a run of the same kind at the same moment
        return None
    return Claim(await run(database, SYSTEM, rows[0][0]), worker) if rows else None


async def beat(
    database: Database, claimed: Claim, stage: str, progress: float, *, lease_s: float = LEASE_S
) -> bool | None:
    """Keep the lease alive and say how far the run is: True when it shall be cancelled, None when it is another's now."""
    parameters = {
        "id": claimed.run.id,
        "worker": claimed.worker,
        "lease": round(lease_s * 1_000),
        "stage": stage,
        "progress": progress,
    }
    rows = await _write(database, SYSTEM, "analysis_beat", parameters)
    return bool(rows[0][0]) if rows else None


async def note(database: Database, claimed: Claim, **facts: Any) -> bool:
    """Write down what a run is made from or has come to; whether it is still the worker's."""
    parameters = {"id": claimed.run.id, "worker": claimed.worker, "facts": _facts(facts)}
    rows = await _write(database, SYSTEM, "analysis_note", parameters)
    return bool(rows[0][0])


async def finish(database: Database, claimed: Claim, status: RunStatus, **facts: Any) -> bool:
    """End a run; False when it is another's now, and nothing was written.

    Of what it came to, `error` says why it failed, `reason` is the code of that where it has one.
    """
    parameters = {
        "id": claimed.run.id,
        "worker": claimed.worker,
        "facts": {**_facts(facts), "status": status.value},
    }

    async def work(transaction: Transaction) -> bool:
        rows = await transaction.run(weave.fixed("analysis_finish", SYSTEM, reads=False), parameters)
        finished = bool(rows and rows[0][0])
        if finished:
            await _tell(transaction, claimed.run, status, facts)
        return finished

    return await database.write(work)


async def _tell(transaction: Transaction, run: Run, status: RunStatus, facts: Mapping[str, Any]) -> None:
    """Tell whoever asked for a run how it ended; what nobody asked for is told to administrators, when it failed."""
    person = None if run.actor == SYSTEM.id else run.actor
    ended = _ended(run, status, facts)
    if ended is not None and (person is not None or status is RunStatus.FAILED):
        await notifications.tell(transaction, ended, person=person)


def _ended(run: Run, status: RunStatus, facts: Mapping[str, Any]) -> Notice | None:
    """What is told of the end of a run; nothing of one that was cancelled."""
    of: dict[str, Fact | None] = {
        "number": run.number,
        "engine": run.request.engine,
        "type": run.request.type or None,
    }
    if status is RunStatus.FAILED:
        return notice("analysis_failed", run.id, **of, error=facts.get("error", ""), reason=facts.get("reason"))
    if status is RunStatus.DONE:
        return notice("analysis_done", run.id, **of, scored=facts.get("counts", {}).get("scored"))
    return None


async def cancel(database: Database, actor: Actor, id: str) -> Run:
    """Cancel a run: at once when nobody works at it, else its worker is told. Nothing happens to one that has ended."""
    await run(database, actor, id)
    await _write(database, actor, "analysis_cancel", {"id": id})
    return await run(database, actor, id)


async def run(database: Database, actor: Actor, id: str) -> Run:
    """A run by its id. Raises NotFound."""
    row = await database.read(weave.fixed("analysis_by_id", actor), {"id": id})
    if not row:
        raise NotFound(f"There is no analysis {id[:60]!r}; `analyses` lists those there are.")
    return _run(row[0])


async def runs(
    database: Database,
    actor: Actor,
    *,
    first: int,
    before: int | None = None,
    engine: str | None = None,
    type: str | None = None,
    status: RunStatus | None = None,
) -> list[Run]:
    """Runs, the newest first, those before a number."""
    parameters = {
        "first": min(first, MOST_LISTED),
        "before": _LATEST if before is None else before,
        "engine": engine,
        "type": type,
        "status": status,
    }
    return [_run(row[0]) for row in await database.rows(weave.fixed("analyses", actor), parameters)]


async def latest(database: Database, actor: Actor, kind: str, *, before: int = _LATEST) -> Run | None:
    """The newest run of a kind that is done, of those before a number."""
    row = await database.read(weave.fixed("analysis_latest", actor), {"kind": kind, "before": before})
    return _run(row[0]) if row else None


# schedules


async def schedule(database: Database, actor: Actor, wanted: Schedule) -> Schedule:
    """Keep a schedule, in the place of the one its kind had."""
    facts = {
        **_request_facts(wanted.request),
        "afterChanges": wanted.after_changes,
        "afterMinutes": wanted.after_minutes,
        "actor": actor.id,
    }
    ((properties,),) = await _write(database, actor, "analysis_schedule", {"kind": wanted.request.kind, "facts": facts})
    return _schedule(properties)


async def unschedule(database: Database, actor: Actor, kind: str) -> bool:
    """Forget the schedule of a kind; whether there was one."""
    rows = await _write(database, actor, "analysis_unschedule", {"kind": kind})
    return bool(rows[0][0])


async def schedules(database: Database, actor: Actor) -> list[Schedule]:
    """All schedules, by their kinds."""
    return [_schedule(row[0]) for row in await database.rows(weave.fixed("analysis_schedules", actor), {})]


async def request_due(database: Database) -> list[Run]:
    """Ask for a run of every schedule that is due and has none waiting; several processes may do so at once."""
    asked = []
    for (properties,) in await database.rows(weave.fixed("analyses_due", SYSTEM), {}):
        turn = {"kind": properties["kind"], "turns": properties.get("turns", 0)}
        ((taken,),) = await _write(database, SYSTEM, "analysis_due_taken", turn)
        if taken:
            asked.append(await request(database, SYSTEM, _schedule(properties).request))
    return asked


def _request_facts(wanted: RunRequest) -> dict[str, Any]:
    return {
        "engine": wanted.engine,
        "type": wanted.type,
        "kind": wanted.kind,
        "parameters": orjson.dumps(dict(wanted.parameters), option=orjson.OPT_SORT_KEYS).decode(),
        "seed": wanted.seed,
    }


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as properties: what holds several values becomes JSON."""
    return {
        key: orjson.dumps(value, option=_PLAIN).decode() if isinstance(value, Mapping) else value
        for key, value in facts.items()
    }


def _asked(properties: Mapping[str, Any]) -> RunRequest:
    parameters = orjson.loads(properties["parameters"])
    return RunRequest(properties["engine"], properties["type"], parameters, properties["seed"])


def _run(properties: Mapping[str, Any]) -> Run:
    def held(key: str) -> Any:
        return orjson.loads(properties[key]) if key in properties else {}

    def moment(key: str) -> Any:
        return properties[key].to_native() if key in properties else None

    return Run(
        id=properties["id"],
        number=properties["number"],
        request=_asked(properties),
        status=RunStatus(properties["status"]),
        stage=properties["stage"],
        progress=properties["progress"],
        actor=properties["actor"],
        requested_at=moment("requestedAt"),
        started_at=moment("startedAt"),
        finished_at=moment("finishedAt"),
        origin=held("origin"),
        counts=held("counts"),
        timings_s=held("timings"),
        quality=held("quality"),
        error=properties.get("error", ""),
        reason=properties.get("reason", ""),
        attempts=properties["attempts"],
        cancelling=properties.get("cancel", False),
    )


def _schedule(properties: Mapping[str, Any]) -> Schedule:
    last = properties.get("lastAt")
    return Schedule(
        _asked(properties),
        properties.get("afterChanges"),
        properties.get("afterMinutes"),
        properties["actor"],
        last.to_native() if last is not None else None,
    )


async def _write(database: Database, actor: Actor, name: str, parameters: Mapping[str, Any]) -> list[Row]:
    async def work(transaction: Transaction) -> list[Row]:
        return await transaction.run(weave.fixed(name, actor, reads=False), parameters)

    return await database.write(work)

"""Watches over a run that computes in a process of its own: keeps its lease, hears how far it is, ends it when it is cancelled.

The process is killed to cancel it, since what is compiled cannot be interrupted otherwise: that takes a second at most.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from graph import runs
from graph.address import Address
from graph.runs import Claim
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Unavailable
from models.ids import new_id
from models.runs import DIED, DIED_OFTEN, KILLED, Run, RunStatus

BEAT_S = 0.5
LOOK_EVERY_S = 2.0
MOST_ATTEMPTS = 5
Tell = Callable[[str, float], None]

log = logging.getLogger("xrm.analyses")


@dataclass(slots=True)
class _State:
    """How far the process says it is."""

    stage: str = "starting"
    progress: float = 0.0


async def keep_analysing(database: Database, address: Address, home: Path) -> None:
    """Endless: ask for the runs that are due, and carry out those that wait, one at a time."""
    while True:
        await runs.request_due(database)
        claim = await runs.claim(database, new_id())
        if claim is None:
            await asyncio.sleep(LOOK_EVERY_S)
        else:
            run = await watch_over(database, address, claim, home=home)
            log.info("analysis %s of %s: %s %s", run.number, run.request.kind, run.status, run.error)


async def watch_over(
    database: Database,
    address: Address,
    claim: Claim,
    *,
    home: Path,
    tell: Tell = lambda stage, progress: None,
    lease_s: float = runs.LEASE_S,
) -> Run:
    """The run once it has ended, however it ended; when this is cancelled, the run waits for another worker."""
    if claim.run.attempts > MOST_ATTEMPTS:
        error = f"Its process died {MOST_ATTEMPTS} times; most likely memory is too small for the snapshot."
        await runs.finish(database, claim, RunStatus.FAILED, error=error, reason=DIED_OFTEN)
        return await runs.run(database, SYSTEM, claim.run.id)
    async with _computing(address, claim, home) as (process, state):
        cancelled = await _until_it_ends(database, claim, process, state, tell, lease_s)
    if cancelled:
        await runs.finish(database, claim, RunStatus.CANCELLED)
    elif process.returncode:  # a run that failed by itself has said so already, and this changes nothing then
        await runs.finish(database, claim, RunStatus.FAILED, **_died(process.returncode))
    return await runs.run(database, SYSTEM, claim.run.id)


async def _until_it_ends(
    database: Database, claim: Claim, process: Process, state: _State, tell: Tell, lease_s: float
) -> bool:
    """Whether the run was cancelled; the process ends with that, or when the run has become another worker's."""
    ended = asyncio.create_task(process.wait())
    try:
        while not (await asyncio.wait([ended], timeout=BEAT_S))[0]:
            tell(state.stage, state.progress)
            try:
                cancel = await runs.beat(database, claim, state.stage, state.progress, lease_s=lease_s)
            except Unavailable as error:  # the lease outlives a short absence of the database
                log.warning("analysis %s: %s", claim.run.number, error.message)
                continue
            if cancel is not False:
                return bool(cancel)
        return False
    finally:
        ended.cancel()


@asynccontextmanager
async def _computing(address: Address, claim: Claim, home: Path) -> AsyncIterator[tuple[Process, _State]]:
    """The process that computes, and what it says; it is gone when the block is left."""
    order = {"address": asdict(address), "run": claim.run.id, "worker": claim.worker, "home": str(home)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "xrm.analyses.computing", stdin=PIPE, stdout=PIPE, start_new_session=True
    )
    assert process.stdin is not None
    state = _State()
    listening = asyncio.create_task(_listen(process, state))
    try:
        process.stdin.write(json.dumps(order).encode() + b"\n")
        with contextlib.suppress(ConnectionError):
            await process.stdin.drain()
        yield process, state
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def _listen(process: Process, state: _State) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        with contextlib.suppress(ValueError):
            told = json.loads(line)
            state.stage, state.progress = told["stage"], told["progress"]


def _died(code: int) -> dict[str, str]:
    """Why a run failed that did not say so itself."""
    if code == -signal.SIGKILL:
        error = "Its process was killed; most likely memory was too small for the snapshot."
        return {"error": error, "reason": KILLED}
    return {"error": f"Its process ended with code {code}; the log says why.", "reason": DIED}

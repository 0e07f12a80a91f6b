"""Watches over the jobs of imports: each in a process of its own, which is killed to cancel it; a run goes on after that.

A job whose watcher has died is open still, and the next one takes it up: trying begins anew, a run goes on where it was.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from exchange.jobs import Job, Jobs, JobStatus
from exchange.uploads import Desk
from graph.address import Address

LOOK_EVERY_S = 0.5
BEAT_S = 0.3
AT_ONCE = 2
FORGET_EVERY_S = 3_600.0
LIMIT_BYTES = 16 << 20  # of a line that the process says

log = logging.getLogger("xrm.imports")


async def keep_importing(address: Address, home: Path) -> None:
    """Endless: carry out the jobs of a home, some at once, and forget old uploads."""
    jobs, running = Jobs(home), dict[str, asyncio.Task[None]]()
    forgotten = 0.0
    try:
        while True:
            running = {id: task for id, task in running.items() if not task.done()}
            for job in jobs.open():
                if job.id not in running and len(running) < AT_ONCE:
                    running[job.id] = asyncio.create_task(_taken(address, home, job))
            now = asyncio.get_running_loop().time()
            if now - forgotten > FORGET_EVERY_S:
                forgotten = now
                await asyncio.to_thread(lambda: Desk(home, 0).forget_old(now=datetime.now(UTC)))
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        for task in running.values():
            task.cancel()
        await asyncio.gather(*running.values(), return_exceptions=True)


async def _taken(address: Address, home: Path, job: Job) -> None:
    jobs = Jobs(home)
    with _held(jobs.lock(job.id)) as free:
        if not free:  # another server on this home is at it
            await asyncio.sleep(LOOK_EVERY_S)
            return
        jobs.save(replace(job, status=JobStatus.RUNNING, stage="starting"))
        done = await watch_over(address, home, replace(job, status=JobStatus.RUNNING))
        jobs.save(done)
        log.info("import job %s of %s: %s", done.kind, done.id, done.status)


async def watch_over(address: Address, home: Path, job: Job) -> Job:
    """The job once it has ended; its file says on the way how far it is."""
    jobs, told = Jobs(home), Told()
    order = {"address": asdict(address), "job": job.id, "home": str(home)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "xrm.imports.carrying", stdin=PIPE, stdout=PIPE, start_new_session=True, limit=LIMIT_BYTES
    )
    listening = asyncio.create_task(_listen(process, told))
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(order).encode() + b"\n")
        with contextlib.suppress(ConnectionError):
            await process.stdin.drain()
        while not (await asyncio.wait([listening], timeout=BEAT_S))[0]:
            if jobs.cancelling(job.id):
                return replace(job, status=JobStatus.CANCELLED, ended_at=datetime.now(UTC))
            jobs.save(replace(job, stage=told.stage, progress=told.progress))
        await process.wait()
        return after(job, told, process.returncode)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


@dataclass(slots=True)
class Told:
    """What the process says of itself."""

    stage: str = "starting"
    progress: float = 0.0
    end: dict[str, Any] | None = None


async def _listen(process: Process, told: Told) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        with contextlib.suppress(ValueError):
            said = json.loads(line)
            if "end" in said:
                told.end = said
            else:
                told.stage, told.progress = said["stage"], said.get("progress", told.progress)


def after(job: Job, told: Told, code: int | None) -> Job:
    """A job as it is after its process has ended."""
    now = datetime.now(UTC)
    if told.end is None:
        problem = {"code": "died", "message": f"Its process ended with code {code}; ask again, and it goes on."}
        return replace(job, status=JobStatus.FAILED, problems=(problem,), ended_at=now)
    end = told.end
    return replace(
        job,
        status=JobStatus(end["end"]),
        stage="",
        progress=1.0,
        run=end.get("run", ""),
        report=end.get("report"),
        problems=tuple(end.get("problems", ())),
        ended_at=now,
    )


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Whether the lock is ours while the block runs; a dead process lets go of it by itself."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True

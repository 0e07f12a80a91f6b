"""The process that carries out a job of an import: `python -m xrm.imports.carrying`, started by `watching.py`.

It reads one line of JSON from its standard input and then watches that pipe: its end is the end of whoever watches over
it, also after a kill -9. It says how far it is, and at last what came of it, in lines of JSON on its standard output.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from exchange.jobs import Job, JobKind, Jobs
from exchange.mapping import parse
from exchange.runs import import_files
from exchange.undo import undo
from exchange.uploads import Desk
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.errors import Rejected, XrmError

NICE = 5
MOST_PROBLEMS = 100
Tell = Callable[[str, float | None], None]


def main() -> int:
    """Carry out the job that the order names."""
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_pipe, daemon=True).start()
    os.nice(NICE)  # whoever asks the server does not wait for imports
    logging.basicConfig(level=logging.WARNING)
    home = Path(order["home"])
    job = Jobs(home).find(order["job"])
    if job is not None:
        _say(asyncio.run(ended(Address(**order["address"]), home, job, _tell)))
    return 0


async def ended(address: Address, home: Path, job: Job, tell: Tell) -> dict[str, Any]:
    """What came of a job: its report, or the problems in the way."""
    try:
        return {"end": "done", **await _carry_out(address, home, job, tell)}
    except Rejected as rejected:
        problems = [
            {"code": each.code, "message": each.message, "details": dict(each.details)}
            for each in rejected.problems[:MOST_PROBLEMS]
        ]
    except XrmError as error:
        problems = [{"code": error.code, "message": error.message, "details": {}}]
    return {"end": "failed", "problems": problems}


async def _carry_out(address: Address, home: Path, job: Job, tell: Tell) -> dict[str, Any]:
    database = await Database.connect(address)
    try:
        registry = await Registry.open(database)
        if job.kind is JobKind.UNDO:
            undone = await undo(database, registry, job.by, job.id, home=home, clock=_now, progress=tell)
            return {"run": job.id, "report": {"counts": dict(undone.counts)}}
        upload = Desk(home, 0).upload(job.id)
        plan = parse(yaml.safe_dump(dict(upload.mapping or {}), allow_unicode=True, sort_keys=False))
        dry_run = job.kind is JobKind.TRY
        report = await import_files(
            database, registry, job.by, plan, upload.path, home=home, clock=_now, progress=tell, dry_run=dry_run
        )
        return {"run": report.run, "report": report.plain()}
    finally:
        await database.close()


def _tell(text: str, progress: float | None) -> None:
    said: dict[str, Any] = {"stage": text.split(" ", maxsplit=1)[0].lower()}
    if progress is not None:
        said["progress"] = round(min(max(progress, 0.0), 1.0), 4)
    _say(said)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


def _now() -> datetime:
    return datetime.now(UTC)


def _end_with_the_pipe() -> None:
    while os.read(sys.stdin.fileno(), 1):  # without Python's own buffer, whose lock the end of the program wants
        pass
    os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main())

"""The process that computes a run: `python -m xrm.analyses.computing`, started by `watching.py`.

It reads one line of JSON from its standard input and then watches that pipe: its end is the end of whoever watches over
it, also after a kill -9. It says how far it is in lines of JSON on its standard output.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
from pathlib import Path
from typing import Any

from graph import runs
from graph.address import Address
from graph.registry import Registry
from graph.runs import Claim
from graph.session import Database
from models.actor import SYSTEM
from models.errors import XrmError
from xrm import settings

FAILED = 1
NICE = 5
SNAPSHOTS = "analytics"  # in XRM_HOME; what serves keeps its snapshots there too


def main() -> int:
    """Carry out the run that the order names."""
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_pipe, daemon=True).start()
    os.nice(NICE)  # whoever asks the server does not wait for analytics
    logging.basicConfig(level=logging.WARNING)
    try:
        asyncio.run(_carry_out(order))
    except XrmError:
        return FAILED  # it is written down with the run
    return 0


async def _carry_out(order: dict[str, Any]) -> None:
    from analytics.runs import carry_out

    database = await Database.connect(Address(**order["address"]))
    try:
        registry = await Registry.open(database)
        claim = Claim(await runs.run(database, SYSTEM, order["run"]), order["worker"])
        folder = Path(order["home"]) / SNAPSHOTS
        chosen = settings.load()
        await carry_out(
            database,
            registry,
            claim,
            folder=folder,
            progress=_tell,
            keep=chosen.kept_runs,
            limit_bytes=chosen.snapshot_bytes,
        )
    finally:
        await database.close()


def _tell(stage: str, progress: float) -> None:
    line = json.dumps({"stage": stage, "progress": round(min(max(progress, 0.0), 1.0), 4)}) + "\n"
    os.write(sys.stdout.fileno(), line.encode())


def _end_with_the_pipe() -> None:
    while os.read(sys.stdin.fileno(), 1):  # without Python's own buffer, whose lock the end of the program wants
        pass
    os._exit(FAILED)


if __name__ == "__main__":
    raise SystemExit(main())

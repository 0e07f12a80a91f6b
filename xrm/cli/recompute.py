"""`xrm recompute`: a run of analytics made again, and compared with what it stored."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph import runs
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.errors import NotFound, XrmError
from models.runs import Run
from xrm import database, settings
from xrm.analyses.computing import SNAPSHOTS
from xrm.cli import console

if TYPE_CHECKING:
    from analytics.runs import Recomputed


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(recompute)


def recompute(
    number: Annotated[int, typer.Argument(help="The number of the run, as `analyses` tells it.")],
    json: console.Json = False,
) -> None:
    """Make the scores of a run again, with its parameters and seed, at its moment, and compare. Nothing is stored.

    Where nothing was written since the run, every score comes out the same; the exit code is 1 when one does not.

    Examples:

        xrm recompute 12
    """
    chosen = settings.load()
    with console.progress() as progress, database.opened(chosen, progress) as address:
        run, found = asyncio.run(_made_again(address, chosen.home / SNAPSHOTS, number))
    console.show({"number": run.number, **asdict(found)}, json=json, text=_line(run, found))
    if found.same_data and found.differing:
        raise XrmError(f"{found.differing} scores differ, though nothing was written since the run.")


async def _made_again(address: Address, folder: Path, number: int) -> tuple[Run, Recomputed]:
    from analytics.runs import recompute_now

    connected = await Database.connect(address)
    try:
        registry = await Registry.open(connected)
        run = await _numbered(connected, number)
        return run, await recompute_now(connected, registry, run, folder=folder)
    finally:
        await connected.close()


async def _numbered(connected: Database, number: int) -> Run:
    found = await runs.runs(connected, SYSTEM, first=1, before=number + 1)
    if not found or found[0].number != number:
        raise NotFound(f"There is no run {number}; `analyses` lists those there are.")
    return found[0]


def _line(run: Run, found: Recomputed) -> str:
    same = f"{found.compared - found.differing:,} of {found.compared:,} records have the same scores again"
    since = "nothing was written since" if found.same_data else "something was written since"
    return f"Run {run.number} of {run.request.kind.removesuffix(':')}: {same}; {since}."

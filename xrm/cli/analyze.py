"""`xrm analyze`: analytics now, with progress."""

from __future__ import annotations

import asyncio
import json as plain_json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from graph import runs
from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Problem, Rejected, XrmError
from models.ids import new_id
from models.runs import ALL_TYPES, Run, RunRequest, RunStatus, check_request
from models.scores import ENGINES
from xrm import database, settings
from xrm.analyses.watching import watch_over
from xrm.cli import console

FOLLOW_EVERY_S = 0.5


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(analyze)


def analyze(
    names: Annotated[
        list[str] | None, typer.Argument(help=f"Engines: {', '.join(ENGINES)}. All of them, when none is named.")
    ] = None,
    type_name: Annotated[
        str, typer.Option("--type", help="The type whose records are scored; all that can be, when it is left out.")
    ] = ALL_TYPES,
    parameters: Annotated[str, typer.Option(help="Parameters of the engines, as a JSON object.")] = "{}",
    seed: Annotated[int, typer.Option(help="Where chance begins: the same seed gives the same scores.")] = 0,
    json: console.Json = False,
) -> None:
    """Run analytics now: their scores are in `insights { … }` of the records afterwards. Ctrl-C cancels.

    Without names, engines that the data is not enough for are told and do no harm.

    Examples:

        xrm analyze

        xrm analyze influence communities

        xrm analyze churn --type Company --parameters '{"horizonDays": 90}'
    """
    requests = [RunRequest(name, type_name, _parameters(parameters), seed) for name in names or ENGINES]
    chosen = settings.load()
    with console.progress() as progress, database.opened(chosen, progress) as address:
        done = asyncio.run(_all(address, chosen.home, requests, progress))
    console.show([_plain(run) for run in done], json=json, text="\n".join(map(_line, done)))
    failed = [run for run in done if run.status is not RunStatus.DONE]
    if failed and (names or len(failed) == len(done)):
        raise XrmError(
            f"{len(failed)} of {len(done)} runs did not come to their end: {failed[0].error or failed[0].status}"
        )


async def _all(address: Address, home: Path, requests: Sequence[RunRequest], progress: console.Report) -> list[Run]:
    from analytics.runs import check_parameters  # brings libraries of numbers, which other commands do without

    connected = await Database.connect(address)
    try:
        model = (await Registry.open(connected)).model
        for request in requests:
            check_request(request, model.types)
            check_parameters(request)
        return [await _one(connected, address, home, request, progress) for request in requests]
    finally:
        await connected.close()


async def _one(connected: Database, address: Address, home: Path, request: RunRequest, progress: console.Report) -> Run:
    """The run once it has ended: carried out here, or followed where another worker is at it."""
    run = await runs.request(connected, SYSTEM, request)
    name = request.kind.removesuffix(":")
    try:
        while not run.status.final:
            if claim := await runs.claim(connected, new_id(), id=run.id):
                return await watch_over(
                    connected, address, claim, home=home, tell=lambda stage, done: progress(f"{name}: {stage}", done)
                )
            progress(f"{name}: {run.stage or 'waiting for another run'}", run.progress)
            await asyncio.sleep(FOLLOW_EVERY_S)
            run = await runs.run(connected, SYSTEM, run.id)
    except asyncio.CancelledError:
        await asyncio.shield(runs.cancel(connected, SYSTEM, run.id))
        raise
    return run


def _parameters(text: str) -> Mapping[str, Any]:
    try:
        given = plain_json.loads(text)
    except ValueError as error:
        raise Rejected([_bad(f"cannot be read as JSON ({error})")]) from error
    if not isinstance(given, dict):
        raise Rejected([_bad('must be a JSON object, such as {"horizonDays": 90}')])
    return given


def _bad(what: str) -> Problem:
    return Problem("bad_parameters", f"--parameters {what}.", ("parameters",))


def _plain(run: Run) -> dict[str, object]:
    return {
        "run": run.id,
        "number": run.number,
        "engine": run.request.engine,
        "type": run.request.type or None,
        "status": run.status.value,
        "counts": dict(run.counts),
        "timings_s": dict(run.timings_s),
        "error": run.error or None,
    }


def _line(run: Run) -> str:
    if run.status is not RunStatus.DONE:
        return f"{run.request.kind.removesuffix(':')}: {run.status}. {run.error}".rstrip()
    took = sum(run.timings_s.values())
    return f"{run.request.kind.removesuffix(':')}: {run.counts.get('scored', 0):,} records scored in {took:.1f} s"

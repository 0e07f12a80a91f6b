"""`xrm import`: data in from files, the list of what was imported, and taking an import back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from exchange.guess import guess
from exchange.mapping import read
from exchange.report import Report
from exchange.runs import import_files
from exchange.undo import Undone
from exchange.undo import undo as take_back
from graph import imports
from graph.imports import Run
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from xrm import settings
from xrm.cli import console
from xrm.cli.groups import DefaultGroup
from xrm.cli.opened import on_all, on_database


class _Imports(DefaultGroup):
    default = "files"


group = typer.Typer(cls=_Imports, help="Data in from files; taking it back.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    app.add_typer(group, name="import")


@group.command("files")
def files(
    path: Annotated[Path, typer.Argument(exists=True, help="A folder of CSV files, or one CSV file, also .csv.gz.")],
    mapping: Annotated[
        Path | None, typer.Option(help="The YAML file that says what the columns mean; guessed for one plain file.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and change nothing.")] = False,
    json: console.Json = False,
) -> None:
    """Bring files into the graph. A second time changes nothing; after a kill the same command goes on.

    Examples:

        xrm import ./northwind --mapping mappings/northwind.yaml --dry-run

        xrm import ./northwind --mapping mappings/northwind.yaml

        xrm import ./companies.csv
    """
    home = settings.load().home
    plan = None if mapping is None else read(mapping)

    async def work(database: Database, registry: Registry, progress: console.Report) -> Report:
        chosen = plan or guess(path, registry.model)
        return await import_files(
            database, registry, SYSTEM, chosen, path, home=home, clock=_now, progress=progress, dry_run=dry_run
        )

    report = on_all(work)
    console.show(report.plain(), json=json, text=report.text())


@group.command()
def undo(run: Annotated[str, typer.Argument(help="The id of the import.")], json: console.Json = False) -> None:
    """Take a whole import back, updates included; refused, with a list, where somebody changed its records since.

    Examples:

        xrm import undo 01a2139e-0632-75b3-a1f8-05a5270fc434
    """
    home = settings.load().home

    async def work(database: Database, registry: Registry, progress: console.Report) -> Undone:
        return await take_back(database, registry, SYSTEM, run, home=home, clock=_now, progress=progress)

    undone = on_all(work)
    counted = ", ".join(f"{count:,} {what}" for what, count in undone.counts.items()) or "nothing"
    text = f"Taken back: {counted}."
    console.show({"run": undone.run, "counts": dict(undone.counts)}, json=json, text=text)


@group.command("list")
def list_(json: console.Json = False) -> None:
    """List the latest imports, the newest first.

    Examples:

        xrm import list
    """
    runs = on_database(_runs)
    if json:
        console.write_json([_plain(run) for run in runs])
    else:
        rows = [(run.id, run.mapping, run.status, f"{run.started_at:%Y-%m-%d %H:%M}", run.path) for run in runs]
        console.table(("run", "mapping", "status", "started", "path"), rows)


async def _runs(database: Database) -> list[Run]:
    return await imports.runs(database, SYSTEM)


def _plain(run: Run) -> dict[str, object]:
    return {
        "run": run.id,
        "mapping": run.mapping,
        "path": run.path,
        "status": run.status,
        "startedAt": run.started_at,
        "finishedAt": run.finished_at,
    }


def _now() -> datetime:
    return datetime.now(UTC)

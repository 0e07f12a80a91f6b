"""`xrm export`: records and links out into files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exchange.exporting import Exported, Form, export_files
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from xrm.cli import console
from xrm.cli.opened import on_all


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(export)


def export(
    folder: Annotated[Path, typer.Argument(help="A new folder, or an empty one.")],
    types: Annotated[
        list[str] | None, typer.Option("--type", help="Only this type and links among those named; may be repeated.")
    ] = None,
    form: Annotated[
        Form,
        typer.Option("--format", help="CSV with the mapping that imports it again, or a JSON object on each line."),
    ] = Form.CSV,
    json: console.Json = False,
) -> None:
    """Write records and links to files; `xrm import` brings the CSV files in again.

    Examples:

        xrm export ./everything

        xrm export ./people --type Person --type Company --format ndjson
    """

    async def work(database: Database, registry: Registry, progress: console.Report) -> Exported:
        return await export_files(
            database, SYSTEM, registry.model, folder, types=types or (), form=form, progress=progress
        )

    exported = on_all(work)
    console.show(exported.plain(), json=json, text=exported.text())

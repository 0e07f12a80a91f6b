"""`xrm graph`: the graph with its scores out into files for Gephi, notebooks and Spark."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Problem, Rejected
from xrm import settings
from xrm.analyses.computing import SNAPSHOTS
from xrm.cli import console
from xrm.cli.opened import on_all

if TYPE_CHECKING:
    from analytics.exporting.out import Exported


class GraphFormat(StrEnum):
    """What a graph can be written as."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    PARQUET = "parquet"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    group = typer.Typer(help="The graph as analysts use it elsewhere.", no_args_is_help=True)
    group.callback()(graph)
    group.command("export")(export)
    app.add_typer(group, name="graph")


def graph() -> None:
    """The graph as analysts use it elsewhere."""


def export(
    path: Annotated[Path, typer.Argument(help="A new file (graphml, gexf), or a new or empty folder (parquet, csv).")],
    format_: Annotated[
        GraphFormat,
        typer.Option("--format", help="GraphML and GEXF are one file; Parquet and CSV two: nodes and edges."),
    ] = GraphFormat.GRAPHML,
    relations: Annotated[
        list[str] | None, typer.Option("--relation", help="Only links of this relation; may be repeated.")
    ] = None,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", help="Only records of this type and links among those; may be repeated."),
    ] = None,
    scores: Annotated[
        bool, typer.Option("--scores", help="With the scores that analytics have stored, such as churn_risk.")
    ] = False,
    json: console.Json = False,
) -> None:
    """Write records, links and scores to files that Gephi, notebooks and Spark read.

    Examples:

        xrm graph export ./network.graphml

        xrm graph export ./people.gexf --format gexf --type Person --type Company --relation WORKS_AT --scores

        xrm graph export ./tables --format parquet --scores --json
    """
    _check(path, folder=format_ in (GraphFormat.PARQUET, GraphFormat.CSV))
    home = settings.load().home

    async def work(database: Database, registry: Registry, progress: console.Report) -> Exported:
        from analytics.exporting.out import export_graph

        return await export_graph(
            database,
            registry.model,
            SYSTEM,
            path,
            format_.value,
            relations=relations,
            types=types,
            scores=scores,
            folder=home / SNAPSHOTS,
            progress=progress,
        )

    exported = on_all(work)
    console.show(exported.plain(), json=json, text=exported.text())


def _check(path: Path, *, folder: bool) -> None:
    """Nothing is written over. Raises Rejected."""
    if folder and path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Rejected([Problem("path_taken", f"{path} is no empty folder; name a new one.", ("path",))])
    if not folder and path.exists():
        raise Rejected([Problem("path_taken", f"{path} is there already; name a new file.", ("path",))])

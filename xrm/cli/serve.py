"""`xrm serve`: run the server."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from xrm import settings
from xrm.cli import console


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(serve)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of XRM_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port, instead of XRM_PORT.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes, instead of XRM_WORKERS.")] = None,
    json: console.Json = False,
) -> None:
    """Run the server until Ctrl-C. Without NEO4J_URI it starts a private Neo4j, which ends with it.

    Examples:

        xrm serve

        xrm serve --port 9000 --workers 4

        NEO4J_URI=neo4j://db.example.org:7687 NEO4J_PASSWORD_FILE=/run/secrets/neo4j xrm serve
    """
    from xrm.server import run

    loaded = settings.load()
    chosen = replace(loaded, host=host or loaded.host, port=port or loaded.port, workers=workers or loaded.workers)
    address = _address(chosen.host, chosen.port)

    def ready() -> None:
        told = {"address": address, "graphql": f"{address}/graphql", "ready": f"{address}/health/ready"}
        text = f"XRM serves {address} (API: {address}/graphql). Ctrl-C stops it."
        console.show(told, json=json, text=text)

    run.serve(chosen, progress=console.progress, ready=ready)


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"

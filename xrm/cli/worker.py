"""`xrm worker`: background work in a process of its own."""

from __future__ import annotations

import asyncio

import typer

from xrm import background, database, semantic, settings
from xrm.cli import console


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(worker)


def worker(json: console.Json = False) -> None:
    """Do background work until Ctrl-C: bring data and indexes to the model where a process died half-way,
    carry out analytics that wait or are due.

    Examples:

        xrm worker

        NEO4J_URI=neo4j://db.example.org:7687 NEO4J_PASSWORD_FILE=/run/secrets/neo4j xrm worker
    """
    from xrm.server import logs

    chosen = settings.load()
    meaning = semantic.loaded(chosen.semantic_model)

    def ready() -> None:
        console.show({"ready": True}, json=json, text="The worker is at work. Ctrl-C stops it.")

    with console.progress() as progress, database.opened(chosen, progress) as address:
        logs.configure(chosen)
        asyncio.run(background.work(address, chosen.home, ready=ready, meaning=meaning))

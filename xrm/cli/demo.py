"""`xrm demo`: the sample organisation in a running XRM, ready to be looked at; what `make demo` runs."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from xrm import ahead, database, ports, settings
from xrm.cli import console

QUERY = "{ companies(first: 2) { totalCount nodes { name city employees(first: 1) { totalCount nodes { name } } } } }"
ANSWER = '{"data":{"companies":{"totalCount":…,"nodes":[{"name":"…","city":"…","employees":{"totalCount":…,"nodes":[…]}},…]}}}'


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(demo)


def demo(
    size: Annotated[float, typer.Option(min=0.001, max=20, hidden=True, help="1 is 20,000 records.")] = 1.0,
    json: console.Json = False,
) -> None:
    """Set up an organisation of 20,000 records and serve it until Ctrl-C; a later start finds it there.

    Examples:

        xrm demo

        XRM_HOME=~/xrm-demo XRM_PORT=9000 xrm demo
    """
    chosen = settings.load()
    with ports.bound(chosen.host, chosen.port) as listener, ExitStack() as running:
        ahead.load("xrm.demo", "xrm.server.run")
        with console.progress() as progress:
            address = running.enter_context(database.owned(chosen, progress))
            from packs.sample.parameters import Parameters
            from xrm.demo import prepare
            from xrm.server import run

            parameters = Parameters(datetime.now(UTC).date(), size=size)
            prepared = asyncio.run(prepare(address, chosen.home, parameters, progress))
            progress("Starting the server", None)
        base = _base(chosen.host, chosen.port)
        page = _page(base, prepared.passwords, prepared.token)
        run.serve_on(chosen, address, listener, ready=lambda: console.show(page, json=json, text=_text(page)))


def _base(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _page(base: str, passwords: dict[str, str], token: str) -> dict[str, Any]:
    return {
        "address": f"{base}/",
        "graphql": f"{base}/graphql",
        "ready": f"{base}/health/ready",
        "people": passwords,
        "token": token,
        "query": QUERY,
    }


def _text(page: dict[str, Any]) -> str:
    people = [f"    {name:10} {password}" for name, password in page["people"].items()]
    return "\n".join(
        [
            "",
            "XRM is running.",
            "",
            f"    open       {page['address']}",
            f"    API        {page['graphql']}",
            f"    health     {page['ready']}",
            "",
            "Sign in as",
            *people,
            "",
            "A first query",
            f"    curl -s {page['graphql']} -H 'Authorization: Bearer {page['token']}' \\",
            "      -H 'Content-Type: application/json' \\",
            f'      -d \'{{"query": "{page["query"]}"}}\'',
            "answers",
            f"    {ANSWER}",
            "",
            "Ctrl-C stops everything; the next start finds it as you left it.",
        ]
    )

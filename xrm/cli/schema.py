"""`xrm schema print`: the API in the schema definition language."""

from __future__ import annotations

from typing import Annotated

import typer
from graphql import print_schema

from xrm.cli import console
from xrm.cli.opened import on_database

group = typer.Typer(help="The schema of the API.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    group.callback()(_schema)
    app.add_typer(group, name="schema")


def _schema() -> None:
    """The schema of the API."""


@group.command("print")
def print_sdl(
    fixed: Annotated[
        bool, typer.Option("--fixed", help="Only the part that no model changes; needs no Neo4j.")
    ] = False,
    json: console.Json = False,
) -> None:
    """Print the schema as the present model makes it.

    Examples:

        xrm schema print > schema.graphql

        xrm schema print --fixed
    """
    sdl = _fixed() if fixed else _whole()
    console.show({"sdl": sdl}, json=json, text=sdl.rstrip("\n"))


def _fixed() -> str:
    from gql.fixed.schema import fixed_sdl

    return fixed_sdl()


def _whole() -> str:
    from gql.fixed.schema import fixed_schema
    from gql.schema import build_schema, complete
    from graph import model_store

    model = on_database(model_store.load)
    return print_schema(complete(build_schema(model, fixed_schema())))

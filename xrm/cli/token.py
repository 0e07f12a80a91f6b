"""`xrm token create`: bearer tokens for programs that act for a person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from graph import people
from models.errors import Problem, Rejected
from models.people import period
from xrm.cli import console
from xrm.cli.opened import on_database

group = typer.Typer(help="Bearer tokens for programs.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    group.callback()(_tokens)
    app.add_typer(group, name="token")


def _tokens() -> None:
    """Bearer tokens for programs."""


@group.command()
def create(
    user: Annotated[str, typer.Option(help="For whom the token acts.")],
    expires_in: Annotated[str, typer.Option(help="How long it is good for: 45m, 12h, 30d, 2w.")] = "30d",
    json: console.Json = False,
) -> None:
    """Make a token and print it, this once; only a digest of it is kept.

    Examples:

        xrm token create --user ann

        curl -H "Authorization: Bearer $(xrm token create --user ann --expires-in 1h)" http://127.0.0.1:8000/graphql?query={me{name}}
    """
    try:
        lasts = period(expires_in)
    except ValueError as error:
        raise Rejected([Problem("bad_period", f"--expires-in: {error}", ("expires-in",))]) from error
    now = datetime.now(UTC)
    token = on_database(lambda database: people.create_token(database, user, now=now, lasts=lasts))
    console.show({"token": token, "user": user, "expiresAt": (now + lasts).isoformat()}, json=json, text=token)

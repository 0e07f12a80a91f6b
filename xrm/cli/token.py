"""`xrm token create, list, limit`: bearer tokens for programs that act for a person."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from graph import people
from models.allowances import NONE_SET, Allowance
from models.errors import Problem, Rejected
from models.people import IssuedToken, period
from xrm.cli import console
from xrm.cli.opened import on_database
from xrm.cli.user import PerMinute, PerOperation, told

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
    name: Annotated[str, typer.Option(help="What it is called, to know it again.")] = "",
    per_operation: PerOperation = None,
    per_minute: PerMinute = None,
    json: console.Json = False,
) -> None:
    """Make a token and print it, this once; only a digest of it is kept.

    Examples:

        xrm token create --user ann --name "Export by night"

        curl -H "Authorization: Bearer $(xrm token create --user ann --expires-in 1h)" http://127.0.0.1:8000/graphql?query={me{name}}
    """
    try:
        lasts = period(expires_in)
    except ValueError as error:
        raise Rejected([Problem("bad_period", f"--expires-in: {error}", ("expires-in",))]) from error
    now = datetime.now(UTC)
    allowance = Allowance(per_operation, per_minute)
    token = on_database(
        lambda database: people.create_token(database, user, now=now, lasts=lasts, called=name, allowance=allowance)
    )
    console.show({"token": token, "user": user, "expiresAt": (now + lasts).isoformat()}, json=json, text=token)


@group.command("list")
def list_tokens(json: console.Json = False) -> None:
    """List every token: its id, name and person, until when it is good, what may be spent with it; itself it is kept nowhere.

    Examples:

        xrm token list

        xrm token list --json
    """
    tokens = on_database(people.list_tokens)
    if json:
        console.write_json([_plain(token) for token in tokens])
        return
    rows = [
        (
            each.id,
            each.name,
            each.user,
            f"{each.expires_at:%Y-%m-%d %H:%M}",
            told(each.allowance) if each.allowance != NONE_SET else "",
        )
        for each in tokens
    ]
    console.table(("id", "name", "user", "expires", "may spend"), rows)


@group.command()
def limit(
    id: Annotated[str, typer.Argument(help="The token's id, as the list shows it.")],
    per_operation: PerOperation = None,
    per_minute: PerMinute = None,
    json: console.Json = False,
) -> None:
    """Set what may be spent with a token, never more than its person may. Without both, the person's own limits hold.

    Examples:

        xrm token limit 0190a5c2-7d3e-7c44-8a11-3f2b9d0e6a55 --per-minute 100000
    """
    allowance = Allowance(per_operation, per_minute)
    on_database(lambda database: people.set_token_allowance(database, id, allowance))
    console.show({"id": id, **asdict(allowance)}, json=json, text=f"With {id} may be spent {told(allowance)}.")


def _plain(token: IssuedToken) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name or None,
        "user": token.user,
        "createdAt": token.created_at.isoformat(),
        "expiresAt": token.expires_at.isoformat(),
        "allowance": asdict(token.allowance),
    }

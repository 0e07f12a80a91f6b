"""`xrm user add, list, password, limit, disable, enable`: the people who may sign in."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph import people
from models.allowances import NONE_SET, Allowance
from models.errors import Problem, Rejected
from models.people import User, new_password
from xrm.cli import console
from xrm.cli.opened import on_database

group = typer.Typer(help="People: add, list, password, limit, disable, enable.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The name to sign in with.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(help="File whose first line is the password; - reads standard input."),
]

PerOperation = Annotated[int | None, typer.Option(help="The most that one operation may cost.")]
PerMinute = Annotated[int | None, typer.Option(help="The most that a minute's operations may cost together.")]


def add_to(app: typer.Typer) -> None:
    """Hang the group into the application."""
    app.add_typer(group, name="user")


@group.command()
def add(
    name: Name,
    admin: Annotated[bool, typer.Option("--admin", help="May change the model and the people.")] = False,
    password_file: PasswordFile = None,
    json: console.Json = False,
) -> None:
    """Add a person. At a terminal the password is asked for; otherwise one is made and printed once.

    Examples:

        xrm user add ann --admin

        xrm user add bob --password-file /run/secrets/bob

        pass show xrm/bob | xrm user add bob --password-file -
    """
    password, generated = _password(password_file)
    user = on_database(
        lambda database: people.add_user(database, name, password, now=datetime.now(UTC), administrator=admin)
    )
    result = _plain(user) | ({"password": password} if generated else {})
    told = f"Added {user.name}{', an administrator' if admin else ''}."
    console.show(result, json=json, text=f"{told} Password, shown this once: {password}" if generated else told)


@group.command("list")
def list_people(json: console.Json = False) -> None:
    """List everybody, disabled people too.

    Examples:

        xrm user list

        xrm user list --json
    """
    users = on_database(people.list_users)
    if json:
        console.write_json([_plain(user) for user in users])
        return
    rows = [
        (
            user.name,
            "administrator" if user.administrator else "",
            "disabled" if user.disabled_at else "",
            told(user.allowance) if user.allowance != NONE_SET else "",
        )
        for user in users
    ]
    console.table(("name", "role", "state", "may spend"), rows)


@group.command()
def password(name: Name, password_file: PasswordFile = None, json: console.Json = False) -> None:
    """Give a person a new password, in the same ways as a first one. Their sessions end within seconds; tokens stay.

    Examples:

        xrm user password ann

        pass show xrm/bob | xrm user password bob --password-file -
    """
    chosen, generated = _password(password_file)
    on_database(lambda database: people.set_password(database, name, chosen))
    result = {"name": name, "changed": True} | ({"password": chosen} if generated else {})
    told = f"{name} has a new password and must sign in anew."
    console.show(result, json=json, text=f"{told} Password, shown this once: {chosen}" if generated else told)


@group.command()
def disable(name: Name, json: console.Json = False) -> None:
    """Shut a person out: no sign-in any more, and every token and session of theirs ends within seconds.

    Examples:

        xrm user disable bob
    """
    on_database(lambda database: people.disable_user(database, name, now=datetime.now(UTC)))
    console.show({"name": name, "disabled": True}, json=json, text=f"{name} is shut out.")


@group.command()
def enable(name: Name, json: console.Json = False) -> None:
    """Let a person who was shut out sign in again, with the password they had. The tokens they had stay ended.

    Examples:

        xrm user enable bob
    """
    on_database(lambda database: people.enable_user(database, name))
    console.show({"name": name, "disabled": False}, json=json, text=f"{name} may sign in again.")


@group.command()
def limit(
    name: Name,
    per_operation: PerOperation = None,
    per_minute: PerMinute = None,
    json: console.Json = False,
) -> None:
    """Set what a person may spend: the cost of one operation, and of all in a minute. Without both, the settings hold again.

    Examples:

        xrm user limit bob --per-operation 10000 --per-minute 1000000

        xrm user limit bob
    """
    allowance = Allowance(per_operation, per_minute)
    on_database(lambda database: people.set_allowance(database, name, allowance))
    console.show({"name": name, **asdict(allowance)}, json=json, text=f"{name} may spend {told(allowance)}.")


def told(allowance: Allowance) -> str:
    """An allowance in words."""
    parts = [
        f"{value:,} {what}"
        for value, what in ((allowance.operation, "on an operation"), (allowance.minute, "in a minute"))
        if value is not None
    ]
    return " and ".join(parts) or "what the settings say"


def _password(file: Path | None) -> tuple[str, bool]:
    """The password, and whether it was made here."""
    if file is not None:
        return _from_file(file), False
    if sys.stdin.isatty():
        prompted: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return prompted, False
    return new_password(), True


def _from_file(file: Path) -> str:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The password cannot be read from {file} ({error})."
        raise Rejected([Problem("password_file", message, ("password-file",))]) from error
    return text.partition("\n")[0].rstrip("\r")


def _plain(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "name": user.name,
        "administrator": user.administrator,
        "createdAt": user.created_at.isoformat(),
        "disabledAt": user.disabled_at.isoformat() if user.disabled_at else None,
        "allowance": asdict(user.allowance),
    }

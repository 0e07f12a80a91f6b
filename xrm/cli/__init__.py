"""The command line `xrm`: one file per command or group of commands, all listed in COMMANDS."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import typer

from xrm.cli import door

# A command file has `add_to(app)`, which hangs its command or group into the application; adding one is one line here.
COMMANDS: tuple[str, ...] = (
    "doctor",
    "serve",
    "user",
    "token",
    "schema",
    "document",
    "worker",
    "pack",
    "model",
    "import_",
    "export",
    "analyze",
    "recompute",
    "graph",
    "demo",
)


def application(files: Sequence[str] = COMMANDS) -> typer.Typer:
    """The command line with the commands of these files."""
    app = typer.Typer(
        name="xrm",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(xrm)
    for name in files:
        importlib.import_module(f"xrm.cli.{name}").add_to(app)
    return app


def xrm() -> None:
    """XRM: relationship management on a graph."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command named by the arguments and end the process with its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    raise SystemExit(door.run(application(_needed(given)), given))


def _needed(arguments: Sequence[str]) -> Sequence[str]:
    """The file of the command that is named, as loading the others takes time; all of them for the overview."""
    return [name for name in COMMANDS if [name.removesuffix("_")] == list(arguments[:1])] or COMMANDS

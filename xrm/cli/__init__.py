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
    "worker",
    "pack",
    "model",
    "import_",
    "export",
    "analyze",
    "demo",
)

app = typer.Typer(
    name="xrm",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def xrm() -> None:
    """XRM: relationship management on a graph."""


for _name in COMMANDS:
    importlib.import_module(f"xrm.cli.{_name}").add_to(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command named by the arguments and end the process with its exit code."""
    raise SystemExit(door.run(app, sys.argv[1:] if arguments is None else arguments))

"""The reference pages that the program writes about itself: `make reference`, or `python -m xrm.reference FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from xrm import cli, settings

WIDTH = 100
MADE = "<!-- made by `make reference`; change the program instead -->\n\n"
SETTINGS = """# Settings

Environment variables, all of them optional. `xrm doctor` shows which are set, secrets masked, and what is wrong with them.
A secret can also come from a file, as container platforms hand them over: `XRM_SECRET_KEY_FILE` names the file that holds
`XRM_SECRET_KEY`. How to use them in production: [run in production](../how-to/run-in-production.md).

| setting | meaning | default |
|---|---|---|
"""
COMMANDS = """# Commands

Every command answers `--help`. The exit code is 0 only on success: 1 when it failed, 2 when it was not understood, 70 for
what nobody expected (the details are then in a log file), 130 after Ctrl-C. Results go to standard output, progress and
remarks to standard error.
"""


def pages() -> dict[str, str]:
    """Each page by its file's name."""
    return {"settings.md": MADE + _settings(), "commands.md": MADE + _commands()}


def _settings() -> str:
    return SETTINGS + "".join(_setting(name, facts) for _, name, facts in settings.described())


def _setting(name: str, facts: Mapping[str, Any]) -> str:
    names = f"`{name}`" + (f" or `{name}{settings.FILE_SUFFIX}`" if facts["secret"] else "")
    return f"| {names} | {facts['help']} | {facts['default']} |\n"


def _commands() -> str:
    root = typer.main.get_command(cli.application())
    sections = [f"\n## {name}\n```\n{text}\n```\n" for name, text in _helps(root, "xrm", None)]
    return COMMANDS + "".join(sections)


def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    """A command's name and help, then those of its sub-commands. The types of the tree are typer's own secret."""
    context = command.make_context(
        name, [], parent=parent, resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH
    )
    context.info_name = name.rsplit(" ", 1)[-1]
    yield name, _trimmed(command.get_help(context))
    for each in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from _helps(command.get_command(context, each), f"{name} {each}", context)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def main(arguments: Sequence[str]) -> None:
    """Write the pages into the folder named."""
    folder = Path(arguments[0])
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""`xrm doctor`: what is set, what is wrong, and how to mend it."""

from __future__ import annotations

from dataclasses import asdict

import typer

from xrm.cli import console
from xrm.doctor import Examination, Finding, examine


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(doctor)


def doctor(json: console.Json = False) -> None:
    """Tell what is set, what is wrong, and how to mend it; exit code 1 when something is wrong.

    Examples:

        xrm doctor

        xrm doctor --json
    """
    with console.progress() as progress:
        found = examine(progress=progress)
    plain = {"well": found.is_well, "settings": found.settings, "findings": [asdict(each) for each in found.findings]}
    console.show(plain, json=json, text=_text(found))
    if not found.is_well:
        raise typer.Exit(1)


def _text(found: Examination) -> str:
    width = max(map(len, found.settings), default=0)
    lines = [f"{name:{width}}  {value or '-'}" for name, value in found.settings.items()]
    return "\n".join([*lines, "", *map(_line, found.findings)]).strip()


def _line(finding: Finding) -> str:
    mark = "ok   " if finding.well else "MEND "
    return f"{mark} {finding.name}: {finding.seen} {finding.cure}".rstrip()

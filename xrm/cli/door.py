"""The outermost door of the command line: arguments in, an exit code out, never a traceback."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from models.errors import Rejected, XrmError
from xrm import settings
from xrm.cli import console

DONE, FAILED, UNEXPECTED, INTERRUPTED = 0, 1, 70, 130


def run(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run one command; 0 only when it did what it promises, 2 when it was not understood."""
    json = "--json" in arguments
    # what the driver logs of its tries comes as one sentence at the end
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    try:
        typer.main.get_command(app).main(list(arguments), prog_name="xrm")
    except SystemExit as end:
        return _code(end)
    except XrmError as error:
        _tell(error, json=json)
        return FAILED
    except Exception as error:  # noqa: BLE001 - the outermost door: nothing may leave as a traceback
        _tell_unexpected(error, json=json)
        return UNEXPECTED
    return DONE


def _code(end: SystemExit) -> int:
    code = end.code if isinstance(end.code, int) else DONE if end.code is None else FAILED
    if code == INTERRUPTED:
        console.note("Stopped.")
    return code


def _tell(error: XrmError, *, json: bool) -> None:
    problems = error.problems if isinstance(error, Rejected) else ()
    if json:
        found = [{"code": each.code, "message": each.message, "path": list(each.path)} for each in problems]
        console.write_json({"error": {"code": error.code, "message": error.message, "problems": found}})
        return
    for line in [each.message for each in problems] or [error.message]:
        console.note(line)


def _tell_unexpected(error: Exception, *, json: bool) -> None:
    """Keep the traceback in a log file and say where it is."""
    log = _keep(error)
    message = f"XRM met something it did not expect ({type(error).__name__}: {error}). The details are in {log}."
    if json:
        console.write_json({"error": {"code": "unexpected", "message": message, "problems": []}})
    else:
        console.note(message)


def _keep(error: Exception) -> Path:
    try:
        folder = settings.load().home / "logs"
        folder.mkdir(parents=True, exist_ok=True)
    except (XrmError, OSError):
        folder = Path.cwd()
    log = folder / "xrm-errors.log"
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{''.join(traceback.format_exception(error))}\n")
    return log

"""What every command speaks through: results as text or JSON, progress, and the door that turns errors into sentences.

A command takes `json: console.Json = False`, shows its result with `show`, and reports what takes long inside
`with console.progress() as progress:`. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, TextIO

import orjson
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

Json = Annotated[bool, typer.Option("--json", help="Write the result as JSON, for machines.")]
Report = Callable[[str, float | None], None]

PLAIN_EVERY_S = 10.0


def show(result: Any, *, json: bool, text: str | None = None) -> None:
    """Write a command's result: as one JSON document, or as the text given (else as plain lines)."""
    write_json(result) if json else write(_plain(result) if text is None else text)


def write(text: str) -> None:
    """Write a line to standard output, at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_json(result: Any) -> None:
    """Write a result as indented JSON to standard output."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    write(orjson.dumps(result, default=str, option=options).decode())


def note(text: str) -> None:
    """Write a line to standard error: a remark that is no part of the result."""
    sys.stderr.write(text + "\n")


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows under their column names."""
    grid = Table(*columns, box=None, header_style="bold")
    for row in rows:
        grid.add_row(*(str(cell) for cell in row))
    Console(soft_wrap=True).print(grid)


@contextmanager
def progress(stream: TextIO | None = None) -> Iterator[Report]:
    """Yield a function that reports what is being done and how far it is (0 to 1, or None when nobody knows).

    A terminal gets a bar that vanishes at the end; anything else gets a line per step and one every ten seconds.
    """
    target = stream or sys.stderr
    console = Console(file=target)
    if not console.is_terminal:
        yield _plain_report(target)
        return
    with _bar(console) as bar:
        tasks: dict[str, Any] = {}

        def report(text: str, done: float | None) -> None:
            if text not in tasks:
                for earlier in tasks.values():
                    bar.update(earlier, visible=False)
                tasks[text] = bar.add_task(text, total=None)
            bar.update(tasks[text], total=None if done is None else 1.0, completed=done or 0.0, visible=True)

        yield report


def _bar(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def _plain_report(stream: TextIO) -> Report:
    told, told_at = "", 0.0

    def report(text: str, done: float | None) -> None:
        nonlocal told, told_at
        now = time.monotonic()
        if text == told and now - told_at < PLAIN_EVERY_S:
            return
        told, told_at = text, now
        stream.write(text + ("" if done is None else f" … {done:.0%}") + "\n")
        stream.flush()

    return report


def _plain(result: Any) -> str:
    if isinstance(result, Mapping):
        return "\n".join(f"{name}: {value}" for name, value in result.items())
    if isinstance(result, Sequence) and not isinstance(result, str):
        return "\n".join(_plain(each) for each in result)
    return str(result)

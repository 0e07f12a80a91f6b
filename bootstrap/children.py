"""Programs that the set-up runs: none of them outlives it, and Ctrl-C reaches each exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Heard = Callable[[str], None]

STOP_S = 60.0


def run(command: Sequence[str], *, folder: Path, variables: Mapping[str, str] | None = None) -> int:
    """The exit code of a program that speaks to the user itself, in the way of shells (128 + signal)."""
    return _ended(_start(command, folder, variables, stdout=None))


def listen(command: Sequence[str], *, folder: Path, heard: Heard, variables: Mapping[str, str] | None = None) -> int:
    """The exit code of a program whose every line of output goes to `heard`."""
    with _start(command, folder, variables, stdout=subprocess.PIPE) as process:
        try:
            for line in process.stdout or ():
                heard(line.rstrip("\n"))
        except BaseException:
            _stop(process)
            raise
        return _ended(process)


def beside(command: Sequence[str], *, folder: Path) -> None:
    """Begin a program that says nothing and ends by itself, or with this process, whatever that becomes."""
    quiet = subprocess.DEVNULL
    subprocess.Popen(list(command), cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, process_group=0)


def _start(
    command: Sequence[str], folder: Path, variables: Mapping[str, str] | None, *, stdout: int | None
) -> subprocess.Popen[str]:
    """Start a program in a process group of its own: a terminal's Ctrl-C would else reach it twice."""
    return subprocess.Popen(
        list(command),
        cwd=folder,
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=None if stdout is None else subprocess.STDOUT,
        text=True,
        errors="replace",
        process_group=0,
    )


def _ended(process: subprocess.Popen[str]) -> int:
    try:
        code = process.wait()
    except BaseException:
        _stop(process)
        raise
    return code if code >= 0 else 128 - code


def _stop(process: subprocess.Popen[str]) -> None:
    """Ask the program and its children to end, as Ctrl-C does; a second Ctrl-C, or a minute, ends them at once."""
    _signal(process, signal.SIGINT)
    try:
        process.wait(STOP_S)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[str], number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)

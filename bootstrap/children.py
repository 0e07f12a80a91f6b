"""Programs that the set-up runs: none of them outlives it, and Ctrl-C reaches each exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

Heard = Callable[[str], None]
Handler = Callable[[int, FrameType | None], object]

STOP_S = 60.0
LOOK_S = 0.02


def run(command: Sequence[str], *, folder: Path, variables: Mapping[str, str] | None = None) -> int:
    """The exit code of a program that speaks to the user itself, in the way of shells (128 + signal)."""
    with _started(command, folder, variables, stdout=None) as process:
        return _ended(process)


def listen(command: Sequence[str], *, folder: Path, heard: Heard, variables: Mapping[str, str] | None = None) -> int:
    """The exit code of a program whose every line of output goes to `heard`."""
    with _started(command, folder, variables, stdout=subprocess.PIPE) as process:
        for line in process.stdout or ():
            heard(line.rstrip("\n"))
        return _ended(process)


def beside(command: Sequence[str], *, folder: Path) -> None:
    """Begin a program that says nothing and ends by itself, or with this process, whatever that becomes."""
    quiet = subprocess.DEVNULL
    subprocess.Popen(list(command), cwd=folder, stdin=quiet, stdout=quiet, stderr=quiet, process_group=0)


@contextmanager
def _started(
    command: Sequence[str], folder: Path, variables: Mapping[str, str] | None, *, stdout: int | None
) -> Iterator[subprocess.Popen[str]]:
    """A program in a process group of its own (a terminal's Ctrl-C would else reach it twice); no error outlives it.

    A signal that comes while it is being started waits until it can be stopped: raised in between, it would leave it running.
    """
    waiting: list[tuple[int, FrameType | None]] = []
    handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    handled = {each: handler for each, handler in handlers.items() if callable(handler)}
    for each in handled:
        signal.signal(each, lambda number, frame: waiting.append((number, frame)))
    try:
        process = subprocess.Popen(
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
    except BaseException:
        _handle(handled, waiting)
        raise
    with process:
        try:
            _handle(handled, waiting)
            yield process
        except BaseException:
            _stop(process)
            raise


def _handle(handlers: Mapping[signal.Signals, Handler], waiting: Sequence[tuple[int, FrameType | None]]) -> None:
    """Put the handlers back, and give them what came meanwhile."""
    for each, handler in handlers.items():
        signal.signal(each, handler)
    for number, frame in waiting:
        handlers[signal.Signals(number)](number, frame)


def _ended(process: subprocess.Popen[str]) -> int:
    code = process.wait()
    return code if code >= 0 else 128 - code


def _stop(process: subprocess.Popen[str]) -> None:
    """Ask the program and its children to end, as Ctrl-C does; a second Ctrl-C, or a minute, ends them at once."""
    _signal(process, signal.SIGINT)
    ends = time.monotonic() + STOP_S
    try:
        process.wait(STOP_S)
        while _signal(process, None) and time.monotonic() < ends:
            time.sleep(LOOK_S)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        pass
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: subprocess.Popen[str], number: signal.Signals | None) -> bool:
    """Send a signal to the program and those that it has started; whether anybody is left."""
    try:
        os.killpg(process.pid, number or 0)
    except (ProcessLookupError, PermissionError):  # the latter is macOS's word for those that have ended
        return False
    return True

"""Processes of XRM's that a test has begun and that are still there."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

OURS = b"\0xrm"  # `python -m xrm …`, as /proc tells it
WITHIN_S, LOOK_S = 20.0, 0.05


def left_over() -> dict[int, str]:
    """The commands of such children of this process by their ids, once those that are ending have ended."""
    deadline = time.monotonic() + WITHIN_S
    while (found := _children()) and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    return found


def _children() -> dict[int, str]:
    found = {}
    for children in Path("/proc/self/task").glob("*/children"):
        for id in _read(children).decode("ascii").split():
            command = _read(Path(f"/proc/{id}/cmdline"))
            if OURS in command:
                found[int(id)] = command.replace(b"\0", b" ").decode(errors="replace")
    return found


def _read(file: Path) -> bytes:
    """Empty for a thread that has ended meanwhile, and a process that waits for nothing but to be told of."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def ended(found: dict[int, str]) -> str:
    """The commands in words, for whoever reads that a file failed; they are ended, so that no other file suffers."""
    for id in found:
        with suppress(ProcessLookupError):
            os.kill(id, signal.SIGKILL)
    return "; ".join(f"{id}: {command}" for id, command in found.items())

"""Which cores processes run on: a server under measurement alone on one, the database and whoever asks on the others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

PROCESSES = Path("/proc")


def family() -> set[int]:
    """This process and all that it has started, and those they have, by their numbers."""
    parents = dict(_parents())
    found, more = set[int](), {os.getpid()}
    while more:
        found |= more
        more = {process for process, parent in parents.items() if parent in more}
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for each in PROCESSES.iterdir():
        if each.name.isdecimal():
            with suppress(OSError):  # one that has ended meanwhile
                # number (name that may hold anything) state parent …
                _, _, after_name = (each / "stat").read_text().rpartition(")")
                yield int(each.name), int(after_name.split()[1])


def keep(processes: Iterable[int], cores: set[int]) -> None:
    """Keep processes, with all threads that they have and will have, to some cores."""
    for process in processes:
        for task in (PROCESSES / str(process) / "task").iterdir():
            with suppress(ProcessLookupError):  # a thread that has ended meanwhile
                os.sched_setaffinity(int(task.name), cores)


def set_apart(servers: Iterable[int], others: Iterable[int]) -> None:
    """Give the first core to servers, which are asked in turn, and the rest to the others.

    Raises ValueError where there is only one.
    """
    first, *rest = sorted(os.sched_getaffinity(0))
    if not rest:
        raise ValueError("Two cores are needed to set servers apart; leave --apart out.")
    keep(servers, {first})
    keep(others, set(rest))

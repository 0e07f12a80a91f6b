"""The process that is the private Neo4j: `python -m graph.embedded.child`, started by `server.py` and living no longer than it.

It reads one line of JSON from its standard input (an `Order`) and then watches that pipe: its end is the parent's end, which
also holds after a kill -9. It takes the home's lock before anything else and holds it for as long as it lives.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
from pathlib import Path

from graph.embedded.configuration import jvm_options
from graph.embedded.file_lock import FileLock
from graph.embedded.home import Home, State
from graph.embedded.jars import NEO4J_VERSION
from graph.embedded.memory import Memory
from graph.embedded.order import EXIT_LOCKED, Order

PR_SET_PDEATHSIG = 1
PARENT_POLL_S = 1.0


def main() -> int:
    """Run Neo4j until the parent ends, closes the pipe or sends SIGTERM; 75 if another process owns the home."""
    order = Order.from_line(sys.stdin.buffer.readline())
    wakeup = _catch_signals()
    home = Home(Path(order.home))
    lock = FileLock(home.lock)
    if not lock.take(wait_s=order.wait_s):
        return EXIT_LOCKED
    _run(home, order, wakeup)
    return 0


def _run(home: Home, order: Order, wakeup: int) -> None:
    from graph.embedded.class_archive import ClassArchive, watched
    from graph.embedded.database import EmbeddedDatabase

    pid = os.getpid()
    home.write_state(State("starting", pid, order.owner))
    jars, memory = Path(order.jars), Memory(order.heap_mib, order.page_cache_mib)
    archive = ClassArchive.of(jars)
    database = EmbeddedDatabase(home, jars, memory, archive.options(), order.port)
    try:
        database.set_password(home.password())
        home.write_state(State("ready", pid, order.owner, database.port, NEO4J_VERSION))
        with archive.made(watched(jars), jvm_options(memory)):
            _wait_for_the_end(order.owner, wakeup)
    finally:
        home.write_state(State("stopping", pid, order.owner))
        database.shutdown()


def _catch_signals() -> int:
    """Turn the signals that mean "end" into bytes on the descriptor returned; ask for one when the parent dies."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGHUP)
    return reader


def _wait_for_the_end(owner: int, wakeup: int) -> None:
    """Return when the pipe closes, a signal asks for it, or the parent is another than it was.

    SIGHUP alone is no order to end: Linux sends it when the thread that started us ends, while the parent lives on.
    """
    pipe = sys.stdin.fileno()
    while os.getppid() == owner:
        ready, _, _ = select.select([pipe, wakeup], [], [], PARENT_POLL_S)
        if pipe in ready and not os.read(pipe, 64):
            return
        if wakeup in ready and set(os.read(wakeup, 64)) & {signal.SIGTERM, signal.SIGINT}:
            return


if __name__ == "__main__":
    code = main()
    # Java's own threads would keep the process for seconds; the store is closed by now
    os._exit(code)

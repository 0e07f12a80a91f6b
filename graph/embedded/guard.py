"""Watching over a private Neo4j: one that dies is started again where it was, so that its server goes on."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from graph.embedded.errors import EmbeddedError
from graph.embedded.server import Server

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.2
TRIES = 5
WITHIN_S = 300.0


@contextmanager
def guarded(server: Server) -> Iterator[None]:
    """For as long as the block runs, start the server again whenever it dies; not more than five times in five minutes."""
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(server, ended), name="neo4j-guard", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


def _watch(server: Server, ended: threading.Event) -> None:
    tries: list[float] = []
    while not ended.wait(LOOK_EVERY_S):
        if not server.has_died:
            continue
        tries = [moment for moment in tries if time.monotonic() - moment < WITHIN_S]
        if len(tries) >= TRIES:
            log.error("The private Neo4j died %d times in %d s; it is left alone now.", TRIES + 1, WITHIN_S)
            return
        tries.append(time.monotonic())
        _revive(server)


def _revive(server: Server) -> None:
    log.warning("The private Neo4j (process %d) has died; it is being started again.", server.pid)
    try:
        server.revive(lambda text, done: None)
    except EmbeddedError as error:
        log.error("The private Neo4j could not be started again: %s", error.message)  # noqa: TRY400 - one sentence is enough
    else:
        log.warning("The private Neo4j is back as process %d.", server.pid)

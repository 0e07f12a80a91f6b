"""`xrm serve` from the port to the last connection: what is started here is stopped here, in the other order."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from graph.address import Address
from xrm import database, ports
from xrm.database import Progress
from xrm.server import logs, process
from xrm.server.process import Ready
from xrm.server.workers import Workers
from xrm.settings import Settings


def serve(settings: Settings, *, progress: Callable[[], AbstractContextManager[Progress]], ready: Ready) -> None:
    """Take the port, open the Neo4j, serve until SIGINT or SIGTERM. Raises XrmError with nothing left running."""
    with listening(settings) as listener, ExitStack() as started:
        with progress() as report:
            address = started.enter_context(database.owned(settings, report))
        serve_on(settings, address, listener, ready=ready)


def serve_on(settings: Settings, address: Address, listener: socket.socket, *, ready: Ready) -> None:
    """Serve on a port that is taken, with a Neo4j that answers, until SIGINT or SIGTERM."""
    logs.configure(settings)
    ports.listen(listener, settings.host, settings.port)
    if settings.workers == 1:
        process.run(settings, address, listener, ready=ready)
    else:
        Workers(address, listener, settings.workers).run(ready)


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """The server's port, taken before anything slow is begun. Raises PortUnusable."""
    with ports.bound(settings.host, settings.port) as listener:
        yield listener

"""The process that is one of several servers: `python -m xrm.server.worker`, started and stopped by `workers.py`.

It reads one line of JSON from its standard input and then watches that pipe: its end is the end of the parent, also
after a kill -9. When it serves it says so in one line on its standard output.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys

from graph.address import Address
from models.errors import XrmError
from xrm import settings
from xrm.server import logs, process
from xrm.server.workers import READY

FAILED = 1


def main() -> int:
    """Serve until told to end."""
    order = json.loads(sys.stdin.buffer.readline())
    loaded = settings.load()
    logs.configure(loaded)
    with socket.socket(fileno=order["listener"]) as listener:
        try:
            process.run(
                loaded,
                Address(**order["address"]),
                listener,
                stop=_parent_ended,
                ready=_tell,
                works=order["works"],
            )
        except XrmError as error:
            sys.stderr.write(error.message + "\n")
            return FAILED
    return 0


async def _parent_ended() -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(sys.stdin.fileno(), ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(sys.stdin.fileno())


def _tell() -> None:
    os.write(sys.stdout.fileno(), READY)


if __name__ == "__main__":
    raise SystemExit(main())

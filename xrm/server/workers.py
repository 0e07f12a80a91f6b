"""Several server processes on one port: started, watched, replaced when they die, stopped together."""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO

from graph.address import Address
from models.errors import XrmError
from xrm.server.process import GRACE_S, Ready

log = logging.getLogger("xrm.server")

YOUNG_S = 5.0
MOST_EARLY_DEATHS = 5
READY = b"ready\n"
ENDS = {signal.SIGINT, signal.SIGTERM}


class WorkersFail(XrmError):
    """The server processes end as soon as they are started."""

    code = "workers_fail"


@dataclass(slots=True)
class Worker:
    """One server process."""

    process: subprocess.Popen[bytes]
    began: float
    ready: bool = False

    @property
    def words(self) -> IO[bytes]:
        """Its standard output."""
        assert self.process.stdout is not None
        return self.process.stdout


@dataclass(slots=True)
class Workers:
    """The server processes of one command."""

    address: Address
    listener: socket.socket
    count: int
    running: list[Worker] = field(default_factory=list)
    early_deaths: int = 0

    def run(self, ready: Ready) -> None:
        """Serve until SIGINT or SIGTERM; `ready` is called once all answer. Raises WorkersFail."""
        with _wakeups() as wakeup:
            self.running = [self._started(place) for place in range(self.count)]
            try:
                self._watch(wakeup, ready)
            finally:
                self._stop()

    def _watch(self, wakeup: int, ready: Ready) -> None:
        told = False
        while True:
            waiting = {worker.words.fileno(): worker for worker in self.running if not worker.ready}
            found, _, _ = select.select([wakeup, *waiting], [], [])
            for descriptor in found:
                if descriptor != wakeup:
                    self._hear(waiting[descriptor])
            if wakeup in found and set(os.read(wakeup, 64)) & ENDS:
                return
            self._replace_the_dead()
            if not told and all(worker.ready for worker in self.running):
                told = True
                ready()

    def _hear(self, worker: Worker) -> None:
        """Take the line with which a worker says that it serves; its end comes as SIGCHLD."""
        if worker.words.read(len(READY)) == READY:
            worker.ready = True
            self.early_deaths = 0
        else:
            worker.process.wait()

    def _replace_the_dead(self) -> None:
        for place, worker in enumerate(self.running):
            code = worker.process.poll()
            if code is None:
                continue
            log.error("Worker %s ended with code %s; another takes its place", worker.process.pid, code)
            if time.monotonic() - worker.began < YOUNG_S:
                self.early_deaths += 1
            if self.early_deaths >= MOST_EARLY_DEATHS:
                raise WorkersFail("The server processes end as soon as they are started; the lines above say why.")
            _close(worker)
            self.running[place] = self._started(place)

    def _started(self, place: int) -> Worker:
        """A new process in a session of its own, so that Ctrl-C reaches it through us only."""
        process = subprocess.Popen(
            [sys.executable, "-m", "xrm.server.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[self.listener.fileno()],
            start_new_session=True,
        )
        assert process.stdin is not None
        order = {"listener": self.listener.fileno(), "address": asdict(self.address), "works": place == 0}
        # the order goes by a pipe, so that no password shows in the list of processes; the pipe's end is our end
        process.stdin.write(json.dumps(order).encode() + b"\n")
        process.stdin.flush()
        return Worker(process, time.monotonic())

    def _stop(self) -> None:
        for worker in self.running:
            worker.process.terminate()
        deadline = time.monotonic() + GRACE_S + 5
        for worker in self.running:
            try:
                worker.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            _close(worker)


def _close(worker: Worker) -> None:
    for pipe in (worker.process.stdin, worker.process.stdout):
        if pipe is not None:
            pipe.close()


@contextmanager
def _wakeups() -> Iterator[int]:
    """A descriptor that becomes readable with every signal that matters, whose numbers it gives."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)
    ignore: Callable[..., None] = lambda *_: None  # noqa: E731 - a handler must be there for the descriptor to be written
    handlers = {number: signal.signal(number, ignore) for number in numbers}
    before = signal.set_wakeup_fd(writer)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)

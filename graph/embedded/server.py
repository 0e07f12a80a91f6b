"""Starting, finding and stopping the private Neo4j from the outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from graph.address import Address
from graph.embedded import memory as machine
from graph.embedded.configuration import LOOPBACK
from graph.embedded.download import Progress, ensure_jars
from graph.embedded.errors import AlreadyOwned, StartFailed
from graph.embedded.file_lock import is_held
from graph.embedded.home import Home, State
from graph.embedded.memory import Memory
from graph.embedded.order import EXIT_LOCKED, Order

START_S = 600.0  # a small machine under load takes minutes; a child that dies is noticed at once
STOP_S = 60.0
USUAL_START_S = 8.0
HAND_OVER_S = 30.0
POLL_S = 0.05


class Server:
    """A running private Neo4j; a context manager that stops it at the end if it was started here."""

    def __init__(
        self, home: Home, state: State, process: subprocess.Popen[bytes] | None, order: Order | None = None
    ) -> None:
        self._home = home
        self._state = state
        self._process = process
        self._order = order

    @property
    def address(self) -> Address:
        """Where it answers, and the generated user and password."""
        return Address(f"bolt://{LOOPBACK}:{self._state.port}", "neo4j", self._home.password())

    @property
    def pid(self) -> int:
        """The process that is Neo4j."""
        return self._state.pid

    @property
    def is_owned(self) -> bool:
        """Whether it was started here, rather than found running."""
        return self._process is not None

    @property
    def has_died(self) -> bool:
        """Whether it was started here and its process is gone."""
        return self._process is not None and self._process.poll() is not None

    def revive(self, progress: Progress) -> None:
        """Start it again on the same port, so that whoever had its address finds it there. Raises EmbeddedError."""
        assert self._process is not None
        assert self._order is not None
        _let_go(self._process)
        order = replace(self._order, port=self._state.port)
        self._process, self._state = _begin(self._home, order, progress)

    def stop(self) -> None:
        """Stop it cleanly if it was started here; one that was found running is left to its owner."""
        if self._process is None:
            return
        self._process.terminate()
        _let_go(self._process)
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(home: Path, *, cache: Path, progress: Progress, memory: Memory | None = None, maven: str = "") -> Server:
    """Start a Neo4j on this home and own it; it ends with this process, however this process ends.

    Raises AlreadyOwned while another live process owns the home; what a dead owner left behind is taken over.
    """
    place = Home(home.absolute())
    place.create()
    _refuse_a_second_owner(place)
    jars = ensure_jars(cache, progress=progress, maven=maven)
    size = memory or machine.derive(machine.total_bytes())
    order = Order(str(place.root), str(jars), size.heap_mib, size.page_cache_mib, owner=os.getpid(), wait_s=HAND_OVER_S)
    process, state = _begin(place, order, progress)
    return Server(place, state, process, order)


def attach(home: Path) -> Server | None:
    """The Neo4j that already runs on this home, once it is ready; None when there is none."""
    place = Home(home.absolute())
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        state = _live_state(place)
        if state is None:
            return None
        if state.stage == "ready":
            return Server(place, state, process=None)
        time.sleep(POLL_S)
    raise StartFailed("The process that owns the folder does not get ready.", place.log)


def attach_or_start(
    home: Path, *, cache: Path, progress: Progress, memory: Memory | None = None, maven: str = ""
) -> Server:
    """The Neo4j that runs on this home, or a new one that is owned here."""
    found = attach(home)
    if found is not None:
        return found
    try:
        return start(home, cache=cache, progress=progress, memory=memory, maven=maven)
    except AlreadyOwned:
        # another command started one in the meantime
        return attach(home) or start(home, cache=cache, progress=progress, memory=memory, maven=maven)


def _refuse_a_second_owner(home: Home) -> None:
    state = _live_state(home)
    if state is not None and state.stage != "stopping" and _is_alive(state.owner):
        raise AlreadyOwned(home.root, owner=state.owner, pid=state.pid)


def _live_state(home: Home) -> State | None:
    """The state while a live process holds the lock, else None."""
    return home.read_state() if is_held(home.lock) else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _begin(home: Home, order: Order, progress: Progress) -> tuple[subprocess.Popen[bytes], State]:
    """Start the child and wait until it is ready; nothing is left of one that does not get there."""
    process = _spawn(home, order)
    try:
        return process, _await_ready(home, process, progress)
    except BaseException:
        process.kill()
        _let_go(process)
        process.wait()
        raise


def _spawn(home: Home, order: Order) -> subprocess.Popen[bytes]:
    """Start the child in a session of its own, so that Ctrl-C reaches it through its parent only."""
    with home.log.open("ab") as log:
        process = subprocess.Popen(
            # -P: a folder named `graph` where the user happens to stand is not ours
            [sys.executable, "-P", "-m", "graph.embedded.child"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    # a child that has died already says so by its exit code
    with suppress(BrokenPipeError):
        _pipe(process).write(order.to_line())
        _pipe(process).flush()
    return process


def _pipe(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin


def _let_go(process: subprocess.Popen[bytes]) -> None:
    """Close the pipe that the child watches."""
    with suppress(BrokenPipeError):
        _pipe(process).close()


def _await_ready(home: Home, process: subprocess.Popen[bytes], progress: Progress) -> State:
    began = time.monotonic()
    while (elapsed_s := time.monotonic() - began) < START_S:
        state = home.read_state()
        if state is not None and state.stage == "ready" and state.pid == process.pid:
            progress("Starting Neo4j", 1.0)
            return state
        if process.poll() is not None:
            raise _failure(home, process.returncode)
        progress("Starting Neo4j", min(elapsed_s / USUAL_START_S, 0.95))
        time.sleep(POLL_S)
    raise StartFailed(f"It was not ready after {START_S:.0f} s.", home.log)


def _failure(home: Home, code: int) -> Exception:
    state = home.read_state()
    if code == EXIT_LOCKED and state is not None:
        return AlreadyOwned(home.root, owner=state.owner, pid=state.pid)
    return StartFailed(f"Its process ended with code {code}.", home.log)

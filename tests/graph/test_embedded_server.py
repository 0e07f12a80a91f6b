"""The private Neo4j: who owns it, what it is closed to, how it ends and comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import ClientError

from graph.address import Address
from graph.embedded import NEO4J_VERSION, Memory, Server, attach, attach_or_start, guarded, start
from graph.embedded.errors import AlreadyOwned, StartFailed
from graph.embedded.file_lock import is_held
from graph.embedded.home import Home

pytestmark = pytest.mark.usefixtures("short_lived_java")

SMALL = Memory(heap_mib=512, page_cache_mib=64)
WAIT_S = 60.0
OWNER = """
import sys, time
from pathlib import Path
from graph.embedded import Memory, start
server = start(Path(sys.argv[1]), cache=Path(sys.argv[2]), progress=lambda text, done: None, memory=Memory(512, 64))
print(server.pid, flush=True)
time.sleep(600)
"""


def silent(text: str, done: float | None) -> None:
    """Progress that nobody watches."""


@contextmanager
def an_owner(home: Path, cache: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Another process that owns the home, and the process that is its Neo4j."""
    process = subprocess.Popen([sys.executable, "-c", OWNER, str(home), str(cache)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def wait_until(holds: Callable[[], bool]) -> bool:
    """Whether it came to hold within a minute."""
    deadline = time.monotonic() + WAIT_S
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


def ask(address: Address, statement: str, **parameters: object) -> list[list[object]]:
    auth = (address.username, address.password)
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver, driver.session() as session:
        return [list(record.values()) for record in session.run(statement, parameters)]  # type: ignore[arg-type]


def listening(pid: int) -> set[str]:
    """The addresses (in the kernel's notation) that a process listens on."""
    sockets = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            local, state, inode = (line.split()[column] for column in (1, 3, 9))
            if state == "0A" and f"socket:[{inode}]" in sockets:
                found.add(local.split(":")[0])
    return found


def test_a_live_owner_is_respected_and_a_killed_one_is_followed(tmp_path: Path, jar_cache: Path) -> None:
    home = tmp_path / "home"
    with an_owner(home, jar_cache) as (owner, pid):
        with pytest.raises(AlreadyOwned) as refusal:
            start(home, cache=jar_cache, progress=silent, memory=SMALL)
        assert (refusal.value.owner, refusal.value.pid) == (owner.pid, pid)
        assert f"process {owner.pid}" in refusal.value.message

        found = attach(home)
        assert found is not None
        assert (found.pid, found.is_owned) == (pid, False)
        ask(found.address, "CREATE (:Kept {id: 1})")

        owner.send_signal(signal.SIGKILL)
        assert wait_until(lambda: not is_held(Home(home).lock)), "the Neo4j outlived its killed owner"

    with start(home, cache=jar_cache, progress=silent, memory=SMALL) as server:
        assert ask(server.address, "MATCH (n:Kept) RETURN n.id") == [[1]]


def test_a_killed_neo4j_keeps_what_it_has_acknowledged(tmp_path: Path, jar_cache: Path) -> None:
    home = tmp_path / "home"
    server = start(home, cache=jar_cache, progress=silent, memory=SMALL)
    ask(server.address, "UNWIND range(1, 100) AS id CREATE (:Kept {id: id})")

    os.kill(server.pid, signal.SIGKILL)
    server.stop()

    with start(home, cache=jar_cache, progress=silent, memory=SMALL) as again:
        assert ask(again.address, "MATCH (n:Kept) RETURN count(n), sum(n.id)") == [[100, 5050]]


def test_a_guarded_neo4j_that_is_killed_comes_back_at_the_same_address(tmp_path: Path, jar_cache: Path) -> None:
    with start(tmp_path, cache=jar_cache, progress=silent, memory=SMALL) as server, guarded(server):
        before, killed = server.address, server.pid
        ask(before, "CREATE (:Kept)")

        os.kill(killed, signal.SIGKILL)

        assert wait_until(lambda: server.pid != killed)
        assert server.address == before
        assert ask(before, "MATCH (k:Kept) RETURN count(k)") == [[1]]
    assert not is_held(Home(tmp_path).lock)


def test_it_is_closed_to_strangers_files_and_addresses_and_stops_cleanly(tmp_path: Path, jar_cache: Path) -> None:
    home = Home(tmp_path / "home")
    secret = tmp_path / "secret.csv"
    secret.write_text("hidden\n", encoding="utf-8")
    with start(home.root, cache=jar_cache, progress=silent, memory=SMALL) as server, a_web_server() as (port, asked):
        address = server.address

        assert oct(home.password_file.stat().st_mode & 0o777) == "0o600"
        assert oct(home.root.stat().st_mode & 0o777) == "0o700"
        assert len(address.password) >= 40
        assert address.password not in repr(address)
        assert address.password not in Path(f"/proc/{server.pid}/cmdline").read_text(encoding="utf-8")
        # 127.0.0.1, also in the form that a socket for both kinds of addresses shows
        assert listening(server.pid) <= {"0100007F", "0000000000000000FFFF00000100007F"}
        for source in (secret.as_uri(), "file:///etc/hostname", f"http://127.0.0.1:{port}/x.csv", "ftp://127.0.0.1/x"):
            with pytest.raises(ClientError):
                ask(address, "LOAD CSV FROM $source AS row RETURN row", source=source)
        assert asked == []
        allowed = "SHOW SETTINGS 'dbms.security.procedures.allowlist' YIELD value"
        assert ask(address, allowed) == [["db.*"]]
        with pytest.raises(ClientError, match="ProcedureNotFound"):
            ask(address, "CALL apoc.load.json($source)", source=secret.as_uri())
        with pytest.raises(ClientError, match=r"(?i)unauthorized"):
            ask(Address(address.uri, "neo4j", "neo4j"), "RETURN 1")
        assert ask(
            address, "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions"
        ) == [[[NEO4J_VERSION]]]

    assert not is_held(home.lock)
    assert not Path(f"/proc/{server.pid}").exists()
    assert {"neo4j.log", "debug.log"} <= {log.name for log in home.logs.iterdir()}
    assert "recovery" not in (home.logs / "debug.log").read_text(encoding="utf-8").rsplit("Shutdown", 1)[-1].lower()


def test_two_commands_at_once_on_one_home_share_one_neo4j(tmp_path: Path, jar_cache: Path) -> None:
    home = tmp_path / "home"

    def begin(_: int) -> Server:
        return attach_or_start(home, cache=jar_cache, progress=silent, memory=SMALL)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(begin, range(2))

    with first, second:
        assert first.pid == second.pid
        assert {first.is_owned, second.is_owned} == {False, True}


def test_a_neo4j_that_cannot_start_names_its_log(tmp_path: Path, jar_cache: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    (home.neo4j / "data").write_text("in the way", encoding="utf-8")

    with pytest.raises(StartFailed) as failure:
        start(home.root, cache=jar_cache, progress=silent, memory=SMALL)

    assert str(home.log) in failure.value.message
    assert not is_held(home.lock)


@contextmanager
def a_web_server() -> Iterator[tuple[int, list[str]]]:
    """A web server on loopback and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()

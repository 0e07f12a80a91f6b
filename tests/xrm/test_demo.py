"""`xrm demo` from nothing, killed on the way, stopped and started again: one organisation, one page, nothing left running."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest

from graph import embedded
from xrm import settings

START_S = 300.0
STOP_S = 60.0


@pytest.fixture
def environment(tmp_path: Path, short_lived_java: None) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: text for name, text in os.environ.items() if not name.startswith("NEO4J_")}
    return {
        **own,
        "XRM_HOME": str(tmp_path / "home"),
        "XRM_PORT": str(port),
        "XRM_NEO4J_HEAP_MB": "512",
        "XRM_NEO4J_PAGE_CACHE_MB": "64",
    }


@contextmanager
def started(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "xrm", "demo", "--size", "0.001", "--json"]
    with log.open("a") as told:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=told, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(STOP_S)
        assert process.stdout is not None
        process.stdout.close()


def page_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The page, once it is printed: the JSON document that ends with a brace in the first column."""
    assert process.stdout is not None
    lines: list[str] = []
    while line := process.stdout.readline():
        lines.append(line)
        if line == "}\n":
            page: dict[str, Any] = json.loads("".join(lines))
            assert "error" not in page, page
            return page
    raise AssertionError("the demo ended without its page")


def ask(page: dict[str, Any], query: str) -> Any:
    headers = {"authorization": f"Bearer {page['token']}"}
    return httpx.post(page["graphql"], json={"query": query}, headers=headers, timeout=60).json()


def until_told(log: Path, text: str) -> None:
    ends = time.monotonic() + START_S
    while text not in (log.read_text() if log.exists() else ""):
        assert time.monotonic() < ends, f"{text!r} was never told"
        time.sleep(0.05)


def own_ids_of(home: Path) -> list[str]:
    """Where anything in the store holds an id of Neo4j's own, which another member of a cluster, or a restore, gives anew."""
    with (
        embedded.attach_or_start(home, cache=settings.load().cache, progress=lambda text, done: None) as server,
        neo4j.GraphDatabase.driver(
            server.address.uri, auth=(server.address.username, server.address.password)
        ) as driver,
        driver.session(database=server.address.database) as session,
    ):
        store = session.run("MATCH (n) RETURN split(elementId(n), ':')[1] AS store LIMIT 1").single(strict=True)[
            "store"
        ]
        things = session.run(
            """MATCH (n) RETURN labels(n) AS what, properties(n) AS held
            UNION ALL MATCH ()-[r]->() RETURN [type(r)] AS what, properties(r) AS held"""
        )
        return sorted({str(what) for what, properties in things if store in repr(properties)})


def children_of(home: str) -> list[str]:
    """Command lines of processes that work on this home."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if home in line:
            found.append(line)
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for left processes in /proc")
def test_the_demo_survives_kills_answers_its_query_and_leaves_nothing_running(
    environment: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "told.log"
    with started(environment, log) as killed:
        until_told(log, "Loading the sample organisation")
        killed.send_signal(signal.SIGKILL)
        killed.wait(STOP_S)

    with started(environment, log) as first:
        page = page_of(first)
        ready = httpx.get(page["ready"], timeout=30).status_code
        answer = ask(page, page["query"])
        sizes = ask(page, "{ companies { totalCount } people { totalCount } orders { totalCount } me { name } }")
        own_ids = own_ids_of(Path(environment["XRM_HOME"]))
        first.send_signal(signal.SIGINT)
        code = first.wait(STOP_S)

    with started(environment, log) as second:
        page_again = page_of(second)
        sizes_again = ask(
            page_again, "{ companies { totalCount } people { totalCount } orders { totalCount } me { name } }"
        )
        second.send_signal(signal.SIGINT)
        second.wait(STOP_S)

    secrets = Path(environment["XRM_HOME"]) / "secrets"
    assert ready == 200
    assert sorted(page["people"]) == ["admin", "analyst"]
    assert answer["data"]["companies"]["totalCount"] == 60
    assert len(answer["data"]["companies"]["nodes"]) == 2
    assert sizes["data"]["companies"]["totalCount"] == 60
    assert sizes["data"]["people"]["totalCount"] == 200
    assert sizes["data"]["me"]["name"] == "admin"
    assert (page_again, sizes_again["data"]) == (page, sizes["data"])
    assert own_ids == []
    assert code in {0, 130}
    assert {stat.S_IMODE(file.stat().st_mode) for file in secrets.glob("demo-*")} == {0o600}
    assert children_of(environment["XRM_HOME"]) == []


def test_a_busy_port_is_told_before_anything_is_done(environment: dict[str, str]) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", int(environment["XRM_PORT"])))
        busy.listen()
        command = [sys.executable, "-m", "xrm", "demo"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=STOP_S)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {environment['XRM_PORT']} on 127.0.0.1 is in use by another program.")
    assert not Path(environment["XRM_HOME"]).exists()

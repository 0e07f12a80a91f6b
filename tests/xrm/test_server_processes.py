"""The server as processes: workers that share a port, take over for each other, and leave nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import neo4j
import pytest

from graph import people
from graph.address import Address
from graph.registry import Registry
from graph.session import Database

WAIT_S = 90.0
TYPE = """
mutation { applyModel(input: {types: [{name: "Parcel", plural: "Parcels", fields: [{name: "code", kind: "text"}]}]}) {
  model { version } errors { message } } }
"""


class Served:
    """`xrm serve` with some workers, on the test run's Neo4j."""

    def __init__(self, environment: dict[str, str], port: int, log: Path, token: str) -> None:
        self.url, self.log, self.headers = f"http://127.0.0.1:{port}", log, {"authorization": f"Bearer {token}"}
        with log.open("wb") as opened:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "xrm", "serve"], env=environment, stdout=opened, stderr=opened
            )

    def until(self, question: Callable[[], Any]) -> Any:
        """The answer, once there is one."""
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if answer := question():
                    return answer
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        pytest.fail(self.log.read_text())

    def worker(self) -> int:
        """The process that happens to answer on a new connection."""
        text = httpx.get(f"{self.url}/metrics", headers=self.headers).text
        found = re.search(r'process_pid="(\d+)"', text)
        assert found is not None
        return int(found[1])

    def workers(self, count: int) -> set[int]:
        """All of them, once each has answered."""
        seen: set[int] = set()

        def enough() -> bool:
            seen.add(self.worker())
            return len(seen) >= count

        self.until(enough)
        return seen

    def ask(self, query: str) -> Any:
        return httpx.post(f"{self.url}/graphql", json={"query": query}, headers=self.headers, timeout=30).json()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


async def token_on(address: Address) -> str:
    database = await Database.connect(address)
    await Registry.open(database)
    now = datetime.now(UTC)
    await people.add_user(database, "ann", "correct horse battery", now=now, administrator=True)
    token = await people.create_token(database, "ann", now=now, lasts=timedelta(hours=1))
    await database.close()
    return token


def environment_of(address: Address, home: Path, **settings: str) -> dict[str, str]:
    return {
        **os.environ,
        "XRM_HOME": str(home),
        "XRM_PORT": str(free_port()),
        "XRM_WORKERS": "2",
        "NEO4J_URI": address.uri.replace("bolt://", "neo4j://"),  # as a cluster is spoken to
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        **settings,
    }


@contextmanager
def serving(address: Address, folder: Path) -> Iterator[Served]:
    """Two workers."""
    token = anyio.run(token_on, address)
    environment = environment_of(address, folder / "home")
    running = Served(environment, int(environment["XRM_PORT"]), folder / "log", token)
    try:
        running.until(lambda: httpx.get(f"{running.url}/health/ready").status_code == 200)
        yield running
    finally:
        running.process.terminate()
        running.process.wait(60)


@pytest.fixture
def served(clean_neo4j: Address, tmp_path: Path) -> Iterator[Served]:
    """A server for a test that ends it."""
    with serving(clean_neo4j, tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def standing(
    neo4j_address: Address, neo4j_driver: neo4j.Driver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server for the tests that leave it running."""
    neo4j_driver.execute_query("MATCH (n) DETACH DELETE n", database_=neo4j_address.database)
    with serving(neo4j_address, tmp_path_factory.mktemp("standing")) as running:
        yield running


def test_every_worker_takes_over_a_change_of_the_model(standing: Served) -> None:
    workers = standing.workers(2)

    assert standing.ask(TYPE)["data"]["applyModel"]["errors"] == []

    taken: set[int] = set()

    def all_have_it() -> bool:
        with httpx.Client(base_url=standing.url, headers=standing.headers) as client:
            answer = client.post("/graphql", json={"query": "{ parcels { totalCount } }"}).json()
            found = re.search(r'process_pid="(\d+)"', client.get("/metrics").text)
            if found and answer.get("data") == {"parcels": {"totalCount": 0}}:
                taken.add(int(found[1]))
        return taken >= workers

    standing.until(all_have_it)


def test_who_writes_through_one_worker_reads_it_through_any(standing: Served) -> None:
    standing.workers(2)
    standing.ask(TYPE)
    standing.until(lambda: all("data" in standing.ask("{ parcels { totalCount } }") for _ in range(6)))
    make = 'mutation { createParcel(input: {data: {code: "x"}}) { errors { message } } }'

    for number in range(1, 16):
        made = httpx.post(f"{standing.url}/graphql", json={"query": make}, headers=standing.headers, timeout=30)
        told = {**standing.headers, "xrm-bookmark": made.headers["xrm-bookmark"]}
        read = {"query": "{ parcels(first: 100) { totalCount nodes { id } } }"}
        found = httpx.post(f"{standing.url}/graphql", json=read, headers=told, timeout=30).json()["data"]["parcels"]

        assert (found["totalCount"], len(found["nodes"])) == (number, number)


def test_a_killed_worker_is_replaced_while_the_other_serves(standing: Served) -> None:
    first, second = sorted(standing.workers(2))

    os.kill(first, signal.SIGKILL)

    later = standing.until(lambda: (found := {second, standing.worker()} - {second, first}) and found)
    assert len(later) == 1
    assert standing.ask("{ me { name } }")["data"] == {"me": {"name": "ann"}}


def test_secrets_are_in_no_log_line(standing: Served) -> None:
    token = standing.headers["authorization"].removeprefix("Bearer ")
    httpx.get(f"{standing.url}/graphql?query={{me{{name}}}}&token={token}", headers=standing.headers)
    httpx.post(f"{standing.url}/auth/login", json={"username": "ann", "password": "correct horse battery"})

    standing.until(lambda: "POST /auth/login 200" in standing.log.read_text())

    written = standing.log.read_text()
    assert "GET /graphql 200" in written
    assert [secret in written for secret in (token, "correct horse battery")] == [False, False]


def test_the_end_of_the_command_is_the_end_of_all(served: Served) -> None:
    workers = served.workers(2)

    served.process.send_signal(signal.SIGINT)

    assert served.process.wait(60) == 0
    assert [pid for pid in workers if is_alive(pid)] == []


def test_workers_do_not_outlive_a_killed_parent(served: Served) -> None:
    workers = served.workers(2)

    served.process.kill()
    served.process.wait()

    deadline = time.monotonic() + 60
    while any(map(is_alive, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_busy_port_is_one_sentence_with_a_cure(neo4j_address: Address, tmp_path: Path) -> None:
    environment = environment_of(neo4j_address, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "xrm", "serve", "--port", str(port), "--json"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    assert done.returncode == 1
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "port_unusable"
    assert error["message"] == (
        f"Port {port} on 127.0.0.1 is in use by another program. Stop that program, or choose another port: "
        f"XRM_PORT={port + 1}."
    )
    assert done.stderr == ""

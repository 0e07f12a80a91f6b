"""XRM as its users run it: `xrm serve` as a process of its own, with a home, a port and an administrator's token."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

START_S = 300.0


class Served:
    """One home served on one port; it can be killed and started again."""

    def __init__(self, home: Path, port: int, **settings: str) -> None:
        self.home, self.port = home, port
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "XRM_HOME": str(home),
            "XRM_PORT": str(port),
            "XRM_NEO4J_HEAP_MB": "512",
            "XRM_NEO4J_PAGE_CACHE_MB": "128",
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.headers: dict[str, str] = {}

    def start(self) -> None:
        """Start the server and wait until it is ready."""
        log = (self.home.parent / f"{self.home.name}.log").open("ab")
        command = [sys.executable, "-m", "xrm", "serve"]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
        log.close()
        self.await_ready()

    def await_ready(self) -> None:
        """Return when /health/ready says so."""
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            try:
                if httpx.get(f"{self.address}/health/ready", timeout=2).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        pytest.fail(f"The server was not ready within {START_S:.0f} s: {self.log()}")

    def log(self) -> str:
        """The end of what the server wrote."""
        return (self.home.parent / f"{self.home.name}.log").read_text(errors="replace")[-2000:]

    def kill(self) -> None:
        """kill -9 the server, which cannot clean up after itself."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def neo4j_pid(self) -> int:
        """The process that is the private Neo4j."""
        pid: int = json.loads((self.home / "run" / "neo4j.json").read_text())["pid"]
        return pid

    def xrm(self, *arguments: str) -> Any:
        """The JSON that a command answers with."""
        command = [sys.executable, "-m", "xrm", *arguments, "--json"]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def sign_in(self) -> None:
        """Make an administrator and a token for it, sent along from now on."""
        self.xrm("user", "add", "admin", "--admin")
        token = self.xrm("token", "create", "--user", "admin")["token"]
        self.headers = {"authorization": f"Bearer {token}"}

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of an operation that must succeed."""
        answer = httpx.post(
            f"{self.address}/graphql",
            json={"query": query, "variables": variables},
            headers=self.headers,
            timeout=60,
        ).json()
        assert "errors" not in answer, answer
        return answer["data"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start a server on a home of its own; everything of it is gone at the end of the test."""
    started: list[Served] = []

    def begin(**settings: str) -> Served:
        served = Served(tmp_path / f"home{len(started)}", free_port(), **settings)
        started.append(served)
        served.start()
        served.sign_in()
        return served

    yield begin
    for served in started:
        if served.process is not None and served.process.poll() is None:
            served.stop()

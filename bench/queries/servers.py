"""The two servers under measurement, each a process of its own on the same database."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.client import Target
from graph.address import Address

PEER = Path(__file__).parents[1] / "peer"
START_S = 120.0
MOST_ROWS = 2_000


class PeerMissing(Exception):
    """The peer cannot run here; the message says what to install."""


@contextmanager
def ours(address: Address, home: Path) -> Iterator[Target]:
    """XRM as `xrm serve` runs it, one worker, with a token of its own."""
    port = _free_port()
    environment = {**os.environ, **_ours(address, home), "XRM_PORT": str(port)}
    token = _token(environment)
    with _running([sys.executable, "-m", "xrm", "serve"], environment, home / "serve.log") as process:
        _await_http(process, f"http://127.0.0.1:{port}/health/ready")
        yield Target("xrm", port, {"authorization": f"Bearer {token}"})


def _ours(address: Address, home: Path) -> Mapping[str, str]:
    return {
        "XRM_HOME": str(home),
        "XRM_MAX_PAGE": str(MOST_ROWS),
        "XRM_MAX_COST": "1000000000",
        "XRM_COST_PER_MINUTE": "0",  # one person and one address ask for everything here
        "XRM_COST_PER_MINUTE_AND_ADDRESS": "0",
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
    }


def _token(environment: Mapping[str, str]) -> str:
    name = f"bench-{os.getpid()}"
    _xrm(environment, "user", "add", name, "--admin")
    token: str = json.loads(_xrm(environment, "token", "create", "--user", name))["token"]
    return token


def _xrm(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "xrm", *arguments, "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def peer(address: Address, logs: Path) -> Iterator[Target]:
    """@neo4j/graphql behind graphql-yoga in production mode. Raises PeerMissing without Node or npm."""
    with _peer(address, logs, PEER / "types.graphql") as (_, port):
        yield Target("@neo4j/graphql", port, {})


def memory_of_peer(types: Path, logs: Path) -> float:
    """Mebibytes that the peer holds once it serves these types; no database is asked. Raises PeerMissing."""
    with _peer(Address("bolt://127.0.0.1:1", "neo4j", "none"), logs, types) as (process, _):
        return resident(process.pid)


def resident(process: int) -> float:
    """Mebibytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


@contextmanager
def _peer(address: Address, logs: Path, types: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Its process, and the port that it listens at."""
    _install()
    environment = {
        **os.environ,
        "NODE_ENV": "production",
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "TYPES": str(types),
    }
    log = logs / "peer.log"
    with _running(["node", str(PEER / "server.mjs")], environment, log) as process:
        yield process, _await_line(process, log)


def _install() -> None:
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise PeerMissing("The peer needs Node 20 or newer with npm on the PATH.")
    if not (PEER / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PEER, check=True, stdout=sys.stderr)


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_http(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with code {process.returncode} before it answered.")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - loopback, an address of ours
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer within {START_S:.0f} s.")


def _await_line(process: subprocess.Popen[bytes], log: Path) -> int:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        for line in log.read_text(errors="replace").splitlines():
            if line.startswith("ready "):
                return int(line.split()[1])
        time.sleep(0.1)
    raise RuntimeError(f"The peer did not start: {log.read_text(errors='replace')[-400:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port

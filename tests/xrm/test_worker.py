"""The worker: a process of its own that ends cleanly when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import neo4j

from graph.address import Address


def test_the_worker_makes_the_database_ready_and_ends_when_told(
    model_neo4j: Address, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> None:
    variables = {
        "XRM_HOME": str(tmp_path),
        "NEO4J_URI": model_neo4j.uri,
        "NEO4J_USERNAME": model_neo4j.username,
        "NEO4J_PASSWORD": model_neo4j.password,
    }
    command = [sys.executable, "-m", "xrm", "worker"]
    with subprocess.Popen(command, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "The worker is at work. Ctrl-C stops it.\n"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)

    constraints = neo4j_driver.execute_query("SHOW CONSTRAINTS YIELD labelsOrTypes AS l RETURN l").records
    assert process.returncode == 0
    assert ["Record"] in [row["l"] for row in constraints]

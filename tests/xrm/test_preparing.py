"""What a first start needs, made beside the rest of the set-up: silent, and gone with whoever began it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from graph.embedded.file_lock import FileLock
from graph.embedded.jars import NEO4J_VERSION

COMMAND = [sys.executable, "-m", "xrm.preparing"]
# a parent that begins it, tells its number, and waits
PARENT = f"import subprocess, time; print(subprocess.Popen({COMMAND!r}).pid, flush=True); time.sleep(600)"
SOON_S = 60.0


@pytest.mark.parametrize("settings", [{"NEO4J_URI": "neo4j://127.0.0.1:9"}, {"XRM_PORT": "no port"}])
def test_nothing_is_made_for_another_neo4j_nor_said_of_wrong_settings(settings: dict[str, str], tmp_path: Path) -> None:
    environment = {**os.environ, "XRM_CACHE": str(tmp_path), **settings}

    done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_it_ends_with_the_set_up_that_began_it(tmp_path: Path) -> None:
    lock = tmp_path / f"neo4j-{NEO4J_VERSION}" / ".lock"
    with FileLock(lock):  # so that it waits for the jars
        environment = {**os.environ, "XRM_CACHE": str(tmp_path), "NEO4J_URI": ""}
        parent = subprocess.Popen([sys.executable, "-c", PARENT], env=environment, stdout=subprocess.PIPE, text=True)
        assert parent.stdout is not None
        begun = int(parent.stdout.readline())
        wait_for(lambda: lock in opened(begun))
        parent.kill()
        parent.wait()
        parent.stdout.close()

        wait_for(lambda: not opened(begun))


def opened(pid: int) -> set[Path]:
    """The files that a process holds open; none when it is gone."""
    with suppress(FileNotFoundError, PermissionError):
        return {each.readlink() for each in Path(f"/proc/{pid}/fd").iterdir()}
    return set()


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON_S
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)

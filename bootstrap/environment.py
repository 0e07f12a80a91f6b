"""The environment `.venv`: made from a hash-pinned lock, left alone while nothing changed, mended where a start broke off."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bootstrap import children, failures
from bootstrap.progress import Progress

RUN = "requirements.lock"
DEVELOP = "requirements-dev.lock"
STAMP = "xrm-setup.json"
ROOM_BYTES = 600 << 20
NOT_COMPILED = r"/(\.venv|node_modules|tests)/"
PYTHON = f"{sys.implementation.name}-{sys.version_info.major}.{sys.version_info.minor}"
# an environment of its own has no user packages, whatever the user's pip prefers elsewhere
PIP = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1"}


def ensure(project: Path, lock: str, progress: Progress) -> Path:
    """The folder of an environment with every package of the lock and the project itself; quick when it is there already."""
    folder = project / ".venv"
    wanted = _state(project, folder, lock)
    with _alone(project, progress):
        if not wanted.items() <= _stamped(folder).items():
            _make(project, folder, lock, progress)
            # the larger lock holds the smaller one
            done = wanted if lock == RUN else wanted | _state(project, folder, RUN)
            (folder / STAMP).write_text(json.dumps(done, indent=1), encoding="utf-8")
    return folder


def _state(project: Path, folder: Path, lock: str) -> dict[str, str]:
    """What an environment depends on: another value of any of it means that it has to be made anew."""
    files = {name: hashlib.sha256((project / name).read_bytes()).hexdigest() for name in (lock, "pyproject.toml")}
    return {"python": PYTHON, "place": str(folder), **files}


def _stamped(folder: Path) -> Mapping[str, str]:
    """What the environment was made from, or nothing while it is not whole."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and _python(folder).exists() else {}


def _python(folder: Path) -> Path:
    return folder / "bin" / "python"


@contextmanager
def _alone(project: Path, progress: Progress) -> Iterator[None]:
    """Keep a second start on the same checkout waiting until this one has made the environment."""
    descriptor = os.open(project, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.tell("Waiting for another start that sets up the same checkout")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make(project: Path, folder: Path, lock: str, progress: Progress) -> None:
    before = _stamped(folder)
    (folder / STAMP).unlink(missing_ok=True)
    if not _fits(folder, before):
        _create(folder, progress)
    _install(project, folder, lock, progress)
    progress.end()


def _fits(folder: Path, stamped: Mapping[str, str]) -> bool:
    """Whether the packages can go into what is there: its Python works, is this one, and knows its own place."""
    if not (_python(folder).exists() and (folder / "bin" / "pip").exists()):
        return False
    if stamped:
        return stamped.get("python") == PYTHON and stamped.get("place") == str(folder)
    library = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    shebang = (folder / "bin" / "pip").read_text(encoding="utf-8", errors="replace").splitlines()[:2]
    return library.is_dir() and any(str(folder) in line for line in shebang)


def _create(folder: Path, progress: Progress) -> None:
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise failures.NoVenv(f"{sys.version_info.major}.{sys.version_info.minor}")
    if shutil.disk_usage(folder.parent).free < ROOM_BYTES:
        raise failures.DiskFull(str(folder))
    progress.tell("Making a Python environment in .venv")
    said: list[str] = []
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if children.listen(command, folder=folder.parent, heard=said.append) != 0:
        text = "\n".join(said)
        if "ensurepip" in text:
            raise failures.NoVenv(f"{sys.version_info.major}.{sys.version_info.minor}")
        raise failures.of_pip(text, folder=str(folder), log=_keep(folder, said))


def _install(project: Path, folder: Path, lock: str, progress: Progress) -> None:
    """Put the packages in, then the project itself, which is built from what the lock has brought: no registry is asked."""
    names = (project / lock).read_text(encoding="utf-8").count("==")
    seen = 0

    def heard(line: str) -> None:
        nonlocal seen
        if line.lstrip().startswith(("Collecting", "Requirement already satisfied", "Processing")):
            seen += 1
        if line.startswith("Installing collected packages"):
            progress.tell("Installing the Python packages", "(this takes a minute)")
        elif "Retrying (Retry(" in line:
            progress.tell("The package registry does not answer, trying again")
        else:
            progress.tell("Fetching the Python packages:", f"{min(seen, names)} of {names}")

    # the lock is complete, so nothing is resolved; and nothing is compiled on the user's machine
    pinned = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock]
    _pip(project, folder, pinned, heard)
    progress.tell("Installing XRM into .venv")
    _pip(project, folder, ["--no-deps", "--no-index", "--no-build-isolation", "-e", "."], lambda line: None)
    # as pip does with what it copies: Python itself may be told not to keep what it compiles
    children.listen(
        [str(_python(folder)), "-m", "compileall", "-q", "-x", NOT_COMPILED, "."],
        folder=project,
        heard=lambda line: None,
    )


def _pip(project: Path, folder: Path, arguments: list[str], heard: children.Heard) -> None:
    said: list[str] = []

    def keep(line: str) -> None:
        said.append(line)
        heard(line)

    command = [str(_python(folder)), "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments]
    if children.listen(command, folder=project, heard=keep, variables=PIP) != 0:
        raise failures.of_pip("\n".join(said), folder=str(folder), log=_keep(folder, said))


def _keep(folder: Path, said: list[str]) -> str:
    """Write down what a program said, and tell where."""
    log = folder / "xrm-setup.log"
    try:
        log.write_text("\n".join(said) + "\n", encoding="utf-8")
    except OSError:
        return "nowhere, as the log could not be written"
    return str(log)

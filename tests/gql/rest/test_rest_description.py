"""The REST API held against its own description by a public tool, schemathesis."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from live_worlds import FIRMS, do, staffed

pytestmark = pytest.mark.anyio

# what is well-formed may still be no condition, no such record, taken already, or against the model
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 409, 412, 422]
"""
SHORT = ("--phases", "fuzzing", "--max-examples", "4", "--no-shrink")
LONG = ("--phases", "coverage,fuzzing,stateful", "--max-examples", "100")


async def test_schemathesis_finds_no_fault(standing_api: Any, tmp_path: Path, soak: bool) -> None:
    tool = Path(sys.executable).parent / "st"
    if not tool.exists():
        pytest.skip("schemathesis is not installed: run `make test` once")
    await do(standing_api, FIRMS)
    await staffed(standing_api, "Acme", "Ada")
    chosen = tmp_path / "schemathesis.toml"
    chosen.write_text(CONFIGURATION, encoding="utf-8")
    options = [
        "--include-path-regex", "^/firms", "--seed", "1", "--continue-on-failure", "--no-color",
        "--generation-database", "none", "--request-timeout", "60", *(LONG if soak else SHORT),
    ]  # fmt: skip

    tried = await asyncio.create_subprocess_exec(
        str(tool), "--config-file", str(chosen), "run", f"{standing_api.address}/api/openapi.json",
        "-H", f"Authorization: Bearer {standing_api.admin}", *options,
        cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await tried.communicate()

    assert tried.returncode == 0, said.decode()
    assert " 0 generated" not in said.decode()
    assert "Tested: 11" in said.decode()

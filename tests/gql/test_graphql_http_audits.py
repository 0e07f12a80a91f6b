"""The public audits of GraphQL over HTTP (npm graphql-http), run against the real server."""

from __future__ import annotations

from typing import Any

import pytest
from node_tools import ran

pytestmark = pytest.mark.anyio


async def test_every_audit_is_met(standing_api: Any) -> None:
    audits = await ran("audits.mjs", f"{standing_api.address}/graphql", standing_api.admin)

    levels = [audit["name"].split()[0] for audit in audits]
    assert {level: levels.count(level) for level in ("MUST", "SHOULD", "MAY")} == {"MUST": 13, "SHOULD": 23, "MAY": 25}
    assert [audit for audit in audits if audit["status"] != "ok"] == []

"""Waiting until a server has taken over a model that somebody else has changed."""

from __future__ import annotations

import asyncio
from typing import Any

WAIT_S = 20.0


async def until_served(api: Any, version: int) -> None:
    """Returns once the server answers with this version of the model. Raises TimeoutError."""
    async with asyncio.timeout(WAIT_S):
        while (await api.ask("{ model { version } }")).json()["data"]["model"]["version"] != version:
            await asyncio.sleep(0.05)

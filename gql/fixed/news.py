"""News of the model for everyone who follows it, however many they are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from models.metamodel import Metamodel


class ModelNews:
    """Tells followers that the model has changed; who is slow hears of the latest change only."""

    def __init__(self, model: Metamodel) -> None:
        self._latest = model
        self._next = asyncio.Event()

    async def publish(self, model: Metamodel) -> None:
        """Wake everyone who follows."""
        self._latest = model
        happened, self._next = self._next, asyncio.Event()
        happened.set()

    async def follow(self) -> AsyncIterator[Metamodel]:
        """Every model that comes after the present one."""
        seen = self._latest.version
        while True:
            happening = self._next
            if self._latest.version == seen:
                await happening.wait()
            seen = self._latest.version
            yield self._latest

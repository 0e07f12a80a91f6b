"""Known operations planned ahead: after each change of the model, those asked lately get their plans before they are asked again.

A new edition knows no text, and new indexes make Neo4j forget its own plans: whoever asks first would wait for both.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from gql.execute.errors import Refused
from models.actor import Actor
from models.errors import XrmError
from models.metamodel import Metamodel

if TYPE_CHECKING:
    from gql.editions import Edition, Editions

MOST = 200
APART_S = 0.02  # requests go between, so that none waits for more than one plan
log = logging.getLogger("xrm.gql")


@dataclass(frozen=True, slots=True)
class Sample:
    """A query as it was asked when its plan was made."""

    text: str
    name: str | None
    given: Mapping[str, Any]
    actor: Actor


class Rehearsal:
    """Goes through the queries of the edition before, the last used first, one at a time."""

    def __init__(self, editions: Editions, rehearse: Callable[[Sample], Awaitable[None]], most: int = MOST) -> None:
        self._editions, self._rehearse, self._most = editions, rehearse, most
        self._seen: Edition = editions.current
        self._task: asyncio.Task[None] | None = None

    async def begin(self, model: Metamodel) -> None:
        """Begin with the edition that has come into force, and leave off with the one before; it is not waited for."""
        before, self._seen = self._seen, self._editions.current
        if before is self._seen:
            return
        await self.stop()
        self._task = asyncio.create_task(self._go_through(before))

    async def finished(self) -> None:
        """Return when nothing is left to plan."""
        if self._task is not None:
            await self._task

    async def stop(self) -> None:
        """Leave off."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _go_through(self, before: Edition) -> None:
        known, planned = before.plans, 0
        for key in known.plans.latest(self._most):
            sample = known.samples.get(key)
            if sample is None:
                continue
            try:
                await self._rehearse(sample)
                planned += 1
            except (GraphQLError, Refused, XrmError):
                continue  # it does not fit the new model: whoever asks it is told
            await asyncio.sleep(APART_S)
        log.info("Planned %d known operations ahead for version %d of the model", planned, self._seen.model.version)

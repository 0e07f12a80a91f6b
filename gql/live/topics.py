"""Topics: what one or many subscriptions ask for alike, worked out once and told to all of them."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from graphql import GraphQLError

from gql.execute.answers import Answer, refusal
from gql.execute.errors import Refused, caught, shown
from gql.execute.limits import Limits
from gql.live.events import EventPlan
from gql.live.queries import QueryPlan
from gql.live.subscriber import Subscriber
from graph.feed import Change, Position
from graph.session import Database
from models.actor import Actor
from models.errors import Unavailable

Plan = TypeVar("Plan", bound=EventPlan | QueryPlan)

MOST_PENDING = 100_000  # changes that wait for a statement
AGAIN_S = 0.5
PAUSE_S, LONGEST_PAUSE_S = 0.1, 5.0  # between two readings of a query
CLOCK_S = 30.0  # after which a query that asks what time it is is read again


class Topic(ABC, Generic[Plan]):
    """Subscribers of one plan. The plan is made anew when the model changes; where it cannot be, all are told why."""

    def __init__(
        self, plan: Plan, replan: Callable[[], Plan], database: Database, actor: Actor, limits: Limits
    ) -> None:
        self.plan: Plan = plan
        self._replan: Callable[[], Plan] = replan
        self.database, self.actor, self.limits = database, actor, limits
        self.members: set[Subscriber] = set()
        self.ended = False
        self._wake = asyncio.Event()
        self._work = asyncio.create_task(self._run())

    def enter(self) -> Subscriber:
        """One more subscriber, who is told nothing yet."""
        subscriber = Subscriber()
        self.members.add(subscriber)
        return subscriber

    def begin(self, subscriber: Subscriber, position: Position) -> None:
        """Tell the subscriber of what comes behind a position."""
        subscriber.since = position

    def close(self) -> None:
        """End the work, for nobody is left; a statement under way is not broken off, which would cost its connection."""
        self.ended = True
        self._wake.set()

    def renew(self) -> None:
        """Go on under the model as it is now."""
        try:
            self.plan = self._replan()
        except Refused as error:
            self._end(refusal([shown(one) for one in error.errors]))
        except GraphQLError as error:
            self._end(refusal([shown(error)]))

    def _end(self, last: Answer) -> None:
        self.ended = True
        for member in tuple(self.members):
            member.end(last)

    async def _run(self) -> None:
        try:
            while not self.ended:
                await self._turn()
        except Refused as error:
            self._end(refusal([shown(one) for one in error.errors]))
        except GraphQLError as error:
            self._end(refusal([shown(error)]))
        except Exception as error:  # noqa: BLE001 - the outermost door of a topic: logged whole, shown by its id
            self._end(refusal([caught(error)]))

    @abstractmethod
    async def _turn(self) -> None:
        """Wait for something to tell, and tell it."""


class Events(Topic[EventPlan]):
    """Changes, told each once and in order."""

    def __init__(
        self, plan: EventPlan, replan: Callable[[], EventPlan], database: Database, actor: Actor, limits: Limits
    ) -> None:
        self._pending: deque[Change] = deque()
        super().__init__(plan, replan, database, actor, limits)

    def hear(self, changes: Sequence[Change]) -> None:
        """Tell of these, as far as they are wanted."""
        self._pending.extend(filter(self.plan.concerns, changes))
        if len(self._pending) > MOST_PENDING:
            self._pending.clear()
            for member in tuple(self.members):
                member.cut()
        if self._pending:
            self._wake.set()

    def begin_anew(self) -> None:
        """What happened between is not known, and cannot be told."""

    async def told(self, changes: Sequence[Change]) -> list[tuple[Position, Answer]]:
        """What is told of changes; a database that is away is waited for. Raises TimedOut."""
        while True:  # as long as it takes
            try:
                return await self.plan.answers(self.database, self.actor, changes, self.limits)
            except Unavailable:
                await asyncio.sleep(AGAIN_S)

    async def _turn(self) -> None:
        self._wake.clear()
        if not self._pending:
            await self._wake.wait()
        if self.ended:
            return
        batch = [self._pending.popleft() for _ in range(min(self.plan.batch, len(self._pending)))]
        for position, answer in await self.told(batch):
            for member in self.members:
                member.offer(answer, position)
            await asyncio.sleep(0)  # sockets are served between two events


class Query(Topic[QueryPlan]):
    """A query's answer, told at once to newcomers and to all whenever it has become another."""

    def __init__(
        self, plan: QueryPlan, replan: Callable[[], QueryPlan], database: Database, actor: Actor, limits: Limits
    ) -> None:
        self._told = b""
        self._stale = False
        self._newcomers: list[Subscriber] = []
        self._came = asyncio.Event()
        self._rested_until = 0.0
        super().__init__(plan, replan, database, actor, limits)

    def begin(self, subscriber: Subscriber, position: Position) -> None:
        """The subscriber waits for a first answer, which is read from now on."""
        super().begin(subscriber, position)
        self._newcomers.append(subscriber)
        self._came.set()
        self._wake.set()

    def renew(self) -> None:
        """The same query under the new model, read again."""
        super().renew()
        self.begin_anew()

    def hear(self, changes: Sequence[Change]) -> None:
        """Read again, if the changes may matter."""
        if self.plan.concerned_by(changes):
            self.begin_anew()

    def begin_anew(self) -> None:
        """Read again in any case."""
        self._stale = True
        self._wake.set()

    async def _turn(self) -> None:
        await self._due()
        if self.ended:
            return
        newcomers, self._newcomers, self._stale = self._newcomers, [], False
        self._came.clear()
        began = time.monotonic()
        answer = await self._answer()
        ended = time.monotonic()
        self._rested_until = ended + min(max(PAUSE_S, 2 * (ended - began)), LONGEST_PAUSE_S)
        # who came while it was read waits for the next reading: a change of his own may be missing from this one
        everybody = self.members.difference(self._newcomers)
        for member in newcomers if answer.body == self._told else everybody:
            member.replace(answer)
        self._told = answer.body

    async def _due(self) -> None:
        """Returns when somebody waits for a first answer, or when a change may matter and the last reading is a while ago."""
        if not self._newcomers and not self._stale:
            self._wake.clear()
            clock = CLOCK_S if self.plan.by_the_clock else None
            with suppress(TimeoutError):
                async with asyncio.timeout(clock):
                    await self._wake.wait()
        if not self._newcomers:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, self._rested_until - time.monotonic())):
                    await self._came.wait()

    async def _answer(self) -> Answer:
        while True:
            try:
                return await self.plan.answer(self.database, self.actor, self.limits)
            except Unavailable:
                await asyncio.sleep(AGAIN_S)

"""Subscriptions of the typed half in one process: they find their topic, catch up, and are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Hashable
from contextlib import aclosing

from cypher import weave
from gql.editions import Editions
from gql.execute.answers import Answer
from gql.execute.errors import refused
from gql.execute.limits import Limits
from gql.execute.prices import LEAST, least
from gql.execute.spending import Spending
from gql.live.asked import Asked, Text, asked, shared_by
from gql.live.events import is_event, plan_events, resumed_from
from gql.live.queries import plan_query
from gql.live.subscriber import Subscriber
from gql.live.tail import Tail
from gql.live.topics import Events, Query
from gql.plan.cursors import Cursors
from gql.plan.segments import Terms
from graph import feed
from graph.feed import Page, Position
from graph.session import Database
from models.actor import Actor
from models.metamodel import Metamodel

MOST_BEHIND = 10_000  # change sets that a subscription may be behind when it goes on
CATCHING_UP = 8  # subscriptions that read what they missed at the same time


class Live:
    """Everything that is followed; `renew` is to be called when a new edition is in force."""

    def __init__(
        self, database: Database, editions: Editions, cursors: Cursors, limits: Limits, spending: Spending | None = None
    ) -> None:
        self._spending = spending or Spending(limits)
        self._database, self._editions = database, editions
        self._cursors, self._limits = cursors, limits
        self._tail = Tail(database)
        self._topics: dict[Hashable, Events | Query] = {}
        self._catching_up = asyncio.Semaphore(CATCHING_UP)

    async def renew(self, model: Metamodel) -> None:  # as listeners of the registry are called
        """Go on under the edition that is in force now."""
        for topic in tuple(self._topics.values()):
            topic.renew()

    def asked(self, sent: Text, actor: Actor) -> Asked:
        """The operation of an actor under the edition in force. Raises Refused."""
        terms = Terms(
            self._editions.saved(), actor.id, self._limits.max_reach, self._editions.meaning, self._limits.max_skip
        )
        return asked(self._editions.current, sent, terms, self._cursors, self._limits)

    async def answers(self, wanted: Asked, sent: Text, actor: Actor) -> AsyncGenerator[Answer, None]:
        """The answers to a subscription, without end. Raises Refused, GraphQLError, TooSlow, TimedOut and Unavailable."""
        of_changes = is_event(wanted.edition.model, wanted.field)
        after = resumed_from(wanted, sent.after, self._cursors, self._limits) if of_changes else None
        key = shared_by(wanted, sent, (weave.rights(actor), actor.time_zone), resumes=of_changes)
        topic = self._topic(key, wanted, sent, actor)
        subscriber = topic.enter()
        try:
            self._admit(topic, wanted.key, actor)
            await self._tail.follow(topic)
            topic.begin(subscriber, self._tail.position)
            if after is not None and isinstance(topic, Events):
                async with aclosing(self._missed(topic, subscriber, after)) as missed:
                    async for answer in missed:
                        yield answer
            async for answer in subscriber.answers():
                yield answer
        finally:
            self._leave(key, topic, subscriber)

    def _admit(self, topic: Events | Query, key: str, actor: Actor) -> None:
        """Charge the beginning of a subscription. Raises Refused, as for any operation."""
        if isinstance(topic, Query):
            self._spending.admit(actor, *topic.plan.cost(actor, self._spending.known))
        else:
            self._spending.admit(actor, LEAST, lambda: least(key))

    def _topic(self, key: Hashable, wanted: Asked, sent: Text, actor: Actor) -> Events | Query:
        known = self._topics.get(key)
        if known is not None and not known.ended:
            return known
        cursors, limits = self._cursors, self._limits
        if is_event(wanted.edition.model, wanted.field):
            events = plan_events(wanted, cursors, limits)
            self._topics[key] = Events(
                events, lambda: plan_events(self.asked(sent, actor), cursors, limits), self._database, actor, limits
            )
        else:
            query = plan_query(wanted, cursors, limits)
            self._topics[key] = Query(
                query, lambda: plan_query(self.asked(sent, actor), cursors, limits), self._database, actor, limits
            )
        return self._topics[key]

    def _leave(self, key: Hashable, topic: Events | Query, subscriber: Subscriber) -> None:
        topic.members.discard(subscriber)
        if not topic.members:
            self._tail.leave(topic)
            topic.close()
            if self._topics.get(key) is topic:
                del self._topics[key]

    async def _missed(self, topic: Events, subscriber: Subscriber, after: Position) -> AsyncGenerator[Answer, None]:
        """What was told from a cursor on, up to where the subscriber is told by its topic."""
        until = self._tail.position
        if until.seq - after.seq > MOST_BEHIND:
            raise refused(
                "cursor_too_old",
                f"This cursor is more than {MOST_BEHIND:,} change sets old: read what you need anew, "
                "then subscribe without `after`.",
            )
        if after >= until:  # from another process, whose reader was quicker
            await self._page(after)
            subscriber.since = after
        while after < until:
            page = await self._page(after)
            changes = [each for each in page.changes if each.position <= until and topic.plan.concerns(each)]
            batch = topic.plan.batch
            for place in range(0, len(changes), batch):
                async with self._catching_up:
                    told = await topic.told(changes[place : place + batch])
                for _, answer in told:
                    yield answer
            if page.position == after:
                return
            after = page.position

    async def _page(self, after: Position) -> Page:
        async with self._catching_up:
            page = await feed.changes_after(self._database, after)
        if not page.known:
            raise refused(
                "cursor_unknown",
                "This cursor names a change that this database does not hold; it may have been restored from a backup. "
                "Read what you need anew, then subscribe without `after`.",
            )
        return page

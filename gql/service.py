"""Everything behind the API of one process, wired: database, registry, editions, executor, sockets; opened and closed as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp

from analytics.answering import Answers, Loading
from analytics.view360 import Views
from cypher import weave
from exchange.uploads import Desk
from gql.about import UNKNOWN, About
from gql.breaks import breaks
from gql.documents import Documents, TrustedDeferring, TrustedExecutor, TrustedSubscriptions
from gql.editions import Edition, Editions
from gql.execute.delivering import Deferring
from gql.execute.executor import Executor
from gql.execute.limits import Limits
from gql.execute.rates import Rates
from gql.execute.rehearsal import Rehearsal
from gql.execute.spending import Spending
from gql.fixed.context import Context
from gql.fixed.news import ModelNews
from gql.fixed.schema import fixed_schema, strawberry_schema
from gql.http.app import GraphQLOverHTTP
from gql.http.attending import Attending
from gql.http.event_streams import EventStreams
from gql.http.uploads import Uploads
from gql.http.websocket import GraphQLOverWebSocket
from gql.live.live import Live
from gql.mutations import Mutations
from gql.plan.cursors import Cursors
from gql.rest.app import Rest
from gql.streaming.streams import ListStreams
from gql.subscriptions import Subscriptions
from graph import meanings
from graph.address import Address
from graph.admission import Admission
from graph.counts import Counts
from graph.notifications import Bell
from graph.registry import Registry
from graph.saved import Saved
from graph.session import Database
from graph.standing import Standing
from models.actor import SYSTEM, Actor
from models.documents import Mode
from models.search.meaning import Meaning

READY_S = 2.0


@dataclass(frozen=True, slots=True)
class Service:
    """The API of one process; close it by leaving `opened`."""

    database: Database
    registry: Registry
    saved: Saved
    counts: Counts
    editions: Editions
    executor: Executor
    admission: Admission
    answers: Answers
    graphql: ASGIApp
    rest: ASGIApp
    uploads: ASGIApp
    streams: EventStreams
    rehearsal: Rehearsal

    async def watch(self) -> None:
        """Endless: take over every change of the model and of saved queries, whoever made it, and how many records there are."""
        await asyncio.gather(self.registry.watch(), self.saved.watch(), self.counts.watch())

    async def check(self) -> int:
        """The version of the model served, once the database has answered. Raises Unavailable and TimedOut."""
        await self.database.read(weave.fixed("alive", SYSTEM), {}, timeout_s=READY_S)
        return self.editions.current.model.version


@asynccontextmanager
async def opened(
    address: Address,
    *,
    secret: bytes,
    limits: Limits,
    max_body_bytes: int,
    snapshots: Path | None = None,
    snapshot_bytes: int | None = None,
    documents: Mode = Mode.ANY,
    rates: Rates | None = None,
    meaning: Meaning | None = None,
    about: About = UNKNOWN,
    desk: Desk | None = None,
    incremental: bool = False,
) -> AsyncIterator[Service]:
    """The service on a database, for as long as the block runs; snapshots are kept in a folder, files at a desk.

    Loading a snapshot may take `snapshot_bytes` of memory, or what is free.

    Deferred fragments come in parts where it is `incremental`, to clients that take them.

    Raises Unavailable.
    """
    database = await Database.connect(address)
    loading = Loading(snapshots, limit_bytes=snapshot_bytes)
    try:
        service = await _wired(
            database, secret, limits, max_body_bytes, loading, documents, rates, meaning, about, desk, incremental
        )
        try:
            yield service
        finally:
            await service.rehearsal.stop()
            await service.answers.close()
    finally:
        await database.close()


async def _wired(
    database: Database,
    secret: bytes,
    limits: Limits,
    max_body_bytes: int,
    loading: Loading,
    mode: Mode,
    rates: Rates | None,
    meaning: Meaning | None,
    about: About,
    desk: Desk | None,
    incremental: bool,
) -> Service:
    registry, saved, counts = await Registry.open(database, breaks), Saved(database), Counts(database)
    if meaning is not None:
        await meanings.prepare(database, meaning)
    await asyncio.gather(saved.refresh(), counts.refresh())
    spending = Spending(limits, lambda: counts.present, rates)
    editions = await asyncio.to_thread(Editions, fixed_schema(), registry.model, lambda: saved.present, meaning)
    news = ModelNews(registry.model)
    answers = Answers(database, lambda: registry.model, loading)
    cursors, views, bell = Cursors(secret), Views(database, answers), Bell(database)

    def resolve_fixed(actor: Actor, edition: Edition) -> Context:
        return Context(actor, edition, database, registry, news, views, answers, cursors, bell, saved, about, desk)

    live = Live(database, editions, cursors, limits, spending)
    # who hears the news finds the new schema in force
    registry.listen(editions.publish)
    registry.listen(news.publish)
    registry.listen(live.renew)
    mutations = Mutations(database, editions, cursors, limits, registry.refresh)
    executor = Executor(database, editions, mutations, cursors, limits, resolve_fixed, spending)
    rehearsal = Rehearsal(editions, executor.rehearse)
    registry.listen(rehearsal.begin)
    admission, standing = Admission(database), Standing(database)
    # every door asks these two, so that no text reaches the executor that is not to be answered
    documents = Documents(database, mode)
    trusted, subscriptions = (
        TrustedExecutor(documents, executor),
        TrustedSubscriptions(documents, Subscriptions(executor, live)),
    )
    sockets = GraphQLOverWebSocket(strawberry_schema(), subscriptions, admission, standing)
    streams = EventStreams(subscriptions, standing)
    lists = ListStreams(documents, executor, limits.max_page)
    deferring = TrustedDeferring(documents, Deferring(executor)) if incremental else None
    graphql = GraphQLOverHTTP(
        trusted, admission, sockets, streams, documents, lists, deferring, max_body_bytes=max_body_bytes
    )
    rest = Rest(trusted, editions, admission, max_body_bytes=max_body_bytes, max_page=limits.max_page)
    return Service(
        database,
        registry,
        saved,
        counts,
        editions,
        executor,
        admission,
        answers,
        Attending(graphql),
        Attending(rest),
        Attending(Uploads(desk, admission)),
        streams,
        rehearsal,
    )

"""One server process: opens the service, answers on the sockets it is given, ends cleanly when it is told to."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib.metadata import version

import uvicorn
import uvloop

from exchange.uploads import Desk
from gql.about import About
from gql.execute.limits import Limits
from gql.execute.rates import Rates
from gql.service import Service, opened
from graph.address import Address
from models.documents import Mode
from xrm import background, semantic
from xrm.analyses.computing import SNAPSHOTS
from xrm.rooms import DISTRIBUTION
from xrm.secret import secret_key
from xrm.server.app import application
from xrm.server.web import built
from xrm.settings import Settings, described, origins

GRACE_S = 10
SPENT = "spent"  # the file in XRM_HOME that counts what is spent, for all processes on it
MAX_FRAME_BYTES = 1 << 20
# large answers are made of many small objects that soon go again: looking for cycles among them seldom pays
GC_THRESHOLDS = (50_000, 20, 100)

Stop = Callable[[], Awaitable[object]]
Ready = Callable[[], None]


def run(
    settings: Settings,
    address: Address,
    listener: socket.socket,
    *,
    stop: Stop | None = None,
    ready: Ready,
    works: bool = True,
) -> None:
    """Serve until a signal, or until `stop` returns; `ready` is called when requests can come. Raises Unavailable.

    Where it `works`, it does the background work too.
    """
    with _signals() as ended, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(served(settings, address, listener, stop=stop, ready=ready, ended=ended, works=works))


class _Server(uvicorn.Server):
    """uvicorn's server, which says when it begins to listen, and lets go of streams when it ends."""

    def __init__(self, config: uvicorn.Config, ready: Ready, close_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self._close_streams = ready, close_streams

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would go on for ever, then wait for the rest."""
        self._close_streams()
        await super().shutdown(sockets)


async def served(
    settings: Settings,
    address: Address,
    listener: socket.socket,
    *,
    stop: Stop | None,
    ready: Ready,
    ended: asyncio.Event,
    works: bool = True,
) -> None:
    """The same inside a running event loop; nothing is served when it has `ended` before it began."""
    limits = Limits(
        max_depth=settings.max_depth,
        max_page=settings.max_page,
        max_cost=settings.max_cost,
        max_reach=settings.max_reach,
        max_skip=settings.max_skip,
        timeout_s=settings.timeout_s,
    )
    secret = secret_key(settings)
    snapshots, meaning = settings.home / SNAPSHOTS, semantic.loaded(settings.semantic_model)
    rates = Rates(settings.home / SPENT, person=settings.person_cost, address=settings.address_cost)
    async with opened(
        address,
        secret=secret,
        limits=limits,
        max_body_bytes=settings.max_body_bytes,
        snapshots=snapshots,
        snapshot_bytes=settings.snapshot_bytes,
        documents=Mode(settings.documents),
        rates=rates,
        meaning=meaning,
        about=_about(settings),
        desk=Desk(settings.home, settings.max_upload_bytes),
        incremental=settings.incremental == "on",
    ) as service:
        server = _Server(_configuration(settings, service), ready, service.streams.close)
        tasks = [asyncio.create_task(background.kept_going("the watch on the model", service.watch))]
        if stop is not None:
            tasks.append(asyncio.create_task(_end_with(server, stop)))
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GC_THRESHOLDS)
        try:
            async with background.chores(service.database, address, settings.home, meaning) if works else nullcontext():
                if not ended.is_set():
                    await server.serve(sockets=[listener])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            rates.close()


def _about(settings: Settings) -> About:
    """What the API tells administrators of this server."""
    shown = settings.shown()
    return About(version(DISTRIBUTION), tuple((name, shown[name], facts["help"]) for _, name, facts in described()))


def _configuration(settings: Settings, service: Service) -> uvicorn.Config:
    return uvicorn.Config(
        application(service, built() if settings.web == "on" else None, allowed=origins(settings.allowed_origins)),
        loop="none",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=MAX_FRAME_BYTES,
        ws_max_queue=16,
        ws_per_message_deflate=False,  # an event to thousands of sockets would be packed for each anew
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=64 << 10,
    )


async def _end_with(server: uvicorn.Server, stop: Stop) -> None:
    await stop()
    server.should_exit = True


@contextmanager
def _signals() -> Iterator[asyncio.Event]:
    """Set when SIGINT or SIGTERM come before uvicorn listens to them; when it is done it raises them again, for nobody."""
    ended = asyncio.Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

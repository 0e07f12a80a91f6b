"""One Neo4j for the whole test run, or for each of its processes, emptied between the tests that use it.

The run starts a private Neo4j of its own, unless XRM_TEST_NEO4J_URI (with XRM_TEST_NEO4J_USERNAME, _PASSWORD and
_DATABASE) names one that was started outside: the same tests pass against both.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import neo4j
import pytest
from left_over import ended, left_over

from cypher import schema
from graph import people
from graph.address import Address
from graph.embedded import Memory, start
from graph.registry import Registry
from graph.schema import fixed_names
from graph.session import Database
from xrm import settings
from xrm.server import process

AT_ONCE = 10_000
LONG = (
    "tests/web/",
    "tests/xrm/",
    "tests/gql/test_same_answers.py",
    "tests/stories/",
    "tests/examples/",
    "tests/bootstrap/",
)
# of a Java that runs for a minute, a third of the work would go into translating a second time what has run often; the one
# that serves the whole run has paid for that after three minutes
TRANSLATED_ONCE = ("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
EMPTY = "MATCH (n) DETACH DELETE n"
# a record may have more links than fit into a transaction's memory; they go first
EMPTY_IN_PARTS = (
    f"MATCH ()-[r]->() WITH r LIMIT {AT_ONCE} DELETE r RETURN count(r) AS gone",
    f"MATCH (n) WITH n LIMIT {AT_ONCE} DELETE n RETURN count(n) AS gone",
)
CONSTRAINTS = "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name"
INDEXES = """SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL
RETURN name ORDER BY name"""


def pytest_configure() -> None:
    # a run begun in the background of a shell ignores Ctrl-C, and so would every program that the tests send one
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # files that take minutes begin first: at the end of a run no process waits long for the other
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the laws with thousands of random cases")


@pytest.fixture(scope="session")
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether the laws are to be tried for long."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Ends a file in failure whose tests leave a process of XRM's behind."""
    yield
    if left := left_over():
        pytest.fail(f"These have begun and not ended: {ended(left)}", pytrace=False)


@pytest.fixture(scope="session")
def jar_cache() -> Path:
    return settings.load().cache


@pytest.fixture
def short_lived_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Neo4j that the test starts ends before Java's thorough translation of it would have paid, so it does without."""
    monkeypatch.setenv(*TRANSLATED_ONCE)


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory, jar_cache: Path) -> Iterator[Address]:
    """Where this run's Neo4j answers."""
    outside = _outside()
    if outside is not None:
        yield outside
        return
    home = tmp_path_factory.mktemp("home")
    memory = Memory(heap_mib=768, page_cache_mib=256)
    with start(home, cache=jar_cache, progress=lambda text, done: None, memory=memory) as server:
        yield server.address


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_address: Address) -> Iterator[neo4j.Driver]:
    """A plain driver on this run's Neo4j, for looking at the database from outside the code under test."""
    auth = (neo4j_address.username, neo4j_address.password)
    with neo4j.GraphDatabase.driver(neo4j_address.uri, auth=auth, notifications_min_severity="OFF") as driver:
        yield driver


@pytest.fixture
def clean_neo4j(neo4j_address: Address, neo4j_driver: neo4j.Driver) -> Address:
    """The same address with no node left in the database; constraints and indexes stay."""
    _empty(neo4j_address, neo4j_driver)
    return neo4j_address


@pytest.fixture
def model_neo4j(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> Address:
    """As `clean_neo4j`, and without the constraints and indexes that the models of earlier tests have left."""
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        present = [name for listed in (CONSTRAINTS, INDEXES) for name in session.run(listed).value("name")]
        left = [name for name in present if name.startswith(schema.PREFIXES) and name not in fixed_names()]
        with session.begin_transaction() as transaction:
            for name in left:
                transaction.run(schema.dropped(name)).consume()
    return clean_neo4j


PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Api:
    """A server in this process on a socket of its own: an administrator `ann`, a person `bob`, both with tokens."""

    address: str
    database: Database
    http: httpx.AsyncClient
    admin: str
    person: str
    home: Path
    password: str = PASSWORD

    def bearer(self, token: str | None = None) -> dict[str, str]:
        return {"authorization": f"Bearer {token or self.admin}"}

    async def ask(self, query: str, *, token: str | None = None, **variables: object) -> httpx.Response:
        document = {"query": query, "variables": variables}
        return await self.http.post("/graphql", json=document, headers=self.bearer(token))


@pytest.fixture
async def database(clean_neo4j: Address) -> AsyncIterator[Database]:
    """A connection to the emptied database."""
    database = await Database.connect(clean_neo4j)
    yield database
    await database.close()


@asynccontextmanager
async def serving(address: Address, home: Path, **more: str) -> AsyncIterator[Api]:
    """The server's own process code, run in this one, spoken to through a real socket; `more` are settings."""
    database = await Database.connect(address)
    await Registry.open(database)
    now = datetime.now(UTC)
    for name, administrator in (("ann", True), ("bob", False)):
        if await people.find_user(database, name) is None:
            await people.add_user(database, name, PASSWORD, now=now, administrator=administrator)
    admin, person = [
        await people.create_token(database, name, now=now, lasts=timedelta(hours=1)) for name in ("ann", "bob")
    ]
    chosen = settings.load({"XRM_HOME": str(home), "XRM_MAX_BODY_BYTES": "65536", "XRM_WEB": "off", **more})
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = f"http://127.0.0.1:{listener.getsockname()[1]}"
        ready, stop = asyncio.Event(), asyncio.Event()
        served = process.served(
            chosen, address, listener, stop=stop.wait, ready=ready.set, ended=asyncio.Event(), works=False
        )
        running = asyncio.create_task(served)
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        async with httpx.AsyncClient(base_url=place, timeout=30) as http:
            yield Api(place, database, http, admin, person, home)
        stop.set()
        await running
    await database.close()


@pytest.fixture
async def api(clean_neo4j: Address, tmp_path: Path) -> AsyncIterator[Api]:
    """A server on an emptied database."""
    async with serving(clean_neo4j, tmp_path) as served:
        yield served


@pytest.fixture
def serve(clean_neo4j: Address, tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[Api]]:
    """Starts a server on an emptied database with settings of a test's own."""
    return partial(serving, clean_neo4j, tmp_path)


@pytest.fixture(scope="module")
def emptied_neo4j(neo4j_address: Address, neo4j_driver: neo4j.Driver) -> Address:
    """As `clean_neo4j`, once for all tests of a module."""
    _empty(neo4j_address, neo4j_driver)
    return neo4j_address


@pytest.fixture(scope="module")
async def standing_api(emptied_neo4j: Address, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Api]:
    """A server for all tests of a module; they leave the database as it is."""
    async with serving(emptied_neo4j, tmp_path_factory.mktemp("standing")) as served:
        yield served


@pytest.fixture(scope="module")
def stand(
    emptied_neo4j: Address, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., AbstractAsyncContextManager[Api]]:
    """Starts a server for all tests of a module, on an emptied database, with settings of its own."""
    return partial(serving, emptied_neo4j, tmp_path_factory.mktemp("standing"))


@pytest.fixture(scope="module")
def stand_on(
    neo4j_address: Address, neo4j_driver: neo4j.Driver, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., AbstractAsyncContextManager[Api]]:
    """As `stand`, on what the modules before have left if they called it by the same name; each makes its own records."""

    def standing(contents: str, **more: str) -> AbstractAsyncContextManager[Api]:
        if _contents != [contents]:
            _empty(neo4j_address, neo4j_driver)
            _contents.append(contents)
        return serving(neo4j_address, tmp_path_factory.mktemp("standing"), **more)

    return standing


_contents: list[str] = []  # what the database of this process holds, where it has a name


def _empty(address: Address, driver: neo4j.Driver) -> None:
    _contents.clear()
    with driver.session(database=address.database) as session:
        nodes = session.run("MATCH (n) RETURN count(n) AS nodes").single(strict=True)["nodes"]
        if not nodes:
            return
        if nodes <= AT_ONCE:
            session.run(EMPTY).consume()
            return
        for part in EMPTY_IN_PARTS:
            while session.run(part).single(strict=True)["gone"]:
                pass


def _outside() -> Address | None:
    uri = os.environ.get("XRM_TEST_NEO4J_URI")
    if not uri:
        return None
    return Address(
        uri,
        os.environ.get("XRM_TEST_NEO4J_USERNAME", "neo4j"),
        os.environ.get("XRM_TEST_NEO4J_PASSWORD", ""),
        os.environ.get("XRM_TEST_NEO4J_DATABASE", "neo4j"),
    )

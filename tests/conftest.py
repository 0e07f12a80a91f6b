"""One Neo4j for the whole test run, emptied between the tests that use it.

The run starts a private Neo4j of its own, unless XRM_TEST_NEO4J_URI (with XRM_TEST_NEO4J_USERNAME, _PASSWORD and
_DATABASE) names one that was started outside: the same tests pass against both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph.address import Address
from graph.embedded import Memory, start
from xrm import settings

AT_ONCE = 10_000
EMPTY = "MATCH (n) DETACH DELETE n"
EMPTY_IN_PARTS = f"MATCH (n) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {AT_ONCE} ROWS"
CONSTRAINTS = "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name"
INDEXES = """SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL
RETURN name ORDER BY name"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the laws with thousands of random cases")


@pytest.fixture(scope="session")
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether the laws are to be tried for long."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def jar_cache() -> Path:
    return settings.load().cache


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
    with neo4j_driver.session(database=neo4j_address.database) as session:
        nodes = session.run("MATCH (n) RETURN count(n) AS nodes").single(strict=True)["nodes"]
        if nodes:
            session.run(EMPTY if nodes <= AT_ONCE else EMPTY_IN_PARTS).consume()
    return neo4j_address


@pytest.fixture
def model_neo4j(clean_neo4j: Address, neo4j_driver: neo4j.Driver) -> Address:
    """As `clean_neo4j`, and without the constraints and indexes that the models of earlier tests have left."""
    with neo4j_driver.session(database=clean_neo4j.database) as session:
        for kind, listed in (("CONSTRAINT", CONSTRAINTS), ("INDEX", INDEXES)):
            for name in session.run(listed).value("name"):
                session.run(f"DROP {kind} `{name}` IF EXISTS").consume()
    return clean_neo4j


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

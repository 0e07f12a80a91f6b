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

EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"


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
        if session.run("MATCH (n) RETURN count(n) > 0 AS filled").single(strict=True)["filled"]:
            session.run(EMPTY).consume()
    return neo4j_address


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

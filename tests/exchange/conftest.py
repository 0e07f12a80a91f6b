"""A small model in an emptied database, and a desk in it for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import neo4j
import pytest
from small_imports import DATA, MODEL, Desk

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain


@pytest.fixture(scope="module")
async def office(neo4j_address: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Registry]:
    """The model in an emptied database, for all tests of a module."""
    neo4j_driver.execute_query("MATCH (n) DETACH DELETE n", database_=neo4j_address.database)
    database = await Database.connect(neo4j_address)
    registry = await Registry.open(database)
    patch, problems = patch_from_plain(MODEL)
    assert problems == []
    await registry.apply(SYSTEM, patch)
    await registry.indexed()
    yield registry
    await database.close()


@pytest.fixture
async def desk(
    office: Registry, neo4j_address: Address, neo4j_driver: neo4j.Driver, tmp_path: Path
) -> AsyncIterator[Desk]:
    """A desk in the office, with no data in the graph."""
    neo4j_driver.execute_query(f"MATCH (n:{DATA}) DETACH DELETE n", database_=neo4j_address.database)
    database = await Database.connect(neo4j_address)
    yield Desk(database, office, neo4j_driver, tmp_path)
    await database.close()

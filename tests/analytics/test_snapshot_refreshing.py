"""A snapshot that is kept fresh equals one that is loaded anew, whatever was written in between."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

import pytest
from snapshot_worlds import MODEL, NOW, WEIGHTS, Writer, same

from analytics.snapshot import Snapshot, take
from analytics.snapshot.planning import plans
from analytics.snapshot.refreshing import refreshed
from graph.address import Address
from graph.schema import install_fixed, reconcile
from graph.session import Database
from graph.snapshots import Reader
from models.actor import SYSTEM

pytestmark = pytest.mark.anyio


@pytest.fixture
async def organisation(clean_neo4j: Address) -> AsyncIterator[Database]:
    database = await Database.connect(clean_neo4j)
    await install_fixed(database)
    await reconcile(database, MODEL)
    yield database
    await database.close()


async def taken(database: Database) -> Snapshot:
    return await take(database, MODEL, SYSTEM, weights=WEIGHTS, clock=lambda: NOW)


async def refresh(database: Database, snapshot: Snapshot) -> Snapshot:
    return await refreshed(Reader(database, SYSTEM), MODEL, plans(MODEL, WEIGHTS), snapshot, NOW)


@pytest.mark.parametrize("seed", range(2))
async def test_refreshing_equals_loading_in_every_array_after_random_writes(
    organisation: Database, seed: int, soak: bool
) -> None:
    writer = Writer(organisation, random.Random(seed))
    await writer.fill(records=30, links=60)
    snapshot = await taken(organisation)

    for _ in range(60 if soak else 4):
        for _ in range(writer.chance.randint(1, 12)):
            await writer.step()
        snapshot = await refresh(organisation, snapshot)

        same(snapshot, await taken(organisation))

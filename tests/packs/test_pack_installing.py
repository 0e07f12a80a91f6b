"""Packs and the sample in a real database: one change an install, no second one, and loads that survive a kill."""

from __future__ import annotations

from datetime import date

import neo4j
import pytest

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.definitions import patch_from_plain
from models.errors import Rejected
from packs.installing import OnConflict, install
from packs.patching import check
from packs.reading import Pack
from packs.requirements import gather
from packs.sample.generator import generate
from packs.sample.loading import Progress, load
from packs.sample.parameters import Parameters

pytestmark = pytest.mark.anyio
SMALL = Parameters(date(2026, 11, 24), size=0.001)


@pytest.fixture
def crm() -> tuple[Pack, ...]:
    packs, problems = gather(["crm"])
    assert problems == check(packs) == []
    return packs


async def test_an_install_is_one_change_and_the_second_is_none(database: Database, crm: tuple[Pack, ...]) -> None:
    registry = await Registry.open(database)

    first = await install(registry, SYSTEM, crm)
    second = await install(registry, SYSTEM, crm)

    assert first.packs == ("core", "crm")
    assert first.plan is not None
    assert second.plan is None
    assert registry.model.version == 1
    assert registry.model.types["Order"].pack == "core"
    assert registry.model.types["Company"].pack == "crm"


async def test_what_the_user_changed_is_told_and_only_overwritten_when_asked(
    database: Database, crm: tuple[Pack, ...]
) -> None:
    registry = await Registry.open(database)
    await install(registry, SYSTEM, crm)
    patch, _ = patch_from_plain({"types": [{"name": "Company", "icon": "castle"}]})
    await registry.apply(SYSTEM, patch)

    with pytest.raises(Rejected) as refused:
        await install(registry, SYSTEM, crm)
    kept = await install(registry, SYSTEM, crm, on_conflict=OnConflict.KEEP)
    after_keeping = registry.model.types["Company"].icon
    taken = await install(registry, SYSTEM, crm, on_conflict=OnConflict.TAKE)

    (conflict,) = refused.value.problems
    assert conflict.message.startswith("Company.icon is castle here, building-2 in the pack. Install with --keep")
    assert kept.plan is None
    assert after_keeping == "castle"
    assert taken.plan is not None
    assert registry.model.types["Company"].icon == "building-2"


async def test_a_load_that_was_killed_goes_on_and_a_second_one_adds_nothing(
    database: Database, neo4j_driver: neo4j.Driver, neo4j_address: Address, crm: tuple[Pack, ...]
) -> None:
    registry = await Registry.open(database)
    await install(registry, SYSTEM, crm)
    drawn = [command for part in generate(SMALL) for command in part.draw()]

    def kill(progress: Progress) -> None:
        if progress.done >= 500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load(database, registry.model, SYSTEM, SMALL, report=kill, batch=100)
    begun = counted(neo4j_driver, neo4j_address)
    other_day = Parameters(date(2027, 1, 1), size=0.5)
    rest = await load(database, registry.model, SYSTEM, other_day, batch=100)
    again = await load(database, registry.model, SYSTEM, other_day, batch=100)

    assert 500 <= begun < len(drawn)
    assert rest.parameters == again.parameters == SMALL
    assert begun + rest.written == len(drawn) == counted(neo4j_driver, neo4j_address)
    assert again.written == 0


def counted(driver: neo4j.Driver, address: Address) -> int:
    """Records, live links and links that have ended, in the database."""
    records = "MATCH (r:Record) RETURN count(r) AS number"
    links = "MATCH (:Record)-[l]->(:Record) RETURN count(l) AS number"
    ended = "MATCH (v:LinkVersion) RETURN count(v) AS number"
    with driver.session(database=address.database) as session:
        return sum(int(session.run(query).single(strict=True)["number"]) for query in (records, links, ended))

"""The newest snapshot of a process: loaded once, kept on disk, brought up to now by the freshness rule."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import neo4j
import pytest
from snapshot_worlds import MODEL, NOW, WEIGHTS, Writer, same

from analytics.snapshot import Freshness, Snapshot, Snapshots, TooLarge, loading, memory, take, taking
from graph.address import Address
from graph.schema import install_fixed, reconcile
from graph.sequencer import number
from graph.session import Database
from models.actor import STRANGER, SYSTEM
from models.commands import CreateLink, CreateRecord, DeleteRecord
from models.errors import NotSignedIn
from models.ids import new_id
from models.metamodel import Metamodel

pytestmark = pytest.mark.anyio


@pytest.fixture
async def organisation(clean_neo4j: Address) -> AsyncIterator[Database]:
    database = await Database.connect(clean_neo4j)
    await install_fixed(database)
    await reconcile(database, MODEL)
    yield database
    await database.close()


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was loaded anew so far."""
    done: list[str] = []

    async def counted(*given: Any, **options: Any) -> Snapshot:
        done.append("load")
        return await loading.load(*given, **options)

    monkeypatch.setattr(taking, "load", counted)
    return done


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def generations(folder: Path) -> list[str]:
    """The last change set of each snapshot on disk."""
    return [str(int(path.parent.name.split("-")[0])) for path in folder.glob("*/*/snapshot.json")]


async def person(database: Database) -> str:
    id = new_id()
    assert await Writer(database, random.Random(1)).write(CreateRecord("Person", id, {}))
    return id


async def taken(database: Database, folder: Path, model: Metamodel = MODEL) -> Snapshot:
    return await take(database, model, SYSTEM, weights=WEIGHTS, folder=folder, clock=lambda: NOW)


async def test_a_snapshot_kept_on_disk_is_brought_up_to_now_and_not_loaded_again(
    organisation: Database, tmp_path: Path, loads: list[str]
) -> None:
    writer = Writer(organisation, random.Random(3))
    await writer.fill(records=20, links=40)
    first = await taken(organisation, tmp_path)
    gone = writer.of("Person")[0]
    await number(organisation)
    await writer.write(DeleteRecord("Person", gone))

    second = await taken(organisation, tmp_path)

    assert loads == ["load"]
    assert (first.n, second.n) == (20, 19)
    same(second, await take(organisation, MODEL, SYSTEM, weights=WEIGHTS, clock=lambda: NOW))


async def test_what_was_brought_up_to_now_is_kept_in_its_turn(
    organisation: Database, tmp_path: Path, loads: list[str]
) -> None:
    clock = Clock()
    how: dict[str, Any] = {"folder": tmp_path, "clock": clock}
    await person(organisation)
    await take(organisation, MODEL, SYSTEM, **how)
    await number(organisation)

    clock.forward(299)
    await take(organisation, MODEL, SYSTEM, **how)
    early = generations(tmp_path)
    clock.forward(1)
    await take(organisation, MODEL, SYSTEM, **how)

    assert (early, generations(tmp_path), loads) == (["0"], ["1"], ["load"])


async def test_another_model_version_is_loaded_anew_and_a_dropped_relation_is_gone(
    organisation: Database, tmp_path: Path, loads: list[str]
) -> None:
    await Writer(organisation, random.Random(3)).fill(records=10, links=10)
    await taken(organisation, tmp_path)
    kept = {name: relation for name, relation in MODEL.relations.items() if name != "KNOWS"}
    later = Metamodel(1, MODEL.types, MappingProxyType(kept))

    snapshot = await taken(organisation, tmp_path, later)

    assert loads == ["load", "load"]
    assert (snapshot.model_version, sorted(snapshot.links)) == (1, ["BOUGHT_BY", "OWNS", "WORKS_AT"])


async def test_a_database_with_another_history_is_loaded_anew(
    organisation: Database, neo4j_driver: neo4j.Driver, tmp_path: Path, loads: list[str]
) -> None:
    await person(organisation)
    await number(organisation)
    await taken(organisation, tmp_path)

    neo4j_driver.execute_query("MATCH (n) DETACH DELETE n", database_=organisation.name)
    assert (await taken(organisation, tmp_path)).n == 0
    restored = await person(organisation)
    await number(organisation)
    found = await taken(organisation, tmp_path)

    assert (found.n, found.id(0)) == (1, restored)


async def test_change_sets_without_a_number_are_contained_and_never_counted_twice(organisation: Database) -> None:
    clock = Clock()
    snapshots = Snapshots(organisation, lambda: MODEL, weights=WEIGHTS, clock=clock)
    ann, bob = await person(organisation), await person(organisation)
    writer = Writer(organisation, random.Random(1))
    await writer.write(CreateLink("OWNS", new_id(), ann, company := new_id(), {}))
    await writer.write(
        CreateRecord("Company", company, {}),
        CreateLink("OWNS", new_id(), ann, company, {}),
        CreateLink("OWNS", new_id(), bob, company, {}),
    )

    unnumbered = await snapshots.current(SYSTEM)
    again = await snapshots.current(SYSTEM, up_to_now=True)
    await number(organisation, batch=2)
    half = await snapshots.current(SYSTEM, up_to_now=True)
    await number(organisation)
    numbered = await snapshots.current(SYSTEM, up_to_now=True)

    assert [each.m for each in (unnumbered, again, half, numbered)] == [2, 2, 2, 2]
    assert [each.seq for each in (unnumbered, again, half, numbered)] == [0, 0, 2, 3]
    same(unnumbered, numbered)


async def test_a_link_whose_end_was_not_known_yet_comes_with_its_end(
    organisation: Database, neo4j_driver: neo4j.Driver
) -> None:
    clock = Clock()
    snapshots = Snapshots(organisation, lambda: MODEL, clock=clock)
    company = new_id()
    await snapshots.current(SYSTEM)
    ann = await person(organisation)
    await Writer(organisation, random.Random(1)).write(CreateRecord("Company", company, {}))
    await Writer(organisation, random.Random(1)).write(CreateLink("OWNS", new_id(), ann, company, {}))
    # the link's change set has its number before that of the record it needs
    hide = "MATCH (c:Change {record: $id}) MATCH (s:ChangeSet {id: c.set}) REMOVE s:Unnumbered"
    neo4j_driver.execute_query(hide, id=company, database_=organisation.name)
    await number(organisation)
    early = await snapshots.current(SYSTEM, up_to_now=True)
    show = "MATCH (c:Change {record: $id}) MATCH (s:ChangeSet {id: c.set}) SET s:Unnumbered"
    neo4j_driver.execute_query(show, id=company, database_=organisation.name)
    await number(organisation)

    late = await snapshots.current(SYSTEM, up_to_now=True)

    assert (early.n, early.m) == (1, 0)
    assert (late.n, late.m) == (2, 1)


async def test_callers_at_the_same_time_share_one_load(
    organisation: Database, tmp_path: Path, loads: list[str]
) -> None:
    await person(organisation)
    snapshots = Snapshots(organisation, lambda: MODEL, folder=tmp_path)

    found = await asyncio.gather(*(snapshots.current(SYSTEM) for _ in range(5)))

    assert loads == ["load"]
    assert all(each is found[0] for each in found)
    with pytest.raises(NotSignedIn):
        await snapshots.current(STRANGER)


async def test_it_is_brought_up_to_now_after_so_many_changes_or_so_many_seconds(
    organisation: Database, loads: list[str]
) -> None:
    clock = Clock()
    rule = Freshness(changes=3, seconds=60, looked_s=5)
    snapshots = Snapshots(organisation, lambda: MODEL, freshness=rule, clock=clock)
    assert snapshots.age_s(SYSTEM) is None
    await snapshots.current(SYSTEM)
    await person(organisation)

    clock.forward(30)
    assert (await snapshots.current(SYSTEM)).n == 0
    assert snapshots.age_s(SYSTEM) == 30
    clock.forward(31)
    assert (await snapshots.current(SYSTEM)).n == 1
    assert snapshots.age_s(SYSTEM) == 0
    await number(organisation)
    await snapshots.current(SYSTEM, up_to_now=True)
    for _ in range(3):
        await person(organisation)
    assert (await snapshots.current(SYSTEM)).n == 1
    clock.forward(6)
    assert (await snapshots.current(SYSTEM)).n == 4
    assert loads == ["load"]


async def test_a_clock_that_was_put_back_does_not_matter(organisation: Database, loads: list[str]) -> None:
    clock = Clock()
    snapshots = Snapshots(organisation, lambda: MODEL, clock=clock)
    await snapshots.current(SYSTEM)
    await person(organisation)

    clock.forward(-86_400)
    found = await snapshots.current(SYSTEM)

    assert (found.n, found.taken_at, loads) == (1, NOW - timedelta(days=1), ["load"])


async def test_a_new_model_leads_to_a_new_snapshot_at_once(organisation: Database, loads: list[str]) -> None:
    models = [MODEL]
    snapshots = Snapshots(organisation, lambda: models[-1])
    await snapshots.current(SYSTEM)

    models.append(replace(MODEL, version=1))

    assert (await snapshots.current(SYSTEM)).model_version == 1
    assert loads == ["load", "load"]


async def test_while_data_has_yet_to_follow_the_model_nothing_is_kept(
    organisation: Database, neo4j_driver: neo4j.Driver, tmp_path: Path, loads: list[str]
) -> None:
    neo4j_driver.execute_query("CREATE (:ModelCleanup)", database_=organisation.name)
    await taken(organisation, tmp_path)
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240

    neo4j_driver.execute_query("MATCH (n:ModelCleanup) DELETE n", database_=organisation.name)
    await taken(organisation, tmp_path)
    await taken(organisation, tmp_path)

    assert loads == ["load", "load"]


async def test_a_choice_of_relations_is_loaded_alone_where_all_would_be_too_large(
    organisation: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Writer(organisation, random.Random(3)).fill(records=10, links=20)
    monkeypatch.setattr(memory, "needed_bytes", lambda _, plans: 1 << 60 if len(plans) > 1 else 1)
    how = {"folder": tmp_path, "clock": lambda: NOW}

    found = await take(organisation, MODEL, SYSTEM, relations=["OWNS"], **how)

    assert list(found.links) == ["OWNS"]
    assert found.n == 10
    with pytest.raises(TooLarge):
        await take(organisation, MODEL, SYSTEM, **how)


async def test_more_changes_than_are_worth_it_lead_to_a_load(
    organisation: Database, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.snapshot.refreshing.FREE", 2)
    snapshots = Snapshots(organisation, lambda: MODEL)
    await snapshots.current(SYSTEM)
    for _ in range(3):
        await person(organisation)

    assert (await snapshots.current(SYSTEM, up_to_now=True)).n == 3
    assert loads == ["load", "load"]

"""Snapshots out of a real database: packed, complete, refused where they must be."""

from __future__ import annotations

import math
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import neo4j
import numpy as np
import pytest
from snapshot_worlds import MODEL, NOW, WEIGHTS, Writer, same

from analytics.links import BadWeight
from analytics.snapshot import ALWAYS, FOREVER, Snapshot, TooLarge, take
from analytics.snapshot.loading import load
from analytics.snapshot.planning import plans
from graph.address import Address
from graph.schema import install_fixed, reconcile
from graph.session import Database
from graph.snapshots import Reader
from models.actor import STRANGER, SYSTEM
from models.commands import CreateLink, CreateRecord, EndLink
from models.errors import NotFound, NotSignedIn, Rejected
from models.ids import new_id

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


@pytest.fixture
async def organisation(clean_neo4j: Address) -> AsyncIterator[Database]:
    database = await Database.connect(clean_neo4j)
    await install_fixed(database)
    await reconcile(database, MODEL)
    yield database
    await database.close()


async def taken(database: Database, **options: Any) -> Snapshot:
    return await take(database, MODEL, SYSTEM, **{"weights": WEIGHTS, "clock": lambda: NOW, **options})


async def three(database: Database) -> tuple[str, str, str]:
    """A company and two people."""
    writer = Writer(database, random.Random(1))
    company, ann, bob = new_id(), new_id(), new_id()
    assert await writer.write(
        CreateRecord("Company", company, {}), CreateRecord("Person", ann, {}), CreateRecord("Person", bob, {})
    )
    return company, ann, bob


async def test_an_empty_database_and_one_record_make_a_snapshot(organisation: Database) -> None:
    empty = await taken(organisation)
    await Writer(organisation, random.Random(1)).write(CreateRecord("Person", id := new_id(), {}))
    one = await taken(organisation)

    assert (empty.n, empty.m, empty.types, list(empty.links)) == (0, 0, tuple(MODEL.types), sorted(MODEL.relations))
    assert (one.n, one.m, one.id(0), one.type_of(0)) == (1, 0, id, "Person")
    assert one.graph().n == 1


async def test_links_come_with_weights_validity_and_both_directions_of_symmetric_relations(
    organisation: Database,
) -> None:
    company, ann, bob = await three(organisation)
    writer = Writer(organisation, random.Random(1))
    assert await writer.write(
        CreateLink("WORKS_AT", ended := new_id(), ann, company, {"load": Decimal("0.5")}, valid_from=NOW - 9 * DAY),
        CreateLink(
            "WORKS_AT", new_id(), bob, company, {"load": Decimal("1.25")}, valid_from=NOW - DAY, valid_to=NOW + DAY
        ),
        CreateLink("WORKS_AT", new_id(), bob, company, {}, valid_from=NOW - 9 * DAY, valid_to=NOW - 8 * DAY),
        CreateLink("KNOWS", new_id(), ann, bob, {"depth": 3}),
        CreateLink("OWNS", new_id(), company, company, {"share": Decimal("12.5")}),
    )
    assert await writer.write(EndLink("WORKS_AT", ended, NOW - 2 * DAY))

    snapshot = await taken(organisation)

    works, minute = snapshot.links["WORKS_AT"], int(NOW.timestamp()) // 60
    number = {id: snapshot.index(id) for id in (company, ann, bob)}
    assert works.sources().tolist() == [number[ann], number[bob], number[bob]]
    assert works.target.tolist() == [number[company]] * 3
    assert works.weight.tolist() == [0.5, 1, 1.25]
    assert works.valid_from.tolist() == [minute - 9 * 1440, minute - 9 * 1440, minute - 1440]
    assert works.valid_to.tolist() == [minute - 2 * 1440, minute - 8 * 1440, minute + 1440]
    assert snapshot.links["OWNS"].weight.tolist() == [12.5]
    knows = snapshot.graph(["KNOWS"])
    assert (knows.directed, knows.m, knows.weights.tolist()) == (False, 2, [3, 3])
    in_the_past = await taken(organisation, as_of=NOW - 8.5 * DAY, relations=["WORKS_AT"])
    assert list(in_the_past.links) == ["WORKS_AT"]
    assert in_the_past.graph().m == 2
    assert snapshot.graph(["WORKS_AT"]).m == 1


async def test_open_times_and_missing_weights_have_values_of_their_own(organisation: Database) -> None:
    company, ann, _ = await three(organisation)
    await Writer(organisation, random.Random(1)).write(CreateLink("WORKS_AT", new_id(), ann, company, {}))

    works = (await taken(organisation)).links["WORKS_AT"]

    assert (works.valid_from.tolist(), works.valid_to.tolist(), works.weight.tolist()) == ([ALWAYS], [FOREVER], [1])


async def test_vectors_and_lists_fill_the_same_arrays(organisation: Database) -> None:
    await Writer(organisation, random.Random(5)).fill(records=40, links=150)
    wanted = plans(MODEL, WEIGHTS)

    ways = [
        await load(
            Reader(organisation, SYSTEM, vectors=vectors), MODEL, wanted, now=NOW, progress=lambda text, done: None
        )
        for vectors in (True, False)
    ]

    assert ways[0].m > 100
    same(*ways)


async def test_a_snapshot_needs_a_twentieth_of_the_records_that_rows_would(
    organisation: Database, neo4j_driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    links, hub = 6_000, new_id()
    people = sorted(new_id() for _ in range(600))
    with neo4j_driver.session(database=organisation.name) as session:
        session.run("UNWIND $ids AS id CREATE (:Record:Person {id: id})", ids=[*people, hub]).consume()
        pairs = [[people[n % 600], people[(n * 7 + n // 600) % 600]] for n in range(links - 1_000)]
        pairs += [[hub, people[n % 600]] for n in range(1_000)]
        session.run(
            "UNWIND $rows AS row MATCH (a:Record {id: row[0]}) MATCH (b:Record {id: row[1]}) CREATE (a)-[:KNOWS {depth: 2}]->(b)",
            rows=pairs,
        ).consume()
    records = 0
    read = Database.rows

    async def counted(self: Database, *given: Any, **options: Any) -> list[Any]:
        nonlocal records
        found = await read(self, *given, **options)
        records += len(found)
        return found

    monkeypatch.setattr(Database, "rows", counted)
    snapshot = await taken(organisation)

    assert (snapshot.n, snapshot.m) == (601, links)
    assert snapshot.links["KNOWS"].weight.sum() == 2 * links
    assert records * 20 <= snapshot.n + snapshot.m
    assert snapshot.links["KNOWS"].nbytes / links <= 9


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, -1, "much"])
async def test_a_weight_that_is_none_is_refused_with_the_link_that_has_it(
    organisation: Database, neo4j_driver: neo4j.Driver, bad: object
) -> None:
    _, ann, bob = await three(organisation)
    link = new_id()
    await Writer(organisation, random.Random(1)).write(CreateLink("KNOWS", link, ann, bob, {"depth": 1}))
    neo4j_driver.execute_query("MATCH ()-[l:KNOWS]->() SET l.depth = $bad", bad=bad, database_=organisation.name)

    with pytest.raises(BadWeight) as refused:
        await taken(organisation)

    for part in ("KNOWS", "depth", link, ann, bob):
        assert part in refused.value.message
    assert (await taken(organisation, weights={})).m == 1


async def test_what_cannot_be_a_weight_is_refused_by_name(organisation: Database) -> None:
    with pytest.raises(Rejected, match=r"OWNS cannot be weighed by 'note': a field of kind text is no number"):
        await taken(organisation, weights={"OWNS": "note"})
    with pytest.raises(Rejected, match="it has no such field"):
        await taken(organisation, weights={"OWNS": "size"})
    with pytest.raises(NotFound, match="LIKES"):
        await taken(organisation, relations=["LIKES"])


async def test_too_little_memory_is_refused_with_the_size_needed_before_anything_is_loaded(
    organisation: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three(organisation)

    async def never(*_: object, **__: object) -> None:
        raise AssertionError("something was loaded")

    monkeypatch.setattr(Reader, "links", never)
    monkeypatch.setattr(Reader, "ids", never)
    with pytest.raises(TooLarge, match=r"needs \d+ MiB of memory and 1 MiB is allowed") as refused:
        await taken(organisation, limit_bytes=1 << 20)

    assert refused.value.needed > refused.value.available == 1 << 20


async def test_strangers_get_none(organisation: Database) -> None:
    with pytest.raises(NotSignedIn):
        await take(organisation, MODEL, STRANGER)


async def test_a_relation_dropped_while_it_is_loaded_leaves_no_links(
    organisation: Database, neo4j_driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    company, ann, bob = await three(organisation)
    writer = Writer(organisation, random.Random(1))
    await writer.write(CreateLink("KNOWS", new_id(), ann, bob, {}), CreateLink("WORKS_AT", new_id(), ann, company, {}))
    counted = Reader.counts

    async def dropping(self: Reader, *given: Any) -> Any:
        found = await counted(self, *given)
        neo4j_driver.execute_query("MATCH ()-[l:KNOWS]->() DELETE l", database_=organisation.name)
        return found

    monkeypatch.setattr(Reader, "counts", dropping)
    snapshot = await taken(organisation)

    assert (snapshot.links["KNOWS"].m, snapshot.links["WORKS_AT"].m) == (0, 1)
    assert snapshot.links["KNOWS"].target.base is None


async def test_what_is_written_while_a_snapshot_is_loaded_is_in_it(
    organisation: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ann, bob = await three(organisation)
    writer, late = Writer(organisation, random.Random(1)), new_id()
    links = Reader.links
    written = False

    async def writing(self: Reader, *given: Any, **options: Any) -> Any:
        nonlocal written
        if not written:  # after the records were read
            written = True
            await writer.write(CreateRecord("Person", late, {}), CreateLink("KNOWS", new_id(), ann, late, {"depth": 2}))
            await writer.write(CreateLink("KNOWS", new_id(), ann, bob, {"depth": 1}))
        return await links(self, *given, **options)

    monkeypatch.setattr(Reader, "links", writing)
    snapshot = await taken(organisation)

    assert snapshot.id(snapshot.index(late)) == late
    assert sorted(snapshot.links["KNOWS"].weight.tolist()) == [1, 2]
    monkeypatch.undo()
    same(snapshot, await taken(organisation))


async def test_relations_of_the_model_alone_are_loaded(organisation: Database) -> None:
    _, ann, bob = await three(organisation)
    await Writer(organisation, random.Random(1)).write(CreateLink("KNOWS", new_id(), ann, bob, {}))
    smaller = replace(MODEL, relations=MappingProxyType({"OWNS": MODEL.relations["OWNS"]}))

    snapshot = await take(organisation, smaller, SYSTEM)

    assert (snapshot.m, list(snapshot.links)) == (0, ["OWNS"])
    assert np.array_equal(snapshot.graph().indptr, np.zeros(4))

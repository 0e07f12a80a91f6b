"""Undo: what one of two actors did taken back, compared with a model in Python; what stands in its way; undone in turn."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import neo4j
import pytest

from graph.address import Address
from graph.registry import Registry
from graph.session import Database
from graph.undo import Action, InTheWay, OnConflict, Undoing, of_activity, of_change_set
from graph.unit import Outcome, write
from models.actor import SYSTEM, Actor, ActorKind
from models.commands import (
    Command,
    CreateLink,
    CreateRecord,
    DeleteRecord,
    EndLink,
    EraseRecord,
    RestoreRecord,
    Unlink,
    UpdateLink,
    UpdateRecord,
)
from models.definitions import patch_from_plain
from models.errors import NotFound
from models.ids import new_id

pytestmark = pytest.mark.anyio

ANN, BOB = (Actor(name, name.title(), ActorKind.PERSON) for name in ("ann", "bob"))
MODEL: dict[str, Any] = {
    "types": [
        {
            "name": "Thing",
            "plural": "Things",
            "fields": [
                {"name": "a", "kind": "integer"},
                {"name": "b", "kind": "money", "options": {"currency": "EUR"}},
            ],
        }
    ],
    "relations": [
        {
            "name": "MEETS",
            "source": {"types": ["Thing"], "field": "meets"},
            "target": {"types": ["Thing"], "field": "met"},
            "fields": [{"name": "n", "kind": "integer"}],
            "repeatable": True,
        },
        {
            "name": "RENTS",
            "source": {"types": ["Thing"], "field": "rents"},
            "target": {"types": ["Thing"], "field": "tenants"},
            "validity": "overlaps",
        },
    ],
}
DATA = "Record|Deleted|RecordVersion|LinkVersion|Change|ChangeSet|Outbox"
RECORDS = "MATCH (n:Record) RETURN n.id, {a: n.a, b: n.b_e2}"
LINKS = "MATCH (s)-[l]->(t:Record) RETURN l.id, {n: l.n, s: s.id, t: t.id}"


@dataclass
class Desk:
    """Two people who write, and a look at what lies in the graph."""

    database: Database
    registry: Registry
    driver: neo4j.Driver

    async def write(self, actor: Actor, *commands: Command) -> Outcome:
        return await write(self.database, self.registry.model, actor, commands, now=now())

    async def undoing(self, outcome: Outcome | str, on: OnConflict = OnConflict.REFUSE, why: str = "") -> Undoing:
        id_ = outcome if isinstance(outcome, str) else outcome.change_set
        scope = await of_change_set(self.database, SYSTEM, id_)
        return Undoing(self.database, self.registry, BOB, scope, now, on, why)

    def look(self, cypher: str, **parameters: Any) -> list[Any]:
        return self.driver.execute_query(cypher, parameters, database_=self.database.name).records

    def data(self) -> dict[str, Any]:
        """Every record and link by its id, with its values."""
        return {id_: values for query in (RECORDS, LINKS) for id_, values in self.look(query)}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
async def registry(neo4j_address: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Registry]:
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
async def desk(registry: Registry, neo4j_address: Address, neo4j_driver: neo4j.Driver) -> AsyncIterator[Desk]:
    neo4j_driver.execute_query(f"MATCH (n:{DATA}) DETACH DELETE n", database_=neo4j_address.database)
    database = await Database.connect(neo4j_address)
    yield Desk(database, registry, neo4j_driver)
    await database.close()


# the law


@dataclass
class Log:
    """What one value was over time: who gave it which."""

    first: Any
    entries: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def present(self) -> Any:
        return self.entries[-1][1] if self.entries else self.first

    def put(self, who: str, value: Any) -> None:
        if value != self.present:
            self.entries.append((who, value))

    def run(self) -> tuple[int, int] | None:
        """The last run of Ann's entries in a row."""
        last = max((place for place, (who, _) in enumerate(self.entries) if who == "ann"), default=None)
        if last is None:
            return None
        begin = last
        while begin > 0 and self.entries[begin - 1][0] == "ann":
            begin -= 1
        return begin, last

    def undone(self, on: OnConflict) -> Any:
        """The value without what Ann did; what Bob made of it since stays, or is overridden."""
        run = self.run()
        if run is None:
            return self.present
        begin, last = run
        before = self.entries[begin - 1][1] if begin else self.first
        kept = self.present != self.entries[last][1] and on is OnConflict.KEEP
        return self.present if kept else before


@dataclass
class Modelled:
    """A record or a link in the model; a link goes and comes back with its ends, by whoever removes and restores these."""

    living: Log
    values: dict[str, Log]
    ends: tuple[str, str] | None = None
    waiting: bool = False  # a link that comes back when both of its ends are there


async def _play(desk: Desk, chance: random.Random, steps: int) -> dict[str, Modelled]:
    """Ann and Bob do something in turns: each value's log. Each touches a thing at a time that is there to be touched."""
    things: dict[str, Modelled] = {}
    for _ in range(steps):
        actor = chance.choice([ANN, BOB])
        records = [id_ for id_, each in things.items() if each.ends is None]
        alive = [id_ for id_ in records if things[id_].living.present]
        gone = [id_ for id_ in records if not things[id_].living.present]
        links = [id_ for id_, each in things.items() if each.ends and _there(things, id_)]
        match chance.choice(["create", "update", "update", "delete", "restore", "link", "link", "relink", "unlink"]):
            case "create":
                id_, value = new_id(), chance.randint(0, 3)
                await desk.write(actor, CreateRecord("Thing", id_, {"a": value}))
                things[id_] = Modelled(Log(False, [(actor.id, True)]), {"a": Log(value), "b": Log(None)})
            case "update" if alive:
                id_, value = chance.choice(alive), chance.randint(0, 3)
                await desk.write(actor, UpdateRecord("Thing", id_, {"a": value}))
                things[id_].values["a"].put(actor.id, value)
            case "delete" if alive:
                id_ = chance.choice(alive)
                await desk.write(actor, DeleteRecord("Thing", id_))
                things[id_].living.put(actor.id, False)
                _gone_with(things, id_, actor.id)
            case "restore" if gone:
                id_ = chance.choice(gone)
                await desk.write(actor, RestoreRecord("Thing", id_))
                things[id_].living.put(actor.id, True)
                _back_with(things, id_, actor.id)
            case "link" if len(alive) > 1:
                id_, ends = new_id(), tuple(chance.sample(alive, 2))
                await desk.write(actor, CreateLink("MEETS", id_, *ends, {"n": 1}))
                things[id_] = Modelled(Log(False, [(actor.id, True)]), {"n": Log(1)}, (ends[0], ends[1]))
            case "relink" if links:
                id_, value = chance.choice(links), chance.randint(0, 3)
                await desk.write(actor, UpdateLink("MEETS", id_, {"n": value}))
                things[id_].values["n"].put(actor.id, value)
            case "unlink" if links:
                id_ = chance.choice(links)
                await desk.write(actor, Unlink("MEETS", id_))
                things[id_].living.put(actor.id, False)
    return things


def _gone_with(things: dict[str, Modelled], record: str, who: str) -> None:
    for each in things.values():
        if each.ends and record in each.ends and each.living.present:
            each.living.put(who, False)
            each.waiting = True


def _back_with(things: dict[str, Modelled], record: str, who: str) -> None:
    for each in things.values():
        if each.ends and record in each.ends and each.waiting and all(things[end].living.present for end in each.ends):
            each.living.put(who, True)
            each.waiting = False


def _there(things: dict[str, Modelled], link: str) -> bool:
    ends = things[link].ends
    assert ends is not None
    return things[link].living.present and all(things[end].living.present for end in ends)


def _overridden(things: dict[str, Modelled]) -> dict[str, Any]:
    """What there is when all that Ann did is taken back, whatever Bob made of it."""
    living = {id_ for id_, each in things.items() if each.living.undone(OnConflict.OVERRIDE)}
    found: dict[str, Any] = {}
    for id_, each in things.items():
        if id_ in living and (each.ends is None or set(each.ends) <= living):
            values = {name: log.undone(OnConflict.OVERRIDE) for name, log in each.values.items()}
            found[id_] = values if each.ends is None else {**values, "s": each.ends[0], "t": each.ends[1]}
    return found


async def _law(desk: Desk, seed: int, steps: int) -> None:
    begin = now()
    things = await _play(desk, random.Random(seed), steps)
    before = desk.data()
    scope = await of_activity(desk.database, SYSTEM, ANN.id, begin, now())
    if not scope.sets:
        return

    undo = Undoing(desk.database, desk.registry, BOB, scope, now, OnConflict.OVERRIDE)
    previewed = await undo.preview()
    assert desk.data() == before
    undone = await undo.carry_out()

    assert desk.data() == _overridden(things), seed
    assert bool(undone.change_sets) == bool(previewed.steps)
    if undone.change_sets:
        (await (await desk.undoing(undone.change_sets[0])).carry_out())
        assert desk.data() == before, seed


async def test_all_that_one_of_two_did_is_undone_as_a_model_says_and_the_undo_is_undone(desk: Desk, soak: bool) -> None:
    for seed in range(300 if soak else 8):
        desk.look(f"MATCH (n:{DATA}) DETACH DELETE n")
        await _law(desk, seed, steps=22)


# one by one


async def test_what_others_changed_since_is_refused_kept_or_overridden_with_both_values(desk: Desk) -> None:
    id_, other = new_id(), new_id()
    await desk.write(BOB, CreateRecord("Thing", id_, {"a": 1}), CreateRecord("Thing", other, {"a": 1}))
    bulk = await desk.write(ANN, UpdateRecord("Thing", id_, {"a": 2}), UpdateRecord("Thing", other, {"a": 2}))
    await desk.write(BOB, UpdateRecord("Thing", id_, {"a": 3}))
    before = desk.data()

    with pytest.raises(InTheWay) as refused:
        await (await desk.undoing(bulk)).carry_out()
    untouched = desk.data()
    kept = await (await desk.undoing(bulk, OnConflict.KEEP)).carry_out()
    after_keeping = desk.data()
    await (await desk.undoing(bulk, OnConflict.OVERRIDE)).carry_out()

    (conflict,) = refused.value.conflicts
    assert untouched == before
    assert (conflict.code, conflict.id, conflict.field) == ("changed_since", id_, "a")
    assert (conflict.present, conflict.restored, conflict.actor.id if conflict.actor else "") == (3, 1, "bob")
    assert (kept.counts, after_keeping[id_]["a"], after_keeping[other]["a"]) == ({"updated": 1}, 3, 1)
    assert desk.data()[id_]["a"] == 1


async def test_who_filled_what_a_record_was_made_without_is_told(desk: Desk) -> None:
    id_ = new_id()
    made = await desk.write(ANN, CreateRecord("Thing", id_, {}))
    await desk.write(BOB, UpdateRecord("Thing", id_, {"a": 7}))

    preview = await (await desk.undoing(made)).preview()

    told = [(each.field, each.present, each.actor and each.actor.id) for each in preview.conflicts]
    assert told == [("a", 7, BOB.id)]


async def test_a_record_that_others_linked_stays_unless_that_is_overridden(desk: Desk) -> None:
    mine, theirs = new_id(), new_id()
    await desk.write(BOB, CreateRecord("Thing", theirs, {}))
    made = await desk.write(ANN, CreateRecord("Thing", mine, {}), CreateLink("MEETS", new_id(), mine, theirs, {"n": 1}))
    link = new_id()
    await desk.write(BOB, CreateLink("MEETS", link, theirs, mine, {"n": 5}))

    preview = await (await desk.undoing(made)).preview()
    await (await desk.undoing(made, OnConflict.KEEP)).carry_out()
    kept = desk.data()
    await (await desk.undoing(made, OnConflict.OVERRIDE)).carry_out()

    assert [(each.code, each.id) for each in preview.conflicts] == [("linked_since", mine)]
    assert set(kept) == {mine, theirs, link}
    assert set(desk.data()) == {theirs}


async def test_an_end_is_undone_with_its_moment_and_named_in_the_reason(desk: Desk) -> None:
    one, two, link = new_id(), new_id(), new_id()
    since = datetime(2020, 1, 1, tzinfo=UTC)
    await desk.write(
        BOB,
        CreateRecord("Thing", one, {}),
        CreateRecord("Thing", two, {}),
        CreateLink("RENTS", link, one, two, {}, since),
    )
    ended = await desk.write(ANN, EndLink("RENTS", link, datetime(2024, 1, 1, tzinfo=UTC)))
    assert link not in desk.data()

    preview = await (await desk.undoing(ended)).preview()
    undone = await (await desk.undoing(ended, why="a mistake")).carry_out()

    assert [(step.action, step.id) for step in preview.steps] == [(Action.LINK, link)]
    ((from_, until),) = desk.look("MATCH ()-[l:RENTS]->() RETURN l.validFrom, l.validTo")
    assert (from_.to_native(), until) == (since, None)
    ((reason, origin),) = desk.look("MATCH (s:ChangeSet {id: $id}) RETURN s.reason, s.origin", id=undone.change_sets[0])
    assert (reason, origin) == (f"undo of change set {ended.change_set}: a mistake", "undo")
    assert (await (await desk.undoing(ended)).carry_out()).change_sets == []


async def test_what_was_erased_cannot_be_brought_back_and_what_is_not_there_is_named(desk: Desk) -> None:
    id_ = new_id()
    await desk.write(BOB, CreateRecord("Thing", id_, {"a": 1}))
    changed = await desk.write(ANN, UpdateRecord("Thing", id_, {"a": 2}))
    await desk.write(ANN, DeleteRecord("Thing", id_))
    await desk.write(ANN, EraseRecord("Thing", id_))

    with pytest.raises(InTheWay) as refused:
        await (await desk.undoing(changed)).carry_out()

    assert [each.code for each in refused.value.conflicts] == ["erased"]
    with pytest.raises(NotFound, match="no change set 'nonsense'"):
        await desk.undoing("nonsense")


async def test_a_record_that_others_removed_since_stays_removed_though_its_values_were_changed(desk: Desk) -> None:
    id_ = new_id()
    await desk.write(BOB, CreateRecord("Thing", id_, {"a": 1}))
    changed = await desk.write(ANN, UpdateRecord("Thing", id_, {"a": 2}))
    await desk.write(BOB, DeleteRecord("Thing", id_))

    with pytest.raises(InTheWay) as refused:
        await (await desk.undoing(changed)).carry_out()
    overridden = await (await desk.undoing(changed, OnConflict.OVERRIDE)).carry_out()

    assert [each.code for each in refused.value.conflicts] == ["removed_since"]
    assert ([each.code for each in overridden.conflicts], overridden.counts) == (["removed_since"], {})
    assert desk.data() == {}


async def test_a_link_whose_values_are_to_be_undone_goes_with_its_record(desk: Desk) -> None:
    mine, theirs, link = new_id(), new_id(), new_id()
    await desk.write(BOB, CreateRecord("Thing", theirs, {}))
    begin = now()
    await desk.write(ANN, CreateRecord("Thing", mine, {"a": 1}))
    await desk.write(BOB, CreateLink("MEETS", link, mine, theirs, {"n": 1}))
    await desk.write(ANN, UpdateLink("MEETS", link, {"n": 2}))
    scope = await of_activity(desk.database, SYSTEM, ANN.id, begin, now())

    undone = await Undoing(desk.database, desk.registry, BOB, scope, now, OnConflict.OVERRIDE).carry_out()

    assert undone.counts == {"deleted": 1, "unlinked": 1}
    assert set(desk.data()) == {theirs}


@pytest.mark.parametrize("opened", [False, True])
async def test_a_correction_of_a_link_that_is_over_is_undone_with_its_times(desk: Desk, opened: bool) -> None:
    one, two, link = new_id(), new_id(), new_id()
    years = [datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2022, 2024)]
    await desk.write(
        BOB,
        CreateRecord("Thing", one, {}),
        CreateRecord("Thing", two, {}),
        CreateLink("RENTS", link, one, two, {}, years[0], years[1]),
    )
    times = {"open": ("validTo",)} if opened else {"valid_to": years[2]}
    corrected = await desk.write(ANN, UpdateLink("RENTS", link, {}, **times))
    seen = [link in desk.data()]

    undone = await (await desk.undoing(corrected)).carry_out()

    seen.append(link in desk.data())
    believed = "MATCH (v:LinkVersion {id: $id}) WHERE v.knownTo IS NULL RETURN v.validTo"
    assert [until.to_native() for (until,) in desk.look(believed, id=link)] == [years[1]]
    assert (seen, undone.counts) == ([opened, False], {"ended" if opened else "relinked": 1})

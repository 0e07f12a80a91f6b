"""Answers of a process: one snapshot for all who ask, events kept with it, new records found at once, strangers refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from crm_worlds import CrmWorld, crm_registry

from analytics.answering import Answers, Loading, cards, ways
from analytics.answering import answers as module
from analytics.answering import drawn as drawings
from analytics.answering import past as past_ways
from analytics.answering.ways import WaysAsked
from analytics.answering.weighing import UNKNOWN
from analytics.snapshot import Freshness
from graph.session import Database
from graph.unit import write
from models.actor import STRANGER, SYSTEM
from models.commands import DeleteRecord
from models.errors import NotSignedIn, Rejected
from models.ids import new_id

pytestmark = pytest.mark.anyio
TODAY = datetime.now(UTC).date()


async def test_a_hub_gets_its_events_with_the_snapshot_they_are_of_and_the_same_ones_again(database: Database) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    acme = world.company("Acme")
    for day in range(3):
        world.order(acme, TODAY - timedelta(days=day + 1), "10.00")
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)

    first = await answers.of("Company", SYSTEM)
    again = await answers.of("Company", SYSTEM)
    await answers.close()

    assert first is not None
    assert again is not None
    snapshot, events = first
    assert (again[0] is snapshot, again[1] is events) == (True, True)
    assert events.value[events.of(snapshot.index(acme))].tolist() == [10.0, 10.0, 10.0]


async def test_a_record_that_was_just_made_is_found(database: Database) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    world.company("Acme")
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)
    asked = answers.asked(registry.model, SYSTEM)
    before = await asked.snapshot()

    beta = world.company("Beta")
    await world.write(database, registry.model)
    unasked, after = await asked.snapshot(), await asked.snapshot([beta])
    cards = await asked.cards(after, [beta])
    await answers.close()

    assert (unasked is before, after.n - before.n) == (True, 1)
    assert (cards[beta].title, cards[beta].type) == ("Beta", "Company")


async def test_what_took_long_is_answered_from_until_it_is_made_of_a_newer_snapshot(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DEAR_S", 0.0)
    registry, world = await crm_registry(database), CrmWorld()
    acme = world.company("Acme")
    world.order(acme, TODAY, "10.00")
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model, Loading(freshness=Freshness(seconds=0.0)))
    asked = answers.asked(registry.model, SYSTEM)
    before = await asked.snapshot()
    known = await asked.events(before, "Company")

    world.order(acme, TODAY, "20.00")
    await world.write(database, registry.model)
    meanwhile = await asked.snapshot()
    while (after := await asked.snapshot()) is before:
        await asyncio.sleep(0.01)
    anew = answers.once.at_hand("events", (after, "Company"))
    await answers.close()

    assert meanwhile is before
    assert (len(known), len(anew)) == (1, 2)
    assert answers.once.at_hand("events", (before, "Company")) is None


async def test_the_graph_itself_is_drawn_once_until_something_is_written_and_what_is_around_a_record_each_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    acme = world.company("Acme")
    world.order(acme, TODAY, "10.00")
    await world.write(database, registry.model)
    made: list[str] = []

    def noted(name: str) -> Callable[..., object]:
        drawn = getattr(drawings, name)

        def draw(*given: object, **how: object) -> object:
            made.append(name)
            return drawn(*given, **how)

        return draw

    for name in ("whole", "drawing"):
        monkeypatch.setattr(drawings, name, noted(name))
    answers = Answers(database, lambda: registry.model, Loading(freshness=Freshness(changes=1, looked_s=0.0)))
    asked = answers.asked(registry.model, SYSTEM)
    caps = {"hops": 1, "relations": None, "types": None, "most_records": 9, "most_links": 9, "as_of": None}

    first, again = [await drawings.subgraph(asked, (), **caps) for _ in range(2)]
    for _ in range(2):
        await drawings.subgraph(asked, [acme], **caps)
    world.order(acme, TODAY, "20.00")
    await world.write(database, registry.model)
    later = await drawings.subgraph(asked, (), **caps)
    await answers.close()

    assert made == ["whole", "drawing", "drawing", "whole"]
    assert (first.records, first.links) == (again.records, again.links)
    assert (len(first.links), len(later.links)) == (1, 2)


async def test_the_cheapest_way_takes_the_cheapest_of_the_relations_that_join_two_records(database: Database) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    ann, bob, cid = (world.record("Person", name=name) for name in ("Ann", "Bob", "Cid"))
    for relation in ("KNOWS", "MANAGES"):
        world.link(ann, relation, bob)
    world.link(ann, "KNOWS", cid)
    world.link(cid, "KNOWS", bob)
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)
    asked = answers.asked(registry.model, SYSTEM)

    plain = await ways.paths(asked, ann, bob, WaysAsked("cheapest"))
    dear = await ways.paths(asked, ann, bob, WaysAsked("cheapest", costs={"KNOWS": 5.0, "MANAGES": 2.0}))
    await answers.close()

    assert [(each.records, each.cost) for each in plain.ways] == [((ann, bob), 1)]
    assert [(each.records, each.cost) for each in dear.ways] == [((ann, bob), 2)]


async def test_ways_of_the_past_lead_over_who_was_there_whatever_they_are_measured_by(database: Database) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    ann, bob, cid = (world.record("Person", name=name) for name in ("Ann", "Bob", "Cid"))
    world.link(ann, "KNOWS", bob)
    world.link(bob, "KNOWS", cid)
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model, Loading(freshness=Freshness(changes=1, looked_s=0.0)))
    asked = answers.asked(registry.model, SYSTEM)
    before = datetime.now(UTC)
    await write(database, registry.model, SYSTEM, [DeleteRecord("Person", bob)], now=datetime.now(UTC))

    now = await ways.paths(asked, ann, cid, WaysAsked("shortest"))
    past = [
        await ways.paths(asked, ann, cid, WaysAsked(measure, first=2, known_at=before))
        for measure in ("shortest", "strongest", "cheapest")
    ]
    earlier = await ways.paths(asked, ann, cid, WaysAsked("shortest", known_at=before - timedelta(days=1)))
    with pytest.raises(Rejected) as refused:
        await ways.paths(asked, ann, new_id(), WaysAsked("shortest", known_at=before))
    await answers.close()

    assert (now.ways, earlier.ways) == ((), ())
    assert [past[0].cards[id].title for id in (ann, bob, cid)] == ["Ann", "Bob", "Cid"]
    assert [[each.records for each in found.ways] for found in past] == [[(ann, bob, cid)]] * 3
    assert [step.relations for step in past[0].ways[0].steps] == [("KNOWS",)] * 2
    assert past[1].ways[0].strength == pytest.approx(UNKNOWN**2)
    assert [(each.code, each.path) for each in refused.value.problems] == [("not_found", ("to",))]


async def test_ways_of_the_past_are_refused_where_too_much_lies_around(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_ways, "MOST_LINKS", 2)
    registry, world = await crm_registry(database), CrmWorld()
    hub, *others = (world.record("Person", name=f"Person {number}") for number in range(5))
    for other in others:
        world.link(hub, "KNOWS", other)
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)
    asked = answers.asked(registry.model, SYSTEM)

    with pytest.raises(Rejected) as refused:
        await ways.paths(asked, hub, others[0], WaysAsked("cheapest", as_of=datetime.now(UTC)))
    await answers.close()

    assert [each.code for each in refused.value.problems] == ["too_much_around"]


async def test_nobody_is_introduced_by_what_both_have_bought(database: Database) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    acme, beta = world.company("Acme"), world.company("Beta")
    product = world.record("Product", name="Beans")
    for buyer in (acme, beta):
        world.link(world.order(buyer, TODAY, "10.00"), "CONTAINS", product)
    await world.write(database, registry.model)
    answers = Answers(database, lambda: registry.model)
    asked = answers.asked(registry.model, SYSTEM)

    between = await ways.introductions(asked, acme, beta, first=3, hops=4)
    to_it = await ways.introductions(asked, acme, product, first=3, hops=4)
    await answers.close()

    assert between.introductions == ()
    assert [each.records for each in to_it.introductions] == [(acme, product)]


async def test_the_profile_of_a_type_is_found_once_for_all_of_its_cards(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry, world = await crm_registry(database), CrmWorld()
    ids = [world.company(f"Company {number}") for number in range(3)]
    await world.write(database, registry.model)
    answers, found = Answers(database, lambda: registry.model), []
    known = cards.profile_of
    monkeypatch.setattr(cards, "profile_of", lambda model, name: found.append(name) or known(model, name))
    asked = answers.asked(registry.model, SYSTEM)

    snapshot = await asked.snapshot(ids)
    titles, told = await asked.titles(snapshot, ids), await asked.cards(snapshot, ids)
    await answers.close()

    assert found == ["Company"] * 2  # which properties are read, and what is made of them
    assert [titles[id].title for id in ids] == [told[id].title for id in ids] == [f"Company {n}" for n in range(3)]


async def test_strangers_are_not_answered(database: Database) -> None:
    registry = await crm_registry(database)
    answers = Answers(database, lambda: registry.model)

    with pytest.raises(NotSignedIn):
        answers.asked(registry.model, STRANGER)
    with pytest.raises(NotSignedIn):
        await answers.of("Company", STRANGER)
